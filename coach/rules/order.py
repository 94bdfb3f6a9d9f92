"""What is worked on first.

The order is that of what a listener hears and of what can be built on what:

1. the tuning, since no other pitch can be judged before it, and it costs a minute;
2. the right notes, 3. their pitch, 4. their time, 5. the sound between them.

That is also the order of examiners' criteria (ABRSM: pitch, that is accuracy of notes and intonation; time;
tone), and of learning a movement: first what to do, then how well (Fitts & Posner 1967). An area further down
goes first only when it is worse by a margin; speeding up goes up by a step, because haste breeds the other
faults and is quickly learned by heart. Nothing that is excellent is worked on.

References
----------
- ABRSM, Practical Music Grades: marking criteria.
- Fitts & Posner 1967, Human Performance: the cognitive stage comes before the associative one.
- Duke, Simmons & Cash 2009: the best practisers mend an error where it arises, before anything is added.
- Larrouy-Maestri 2018; Friberg & Sundberg 1995: what is heard as out of tune and out of time (`dsp.anchors`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from coach.fact import Facts
from coach.rules.finding import EXCELLENT, Finding
from coach.rules.look import noise, pitch, scale, timing
from dsp.summary import MetricName

_STEP = 0.05

_BEFORE: Mapping[MetricName, float] = MappingProxyType(
    {
        "scale_conformity": 3.0 * _STEP,
        "pitch_accuracy": 2.0 * _STEP,
        "timing_stability": 1.0 * _STEP,
        "noise_control": 0.0,
    }
)
"""By how much a metric may be less bad and still go first; a step is the width of a score that is felt."""


def findings(facts: Facts) -> list[Finding]:
    """What to work on, first things first; empty when all that was measured is excellent.

    At most one finding for each metric.
    """
    looked = [look(facts) for look in (scale, pitch, timing, noise)]
    found = [finding for finding in looked if finding is not None and finding.severity < EXCELLENT]
    return sorted(found, key=urgency)


def urgency(finding: Finding) -> float:
    """Lowest first."""
    if finding.what == "tuning":
        return -1.0
    hurry = _STEP if finding.what == "speeding up" else 0.0
    return finding.severity - _BEFORE[finding.metric] - hurry
