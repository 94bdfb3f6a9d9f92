"""A question with all that its answer may need."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.advice import Advice
from coach.fact import Fact, Facts
from coach.intents import Intent
from coach.past import Past
from coach.reply import only
from dsp.summary import METRICS


@dataclass(frozen=True, slots=True)
class Asked:
    """A question.

    Attributes
    ----------
    intent : what is asked
    past : what the player has played
    seed : chooses among wordings and exercises
    before : the facts that the answer before rested on
    """

    intent: Intent
    past: Past
    seed: int
    before: Sequence[Fact] = ()

    @property
    def facts(self) -> Facts:
        """What an exercise may be chosen by; only what tells of one metric where one is asked about."""
        every, metric = self.past.to_work_on, self.intent.metric
        return every if metric is None else only(every, {fact.name for fact in every.of(metric)})


def scores(facts: Facts) -> list[Fact]:
    """The score of each metric that has one."""
    return [fact for name in METRICS if (fact := facts.get(f"{name}.score")) is not None]


def named(facts: Facts, prefix: str) -> list[Fact]:
    """The facts whose names begin so."""
    return [fact for fact in facts if fact.name.startswith(prefix)]


def reworded(advice: Advice, text: str, facts: Sequence[Fact] = ()) -> Advice:
    """The advice with another text, which rests on these facts too."""
    evidence = dict.fromkeys([*(fact.name for fact in facts), *advice.evidence])
    return advice.model_copy(update={"text": text.strip(), "evidence": tuple(evidence)})
