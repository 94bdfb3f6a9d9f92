"""What was measured as tables, for the charts and for whoever goes on from there.

Conventions
-----------
One row a right note, a bin, a point of a curve, a group of takes, or a thing on a piano roll. Times in
seconds or, where the name says so, milliseconds; pitches as MIDI numbers.
"""

from dataclasses import asdict

import numpy as np
import polars as pl

from dsp.convert import hz_to_midi, note_name
from dsp.evaluation.calibration import Calibration
from dsp.evaluation.figures import Figures
from dsp.evaluation.matching import Outcome
from workbench.scoring.hearing import Heard
from workbench.scoring.scored import Scored

NOTES_SCHEMA = pl.Schema(
    {
        "take": pl.String,
        "group": pl.String,
        "midi": pl.Float64,
        "onset_s": pl.Float64,
        "latency_ms": pl.Float64,
        "onset_error_ms": pl.Float64,
        "onset_within_take_ms": pl.Float64,
        "cents": pl.Float64,
        "confidence": pl.Float64,
    }
)
ROLL_SCHEMA = pl.Schema(
    {
        "what": pl.String,
        "onset_s": pl.Float64,
        "offset_s": pl.Float64,
        "midi": pl.Float64,
        "name": pl.String,
        "words": pl.String,
    }
)


def right_notes(scored: Scored) -> pl.DataFrame:
    """One row for each right note of the monophonic takes: how late, how far off.

    Returns
    -------
    frame of `NOTES_SCHEMA`; `cents` is signed, sharp positive; `onset_within_take_ms` is the onset error less
    the median of its take
    """
    frames = [_right_notes(outcome) for outcome in scored.outcomes if outcome.group != "polyphonic"]
    notes = pl.concat([NOTES_SCHEMA.to_frame(), *frames])
    within = pl.col("onset_error_ms") - pl.col("onset_error_ms").median().over("take")
    return notes.with_columns(within.alias("onset_within_take_ms"))


def groups(scored: Scored) -> pl.DataFrame:
    """One row for each group of takes with its figures, see `dsp.evaluation.figures.Figures`."""
    rows = [{"group": name, **asdict(figures)} for name, figures in scored.report.groups.items()]
    counts = {"takes", "played", "claimed", "right", "octave_errors", "missed", "invented"}
    fields = Figures.__dataclass_fields__
    types = {name: pl.Int64 if name in counts else pl.Float64 for name in fields}
    return pl.DataFrame(rows, schema={"group": pl.String, **types})


def bins(calibration: Calibration) -> pl.DataFrame:
    """One row for each bin of the reliability diagram, see `dsp.evaluation.calibration.Bin`."""
    return pl.DataFrame([asdict(entry) for entry in calibration.bins])


def risks(calibration: Calibration) -> pl.DataFrame:
    """The risk-coverage curve: `coverage` and `risk`, both 0..1."""
    return pl.DataFrame({"coverage": calibration.coverage, "risk": calibration.risk})


def roll(outcome: Outcome) -> pl.DataFrame:
    """Everything that was played or heard in a take.

    Returns
    -------
    frame of `ROLL_SCHEMA`, `what` one of "played", "missed", "right", "invented", or the kind of an event
    that is no claim ("unsure", "percussive", ..); `midi` null where no pitch was found
    """
    taken = {claim for _, claim in outcome.pairs}
    missed = set(outcome.missed)
    rows: list[tuple[str, float, float | None, float | None, str]] = [
        ("missed" if note in missed else "played", note.onset_s, note.offset_s, note.midi, note.articulation)
        for note in outcome.annotation.notes
    ]
    rows += [
        (
            "right" if index in taken else "invented",
            claim.onset_s,
            claim.offset_s,
            claim.midi,
            _sure(claim.confidence),
        )
        for index, claim in enumerate(outcome.claims)
    ]
    rows += [
        (note.kind, note.onset_s, note.offset_s, note.midi, _sure(note.confidence))
        for note in outcome.notes
        if note not in outcome.claims
    ]
    named = [
        (what, on, off, midi, "?" if midi is None else note_name(midi), words)
        for what, on, off, midi, words in rows
    ]
    return pl.DataFrame(named, schema=ROLL_SCHEMA, orient="row")


def track(heard: Heard) -> pl.DataFrame:
    """The running f0 where it was voiced: `time_s`, `midi`."""
    voiced = heard.f0.f0_hz > 0.0
    return pl.DataFrame({"time_s": heard.f0.time_s[voiced], "midi": hz_to_midi(heard.f0.f0_hz[voiced])})


def _sure(confidence: float) -> str:
    return f"{100.0 * confidence:.0f} % sure"


def _right_notes(outcome: Outcome) -> pl.DataFrame:
    notes = [(outcome.annotation.notes[played], outcome.claims[claim]) for played, claim in outcome.pairs]
    rows = [
        (
            outcome.name,
            outcome.group,
            note.midi,
            note.onset_s,
            1000.0 * (claim.reported_s - note.onset_s),
            1000.0 * (claim.onset_s - note.onset_s),
            np.nan,
            100.0 * ((claim.midi or 0.0) - note.midi),
            claim.confidence,
        )
        for note, claim in notes
    ]
    return pl.DataFrame(rows, schema=NOTES_SCHEMA, orient="row")
