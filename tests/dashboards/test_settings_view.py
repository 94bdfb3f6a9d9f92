"""The Settings page keeps each change at once, takes it back, and shows no key."""

from typing import Any

import panel as pn
import pytest

from dashboards.parts.archive import engine_for
from dashboards.parts.coach_choices import CoachChoices, choices_of
from dashboards.parts.settings_view import SettingsView
from workbench.settings import load_settings
from workbench.store.usage import Usage
from workbench.user import User

ADA = User("ada")
KEY = "sk-nobody-may-read-this"


def kept() -> CoachChoices:
    settings = load_settings()
    return choices_of(engine_for(settings.database_url), ADA, settings)


def texts(viewable: Any) -> str:
    """All HTML below a viewable."""
    return " ".join(str(pane.object) for pane in pn.panel(viewable).select(pn.pane.HTML))


def press(view: SettingsView, name: str) -> None:
    shown = [*pn.panel(view).select(pn.widgets.Button), *view._notice.select(pn.widgets.Button)]
    next(found for found in shown if found.label == name).clicks += 1


def test_a_change_is_kept_at_once_and_can_be_taken_back() -> None:
    view = SettingsView(ADA)
    view.playing = []
    assert not kept().live
    assert "Saved. The coach keeps silent while you play." in texts(view._notice)
    press(view, "Undo")
    assert kept().live
    assert view.playing == ["live"]
    assert "Taken back." in texts(view._notice)


@pytest.mark.parametrize(
    ("playing", "words"),
    [
        (["live"], "every 30 seconds, shown."),
        (["live", "spoken"], "every 30 seconds, shown while you play, spoken when you pause."),
        (["live", "spoken", "spoken_over_input"], "every 30 seconds, shown and spoken."),
        (["spoken"], "The coach keeps silent while you play."),
    ],
)
def test_what_is_so_from_now_on_is_said(playing: list[str], words: str) -> None:
    view = SettingsView(ADA)
    view.playing = []
    view.playing = playing
    assert words in texts(view._notice)


def test_the_next_visit_finds_what_was_chosen() -> None:
    view = SettingsView(ADA)
    view.playing = ["live", "spoken"]
    view.live_every_s = 60
    again = SettingsView(ADA)
    assert (again.playing, again.live_every_s) == (["live", "spoken"], 60)
    assert kept().speaks("take")


def test_without_a_key_the_rules_answer_and_each_model_says_what_it_needs() -> None:
    view = SettingsView(ADA)
    assert view.coach == "rules"
    assert list(view.param["coach"].objects.values()) == ["rules"]
    told = texts(view)
    assert "OPENAI_API_KEY" in told
    assert "Nothing this month" in told


def test_a_model_with_a_key_can_be_chosen_and_its_key_is_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    view = SettingsView(ADA)
    assert view.coach == "rules", "a key alone lets nobody spend it"
    view.coach = "openai:gpt-4o-mini"
    assert (kept().provider, kept().model) == ("openai", "gpt-4o-mini")
    assert SettingsView(ADA).coach == "openai:gpt-4o-mini"
    assert KEY not in texts(view)
    view.coach = "rules"
    assert kept().provider == "rules"


def test_the_model_of_the_settings_answers_until_the_player_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_COACH_PROVIDER", "openai")
    assert "OpenAI needs a key: set OPENAI_API_KEY. Until then the rules answer." in texts(SettingsView(ADA))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert SettingsView(ADA).coach == "openai:gpt-4o-mini"


def test_use_and_budget_of_the_month_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_COACH_BUDGET_USD", "2")
    usage = Usage(engine_for(load_settings().database_url))
    usage.add(ADA, "gpt-4o-mini", "chat", input_tokens=1000, output_tokens=200, cost_usd=0.0042)
    told_of = usage.add(ADA, "llama", "chat", input_tokens=10, output_tokens=2, cost_usd=None)
    usage.refuse(ADA, told_of)
    told = texts(SettingsView(ADA))
    assert "$0.0042 of $2.00 this month, and 1 answer whose price is not known" in told
    assert "2; 1 claimed what was not measured" in told
    assert "1,010 read, 202 written" in told
