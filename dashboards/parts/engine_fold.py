"""The engine fold: what hears the guitar, how fast, and the last things it heard."""

from collections import deque
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import panel as pn

from workbench.practice.judged import JudgedNote
from workbench.practice.session import Practice

_LAST = 12
"""Events shown: what a player can still connect with what they just played."""

_CSS = Path(__file__).with_suffix(".css").read_text("utf-8")


class EngineFold(pn.viewable.Viewer):
    """A fold that costs nothing while it is shut."""

    def __init__(self, **params: Any) -> None:
        super().__init__(**params)
        self._events: deque[JudgedNote] = deque(maxlen=_LAST)
        self._text = pn.pane.HTML(
            "<p>Nothing has been listened to yet.</p>",
            stylesheets=[_CSS],
            sizing_mode="stretch_width",
            margin=8,
        )
        self._practice: Practice | None = None
        self._card = pn.Card(
            self._text, title="Engine", collapsed=True, sizing_mode="stretch_width", margin=(16, 0, 0, 0)
        )
        self._card.param.watch(lambda _: self.refresh(), "collapsed")

    def begin(self, practice: Practice) -> None:
        """Forget the practice before."""
        self._events.clear()
        self._practice = practice

    def heard(self, notes: Iterable[JudgedNote]) -> None:
        """Note events that are new or have changed."""
        for note in notes:
            known = next((index for index, old in enumerate(self._events) if old.number == note.number), None)
            if known is None:
                self._events.append(note)
            else:
                self._events[known] = note

    def refresh(self) -> None:
        """Write what is known now, if anybody looks."""
        if not self._card.collapsed and self._practice is not None:
            self._text.object = _facts(self._practice) + _table(reversed(self._events))

    def __panel__(self) -> pn.viewable.Viewable:
        return self._card


def _facts(practice: Practice) -> str:
    now = practice.snapshot()
    delay = "not yet known" if now.note_delay_ms is None else f"{now.note_delay_ms:.0f} ms after the attack"
    facts = {
        "Input": practice.source_name,
        "Sample rate": f"{now.sample_rate:g} Hz",
        "Newest note named": delay,
        "Blocks dropped": str(now.dropped_blocks),
        "Load": f"{100.0 * now.load:.0f} % of one core",
        "Level and peak": f"{now.levels.level_dbfs:.0f} and {now.levels.peak_dbfs:.0f} dBFS",
        "Samples clipped": str(now.levels.clipped_samples),
        "Engine": " ".join(str(now.engine[key]) for key in ("name", "version") if key in now.engine),
    }
    told = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items())
    return f"<dl>{told}</dl>"


def _table(notes: Iterable[JudgedNote]) -> str:
    rows = "".join(_row(each) for each in notes)
    head = "".join(f"<th>{name}</th>" for name in ("At", "Note", "Cents", "Sure", "Level", "Kind", "Verdict"))
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(judged: JudgedNote) -> str:
    note = judged.note
    kind = note.articulation if note.judged else note.kind
    cells = (
        f"{note.onset_s:.2f} s",
        judged.name or "?",
        "" if judged.cents is None else f"{judged.cents:+.0f}",
        f"{100.0 * note.confidence:.0f} %",
        f"{note.level_dbfs:.0f} dB",
        f"{kind}{', mended' if note.revised else ''}",
        judged.verdict,
    )
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
