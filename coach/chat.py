"""A player's conversation with the coach: checked before it is shown, kept across restarts, saved by consent.

A model answers where one is configured, and the rules where there is none or it fails. Whoever answers, every
sentence about the playing follows from facts, and nothing is saved as a plan before the player says so.
"""

from collections.abc import Generator, Iterator, Sequence
from datetime import date, tzinfo
from uuid import UUID

from coach.answers.asked import Asked
from coach.asking import Asking
from coach.chat_context import context, known_before
from coach.chat_events import ChatEvent, Done, Looking, Proposed, Said
from coach.chat_kept import Kept, kept
from coach.chat_model import ModelAnswer
from coach.errors import ModelError
from coach.incoming import cleaned
from coach.intents import recognise
from coach.past import Past
from coach.plan import PracticePlan
from coach.prompt import prompt, quoted
from coach.reply import Reply, advice_of
from coach.rule_chat import looks_at, reply
from coach.sayings import say
from coach.tools import Tools
from workbench.archive import Archive
from workbench.store.messages import Messages, StoredMessage
from workbench.store.plans import Plans

RULES = "rules"
"""`Done.source` of an answer that no model gave."""

REFUSED = "Twice the model claimed more than was measured."
"""`Done.notice` when both answers of a model were refused."""

SHOWN_MESSAGES = 200
"""Turns of a conversation that a page shows again."""

CONTEXT_MESSAGES = 12
"""Turns that are looked back at for an answer: the thread of a talk, however long the conversation is."""

SAVED_PLANS = 50
"""Newest plans among which one that was proposed is looked for."""


class Conversation:
    """What one player and the coach say to each other.

    Parameters
    ----------
    archive : of the player; nothing here can reach anybody else's
    asking : the models; None = the rules answer
    today, zone : the player's date and time zone; None = that of this machine
    seed : another one varies the words and the exercises of the rules

    Every method raises `StoreError` with one sentence where the database can't be read or written.
    """

    def __init__(
        self, archive: Archive, asking: Asking | None, *, today: date, zone: tzinfo | None, seed: int
    ) -> None:
        self._archive = archive
        self._asking = asking
        self._today, self._zone, self._seed = today, zone, seed
        self._messages = Messages(archive.engine)
        self._plans = Plans(archive.engine)

    def history(self) -> list[StoredMessage]:
        """The turns of the conversation that goes on, oldest first; `chat_kept.kept` reads their evidence."""
        return self._messages.newest(self._archive.user, SHOWN_MESSAGES)

    def new(self) -> None:
        """Begin anew: what was said so far is kept, and plays no part any more."""
        self._messages.add(self._archive.user, "break", "")

    def save_plan(self, plan: PracticePlan) -> UUID:
        """Keep a plan that the player has agreed to; its id, the same when it is kept already."""
        return self.saved(plan) or self._plans.save(self._archive.user, plan.as_json())

    def saved(self, plan: PracticePlan) -> UUID | None:
        """The id of a plan that is kept already; None for one that is only proposed."""
        newest = self._plans.newest(self._archive.user, SAVED_PLANS)
        same = (stored.practice_id for stored in newest if stored.plan == plan.as_json())
        return next(same, None)

    def ask(self, text: str) -> Iterator[ChatEvent]:
        """Answer a message; the last event is `Done`, when the answer is stored.

        Parameters
        ----------
        text : as the player typed it; what is invisible and what is beyond `incoming.MAX_LENGTH` is not read
        """
        words = cleaned(text)
        if not words:
            yield Said(say("help", self._seed))
            yield Done(advice_of(say("help", self._seed)), RULES)
            return
        before = self.history()
        own = self._messages.add(self._archive.user, "user", words)
        asked = self._asked(words, before)
        last = _last(before)
        if asked.intent.kind in {"confirm", "decline"} and last.plan is not None:
            yield from self._answer_of_rules(self._decided(asked, last.plan))
            return
        thread = before[0].message_id if before else own
        why = yield from self._answer_of_model(words, before[-CONTEXT_MESSAGES:], asked, thread)
        if why is not None:
            if looking := looks_at(asked.intent):
                yield Looking(looking)
            yield from self._answer_of_rules(reply(asked), why)

    def _asked(self, words: str, before: Sequence[StoredMessage]) -> Asked:
        past = Past(self._archive, today=self._today, zone=self._zone)
        return Asked(recognise(words), past, self._seed + len(before), _last(before).facts)

    def _answer_of_model(
        self, words: str, before: Sequence[StoredMessage], asked: Asked, thread: UUID
    ) -> Generator[ChatEvent, None, str | None]:
        """The answer of a model; returns None when there was one, else why the rules have to answer."""
        asking = self._asking
        if asking is None or not asking.name:
            return ""
        if asking.unavailable:
            return asking.unavailable
        tools = Tools(asked.past, asked.seed, known_before(before))
        system = prompt("chat", player=quoted(self._archive.user.id), today=self._today.isoformat())
        try:
            model = ModelAnswer(asking, tools, system, {"thread_id": str(thread)})
            answer = yield from model.events([*context(before), ("human", words)], words)
        except ModelError as error:
            return str(error)
        if answer is None:
            return REFUSED
        yield from self._end(answer, model.model, "")
        return None

    def _decided(self, asked: Asked, plan: PracticePlan) -> Reply:
        """The player said yes or no to what was proposed last."""
        agreed = asked.intent.kind == "confirm"
        if agreed:
            self.save_plan(plan)
        return Reply(advice_of(say("saved" if agreed else "declined", asked.seed)))

    def _answer_of_rules(self, answer: Reply, notice: str = "") -> Iterator[ChatEvent]:
        yield Said(answer.advice.text)
        yield from self._end(answer, RULES, notice)

    def _end(self, answer: Reply, source: str, notice: str) -> Iterator[ChatEvent]:
        """What belongs to an answer beside its text; store it."""
        yield from answer.drawings
        if answer.plan is not None:
            yield Proposed(answer.plan)
        what = Kept(
            facts=tuple(fact for name in answer.advice.evidence if (fact := answer.facts.get(name))),
            drawings=answer.drawings,
            exercise=answer.advice.exercise if answer.plan is None else None,
            plan=answer.plan,
            source=source,
            notice=notice,
        )
        self._messages.add(self._archive.user, "coach", answer.advice.text, what.as_json())
        yield Done(answer.advice, source, notice)


def _last(before: Sequence[StoredMessage]) -> Kept:
    """What was kept with the coach's last turn."""
    said = [message for message in before if message.role == "coach"]
    return kept(said[-1].evidence if said else None)
