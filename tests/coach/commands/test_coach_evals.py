"""`fretcoach coach-evals` as a user runs it."""

import json

import pytest
from click.testing import CliRunner, Result
from loopback import Server, Shape
from loopback_opik import OpikServer

from coach.commands.coach_evals import coach_evals
from coach.evals.players import players


def run(*arguments: str) -> Result:
    return CliRunner().invoke(coach_evals, list(arguments), catch_exceptions=False)


def test_the_rules_are_evaluated_and_told_as_a_table() -> None:
    result = run("--players", "3")
    assert result.exit_code == 0
    assert result.stdout.startswith("3 synthetic players, answered by rules (3)")
    assert "the planted weakness comes first" in result.stdout
    assert "100.0 %" in result.stdout


def test_json_has_every_figure_and_player() -> None:
    told = json.loads(run("--players", "3", "--json").stdout)
    assert [each["player"] for each in told["players"]] == [
        players()[index * len(players()) // 3].name for index in range(3)
    ]
    assert told["figures"]["on_target"] == 1.0
    assert told["sources"] == {"rules": 3}


PLAN = {
    "scale_chosen": "A Minor",
    "scale_type": "pentatonic",
    "focus_area": "pitch_accuracy",
    "exercise": "Play each note slowly and listen.",
    "tempo_ladder": [],
    "notes_per_beat": 1,
    "minutes": 10,
    "strictness": 0.5,
    "sensitivity": 0.5,
    "reasoning": "Your pitch comes first.",
    "evidence": ["pitch_accuracy.score"],
}


def _served_by(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)


def test_a_model_is_asked_for_each_player(loopback_model: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    _served_by(loopback_model, monkeypatch)
    loopback_model.always = Shape(PLAN)
    told = json.loads(run("--model", "compatible:loopback", "--players", "1", "--json").stdout)
    assert told["sources"] == {"The compatible server loopback": 1}
    assert told["figures"]["rejected"] == 0.0
    assert {each["got"] for each in told["players"]} == {"pitch_accuracy"}
    assert len(loopback_model.requests) == 1


def test_a_model_that_makes_figures_up_is_replaced_and_counted(
    loopback_model: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    _served_by(loopback_model, monkeypatch)
    loopback_model.always = Shape({**PLAN, "reasoning": "Your pitch improved by 50 percent."})
    told = json.loads(run("--model", "compatible:loopback", "--players", "1", "--json").stdout)
    assert told["sources"] == {"rules": 1}
    assert told["figures"]["rejected"] == 2.0
    assert told["figures"]["grounded"] == 1.0


def test_the_result_becomes_an_experiment_where_opik_is_configured(
    loopback_opik: OpikServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPIK_URL_OVERRIDE", loopback_opik.url)
    assert run("--players", "1").exit_code == 0
    assert [post.path.rpartition("/private/")[2] for post in loopback_opik.posted] == [
        "datasets",
        "datasets/items",
        "experiments",
        "experiments/items/bulk",
    ]


def test_an_unknown_provider_is_told_with_those_that_exist() -> None:
    result = run("--model", "skynet:t800")
    assert result.exit_code == 1
    assert "There is no provider 'skynet'; choose from openai, gemini" in result.stderr


def test_a_provider_without_a_key_is_told() -> None:
    result = run("--model", "openai:gpt-4o-mini")
    assert result.exit_code == 1
    assert "OpenAI needs a key: set OPENAI_API_KEY." in result.stderr
