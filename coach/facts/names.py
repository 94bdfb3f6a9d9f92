"""The names that facts can have, and what each figure is.

In a name "<metric>" stands for one of `dsp.summary.METRICS`, "<k>" for a number from 1 (the worst, or the
most) and "<note>" for a note name such as "F#4". Not every fact is there every time: what had not enough
notes or sessions behind it is left out.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from dsp.summary import METRICS

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "<metric>.score": "score; of a history the mean of the newest sessions (score)",
        "overall.score": "the same of the overall (score)",
        "pitch.cents": "how far a typical note is off its pitch (cents)",
        "pitch.bias_cents": "how far notes lie to one side, positive = sharp (cents)",
        "pitch.within_10": "notes within 10 cents of their pitch (share)",
        "pitch.within_25": "notes within 25 cents of their pitch (share)",
        "scale.adherence": "notes that belong to the scale (share)",
        "scale.wrong": "notes outside the scale (count)",
        "scale.wrong_note.<note>": "how often one note outside the scale came (count)",
        "timing.bias_ms": "how far notes lie to one side of the click, positive = late (ms)",
        "timing.spread_ms": "how far notes scatter around the click (ms)",
        "timing.step_share": "how far notes scatter around the player's own beat (step)",
        "timing.drift": "how the distance from the click grows, positive = slowing down (ms per minute)",
        "timing.early_share": "notes more than 10 ms before the click (share)",
        "timing.late_share": "notes more than 10 ms after the click (share)",
        "noise.stray": "sounds without a note (per 100 notes)",
        "noise.ring_overs": "notes that ring on into the next one (per 100 notes)",
        "noise.rest_db": "how far the rests lie below the notes (dB)",
        "session.notes": "judged notes (count)",
        "session.bpm": "tempo of the click (bpm)",
        "latest.<metric>": "score of the newest session (score)",
        "latest.overall": "overall of the newest session (score)",
        "latest.bpm": "click of the newest session that had one (bpm)",
        "trend.<metric>": "change of the score in a week (score)",
        "trend.overall": "the same of the overall (score)",
        "change.<metric>": "score of the newest four weeks less that of the four weeks before (score)",
        "change.overall": "the same of the overall (score)",
        "spot.<k>.rate": "notes with the fault at a weak spot (share)",
        "spot.<k>.usual": "notes with that fault elsewhere (share)",
        "spot.<k>.bpm": "tempo at which the spot is practised, four fifths of the usual one there (bpm)",
        "practice.sessions": "finished sessions (count)",
        "practice.sessions_week": "finished sessions of this week (count)",
        "practice.minutes_week": "practice of this week, from Monday (minutes)",
        "practice.minutes_last_week": "practice of the week before (minutes)",
        "practice.streak_days": "days with practice in a row, short rests forgiven (days)",
        "practice.days_off": "days since the last practice, 0 = today (days)",
        "repertoire.<k>": "practice of one scale (minutes)",
    }
)
"""Name to meaning and unit."""


def _pattern(name: str) -> str:
    places = {
        "<metric>": f"(?:{'|'.join(METRICS)})",
        "<k>": "[1-9][0-9]*",
        "<note>": "[A-G][#b]?-?[0-9]+",
    }
    return re.sub("<[a-z]+>", lambda match: places[match[0]], re.escape(name))


_KNOWN = re.compile("|".join(_pattern(name) for name in NAMES))


def is_fact_name(name: str) -> bool:
    """Whether facts can have that name."""
    return _KNOWN.fullmatch(name) is not None
