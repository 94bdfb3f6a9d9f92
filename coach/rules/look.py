"""What stands out in the facts of each metric, and which cause is named where there are several.

A cause is named before its effect: a guitar out of tune before the single notes, a tempo that runs away
before the scatter that comes of it, a place in the music before the metric as a whole, where the place is bad
enough to be the story.

Severities lie on the scale of the scores. Those of figures that enter no score are ours:
- wrong notes: a wrong note in ten counts as one half. Everybody hears it, so it weighs more than its score.
- bias against the click: counted beyond what players anticipate anyway (Repp 2005).
- noise: its scale is provisional, so that unless it is loud the rest comes first.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from coach.drills.drill import Aim
from coach.fact import Fact, Facts
from coach.facts.spoken import number
from coach.rules.finding import EXCELLENT, Finding, What
from coach.rules.spoken import listed, score_name, size
from coach.rules.spots import worst_spot
from coach.rules.standing import standing
from dsp.anchors import NOISE_REST_RANGE_DB, NOISE_STRAY_X50
from dsp.score import score_map
from dsp.summary import MetricName

WRONG_X50 = 0.10
"""Share of wrong notes that counts as one half."""

TUNING_X50_CENTS = 15.0
"""All notes off by this much count as one half; beginners' ears hear it against any other instrument."""

LEAST_TUNING_CENTS = 5.0
"""Less is within what a string drifts while it is played."""

TUNING_SHARE = 0.8
"""Of what a typical note is off, in common with the others: less, and it is the fingers that scatter."""

ANTICIPATION_MS = 10.0
"""Bias up to here is no fault: it is not noticed in a series of notes (Friberg & Sundberg 1992)."""

BIAS_X50_MS = 25.0
"""Bias beyond `ANTICIPATION_MS` that counts as one half."""

DRIFT_X50_MS_PER_MIN = 60.0
"""A click that is left by 60 ms within a minute counts as one half."""

LEAST_DRIFT_MS_PER_MIN = 15.0
"""Less is made good at the end of any phrase and never heard."""

LOUD_NOISE = 0.5
"""Noise below this score is heard by everybody."""

LATE_TO_MEND = 0.89
"""Severity of what is worth a word only when all else is excellent."""

_NOISES: Mapping[str, tuple[What, Aim]] = MappingProxyType(
    {
        "noise.ring_overs": ("ringing", "ringing"),
        "noise.stray": ("stray", "stray"),
        "noise.rest_db": ("background", "tone"),
    }
)
"""The parts of noise that are known by themselves."""

_MOST_NAMES = 3
"""Wrong notes that are named: more can't be looked after at once."""


def pitch(facts: Facts) -> Finding | None:
    """What ails the pitch; None when it was not measured."""
    score = standing(facts, "pitch_accuracy")
    cents, bias = facts.get("pitch.cents"), facts.get("pitch.bias_cents")
    if score is None:
        return None
    if bias is not None and bias.direction in {"sharp", "flat"} and _is_tuning(bias, cents):
        severity = min(score.value, score_map(abs(bias.value), TUNING_X50_CENTS))
        return _whole("tuning", score, severity, bias, "tuning")
    if spot := worst_spot(facts, "pitch_accuracy", score.value):
        return spot
    what: What = "pitch" if cents is None else "intonation"
    return _whole(what, score, score.value, cents, "intonation")


def scale(facts: Facts) -> Finding | None:
    """What ails the choice of notes; None when it was not measured."""
    score = standing(facts, "scale_conformity")
    if score is None:
        return None
    severity = score_map(1.0 - score.value, WRONG_X50)
    if spot := worst_spot(facts, "scale_conformity", severity):
        return spot
    named = [fact for fact in facts if fact.name.startswith("scale.wrong_note.")][:_MOST_NAMES]
    if not named:
        adherence = facts.get("scale.adherence")
        what: What = "scale" if adherence is None else "few wrong notes"
        return _whole(what, score, severity, adherence, "wrong notes")
    counted = ", ".join(f"{fact.place} ({number(fact.value)} times)" for fact in named)
    words = {"counted": counted, "names": listed([fact.place for fact in named])}
    evidence = (*named, score)
    return Finding("wrong notes", "scale_conformity", severity, evidence, "wrong notes", words=words)


def timing(facts: Facts) -> Finding | None:
    """What ails the time; None when it was not measured."""
    score = standing(facts, "timing_stability")
    if score is None:
        return None
    drift, bias = facts.get("timing.drift"), facts.get("timing.bias_ms")
    spread, step = facts.get("timing.spread_ms"), facts.get("timing.step_share")
    runs = drift is not None and abs(drift.value) >= LEAST_DRIFT_MS_PER_MIN
    if drift is not None and runs and drift.direction in {"speeding up", "slowing down"}:
        severity = min(score.value, score_map(abs(drift.value), DRIFT_X50_MS_PER_MIN))
        return _whole(drift.direction, score, severity, drift, drift.direction)
    beyond = 0.0 if bias is None else abs(bias.value) - ANTICIPATION_MS
    if bias is not None and bias.direction in {"early", "late"} and beyond > 0.0:
        severity = score_map(beyond, BIAS_X50_MS)
        if severity <= score.value or spread is None or abs(bias.value) > spread.value:
            return _whole(bias.direction, score, min(score.value, severity), bias, bias.direction)
    if spot := worst_spot(facts, "timing_stability", score.value):
        return spot
    if spread is not None or step is None:
        return _whole("timing" if spread is None else "uneven", score, score.value, spread, "uneven")
    return _whole("uneven without a click", score, score.value, step, "no beat")


def noise(facts: Facts) -> Finding | None:
    """What ails the sound; None when it was not measured."""
    score = standing(facts, "noise_control")
    if score is None:
        return None
    severity = score.value if score.value < LOUD_NOISE else max(score.value, LATE_TO_MEND)
    causes = [fact for name in _NOISES if (fact := facts.get(name)) is not None and _part(fact) < EXCELLENT]
    worst = min(causes, key=_part, default=None)
    what, aim = _NOISES.get("" if worst is None else worst.name, ("noise", "tone"))
    return _whole(what, score, severity, worst, aim)


def _part(fact: Fact) -> float:
    """The score of one part of noise, as `dsp.noise` gives it."""
    if fact.name == "noise.rest_db":
        low, high = NOISE_REST_RANGE_DB
        return min(1.0, max(0.0, (fact.value - low) / (high - low)))
    return score_map(fact.value, NOISE_STRAY_X50)


def _is_tuning(bias: Fact, cents: Fact | None) -> bool:
    """Whether the common part outweighs what single notes are off by."""
    least = max(LEAST_TUNING_CENTS, 0.0 if cents is None else TUNING_SHARE * cents.value)
    return abs(bias.value) >= least


def _whole(what: What, score: Fact, severity: float, cause: Fact | None, aim: Aim) -> Finding:
    """A metric as a whole, or the figure that tells its cause."""
    metric = cast("MetricName", score.metric)
    shown = score if cause is None else cause
    words = {"figure": size(shown), "direction": shown.direction, "score": score_name(score)}
    evidence = (score,) if cause is None else (cause, score)
    return Finding(what, metric, severity, evidence, aim, words=words)
