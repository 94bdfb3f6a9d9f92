"""The largest thing on the page: the note that sounds, how far it is off, whether the scale has it."""

from pathlib import Path
from typing import Any, ClassVar

import param
from panel.custom import JSComponent

from workbench.charts.theme import MARKS
from workbench.practice.meter import NoteNow

_UNJUDGED = {
    "polyphonic": "several strings at once",
    "percussive": "a knock, not a note",
    "muted": "a muted string",
}
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


class NoteDisplay(JSComponent):
    """Shows a note with a cents needle; keeps the last one, dimmed, in the silence after it."""

    note = param.Dict(default=None, allow_None=True, doc="as `shown` gives it; None in silence")
    scale = param.String(default="", doc="name of the scale that is played")

    _esm = Path(__file__).with_suffix(".js")
    _stylesheets: ClassVar[list[str]] = [Path(__file__).with_suffix(".css").read_text("utf-8")]


def shown(note: NoteNow | None) -> dict[str, Any] | None:
    """What the display needs of a note; rounded, so that nothing is sent that nobody could see."""
    if note is None:
        return None
    judged = note.judged
    verdict, claimed = judged.verdict, judged.name or note.name
    # Between two notes the pitch runs ahead of what has been judged: name and place stay together.
    followed = note.cents if note.name == claimed else judged.cents
    return {
        "name": claimed,
        "cents": round(followed or 0.0),
        "verdict": verdict,
        "symbol": MARKS[verdict].symbol,
        "place": place(note),
        "over": judged.over,
    }


def place(note: NoteNow) -> str:
    """Where the note stands in the scale: "degree 1, in the scale"."""
    judged = note.judged
    if judged.in_scale is None:
        return _UNJUDGED.get(judged.note.kind, "not sure about this one")
    if judged.degree is None:
        return "not in the scale"
    return f"{_ORDINALS.get(judged.degree, f'{judged.degree}th')} of the scale"
