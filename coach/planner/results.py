"""What sessions measured of each thing that can be practised."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import polars as pl
from fsrs import Rating

from coach.facts.beats import notes_per_beat
from coach.planner.rating import rating
from coach.planner.target import Kind, Target, nearest_tempo
from dsp.anchors import MIN_NOTES
from workbench.archive import scale_of
from workbench.insight.comparable import comparable
from workbench.insight.faults import with_faults
from workbench.insight.targets import with_targets

_METRICS: dict[Kind, str] = {
    "notes": "scale_conformity",
    "intonation": "pitch_accuracy",
    "clean": "noise_control",
    "tempo": "timing_stability",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one session measured of one target.

    Attributes
    ----------
    at : when the session began
    score : 0..1; of "notes" and "degree" a share of right notes, else the score of the metric
    notes : judged notes behind it, `MIN_NOTES` or more
    """

    target: Target
    at: datetime
    score: float
    notes: int

    @property
    def rating(self) -> Rating:
        """In the words of FSRS."""
        return rating(self.target.kind, self.score, self.notes)


def results(sessions: pl.DataFrame, played: pl.DataFrame) -> list[Result]:
    """Every result of the sessions that compare with each other, oldest first.

    Parameters
    ----------
    sessions : frame of `queries.sessions`
    played : frame of `queries_notes.played` of these sessions; those that it lacks have no degrees, and no
        tempo either
    """
    alike = comparable(sessions)
    known = [scale_of(*pair) is not None for pair in alike.select("scale_chosen", "scale_type").iter_rows()]
    alike = alike.filter(pl.Series(known, dtype=pl.Boolean))
    inside = played.filter(pl.col("session_id").is_in(alike["session_id"].to_list()))
    beats = dict(notes_per_beat(inside).iter_rows())
    found = [result for row in alike.iter_rows(named=True) for result in _of_session(row, beats)]
    return sorted([*found, *_of_degrees(inside)], key=lambda result: result.at)


def _of_session(row: dict[str, Any], beats: dict[str, int]) -> Iterator[Result]:
    judged = (row["correct_notes_played"] or 0) + (row["bad_notes_played"] or 0)
    for kind, metric in _METRICS.items():
        if row[metric] is None or judged < MIN_NOTES:
            continue
        target = Target(kind, row["scale_chosen"], row["scale_type"])
        if kind == "tempo":
            if row["bpm"] is None or row["session_id"] not in beats:
                continue
            target = replace(target, bpm=nearest_tempo(row["bpm"]), notes_per_beat=beats[row["session_id"]])
        yield Result(target, row["start_timestamp"], row[metric], judged)


def _of_degrees(played: pl.DataFrame) -> Iterator[Result]:
    """Share of the notes on each degree that were right and neither sharp nor flat."""
    fault = pl.any_horizontal(pl.col("wrong", "sharp", "flat").fill_null(value=False))
    by = ["session_id", "start_timestamp", "scale_chosen", "scale_type", "degree"]
    shares = (
        with_targets(with_faults(played))
        .drop_nulls("degree")
        .group_by(by)
        .agg((~fault).mean().alias("score"), pl.len().alias("notes"))
        .filter(pl.col("notes") >= MIN_NOTES)
        .sort(by)
    )
    for row in shares.iter_rows(named=True):
        target = Target("degree", row["scale_chosen"], row["scale_type"], row["degree"])
        yield Result(target, row["start_timestamp"], row["score"], row["notes"])
