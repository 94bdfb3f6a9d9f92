"""The live figures in words: short enough to be read from two metres away."""

from dsp.score import band
from dsp.summary import Counts, Metric
from workbench.charts.figures import value_words
from workbench.charts.theme import MARKS

PROVISIONAL = "first guess"


def physical(name: str, metric: Metric) -> str:
    """The raw value of a live metric with its unit and the number of notes; empty before there is one.

    Parameters
    ----------
    name : of `dsp.summary.METRICS`
    metric : over the last notes
    """
    if metric.value is None:
        return ""
    notes = f"last {metric.n} notes"
    if name == "scale_conformity":
        wrong = int(metric.detail.get("wrong", 0))
        return f"{wrong} wrong of {metric.n}" if wrong else f"none wrong of {metric.n}"
    if name == "timing_stability":
        return f"{_timing(metric)} · {notes}"
    if name == "noise_control":
        return f"{_noise(metric)} · {notes}" if _noise(metric) else notes
    return f"{value_words(metric)} · {notes}"


def _timing(metric: Metric) -> str:
    bias = metric.detail.get("bias_ms")
    if bias is not None:
        where = "on the click" if abs(bias) < 1.0 else f"{abs(bias):.0f} ms {'late' if bias > 0 else 'early'}"
        return f"{where} ± {metric.value:.0f} ms"
    return str(value_words(metric))


def _noise(metric: Metric) -> str:
    floor, tone = metric.detail.get("rest_floor_db"), metric.detail.get("hnr_db")
    if floor is not None:
        return f"rests {floor:.0f} dB down"
    return "" if tone is None else f"{tone:.0f} dB clean"


def judgement(metric: Metric | None) -> tuple[int | None, str]:
    """Score from 0 to 100 with its band in words; no score and the reason where there is none."""
    if metric is None:
        return None, "off"
    if metric.score is None:
        return None, str(metric.detail.get("reason", "not enough notes yet"))
    word = band(metric.score)
    return round(100.0 * metric.score), f"{word}, {PROVISIONAL}" if metric.detail.get("provisional") else word


def tally(counts: Counts) -> str:
    """The counts, each with its mark."""
    parts = (
        f"played {counts.played}",
        f"{MARKS['right'].symbol} right {counts.right}",
        f"{MARKS['wrong'].symbol} wrong {counts.wrong}",
        f"{MARKS['unsure'].symbol} not sure {counts.unjudged}",
    )
    return "   ".join(parts)


def minutes(seconds: float) -> str:
    """Time as a clock shows it: "1:05"."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
