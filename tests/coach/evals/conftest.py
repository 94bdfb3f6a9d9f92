"""All players of the evaluation in one store, and the rules' advice to them: made once, as it takes long."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from coach.evals.evaluation import Evaluation, evaluate
from coach.evals.players import players
from coach.evals.stage import staged


@pytest.fixture(scope="session")
def stage() -> Iterator[Engine]:
    """A store with every player."""
    with staged(players()) as engine:
        yield engine


@pytest.fixture(scope="session")
def by_rules(stage: Engine) -> Evaluation:
    """The rules coach, evaluated on all players."""
    return evaluate(players(), stage)
