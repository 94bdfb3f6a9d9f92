"""The live coach of each practice of this process, and its newest sentence.

It belongs to the practice and not to a page: two tabs show the same sentence, a reload brings it back.
"""

import logging
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from coach.asking import Asking
from coach.live import LiveCoach
from dashboards.parts.coach_choices import choices_of
from workbench.practice.session import Practice
from workbench.settings import Settings
from workbench.store.errors import StoreError

log = logging.getLogger(__name__)

_newest: WeakKeyDictionary[Practice, str] = WeakKeyDictionary()


def begin(practice: Practice, engine: Engine, settings: Settings) -> None:
    """Let the coach follow `practice`, which has just begun, if its player wants that; it ends by itself.

    A database that can't be asked now is no reason not to practise: there is no coach then.
    """
    try:
        choices = choices_of(engine, practice.user, settings)
        asking = Asking(settings, practice.user, engine)
        model = asking if choices.live and asking.name else None
    except StoreError as error:
        log.warning("nobody coaches the practice %s: %s", practice.id, error)
        return
    if not choices.live:
        return

    def say(sentence: str) -> None:
        _newest[practice] = sentence

    LiveCoach(
        practice,
        model,
        every_s=choices.live_every_s,
        on_sentence=say,
        timeout_s=settings.coach_timeout_live_s,
    ).start()


def newest_sentence(practice: Practice) -> str:
    """What the coach said last in this practice; "" before it said anything."""
    return _newest.get(practice, "")
