"""What a player chose about the coach; the same on all their devices."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Engine

from workbench.settings import Settings
from workbench.store.configs import Configs
from workbench.user import User

FEWEST_S, MOST_S = 5, 600
"""How often the coach may speak up while one plays, seconds."""


@dataclass(frozen=True, slots=True)
class CoachChoices:
    """The choices; `Configs` keeps each as "coach.<name>".

    Attributes
    ----------
    provider, model : who words the answers; "" = as the settings say
    live : a sentence now and then while one plays
    live_every_s : how often, seconds
    spoken : those sentences are also spoken
    spoken_over_input : even while a microphone or an interface listens, which would hear a loudspeaker
    """

    provider: str = ""
    model: str = ""
    live: bool = True
    live_every_s: int = 30
    spoken: bool = False
    spoken_over_input: bool = False

    def speaks(self, source_kind: str) -> bool:
        """Whether a sentence may be spoken while a source of that kind is listened to and judged."""
        return self.spoken and (source_kind == "take" or self.spoken_over_input)


NAMES = tuple(field.name for field in fields(CoachChoices))


def choices_of(engine: Engine, user: User, settings: Settings) -> CoachChoices:
    """What the player chose, else what the settings say. Raises `StoreError`."""
    configs = Configs(engine)
    standing = CoachChoices(live_every_s=round(settings.coach_live_every_s))
    kept = {name: configs.get(user, f"coach.{name}", value) for name, value in asdict(standing).items()}
    return CoachChoices(**{name: _fitting(value, getattr(standing, name)) for name, value in kept.items()})


def keep(engine: Engine, user: User, changed: Mapping[str, Any]) -> None:
    """Keep some of the choices. Raises `StoreError`."""
    configs = Configs(engine)
    for name, value in changed.items():
        configs.set(user, f"coach.{name}", value)


def _fitting(value: Any, standing: Any) -> Any:
    """A choice as it was kept, unless another version kept something else under its name."""
    if type(value) is not type(standing):
        return standing
    return min(max(value, FEWEST_S), MOST_S) if type(value) is int else value
