"""Four meters, the overall, the counts and the input level, in one component that moves calmly."""

from pathlib import Path
from typing import Any, ClassVar

import param
from panel.custom import JSComponent

from dashboards.parts.words import judgement, minutes, physical, tally
from dsp.score import band
from dsp.summary import METRICS
from workbench.charts.theme import METRIC_TITLES
from workbench.practice.levels import Levels
from workbench.practice.meter import Snapshot

_QUIET_DBFS = -60.0
"""Level at which the input bar is empty."""

FAINT_DBFS = -50.0
"""A peak below it is hardly more than the noise of the room."""

_PATIENCE_S = 5.0
"""Silence for so long is hardly a rest: the input may be the wrong one."""


class Meters(JSComponent):
    """Shows what `shown` gives; every change eases over 150 ms."""

    live = param.Dict(default=None, allow_None=True, doc="as `shown` gives it; None before a practice")

    _esm = Path(__file__).with_suffix(".js")
    _stylesheets: ClassVar[list[str]] = [Path(__file__).with_suffix(".css").read_text("utf-8")]


def shown(snapshot: Snapshot, silent_s: float = 0.0) -> dict[str, Any]:
    """What the meters need of a snapshot; rounded, so that a change that nobody could see sends nothing.

    Parameters
    ----------
    snapshot : the newest one
    silent_s : for how long the input has been silent
    """
    return {
        "meters": [_meter(name, snapshot) for name in METRICS],
        "overall": _overall(snapshot.overall),
        "tally": tally(snapshot.counts),
        "clock": minutes(snapshot.t_s),
        "level": _level(snapshot.levels, silent_s),
    }


def _meter(name: str, snapshot: Snapshot) -> dict[str, Any]:
    enabled = not snapshot.enabled_metrics or name in snapshot.enabled_metrics
    metric = snapshot.metrics.get(name)
    if enabled and metric is None:
        score, word = None, "not enough notes yet"
    else:
        score, word = judgement(metric if enabled else None)
    return {
        "name": name,
        "title": METRIC_TITLES[name],
        "score": score,
        "word": word,
        "physical": physical(name, metric) if enabled and metric is not None else "",
    }


def _overall(score: float | None) -> dict[str, Any]:
    return {
        "score": None if score is None else round(100.0 * score),
        "word": "not enough notes yet" if score is None else band(score),
    }


def _level(levels: Levels, silent_s: float) -> dict[str, Any]:
    share = min(1.0, max(0.0, 1.0 - levels.level_dbfs / _QUIET_DBFS))
    if levels.clipped:
        word = "too loud, turn down"
    elif silent_s > _PATIENCE_S:
        word = "no sound, turn up"
    else:
        word = f"{levels.level_dbfs:.0f} dB" if levels.level_dbfs > _QUIET_DBFS else "quiet"
    return {"share": round(share, 2), "word": word, "clipped": levels.clipped}
