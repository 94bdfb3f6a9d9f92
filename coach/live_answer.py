"""One short sentence on what was just played, by a model or by rules; checked like all that is said."""

from collections.abc import Mapping, Sequence

from coach.advice import Advice
from coach.asking import Answer, Asking
from coach.checked import checked
from coach.checker import Refusal, check_advice
from coach.fact import Facts
from coach.listing import corrections, listed
from coach.prompt import prompt
from coach.sentences import Sentences

TAGS = ("ai-mode", "live-coach")

MOST_SENTENCES = 2
MOST_WORDS = 25
"""More can't be taken in while playing."""


def live_answer(
    asking: Asking, facts: Facts, by_rules: Advice, *, before: str, metadata: Mapping[str, str]
) -> Advice:
    """What a model says of the last seconds; `by_rules` where it fails, or claims or talks too much twice.

    Parameters
    ----------
    facts : of the last seconds
    before : what was said last; "" for nothing yet
    metadata : for the trace
    """
    messages = [
        ("system", prompt("live", about=facts.about, before=before or "nothing")),
        ("human", listed(facts)),
    ]

    def produce(refusals: Sequence[Refusal]) -> Answer[Advice] | None:
        asked = [*messages, *corrections(refusals)]
        return asking.structured("live", asked, Advice, tags=TAGS, metadata=metadata)

    def wrong(answer: Answer[Advice] | None) -> list[Refusal]:
        return [] if answer is None else [*too_long(answer.value), *check_advice(answer.value, facts)]

    def refused(answer: Answer[Advice] | None, refusals: list[Refusal]) -> None:
        if answer is not None:
            asking.refuse(answer, refusals)

    said = checked(produce, wrong, lambda: None, on_refused=refused).value
    if said is None:
        return by_rules
    asking.accept(said)
    return said.value


def too_long(advice: Advice) -> list[Refusal]:
    """What keeps an advice from being taken in while one plays; empty when nothing does."""
    cutter = Sentences()
    sentences = [part for part in [*cutter.push(advice.text), *cutter.flush()] if part.strip()]
    words = len(advice.text.split())
    if len(sentences) <= MOST_SENTENCES and words <= MOST_WORDS:
        return []
    reason = f"{len(sentences)} sentences and {words} words; {MOST_SENTENCES} and {MOST_WORDS} are allowed"
    return [Refusal(advice.text, reason)]
