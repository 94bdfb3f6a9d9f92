"""All players of the evaluation in one store: made once, since it takes seconds."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from coach.evals.players import players
from coach.evals.stage import staged


@pytest.fixture(scope="session")
def stage() -> Iterator[Engine]:
    """A store with every player."""
    with staged(players()) as engine:
        yield engine
