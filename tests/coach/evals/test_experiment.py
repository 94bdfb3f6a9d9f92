"""What an evaluation looks like in Opik, and what happens when Opik does not take it."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from loopback_opik import API, OpikServer
from pydantic import SecretStr

from coach.errors import ModelError
from coach.evals.evaluation import Evaluation
from coach.evals.experiment import DATASET, item_id, send
from coach.evals.players import players
from coach.trace import Place

BEGAN = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture
def sent(by_rules: Evaluation) -> Callable[[OpikServer], None]:
    def to(server: OpikServer) -> None:
        place = Place(server.url, "default", "fretcoach", SecretStr("opik-key"))
        send(by_rules, players(), place, name="rules", began=BEGAN)

    return to


def _bodies(server: OpikServer, path: str) -> list:
    return [post.body for post in server.posted if post.path == f"{API}/v1/private/{path}"]


def test_players_are_a_dataset_with_items_that_stay(sent, loopback_opik: OpikServer) -> None:
    sent(loopback_opik)
    (dataset,) = _bodies(loopback_opik, "datasets")
    assert dataset["name"] == DATASET
    (items,) = _bodies(loopback_opik, "datasets/items")
    assert len(items["items"]) == len(players())
    first = items["items"][0]
    assert first["id"] == item_id(players()[0].name)
    assert first["data"]["wanted"] == ["pitch_accuracy"]
    assert "OffPitch" in first["data"]["planted"][0]


def test_the_experiment_holds_a_trace_with_scores_for_each_player(
    sent, loopback_opik: OpikServer, by_rules: Evaluation
) -> None:
    sent(loopback_opik)
    (experiment,) = _bodies(loopback_opik, "experiments")
    assert experiment["name"] == "rules 2026-11-21 09:30"
    assert experiment["dataset_name"] == DATASET
    assert experiment["metadata"]["figures"]["silent"] == 1.0
    bulks = _bodies(loopback_opik, "experiments/items/bulk")
    assert {bulk["experiment_id"] for bulk in bulks} == {experiment["id"]}
    items = [item for bulk in bulks for item in bulk["items"]]
    assert [item["dataset_item_id"] for item in items] == [item_id(each.player) for each in by_rules.scores]
    scores = {score["name"]: score["value"] for score in items[0]["feedback_scores"]}
    assert scores == {"on_target": 1.0, "grounded": 1.0, "playable": 1.0, "named": 1.0}
    assert items[0]["trace"]["output"]["focus"] == "pitch_accuracy"
    assert items[0]["trace"]["tags"] == ["ai-mode", "recommendation", "eval"]
    assert {post.headers["authorization"] for post in loopback_opik.posted} == {"opik-key"}


def test_a_dataset_that_is_there_already_is_used(sent, loopback_opik: OpikServer) -> None:
    loopback_opik.status = 409
    with pytest.raises(ModelError):  # what follows is refused with the same status
        sent(loopback_opik)
    assert _bodies(loopback_opik, "datasets/items")


def test_a_server_that_refuses_is_told_in_a_sentence(sent, loopback_opik: OpikServer) -> None:
    loopback_opik.status = 403
    with pytest.raises(ModelError, match=r"^Opik did not take the experiment \(status 403\)"):
        sent(loopback_opik)


def test_a_dead_server_is_told_in_a_sentence(sent, loopback_opik: OpikServer) -> None:
    loopback_opik.close()
    with pytest.raises(ModelError, match=r"^Opik did not take the experiment \(ConnectError\)"):
        sent(loopback_opik)


def test_ids_of_players_are_uuids_of_version_7_and_their_own() -> None:
    ids = [UUID(item_id(player.name)) for player in players()]
    assert {each.version for each in ids} == {7}
    assert len(set(ids)) == len(ids)


def test_litellm_is_never_loaded() -> None:
    code = (
        "import sys, coach.evals.experiment, coach.commands.coach_evals;"
        "print({'opik', 'litellm', 'langchain', 'langchain_core', 'openai'} & set(sys.modules));"
        "from opik.rest_api import OpikApi; print('litellm' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n")[:2] == ["set()", "False"]
