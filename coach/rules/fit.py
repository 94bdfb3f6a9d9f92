"""Fitting to the player: which scale, which tempo, how hard, how long."""

from coach.advice import Exercise
from coach.drills.drill import Drill, Level
from coach.fact import Facts
from coach.ladder import START, ladder, rung_above
from coach.rules.finding import Finding
from dsp.errors import ScaleError
from dsp.scales import Scale, parse_scale

FIRST_SCALE = "A minor pentatonic"
"""For a player who has not played yet: the scale that most guitarists learn first."""

USUAL_MINUTES = 10.0
"""A plan for a player whose sessions are not known: as long as attention to one thing lasts."""

LEAST_MINUTES, MOST_MINUTES = 5.0, 20.0

_JOINS, _SHAPES = 0.60, 0.85
"""Overall scores from which a player is of level 2 and 3."""


def scale_for(finding: Finding | None, facts: Facts, seed: int) -> Scale:
    """The scale to practise in: where the fault was found, else the one played most.

    With nothing to mend, the player's scales take turns.
    """
    found = [fact.scale for fact in finding.evidence if fact.scale] if finding else []
    own = [name for name in facts.scales if _known(name)]
    if found and _known(found[0]):
        return parse_scale(found[0])
    if not own:
        return parse_scale(FIRST_SCALE)
    return parse_scale(own[seed % len(own)] if finding is None else own[0])


def bpm_of(finding: Finding | None, facts: Facts) -> float | None:
    """The tempo at which the player plays what is worked on, bpm; None without any click."""
    if finding is not None and finding.spot:
        slow = facts.get(finding.evidence[0].name.replace(".rate", ".bpm"))
        if slow is not None:
            return slow.value / START
    for name in ("session.bpm", "latest.bpm"):
        fact = facts.get(name)
        if fact is not None:
            return fact.value
    return None


def level_of(facts: Facts) -> Level:
    """How far a player is, by the overall score."""
    overall = facts.get("overall.score")
    if overall is None or overall.value < _JOINS:
        return 1
    return 2 if overall.value < _SHAPES else 3


def minutes_of(facts: Facts) -> float:
    """Minutes for a plan: half of this week's usual session, since a plan is not all of an evening."""
    minutes, sessions = facts.get("practice.minutes_week"), facts.get("practice.sessions_week")
    if minutes is None or sessions is None or sessions.value == 0.0:
        return USUAL_MINUTES
    half = round(minutes.value / sessions.value / 2.0)
    return float(min(MOST_MINUTES, max(LEAST_MINUTES, half)))


def strictness_of(finding: Finding | None) -> float:
    """How hard the live meters judge: mild where much goes wrong, so that a right note shows."""
    severity = 1.0 if finding is None else finding.severity
    return round(0.3 + 0.4 * severity, 1)


def sensitivity_of(finding: Finding | None) -> float:
    """How quiet a sound the live meters still judge: where noise is worked on, more of it."""
    return 0.7 if finding is not None and finding.metric == "noise_control" else 0.5


def rungs(drill: Drill, exercise: Exercise, bpm: float | None, minutes: float) -> tuple[float, ...]:
    """The tempo ladder of a plan, bpm; empty for a drill without a click.

    It begins at the drill's own tempo, and goes at most a rung beyond what the player plays.
    """
    if drill.tempo is None or exercise.bpm is None:
        return ()
    last = exercise.bpm / START
    if bpm is not None and drill.tempo <= 1.0:
        last = min(last, rung_above(bpm))
    return ladder(last, minutes=minutes, start=min(1.0, exercise.bpm / last))


def _known(name: str) -> bool:
    try:
        parse_scale(name)
    except ScaleError:
        return False
    return True
