"""The coach's line while one plays, and when its sentences may be spoken."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine

from coach.plan import PracticePlan
from dashboards.parts import aftermath, live_coaching
from dashboards.parts.chosen_plan import ChosenPlan
from dashboards.parts.coach_choices import keep
from dashboards.parts.live_line import LISTENS, LiveLine
from dashboards.parts.setup import Setup
from workbench.audio.browser import BrowserSource
from workbench.audio.recording import Take
from workbench.practice.session import Practice
from workbench.settings import load_settings
from workbench.store.engine import open_engine
from workbench.store.repository import Repository
from workbench.user import User

ADA = User("ada")
SENTENCE = "Your notes come 18 ms early. Wait for the click."


@pytest.fixture
def line(sqlite_engine: Engine) -> LiveLine:
    return LiveLine(sqlite_engine, load_settings())


@pytest.fixture
def take(sqlite_engine: Engine, tmp_path: Path) -> Practice:
    setup = Setup()
    source = Take(setup.take.path, name=setup.take.title, realtime=False)
    return Practice(ADA, setup.goal(), source, Repository(sqlite_engine), tmp_path)


@pytest.fixture
def microphone(sqlite_engine: Engine, tmp_path: Path) -> Practice:
    source = BrowserSource(48_000.0, "this browser's microphone")
    return Practice(ADA, Setup().goal(), source, Repository(sqlite_engine), tmp_path)


def say(practice: Practice, sentence: str = SENTENCE) -> None:
    live_coaching._newest[practice] = sentence


def spoken(line: LiveLine) -> str:
    return str(line.speech.sentence["text"])


def test_it_says_that_it_listens_and_then_its_sentence(line: LiveLine, take: Practice) -> None:
    line.follow(take)
    assert (line.line.visible, line.line.text) == (True, LISTENS)
    say(take)
    line.look("running")
    assert line.line.text == SENTENCE
    assert spoken(line) == "", "nobody asked for a voice"


def test_a_reload_brings_the_sentence_back_and_does_not_speak_it_again(
    line: LiveLine, take: Practice, sqlite_engine: Engine
) -> None:
    keep(sqlite_engine, ADA, {"spoken": True})
    say(take)
    line.follow(take)
    line.look("running")
    assert (line.line.text, spoken(line)) == (SENTENCE, "")


def test_with_live_coaching_off_there_is_no_line(
    line: LiveLine, take: Practice, sqlite_engine: Engine
) -> None:
    keep(sqlite_engine, ADA, {"live": False})
    line.follow(take)
    assert not line.line.visible


def test_a_plan_says_what_to_do(line: LiveLine, take: Practice, sqlite_engine: Engine) -> None:
    keep(sqlite_engine, ADA, {"live": False})
    plan = PracticePlan(
        scale_chosen="A Minor",
        scale_type="natural",
        focus_area="none",
        exercise="Up and down.",
        minutes=5,
        reasoning="To begin with.",
    )
    aftermath._followed[take] = ChosenPlan(UUID(int=7), plan)
    line.follow(take)
    assert (line.line.visible, line.line.text) == (True, "Up and down.")


def test_over_a_recording_it_may_speak(line: LiveLine, take: Practice, sqlite_engine: Engine) -> None:
    keep(sqlite_engine, ADA, {"spoken": True})
    line.follow(take)
    say(take)
    line.look("running")
    number = line.speech.sentence["number"]
    line.look("running")
    assert (spoken(line), line.speech.sentence["number"]) == (SENTENCE, number), "once"
    line.leave()
    assert spoken(line) == ""


def test_a_microphone_is_spoken_to_in_a_pause_only(
    line: LiveLine, microphone: Practice, sqlite_engine: Engine
) -> None:
    keep(sqlite_engine, ADA, {"spoken": True})
    line.follow(microphone)
    say(microphone)
    line.look("running")
    assert (line.line.text, spoken(line)) == (SENTENCE, "")
    line.look("paused")
    assert spoken(line) == SENTENCE
    line.look("running")
    assert spoken(line) == "", "whoever plays on is not talked over"


def test_with_headphones_it_speaks_at_once(
    line: LiveLine, microphone: Practice, sqlite_engine: Engine
) -> None:
    keep(sqlite_engine, ADA, {"spoken": True, "spoken_over_input": True})
    line.follow(microphone)
    say(microphone)
    line.look("running")
    assert spoken(line) == SENTENCE


def test_a_database_that_cannot_be_asked_keeps_nobody_from_practising(
    take: Practice, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    empty = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    line = LiveLine(empty, load_settings())
    line.follow(take)
    live_coaching.begin(take, empty, load_settings())
    assert not line.line.visible
    assert "the coach keeps silent" in caplog.text
    assert "nobody coaches the practice" in caplog.text
    empty.dispose()
