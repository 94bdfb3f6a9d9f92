"""The shape of a result: a metric that says how sure it is, and the summary of a session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

MetricName = Literal["pitch_accuracy", "scale_conformity", "timing_stability", "noise_control"]
METRICS: tuple[MetricName, ...] = ("pitch_accuracy", "scale_conformity", "timing_stability", "noise_control")


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured quality of the playing.

    Attributes
    ----------
    value : the raw physical value in `unit`; None when nothing could be measured
    unit : "cents", "share", "ms", "step" (share of a beat step), "score"
    low, high : 95 % interval of `value`; None with `value`
    n : number of judged notes (or intervals) behind it
    score : 0..1; None when off or not enough notes
    detail : named parts (bias, spread, shares, ..); "reason" says why a score is missing
    """

    value: float | None
    unit: str
    low: float | None
    high: float | None
    n: int
    score: float | None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overall:
    """Weighted mean of the measured metrics.

    Attributes
    ----------
    score : 0..1; None when nothing was measured
    weights : metric name to weight; the weights of what was measured sum to 1
    left_out : metrics that were off or had not enough notes
    """

    score: float | None
    weights: Mapping[str, float]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Note events by verdict. played = right + wrong + unjudged."""

    played: int = 0
    right: int = 0
    wrong: int = 0
    unjudged: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a session came to: the metrics that were enabled, the overall, the counts."""

    metrics: Mapping[str, Metric]
    overall: Overall
    counts: Counts
