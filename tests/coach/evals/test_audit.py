"""The facts agree with what is computed from the notes alone, and a fact that does not is found."""

from dataclasses import replace
from datetime import UTC

import pytest

from coach.evals.audit import audit
from coach.evals.player import TODAY, practise
from coach.evals.players import players
from coach.evals.stage import duration_s
from coach.evals.truth.history import history_figures
from coach.evals.truth.take import take_figures
from coach.fact import Fact, Facts
from coach.facts.history import history_facts
from coach.facts.session import session_facts
from workbench.archive import Archive
from workbench.insight.scope import scope_of

PLAYERS = players()
PLAYER = PLAYERS[0]


@pytest.mark.parametrize("player", PLAYERS, ids=lambda player: player.name)
def test_facts_of_every_player_are_so(stage, player):
    archive = Archive(player.user, stage)
    sessions = archive.sessions()
    played = archive.played(scope_of(sessions))
    facts = history_facts(sessions, played, today=TODAY, zone=UTC)
    took = practise(player)
    assert audit(facts, history_figures(took, TODAY, duration_s), player).wrong == ()
    for take, row in zip(took[-1:], sessions.head(1).iter_rows(named=True), strict=True):
        summary = archive.summary(row["session_id"], row["current_analysis_id"])
        newest = played.filter(session_id=row["session_id"])
        facts = session_facts(summary, newest, scale=take.goal.scale.name)
        assert audit(facts, take_figures(take), player).wrong == ()


def _audited(fact, **figures):
    return audit(Facts("session", "this session", {fact.name: fact}), figures, PLAYER)


BIAS = Fact("timing.bias_ms", -18.0, "ms", 64, "your notes come 18 ms early", direction="early")


def test_a_fact_that_is_so_passes():
    assert _audited(BIAS, **{"timing.bias_ms": -18.0}).wrong == ()


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (replace(BIAS, value=-16.0, words="your notes come 16 ms early"), "counted -18"),
        (replace(BIAS, direction="late"), "is called late"),
        (replace(BIAS, words="your notes come 81 ms early"), "words say 81"),
    ],
)
def test_a_wrong_figure_side_or_word_is_found(fact, says):
    (wrong,) = _audited(fact, **{"timing.bias_ms": -18.0}).wrong
    assert says in wrong


def test_a_figure_that_was_not_computed_is_named():
    assert _audited(BIAS).unknown == ("timing.bias_ms",)
