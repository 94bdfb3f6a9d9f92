"""Where a player stands in a metric: the score, or the newest one where playing has changed for sure.

The score of a history is a mean of weeks. When these weeks are known to differ from those before, the mean is
about somebody who plays no longer like that.
"""

from coach.fact import Fact, Facts
from dsp.summary import MetricName


def standing(facts: Facts, metric: MetricName) -> Fact | None:
    """The fact that tells it best; None where the metric was not measured."""
    score = facts.get(f"{metric}.score")
    latest, change = facts.get(f"latest.{metric}"), facts.get(f"change.{metric}")
    if score is None or latest is None or change is None:
        return score
    risen = change.direction == "better" and latest.value > score.value
    fallen = change.direction == "worse" and latest.value < score.value
    return latest if risen or fallen else score
