"""What a player chose about the coach is kept, and what somebody else wrote there breaks nothing."""

import pytest
from sqlalchemy import Engine

from dashboards.parts.coach_choices import FEWEST_S, MOST_S, CoachChoices, choices_of, keep
from workbench.settings import load_settings
from workbench.store.configs import Configs
from workbench.user import User

ADA = User("ada")


def test_nothing_chosen_is_what_the_settings_say(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRETCOACH_COACH_LIVE_EVERY_S", "45")
    assert choices_of(sqlite_engine, ADA, load_settings()) == CoachChoices(live_every_s=45)


def test_a_choice_is_kept_for_its_player_alone(sqlite_engine: Engine) -> None:
    keep(sqlite_engine, ADA, {"live": False, "provider": "rules"})
    assert choices_of(sqlite_engine, ADA, load_settings()) == CoachChoices(provider="rules", live=False)
    assert choices_of(sqlite_engine, User("ben"), load_settings()) == CoachChoices()


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("live_every_s", 1, FEWEST_S),
        ("live_every_s", 10_000, MOST_S),
        ("live_every_s", "often", 30),
        ("live_every_s", True, 30),
        ("spoken", "yes", False),
        ("provider", 7, ""),
    ],
)
def test_what_cannot_be_is_read_as_what_can(
    sqlite_engine: Engine, name: str, value: object, read: object
) -> None:
    Configs(sqlite_engine).set(ADA, f"coach.{name}", value)
    assert getattr(choices_of(sqlite_engine, ADA, load_settings()), name) == read


@pytest.mark.parametrize(
    ("choices", "over_a_take", "over_a_microphone"),
    [
        (CoachChoices(), False, False),
        (CoachChoices(spoken=True), True, False),
        (CoachChoices(spoken_over_input=True), False, False),
        (CoachChoices(spoken=True, spoken_over_input=True), True, True),
    ],
)
def test_a_loudspeaker_is_never_played_into_a_microphone_unasked(
    choices: CoachChoices, over_a_take: bool, over_a_microphone: bool
) -> None:
    assert choices.speaks("take") == over_a_take
    assert choices.speaks("browser") == over_a_microphone
    assert choices.speaks("device") == over_a_microphone
