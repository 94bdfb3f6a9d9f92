"""One short sentence on what was just played, by a model or by rules; checked like all that is said."""

from collections.abc import Mapping

from coach.advice import Advice
from coach.asking import Asking
from coach.checked_answer import checked_answer
from coach.checker import Refusal, check_advice
from coach.fact import Facts
from coach.listing import listed
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

    def check(advice: Advice) -> list[Refusal]:
        return [*too_long(advice), *check_advice(advice, facts)]

    done = checked_answer(asking, "live", messages, Advice, check=check, tags=TAGS, metadata=metadata)
    return done.value or by_rules


def too_long(advice: Advice) -> list[Refusal]:
    """What keeps an advice from being taken in while one plays; empty when nothing does."""
    cutter = Sentences()
    sentences = [part for part in [*cutter.push(advice.text), *cutter.flush()] if part.strip()]
    words = len(advice.text.split())
    if len(sentences) <= MOST_SENTENCES and words <= MOST_WORDS:
        return []
    reason = f"{len(sentences)} sentences and {words} words; {MOST_SENTENCES} and {MOST_WORDS} are allowed"
    return [Refusal(advice.text, reason)]
