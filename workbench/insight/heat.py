"""Where the faults lie: by scale degree, interval, place on the neck, tempo and time of day.

Conventions
-----------
A share is of the notes it could be told of: wrong notes of all judged ones, out of tune of the right ones,
off the beat of those that had a beat. Its interval is Wilson's; it treats notes as independent, which they
are not quite, so it is for looking and not for claims (`weak_spots` makes those). Tempo and time of day
belong to a whole session, so there the sessions are the unit, with the interval of Student's t.

The engine hears a pitch and no finger. A place on the neck is certain only where the store knows string and
fret, or where the tuning offers no other; every other pitch stands at each of its places, marked as possible.
"""

from datetime import tzinfo

import polars as pl

from dsp.convert import note_name
from dsp.errors import ScaleError
from dsp.scales import scale_from
from dsp.tuning import FRETS, STANDARD, Tuning
from workbench.insight.comparable import SCORES, comparable
from workbench.insight.intervals import DEGREE_NAMES, leap_name, scale_kind
from workbench.insight.shares import COUNTS, SHARES, with_shares
from workbench.insight.spread import mean_with_interval
from workbench.insight.typed import typed

MIN_SESSIONS = 3
"""Sessions below which no mean of a tempo or a time of day is given."""

TEMPO_STEP = 10
HOURS_STEP = 3

DEGREE_SCHEMA = pl.Schema(
    {
        "kind": pl.String(),
        "step": pl.Int64(),
        "degree": pl.Int64(),
        "name": pl.String(),
        **COUNTS,
        **SHARES,
    }
)
"""One row for each tone that was played in each kind of scale ("minor pentatonic"), by kind and step:
semitones above the tonic, degree of the scale (null outside it), name as players say it ("b6")."""

INTERVAL_SCHEMA = pl.Schema({"leap": pl.Int64(), "name": pl.String(), **COUNTS, **SHARES})
"""One row for each leap in semitones, from the deepest down to the highest up; 13 and -13 stand for all
beyond an octave. The faults are those of the note that the leap leads to."""

POSITION_SCHEMA = pl.Schema(
    {
        "string": pl.Int64(),
        "fret": pl.Int64(),
        "semitone": pl.Int64(),
        "name": pl.String(),
        "certain": pl.Boolean(),
        **COUNTS,
        **SHARES,
    }
)
"""One row for each place on the neck where something was, or may have been, played; string 0 is the lowest.
`certain` is false where the pitch has other places too: then the counts stand at each of them."""

_MEANS = {
    "metric": pl.String(),
    "sessions": pl.Int64(),
    "minutes": pl.Float64(),
    "mean": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
}

TEMPO_SCHEMA = pl.Schema({"from_bpm": pl.Int64(), "to_bpm": pl.Int64(), **_MEANS})
"""One row for each band of tempo (`to_bpm` is not in it) and score: how many sessions have that score, their
minutes, its mean with the 95 % interval (null below `MIN_SESSIONS`). Sessions without a click are in none."""

TIME_OF_DAY_SCHEMA = pl.Schema({"from_hour": pl.Int64(), "to_hour": pl.Int64(), **_MEANS})
"""The same for the hour at which a session began, on the player's clock."""


def by_degree(pitches: pl.DataFrame) -> pl.DataFrame:
    """Faults by tone of the scale; frame of `DEGREE_SCHEMA`.

    Parameters
    ----------
    pitches : frame of `queries_notes.pitches`; scales whose name cannot be read are left out
    """
    names = pl.col("step").replace_strict(dict(enumerate(DEGREE_NAMES)), return_dtype=pl.String)
    tones = (
        pitches.lazy()
        .with_columns((pl.col("semitone") % 12).alias("pitch_class"))
        .join(_tones(pitches), on=["scale_chosen", "scale_type", "pitch_class"])
        .group_by("kind", "step", "degree")
        .agg(pl.col(list(COUNTS)).sum())
        .sort("kind", "step")
    )
    return typed(with_shares(tones.with_columns(names.alias("name"))), DEGREE_SCHEMA)


def _tones(pitches: pl.DataFrame) -> pl.LazyFrame:
    """Kind, semitones above the tonic and degree of each pitch class in each scale."""
    schema = {
        "scale_chosen": pl.String,
        "scale_type": pl.String,
        "kind": pl.String,
        "pitch_class": pl.Int64,
        "step": pl.Int64,
        "degree": pl.Int64,
    }
    rows = []
    for chosen, name in pitches.select("scale_chosen", "scale_type").unique().iter_rows():
        try:
            scale = scale_from(chosen, name)
        except ScaleError:
            continue
        rows += [
            (chosen, name, scale_kind(scale), tone, (tone - scale.tonic) % 12, scale.degree(tone))
            for tone in range(12)
        ]
    return pl.DataFrame(rows, schema=schema, orient="row").lazy()


