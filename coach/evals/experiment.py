"""An evaluation in Opik: a dataset of players, an experiment, and for each player a trace with its scores.

Only the REST client of Opik is loaded, and only when an evaluation is sent: `opik.evaluate` would load
litellm too, which takes ten seconds and asks the network when it is imported.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from uuid import UUID

from uuid_utils.compat import uuid7

from coach.errors import ModelError
from coach.evals.evaluation import Evaluation
from coach.evals.player import LAST_DAY, SyntheticPlayer
from coach.evals.score import Score
from coach.trace import Place

if TYPE_CHECKING:
    from opik.rest_api import OpikApi
    from opik.rest_api.types import ExperimentItemBulkRecordExperimentItemBulkWriteView as Item

DATASET = "fretcoach synthetic players"

TAGS = ("ai-mode", "recommendation", "eval")

_TIMEOUT_S = 20.0

_AT_ONCE = 20
"""Players in one request; Opik takes 4 MB."""

_CONFLICT = 409
"""Status of a dataset that is there already."""


def send(
    evaluation: Evaluation, players: Sequence[SyntheticPlayer], place: Place, *, name: str, began: datetime
) -> None:
    """Log an evaluation as an experiment.

    Parameters
    ----------
    players : those of the evaluation, in its order
    name : of the experiment, such as the model that answered
    began : aware

    Raises
    ------
    ModelError : the server could not be reached or refused it; one sentence
    """
    # Opik reports to Sentry and Comet unless it is told not to before it is loaded.
    os.environ.update(OPIK_SENTRY_ENABLE="false", OPIK_ANALYTICS_ENABLE="false")
    import httpx  # noqa: PLC0415
    from opik.rest_api import OpikApi  # noqa: PLC0415
    from opik.rest_api.core import ApiError  # noqa: PLC0415

    with httpx.Client(timeout=_TIMEOUT_S) as client:
        api = OpikApi(
            base_url=place.url.rstrip("/") + "/",
            api_key=place.key.get_secret_value() or None,
            workspace_name=place.workspace,
            httpx_client=client,
        )
        try:
            _send_players(api, players, place.project)
            _send_results(api, evaluation, place.project, name=name, began=began)
        except (ApiError, httpx.HTTPError) as error:
            why = f"status {error.status_code}" if isinstance(error, ApiError) else type(error).__name__
            raise ModelError(f"Opik did not take the experiment ({why}); the result above stands.") from None


def _send_players(api: "OpikApi", players: Sequence[SyntheticPlayer], project: str) -> None:
    from opik.rest_api.core import ApiError  # noqa: PLC0415
    from opik.rest_api.types import DatasetItemWrite  # noqa: PLC0415

    try:
        api.datasets.create_dataset(name=DATASET, project_name=project)
    except ApiError as error:
        if error.status_code != _CONFLICT:
            raise
    items = [
        DatasetItemWrite(id=item_id(player.name), source="sdk", data=_described(player)) for player in players
    ]
    api.datasets.create_or_update_dataset_items(dataset_name=DATASET, project_name=project, items=items)


def _send_results(
    api: "OpikApi", evaluation: Evaluation, project: str, *, name: str, began: datetime
) -> None:
    experiment = str(uuid7())
    figures = {key: value for key, value in evaluation.figures.items() if value is not None}
    api.experiments.create_experiment(
        id=experiment,
        name=f"{name} {began:%Y-%m-%d %H:%M}",
        dataset_name=DATASET,
        project_name=project,
        tags=list(TAGS),
        metadata={"figures": figures, "sources": dict(evaluation.sources)},
    )
    for first in range(0, len(evaluation.scores), _AT_ONCE):
        api.experiments.experiment_items_bulk(
            experiment_id=experiment,
            experiment_name=name,
            dataset_name=DATASET,
            project_name=project,
            items=[_item(each, began) for each in evaluation.scores[first : first + _AT_ONCE]],
        )


def _item(score: Score, began: datetime) -> "Item":
    from opik.rest_api.types import (  # noqa: PLC0415
        ExperimentItemBulkRecordExperimentItemBulkWriteView,
        FeedbackScoreExperimentItemBulkWriteView,
        TraceExperimentItemBulkWriteView,
    )

    return ExperimentItemBulkRecordExperimentItemBulkWriteView(
        dataset_item_id=item_id(score.player),
        trace=TraceExperimentItemBulkWriteView(
            id=str(uuid7()),
            name="recommendation",
            start_time=began,
            end_time=datetime.now(UTC),
            input={"player": score.player},
            output={"focus": score.got, "text": score.text, "exercise": score.exercise},
            metadata={"source": score.source, "rejected": score.rejected},
            tags=list(TAGS),
        ),
        feedback_scores=[
            FeedbackScoreExperimentItemBulkWriteView(
                name=name, value=float(value), reason=reason or None, source="sdk"
            )
            for name, value, reason in _feedback(score)
        ],
    )


def _feedback(score: Score) -> Iterator[tuple[str, bool, str]]:
    yield "on_target", score.on_target, f"aims at {score.got}, wanted {' or '.join(score.wanted)}"
    yield "grounded", score.grounded, "; ".join([*score.refused, *score.untrue])
    yield "playable", score.playable, "; ".join(score.unplayable)
    if score.named is not None:
        yield "named", score.named, ""


def _described(player: SyntheticPlayer) -> dict[str, Any]:
    """What the dataset says of a player."""
    return {
        "player": player.name,
        "kind": player.kind,
        "planted": [str(fault) for fault in player.planted],
        "before": [str(fault) for fault in player.before],
        "wanted": sorted(player.targets),
        "scales": list(player.habits.scales),
        "sessions": player.sessions,
    }


def item_id(name: str) -> str:
    """A UUIDv7 (RFC 9562) that belongs to a player's name for ever, so that experiments share their items."""
    moment = int(datetime.combine(LAST_DAY, datetime.min.time(), UTC).timestamp() * 1000.0)
    drawn = int.from_bytes(blake2b(name.encode(), digest_size=10).digest())
    few, many = drawn >> 68, drawn & (1 << 62) - 1
    return str(UUID(int=moment << 80 | 7 << 76 | few << 64 | 0b10 << 62 | many))
