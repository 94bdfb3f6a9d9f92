"""The coach's line while one plays: first what to do, then its sentences, spoken too if wanted."""

import logging

from sqlalchemy import Engine

from dashboards.parts.aftermath import followed_plan
from dashboards.parts.coach_choices import CoachChoices, choices_of
from dashboards.parts.coach_line import CoachLine
from dashboards.parts.live_coaching import newest_sentence
from dashboards.parts.speech import Speech
from workbench.practice.meter import State
from workbench.practice.session import Practice
from workbench.settings import Settings
from workbench.store.errors import StoreError

log = logging.getLogger(__name__)

LISTENS = "The coach listens, and speaks up when something stands out."


class LiveLine:
    """Shows the newest sentence of one practice; `line` and `speech` go into the page.

    A microphone hears the loudspeaker, so a sentence that may not be spoken now waits for a pause.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.line, self.speech = CoachLine(visible=False), Speech()
        self._engine, self._settings = engine, settings
        self._choices = CoachChoices()
        self._practice: Practice | None = None
        self._shown = self._unspoken = ""

    def follow(self, practice: Practice) -> None:
        """Begin with what is to be done in `practice`."""
        self._practice = practice
        self._choices = self._read(practice)
        chosen = followed_plan(practice)
        self._shown, self._unspoken = newest_sentence(practice), ""
        self.line.text = self._shown or (LISTENS if chosen is None else chosen.plan.exercise)
        self.line.visible = self._choices.live or chosen is not None

    def _read(self, practice: Practice) -> CoachChoices:
        """What the player chose; silence while the database can't be asked."""
        try:
            return choices_of(self._engine, practice.user, self._settings)
        except StoreError as error:
            log.warning("the coach keeps silent: %s", error)
            return CoachChoices(live=False)

    def look(self, state: State) -> None:
        """Show a sentence that is new; speak it when that does no harm."""
        practice = self._practice
        if practice is None:
            return
        newest = newest_sentence(practice)
        if newest != self._shown:
            self._shown = self._unspoken = self.line.text = newest
        if state == "running" and not self._choices.speaks(practice.source.kind):
            self.speech.hush()
        elif self._unspoken and self._choices.spoken:
            self.speech.say(self._unspoken)
            self._unspoken = ""

    def leave(self) -> None:
        """Stop following, and speaking."""
        self._practice = None
        self._shown = self._unspoken = ""
        self.line.visible = False
        self.speech.hush()