def by_interval(leaps: pl.DataFrame) -> pl.DataFrame:
    """Faults by the leap that led to the note; frame of `INTERVAL_SCHEMA`.

    Parameters
    ----------
    leaps : frame of `queries_notes.leaps`
    """
    names = {leap: leap_name(leap) for leap in range(-13, 14)}
    merged = (
        leaps.lazy()
        .with_columns(pl.col("leap").clip(-13, 13))
        .group_by("leap")
        .agg(pl.col(list(COUNTS)).sum())
        .with_columns(pl.col("leap").replace_strict(names, return_dtype=pl.String).alias("name"))
        .sort("leap")
    )
    return typed(with_shares(merged), INTERVAL_SCHEMA)


def by_position(pitches: pl.DataFrame, tuning: Tuning = STANDARD, frets: int = FRETS) -> pl.DataFrame:
    """Faults by place on the neck; frame of `POSITION_SCHEMA`, by string and fret.

    Parameters
    ----------
    pitches : frame of `queries_notes.pitches`
    tuning : the open strings; pitches that lie on none of its places are left out
    frets : highest fret
    """
    heard = ["semitone", "string", "fret"]
    pairs = pitches.select(heard).unique()
    schema = dict.fromkeys((*heard, "at_string", "at_fret"), pl.Int64) | {"certain": pl.Boolean}
    rows = [(*row, *place) for row in pairs.iter_rows() for place in _places(row, tuning, frets)]
    places = pl.DataFrame(rows, schema=schema, orient="row").lazy()
    summed = (
        pitches.lazy()
        .join(places, on=heard, nulls_equal=True)
        .select("semitone", "certain", pl.col("at_string", "at_fret").name.replace("at_", ""), *COUNTS)
        .group_by("string", "fret", "semitone")
        .agg(pl.col("certain").all(), pl.col(list(COUNTS)).sum())
        .sort("string", "fret")
    )
    names = {semitone: note_name(semitone) for semitone in pitches["semitone"].unique()}
    named = pl.col("semitone").replace_strict(names, default=None, return_dtype=pl.String)
    return typed(with_shares(summed.with_columns(named.alias("name"))), POSITION_SCHEMA)


def _places(
    heard: tuple[int, int | None, int | None], tuning: Tuning, frets: int
) -> list[tuple[int, int, bool]]:
    """String, fret and whether it is certain, for each place where the pitch may have been played."""
    semitone, string, fret = heard
    if string is not None and fret is not None:
        return [(string, fret, True)]
    possible = tuning.positions(semitone, frets)
    return [(*place, len(possible) == 1) for place in possible]


def by_tempo(sessions: pl.DataFrame) -> pl.DataFrame:
    """Scores by tempo, in bands of `TEMPO_STEP` beats a minute; frame of `TEMPO_SCHEMA`."""
    start = (pl.col("bpm") // TEMPO_STEP * TEMPO_STEP).cast(pl.Int64)
    banded = comparable(sessions).lazy().filter(pl.col("bpm").is_not_null())
    means = _means(banded.with_columns(start.alias("from_bpm")), "from_bpm")
    return typed(means.with_columns((pl.col("from_bpm") + TEMPO_STEP).alias("to_bpm")), TEMPO_SCHEMA)


def by_time_of_day(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Scores by the time of day, in bands of `HOURS_STEP` hours; frame of `TIME_OF_DAY_SCHEMA`.

    Parameters
    ----------
    sessions : frame of `queries.sessions`; only those that compare with each other are looked at
    zone : the player's time zone; None = that of this machine
    """
    alike = comparable(sessions)
    hours = [moment.astimezone(zone).hour // HOURS_STEP * HOURS_STEP for moment in alike["start_timestamp"]]
    banded = alike.with_columns(pl.Series("from_hour", hours, dtype=pl.Int64)).lazy()
    means = _means(banded, "from_hour")
    return typed(means.with_columns((pl.col("from_hour") + HOURS_STEP).alias("to_hour")), TIME_OF_DAY_SCHEMA)


def _means(banded: pl.LazyFrame, band: str) -> pl.LazyFrame:
    """Mean of each score in each band."""
    order = pl.col("metric").replace_strict({name: i for i, name in enumerate(SCORES)}, return_dtype=pl.Int64)
    enough = pl.col("sessions") >= MIN_SESSIONS
    return (
        banded.unpivot(
            on=list(SCORES), index=[band, "duration_seconds"], variable_name="metric", value_name="score"
        )
        .drop_nulls("score")
        .group_by(band, "metric")
        .agg((pl.col("duration_seconds").sum() / 60.0).alias("minutes"), *mean_with_interval(pl.col("score")))
        .with_columns(pl.when(enough).then(pl.col(name)).alias(name) for name in ("mean", "low", "high"))
        .sort(band, order)
    )
