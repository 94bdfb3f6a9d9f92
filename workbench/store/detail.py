"""A summary as JSON and back, for the column `analyses.metric_detail`."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from dsp.summary import Counts, Metric, Overall, Summary


def to_json(value: Any) -> Any:
    """The nearest thing that JSON can hold: no tuples, no NumPy; NaN and infinity become null."""
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [to_json(item) for item in ordered]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def summary_to_detail(summary: Summary) -> dict[str, Any]:
    """Everything a summary holds: metrics with intervals and reasons, weights, counts."""
    return {
        "metrics": {name: to_json(_metric_dict(metric)) for name, metric in summary.metrics.items()},
        "overall": to_json(asdict(summary.overall)),
        "counts": to_json(asdict(summary.counts)),
    }


def detail_to_summary(detail: Mapping[str, Any]) -> Summary:
    """The summary that `summary_to_detail` was given (tuples inside a metric's detail come back as lists)."""
    overall = detail["overall"]
    return Summary(
        metrics={name: Metric(**metric) for name, metric in detail["metrics"].items()},
        overall=Overall(overall["score"], overall["weights"], tuple(overall["left_out"])),
        counts=Counts(**detail["counts"]),
    )


def _metric_dict(metric: Metric) -> dict[str, Any]:
    return {
        "value": metric.value,
        "unit": metric.unit,
        "low": metric.low,
        "high": metric.high,
        "n": metric.n,
        "score": metric.score,
        "detail": metric.detail,
    }
