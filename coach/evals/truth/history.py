"""The figures of a history, from the sessions as they were played."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, stdev

from coach.evals.player import PlayedSession
from coach.evals.truth.take import Figures, pitched, take_figures
from dsp.anchors import MIN_NOTES
from dsp.summary import METRICS

LEVEL_SESSIONS = 12
"""A player stands where the mean of so many newest sessions is."""

FIGURE_SESSIONS = 3
"""Sessions below which there is no mean of a figure."""

TREND_SESSIONS, TREND_WEEKS = 8, 3
"""Sessions, and calendar weeks with one, below which there is no direction."""

SIDE_SESSIONS = 4
"""Sessions on each side below which nothing is compared."""

_FIGURES = ("pitch.cents", "pitch.bias_cents", "scale.adherence", "timing.spread_ms", "timing.bias_ms")
"""Of each session; a history has their means."""

_T95 = dict(
    enumerate((12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201), start=1)
)
"""Student's t for a two-sided 95 % interval by degrees of freedom, as tables have it."""

_FOUR_WEEKS = timedelta(weeks=4)


def history_figures(
    sessions: Sequence[PlayedSession], today: date, duration_s: Callable[[PlayedSession], float]
) -> Figures:
    """Figures of all sessions, oldest first.

    Parameters
    ----------
    duration_s : length of a session
    """
    takes = [(played.began.date(), take_figures(played)) for played in sessions]
    told: dict[str, float] = {}
    for metric in (*METRICS, "overall"):
        scores = [(day, take[f"{metric}.score"]) for day, take in takes if f"{metric}.score" in take]
        told |= _score_figures(metric, scores, today)
    for name in _FIGURES:
        values = [take[name] for _, take in _enough(sessions, takes) if name in take]
        if len(values) >= FIGURE_SESSIONS:
            told |= {name: fmean(values), **_interval(name, values)}
    return told | _practice(sessions, today, duration_s)


def _enough(
    sessions: Sequence[PlayedSession], takes: Sequence[tuple[date, Figures]]
) -> list[tuple[date, Figures]]:
    """The newest sessions with enough judged notes."""
    both = zip(sessions, takes, strict=True)
    return [take for played, take in both if len(pitched(played)) >= MIN_NOTES][-LEVEL_SESSIONS:]


def _score_figures(metric: str, scores: Sequence[tuple[date, float]], today: date) -> dict[str, float]:
    if not scores:
        return {}
    values = [score for _, score in scores]
    newest = values[-LEVEL_SESSIONS:]
    told = {f"{metric}.score": fmean(newest), f"latest.{metric}": values[-1]}
    if len(newest) >= FIGURE_SESSIONS:
        told |= _interval(f"{metric}.score", newest)
    weeks = {day.isocalendar()[:2] for day, _ in scores}
    if len(scores) >= TREND_SESSIONS and len(weeks) >= TREND_WEEKS:
        told[f"trend.{metric}"] = slope([(day.toordinal() / 7.0, score) for day, score in scores])
    after = [score for day, score in scores if today - _FOUR_WEEKS < day <= today]
    before = [s for day, s in scores if today - 2 * _FOUR_WEEKS < day <= today - _FOUR_WEEKS]
    if min(len(after), len(before)) >= SIDE_SESSIONS:
        told[f"change.{metric}"] = fmean(after) - fmean(before)
    return told


def _interval(name: str, values: Sequence[float]) -> dict[str, float]:
    """The 95 % interval of a mean as the figures "<name> low" and "<name> high"."""
    half = _T95[len(values) - 1] * stdev(values) / sqrt(len(values))
    return {f"{name} low": fmean(values) - half, f"{name} high": fmean(values) + half}


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the least-squares line."""
    x0, y0 = fmean(x for x, _ in points), fmean(y for _, y in points)
    return sum((x - x0) * (y - y0) for x, y in points) / sum((x - x0) ** 2 for x, _ in points)


def _practice(
    sessions: Sequence[PlayedSession], today: date, duration_s: Callable[[PlayedSession], float]
) -> dict[str, float]:
    if not sessions:
        return {}
    monday = today - timedelta(days=today.weekday())
    days = [played.began.date() for played in sessions]
    minutes = [duration_s(played) / 60.0 for played in sessions]
    this = [m for day, m in zip(days, minutes, strict=True) if day >= monday]
    last = [m for day, m in zip(days, minutes, strict=True) if monday - timedelta(weeks=1) <= day < monday]
    told = {
        "practice.sessions": float(len(sessions)),
        "practice.sessions_week": float(len(this)),
        "practice.minutes_week": sum(this),
        "practice.minutes_last_week": sum(last),
        "practice.days_off": float((today - days[-1]).days),
    }
    clicks = [played.goal.bpm for played in sessions if played.goal.bpm is not None]
    if clicks:
        told["latest.bpm"] = clicks[-1]
    return told | _repertoire(sessions, minutes)


def _repertoire(sessions: Sequence[PlayedSession], minutes: Sequence[float]) -> dict[str, float]:
    of_scale: defaultdict[str, float] = defaultdict(float)
    for played, each in zip(sessions, minutes, strict=True):
        of_scale[played.goal.scale.name] += each
    most_first = sorted(of_scale.values(), reverse=True)
    return {f"repertoire.{k}": each for k, each in enumerate(most_first, start=1)}
