"""What to work on: the weak spots as sentences, each with a way to practise it."""

from html import escape
from typing import Any
from urllib.parse import urlencode

import polars as pl

from workbench.archive import scale_name
from workbench.insight.excess import MIN_SESSIONS
from workbench.insight.weak_spots import MIN_NOTES, RECENT_SESSIONS

SHOWN = 3
"""More than three things to work on is none."""


def focus(spots: pl.DataFrame, evidence: pl.DataFrame) -> str:
    """HTML of the three worst weak spots, or why there are none.

    Parameters
    ----------
    spots : frame of `weak_spots.weak_spots`
    evidence : frame of `weak_spots.evidence` for the same notes
    """
    row = evidence.row(0, named=True)
    basis = f"{row['notes']:,} judged notes in {_many(row['sessions'], 'session')}"
    if not row["enough"]:
        return (
            f"<p>Not enough notes to tell yet: it takes {MIN_NOTES} judged notes in {MIN_SESSIONS} sessions, "
            f"and there are {basis}.</p>"
        )
    if spots.is_empty():
        return (
            f"<p>Nothing stands out in {basis}: no degree, leap, region or tempo goes wrong more often than "
            "the rest by more than chance.</p>"
        )
    items = "".join(_spot(spot) for spot in spots.head(SHOWN).iter_rows(named=True))
    return (
        f'<ol class="spots">{items}</ol><p class="muted small basis">From {basis}, your newest '
        f"{RECENT_SESSIONS} at most. Each stands out from your own other notes by more than chance.</p>"
    )


def _spot(row: dict[str, Any]) -> str:
    more = f"{100 * row['low']:.0f} to {100 * row['high']:.0f} in 100 more than elsewhere"
    rests = f"{_many(row['n'], 'note')} in {_many(row['sessions'], 'session')}; {more} (95 % interval)"
    return (
        f'<li><p><b>{escape(row["sentence"])}</b></p><p class="muted small">{rests}</p>'
        f'<a class="button quiet" href="{escape(practise_link(row))}">{escape(_practise(row))}</a></li>'
    )


def practise_link(row: dict[str, Any]) -> str:
    """The practice page with the scale and the tempo of a weak spot set."""
    asked = {"scale": row["scale_chosen"], "type": row["scale_type"]}
    if row["bpm"] is not None:
        asked["bpm"] = f"{row['bpm']:g}"
    return f"practice?{urlencode(asked)}"


def _practise(row: dict[str, Any]) -> str:
    tempo = "" if row["bpm"] is None else f", {row['bpm']:g} bpm"
    return f"Practise this: {scale_name(row['scale_chosen'], row['scale_type'])}{tempo}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
