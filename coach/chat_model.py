"""One answer of a language model in a conversation, checked sentence by sentence before anybody sees it.

A sentence is held back until it is whole, and goes out when every claim in it follows from what the tools
have told. The first one that claims more ends the try: what was said is taken back, and the model is asked
once more with the reasons. A second refusal leaves the answer to the rules.
"""

import re
from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING

from coach.asking import Asking
from coach.chat_agent import Agent, Called, Restarted
from coach.chat_events import ChatEvent, Looking, Replaced, Said
from coach.checker import Refusal, check
from coach.fact import Facts
from coach.listing import corrections
from coach.question import Question
from coach.reply import Reply
from coach.sentences import Sentences
from coach.tools import LOOKING, Tools
from coach.used import advice_from
from dsp.scales import SCALE_KINDS
from workbench.store.errors import StoreError

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

TAGS = ("web-chat",)

TRIES = 2
"""Answers of a model to one message: one, and another with what was wrong with the first."""

_OF_THE_QUESTION = re.compile(
    rf"\b\d{{1,3}} ?(?:min(?:ute)?s?|bpm)\b|\b[A-G][#b]? (?:{'|'.join(SCALE_KINDS)})\b", re.IGNORECASE
)
"""What may be said because the player said it: a time, a tempo, a scale; never a figure of their playing."""

_MARKUP = re.compile(r"<[a-z!/]|!\[|\]\(|https?:|www\.|javascript:|data:", re.IGNORECASE)

_DONE = re.compile(
    r"\bI(?:'ve| have| will|'ll)?(?: just| now)? (?:save|store|delete|change|schedule|update|record)d?\b",
    re.IGNORECASE,
)
"""What a model says that it did, and can't have done."""


class ModelAnswer:
    """A message as a model answers it.

    Parameters
    ----------
    asking : an available one
    tools : those of the player, with what may be said already
    system : the rules of the conversation
    metadata : for the trace
    """

    def __init__(self, asking: Asking, tools: Tools, system: str, metadata: dict[str, str]) -> None:
        self._asking, self._tools, self._metadata = asking, tools, metadata
        self._agent = Agent(asking.chain("chat"), tools.all, system)
        self._said = ""
        self.model = ""

    def events(
        self, messages: Sequence[tuple[str, str]], words: str
    ) -> Generator[ChatEvent, None, Reply | None]:
        """What is shown as it comes; returns the answer, None when it was refused twice.

        Parameters
        ----------
        messages : the conversation so far, the player's message last
        words : that message

        Raises
        ------
        ModelError : no model answered; what was said has been taken back
        StoreError : the player's sessions can't be read
        """
        turns: list[tuple[str, str] | BaseMessage] = list(messages)
        for _ in range(TRIES):
            question = self._asking.begin("chat", tags=TAGS, metadata=self._metadata)
            refusals = yield from self._try(turns, words, question)
            self.model = question.model
            if not refusals:
                self._asking.accept(question)
                return self._reply()
            self._asking.refuse(question, refusals)
            yield from self._take_back()
            turns += [*self._agent.transcript, *corrections(refusals)]
        return None

    def _try(
        self, turns: "Sequence[tuple[str, str] | BaseMessage]", words: str, question: Question
    ) -> Generator[ChatEvent, None, list[Refusal]]:
        """One run of the agent; returns what is wrong with it."""
        sentences, refusals = Sentences(), list[Refusal]()
        try:
            for piece in self._agent.pieces(turns, question.callbacks):
                # A refused answer is heard out, so that its tokens are counted; nothing of it is shown.
                if isinstance(piece, Restarted):
                    sentences, refusals = Sentences(), []
                    yield from self._take_back()
                elif isinstance(piece, Called):
                    refusals = refusals or (yield from self._all_checked(sentences.flush(), words))
                    if piece.tool in LOOKING and not refusals:
                        yield Looking(LOOKING[piece.tool])
                else:
                    refusals = refusals or (yield from self._all_checked(sentences.push(piece.text), words))
            refusals = refusals or (yield from self._all_checked(sentences.flush(), words))
        except StoreError:
            raise
        except Exception as error:  # any library may raise anything over what a server sends
            yield from self._take_back()
            raise question.failed(error) from None
        return refusals or ([] if self._said.strip() else [Refusal("", "the answer is empty")])

    def _all_checked(self, sentences: Iterable[str], words: str) -> Generator[ChatEvent, None, list[Refusal]]:
        """Let sentences out as long as they claim nothing that is not known; returns what is wrong."""
        for sentence in sentences:
            refusals = self._refusals(sentence, words)
            if refusals:
                return refusals
            # What is said before and after a tool are two pieces with nothing between them.
            gap = " " if self._said and not self._said[-1].isspace() and not sentence[0].isspace() else ""
            self._said += gap + sentence
            yield Said(gap + sentence)
        return []

    def _refusals(self, sentence: str, words: str) -> list[Refusal]:
        asked = _OF_THE_QUESTION.findall(words)
        refusals = check(sentence, self._tools.facts, also=(*asked, *self._tools.also))
        if _MARKUP.search(sentence):
            refusals.append(Refusal(sentence.strip(), "links, pictures and HTML are not shown"))
        if _DONE.search(sentence):
            refusals.append(Refusal(sentence.strip(), "you can't save or change anything; the player can"))
        return refusals

    def _take_back(self) -> Generator[ChatEvent, None, None]:
        if self._said:
            self._said = ""
            yield Replaced()

    def _reply(self) -> Reply:
        tools = self._tools
        facts: Facts = tools.facts
        advice = advice_from(self._said.strip(), facts, tools.plan)
        return Reply(advice, facts, tools.drawings, tools.plan, tools.also)
