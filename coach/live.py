"""Live coaching: every so often one sentence on the weakest metric of what was just played.

Threads: `live-coach-<practice>`, from `start` to the end of the practice or `stop`; it reads the notes that
were heard, and calls `on_sentence` and the voice. While a model is loaded or asked, another one waits for it,
`live-question-<practice>`, and touches nothing else. The thread that hears waits for neither.

Time is the practice's own (seconds of its stream), so a recorded take that runs faster than it was played
gets the same sentences. Only the patience with a model goes by the clock.
"""

import functools
import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from coach.advice import Advice
from coach.asking import Asking
from coach.errors import ModelError
from coach.fact import Facts
from coach.facts.live import live_facts
from coach.live_answer import live_answer
from coach.rules import RulesCoach
from coach.voice import Voice
from workbench.practice.goal import Goal
from workbench.practice.judged import JudgedNote
from workbench.practice.meter import Snapshot, State
from workbench.store.errors import StoreError

log = logging.getLogger(__name__)

SPAN_S = 30.0
"""What is spoken of at least, in seconds: shorter stretches seldom hold enough notes to judge."""

TIMEOUT_S = 8.0
"""How long a model may take, in seconds: what it says later is about something that has passed."""

_BEGINNINGS = 1000
_LOOK_EVERY_S = 0.1
_JOIN_S = 5.0


class Heard(Protocol):
    """What a practice tells; see `workbench.practice.session.Practice`."""

    id: str
    goal: Goal

    @property
    def state(self) -> State: ...

    def snapshot(self) -> Snapshot: ...

    def events_since(self, cursor: int) -> tuple[list[JudgedNote], int]: ...


class LiveCoach:
    """Coaches one practice while it runs.

    A model's answer is dropped when it comes after `timeout_s`, and the rules' sentence is said then; both
    are dropped when the practice was paused or ended meanwhile, or the next stretch is over. Nothing is said
    when nothing needs saying, and no sentence twice in a row.

    Parameters
    ----------
    practice : that has begun
    asking : None = by rules, at once
    every_s : seconds of practice between two sentences
    on_sentence : gets each sentence, in the coach's thread; it should return soon
    voice : says each sentence; it is closed with the practice
    timeout_s : see `TIMEOUT_S`; the settings have one (`coach_timeout_live_s`)
    """

    def __init__(
        self,
        practice: Heard,
        asking: Asking | None,
        *,
        every_s: float,
        on_sentence: Callable[[str], object],
        voice: Voice | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._practice, self._asking = practice, asking
        self._every_s, self._timeout_s = every_s, timeout_s
        self._on_sentence, self._voice = on_sentence, voice
        self._notes: dict[int, JudgedNote] = {}
        self._cursor = 0
        # Not every practice begins with the same words.
        self._turn = UUID(practice.id).int % _BEGINNINGS
        self._since_s, self._next_s = 0.0, every_s
        self._said = ""
        self._question: _Question | None = None
        self._asked: threading.Thread | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"live-coach-{practice.id}", daemon=True)

    def start(self) -> None:
        """Begin; it ends with the practice by itself."""
        if self._asking is not None:
            # It takes seconds to load, and some of the processor: better before the first notes.
            self._in_background(functools.partial(_get_ready, self._asking))
        self._thread.start()

    def stop(self) -> None:
        """Say nothing more; returns when that is sure."""
        self._stopping.set()
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        try:
            while not self._stopping.wait(_LOOK_EVERY_S) and self._practice.state != "ended":
                self._look()
        finally:
            if self._voice is not None:
                self._voice.close()

    def _look(self) -> None:
        now_s = self._practice.snapshot().t_s
        if self._practice.state != "running":
            # What came before a pause is not "the last seconds" any more.
            self._question, self._since_s, self._next_s = None, now_s, now_s + self._every_s
        elif now_s >= self._next_s:
            self._question = None
            self._next_s += self._every_s * (1 + (now_s - self._next_s) // self._every_s)
            self._begin(self._facts(now_s))
        elif self._question is not None and (sentence := self._question.answer()) is not None:
            self._question = None
            self._say(sentence)

    def _facts(self, now_s: float) -> Facts:
        changed, self._cursor = self._practice.events_since(self._cursor)
        self._notes |= {judged.number: judged for judged in changed}
        since_s = max(self._since_s, now_s - max(self._every_s, SPAN_S))
        notes = [judged for judged in self._notes.values() if judged.note.onset_s >= since_s]
        self._notes = {judged.number: judged for judged in notes}
        return live_facts(notes, self._practice.goal, since_s=since_s, until_s=now_s)

    def _begin(self, facts: Facts) -> None:
        self._turn += 1
        by_rules = RulesCoach().live(facts, self._turn)
        if by_rules is None:
            return
        if self._asking is None or (self._asked is not None and self._asked.is_alive()):
            self._say(by_rules.text)
            return
        ask = functools.partial(
            live_answer,
            self._asking,
            facts,
            by_rules,
            before=self._said,
            metadata={"session_id": self._practice.id},
        )
        self._question = _Question(ask, by_rules, time.monotonic() + self._timeout_s)
        self._in_background(self._question.ask)

    def _in_background(self, work: Callable[[], object]) -> None:
        name = f"live-question-{self._practice.id}"
        self._asked = threading.Thread(target=work, name=name, daemon=True)
        self._asked.start()

    def _say(self, sentence: str) -> None:
        if sentence == self._said or self._stopping.is_set() or self._practice.state != "running":
            return
        self._said = sentence
        self._on_sentence(sentence)
        if self._voice is not None:
            self._voice.say(sentence)


def _get_ready(asking: Asking) -> None:
    try:
        asking.chain("live")
    except (ModelError, StoreError) as error:
        log.info("the rules coach this practice: %s", error)


class _Question:
    """A model is asked in another thread; whoever waits takes what there is when time is up."""

    def __init__(self, ask: Callable[[], Advice], by_rules: Advice, deadline: float) -> None:
        self._ask, self._by_rules, self._deadline = ask, by_rules, deadline
        self._advice = by_rules
        self._done = threading.Event()

    def ask(self) -> None:
        try:
            self._advice = self._ask()
        except Exception:
            # Whatever a library or the store raises: the rules' sentence is there.
            log.exception("a model could not be asked for a sentence")
        finally:
            self._done.set()

    def answer(self) -> str | None:
        """The model's sentence, the rules' when time is up, None while there is hope."""
        if self._done.is_set():
            return self._advice.text
        return self._by_rules.text if time.monotonic() >= self._deadline else None
