"""Facts of the weak spots that `insight.weak_spots` finds."""

from collections.abc import Iterator

import polars as pl

from coach.fact import Direction, Fact
from dsp.errors import ScaleError
from dsp.scales import scale_from
from dsp.summary import MetricName
from workbench.insight.weak_spots import weak_spots

_METRICS: dict[str, tuple[MetricName, Direction]] = {
    "wrong": ("scale_conformity", ""),
    "sharp": ("pitch_accuracy", "sharp"),
    "flat": ("pitch_accuracy", "flat"),
    "early": ("timing_stability", "early"),
    "late": ("timing_stability", "late"),
}


def spot_facts(played: pl.DataFrame) -> Iterator[Fact]:
    """For each weak spot its rate, the usual rate and the tempo to practise it at, the worst first.

    Parameters
    ----------
    played : frame of `queries_notes.played`
    """
    for number, spot in enumerate(weak_spots(played).iter_rows(named=True), start=1):
        metric, direction = _METRICS[spot["fault"]]
        place, n, sentence = spot["label"], spot["n"], spot["sentence"]
        scale = _scale_name(spot["scale_chosen"], spot["scale_type"])
        said = sentence[0].lower() + sentence[1:].rstrip(".")
        name = f"spot.{number}"
        yield Fact(
            name=f"{name}.rate",
            value=spot["rate"],
            unit="share",
            n=n,
            words=said,
            direction=direction,
            metric=metric,
            place=place,
            scale=scale,
        )
        usual = f"apart from {place} it is {100.0 * spot['usual']:.0f} of 100"
        yield Fact(f"{name}.usual", spot["usual"], "share", n, usual, metric=metric, place=place, scale=scale)
        if spot["bpm"] is not None:
            slower = f"a good tempo for {place} is {spot['bpm']:.0f} bpm"
            yield Fact(f"{name}.bpm", spot["bpm"], "bpm", n, slower, metric=metric, place=place, scale=scale)


def _scale_name(chosen: str, scale_type: str) -> str:
    try:
        return scale_from(chosen, scale_type).name
    except ScaleError:
        return f"{chosen} {scale_type}"
