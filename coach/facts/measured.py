"""Facts of one summary: what a session, or the last seconds, came to.

A bias has a direction where its 95 % interval leaves out zero. The standard error of a median of normal data
is 1.2533 sigma / sqrt(n), and sigma 1.4826 MAD.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import sqrt
from typing import Any, Literal

from coach.fact import Direction, Fact, Unit
from coach.facts.spoken import NO_BIAS, TITLES, hundredths, metric_of, number, times
from dsp.anchors import PITCH_RESOLUTION_CENTS, TIMING_RESOLUTION_MS
from dsp.summary import METRICS, Metric, MetricName, Summary

_MEDIAN_ERROR, _MAD_TO_SIGMA, _Z95 = 1.2533, 1.4826, 1.96

NAMED_WRONG_NOTES = 3
"""Wrong notes that are named: who hears of more remembers none."""


def facts_of_summary(summary: Summary) -> Iterator[Fact]:
    """Scores and figures of every metric that was measured."""
    scored = {
        name: summary.metrics[name]
        for name in METRICS
        if name in summary.metrics and summary.metrics[name].score is not None
    }
    for name, metric in scored.items():
        yield score_fact(f"{name}.score", name, metric.score or 0.0, metric.n)
    if summary.overall.score is not None:
        judged = summary.counts.right + summary.counts.wrong
        yield score_fact("overall.score", "overall", summary.overall.score, judged)
    figures = {
        "pitch_accuracy": _pitch,
        "scale_conformity": _scale,
        "timing_stability": _timing,
        "noise_control": _noise,
    }
    for name, metric in scored.items():
        yield from figures[name](metric)


def score_fact(fact: str, name: str, score: float, n: int) -> Fact:
    """A score from the notes of one take."""
    words = f"your {TITLES[name]} score is {hundredths(score)} of 100"
    return Fact(fact, score, "score", n, words, metric=metric_of(name))


def reasons(summary: Summary) -> dict[str, str]:
    """Metric to why it has no score."""
    told: dict[str, str] = {name: "it was switched off" for name in METRICS if name not in summary.metrics}
    for name, metric in summary.metrics.items():
        if metric.score is None:
            told[name] = str(metric.detail.get("reason", "not enough notes yet"))
    return told


def wrong_note_facts(names: Iterable[tuple[str, int]]) -> Iterator[Fact]:
    """The notes outside the scale that came most often, those that came once left out.

    Parameters
    ----------
    names : note name and how often it came, most often first
    """
    for name, count in list(names)[:NAMED_WRONG_NOTES]:
        if count > 1:
            yield Fact(
                name=f"scale.wrong_note.{name}",
                value=count,
                unit="count",
                n=count,
                words=f"{name} is outside the scale and came {times(count)}",
                metric="scale_conformity",
                place=name,
            )


def _pitch(metric: Metric) -> Iterator[Fact]:
    if metric.value is None:
        return
    detail, small = metric.detail, metric.value < PITCH_RESOLUTION_CENTS
    off = f"less than {number(PITCH_RESOLUTION_CENTS)}" if small else number(metric.value)
    yield Fact(
        "pitch.cents",
        metric.value,
        "cents",
        metric.n,
        f"your typical note is {off} cents off",
        metric.low,
        metric.high,
        metric="pitch_accuracy",
    )
    bias, mad = detail.get("bias_cents"), detail.get("mad_cents")
    if bias is not None and mad is not None:
        error = _MEDIAN_ERROR * _MAD_TO_SIGMA * mad / sqrt(metric.n)
        yield from bias_fact("pitch", bias, error, n=metric.n, resolution=PITCH_RESOLUTION_CENTS)
    for cents in (25, 10):
        share = detail.get(f"within_{cents}")
        if share is not None:
            words = f"{hundredths(share)} of 100 notes are within {cents} cents"
            yield Fact(f"pitch.within_{cents}", share, "share", metric.n, words, metric="pitch_accuracy")


def bias_fact(
    of: Literal["pitch", "timing"],
    bias: float,
    error: float,
    *,
    n: int,
    resolution: float,
    counted: Literal["notes", "sessions"] = "notes",
) -> Iterator[Fact]:
    """ "pitch.bias_cents" or "timing.bias_ms"; nothing where it may be large to either side.

    Parameters
    ----------
    of : which bias
    bias, error : the bias and its standard error, cents or ms
    n, counted : notes or sessions behind it
    resolution : what the engine can tell apart
    """
    sides: tuple[Direction, Direction] = ("sharp", "flat") if of == "pitch" else ("late", "early")
    half = _Z95 * error
    sure = abs(bias) > max(half, resolution)
    if not sure and abs(bias) + half > NO_BIAS:
        return
    side = sides[0] if bias > 0.0 else sides[1]
    unit: Unit = "cents" if of == "pitch" else "ms"
    told = f"{number(abs(bias))} {unit} {side}" if sure else f"neither {sides[0]} nor {sides[1]} on the whole"
    words = f"your notes {'are' if of == 'pitch' else 'come'} {told}"
    metric: MetricName = "pitch_accuracy" if of == "pitch" else "timing_stability"
    between, direction = (bias - half, bias + half), side if sure else ""
    yield Fact(f"{of}.bias_{unit}", bias, unit, n, words, *between, direction, metric, counted)


def _scale(metric: Metric) -> Iterator[Fact]:
    if metric.value is None:
        return
    words = f"{hundredths(metric.value)} of 100 notes are in the scale"
    low, high, name = metric.low, metric.high, "scale_conformity"
    of = metric_of(name)
    yield Fact("scale.adherence", metric.value, "share", metric.n, words, low, high, metric=of)
    wrong = int(metric.detail.get("wrong", 0))
    verb = "is" if wrong == 1 else "are"
    words = f"{wrong or 'none'} of your {metric.n} notes {verb} outside the scale"
    yield Fact("scale.wrong", wrong, "count", metric.n, words, metric=of)


def _timing(metric: Metric) -> Iterator[Fact]:
    if metric.value is None:
        return
    click = metric.unit == "ms"
    off = number(metric.value if click else 100.0 * metric.value)
    if click and metric.value < TIMING_RESOLUTION_MS:
        off = f"less than {number(TIMING_RESOLUTION_MS)}"
    words = f"{off} ms around the click" if click else f"{off} % of a step around your own beat"
    yield Fact(
        "timing.spread_ms" if click else "timing.step_share",
        metric.value,
        "ms" if click else "step",
        metric.n,
        f"your notes scatter by {words}",
        metric.low,
        metric.high,
        metric="timing_stability",
    )
    bias = metric.detail.get("bias_ms")
    if bias is not None:
        error = _MEDIAN_ERROR * metric.value / sqrt(metric.n)
        yield from bias_fact("timing", bias, error, n=metric.n, resolution=TIMING_RESOLUTION_MS)
    for side in ("early", "late"):
        share = metric.detail.get(side)
        if share is not None:
            words = f"{hundredths(share)} of 100 notes come more than 10 ms {side}"
            yield Fact(f"timing.{side}_share", share, "share", metric.n, words, metric="timing_stability")


def _noise(metric: Metric) -> Iterator[Fact]:
    detail: Mapping[str, Any] = metric.detail
    for name, count, words in (
        (
            "noise.stray",
            "stray_events",
            ("{} stray {} came in 100 notes", "no stray sound was heard"),
        ),
        (
            "noise.ring_overs",
            "ring_overs",
            ("{} of 100 notes rang on into the next one", "no note rings on into the next one"),
        ),
    ):
        found = detail.get(count)
        if found is not None:
            rate = 100.0 * found / metric.n
            of = "sound" if number(rate) == "1" else "sounds"
            told = words[0].format(number(rate), of) if found else words[1]
            yield Fact(name, rate, "per 100 notes", metric.n, told, metric="noise_control")
    rest, heard = detail.get("rest_floor_db"), detail.get("floor_from")
    if rest is not None and heard == "rests":
        words_rest = f"your rests lie {number(rest)} dB below your notes"
        yield Fact("noise.rest_db", rest, "dB", metric.n, words_rest, metric="noise_control")
