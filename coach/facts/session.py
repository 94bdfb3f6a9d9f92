"""What may be said about one finished session."""

from collections.abc import Iterator

import polars as pl

from coach.fact import Fact, Facts
from coach.facts.beats import newest_notes_per_beat
from coach.facts.drift import drift
from coach.facts.measured import facts_of_summary, reasons, wrong_note_facts
from dsp.anchors import MIN_NOTES
from dsp.convert import note_name
from dsp.errors import ScaleError
from dsp.scales import parse_scale
from dsp.summary import Summary


def session_facts(summary: Summary, played: pl.DataFrame, *, scale: str) -> Facts:
    """The facts of a session.

    Parameters
    ----------
    summary : as it was stored
    played : frame of `queries_notes.played` with this session only; empty where its notes are not known
    scale : its name, such as "A minor pentatonic"

    Returns
    -------
    no facts where fewer than `MIN_NOTES` notes were judged
    """
    told: dict[str, Fact] = {}
    if summary.counts.right + summary.counts.wrong >= MIN_NOTES:
        told = {fact.name: fact for fact in _all(summary, played, scale)}
    beats = newest_notes_per_beat(played)
    return Facts("session", "this session", told, (scale,), reasons(summary), beats)


def _all(summary: Summary, played: pl.DataFrame, scale: str) -> Iterator[Fact]:
    yield from facts_of_summary(summary)
    measured = {name for name, metric in summary.metrics.items() if metric.score is not None}
    judged = played.filter(pl.col("in_scale").is_not_null())
    if "scale_conformity" in measured:
        yield from wrong_note_facts(_wrong_notes(judged, scale))
    bpm = played["bpm"].drop_nulls()
    if "timing_stability" in measured and not bpm.is_empty():
        found = drift(judged["onset_s"].to_numpy(), judged["deviation_ms"].to_numpy())
        if found is not None:
            yield found
    heard = summary.counts.right + summary.counts.wrong
    yield Fact("session.notes", heard, "count", heard, f"{heard} notes were judged")
    if not bpm.is_empty():
        click = float(bpm[0])
        yield Fact("session.bpm", click, "bpm", heard, f"you played to a click at {click:.0f} bpm")


def _wrong_notes(judged: pl.DataFrame, scale: str) -> list[tuple[str, int]]:
    """Names of the notes outside the scale and how often each came, most often first."""
    try:
        flats = parse_scale(scale).flats
    except ScaleError:
        flats = False
    outside = judged.filter(~pl.col("in_scale"), pl.col("midi").is_not_null())
    semitones = outside.select((pl.col("midi") + 0.5).floor().cast(pl.Int64).alias("semitone"))
    counted = semitones.group_by("semitone").len().sort("len", "semitone", descending=[True, False])
    return [(note_name(semitone, flats=flats), count) for semitone, count in counted.iter_rows()]
