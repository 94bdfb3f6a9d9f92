"""The facts agree with what is computed from the notes alone, and a fact that does not is found."""

from dataclasses import replace
from datetime import UTC

import pytest

from coach.evals.audit import audit
from coach.evals.player import TODAY, practise
from coach.evals.players import players
from coach.evals.truth.take import take_figures
from coach.fact import Fact, Facts
from coach.past import Past
from workbench.archive import Archive

PLAYERS = players()
PLAYER = PLAYERS[0]


@pytest.mark.parametrize("player", [p for p in PLAYERS if p.sessions][::4], ids=lambda player: player.name)
def test_facts_of_a_session_are_so(stage, player):
    newest = Past(Archive(player.user, stage), today=TODAY, zone=UTC).latest
    assert audit(newest.facts, take_figures(practise(player)[-1]), player).wrong == ()


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


def test_an_interval_is_compared_too():
    sure = replace(BIAS, low=-22.0, high=-14.0)
    same = {"timing.bias_ms": -18.0, "timing.bias_ms low": -22.0, "timing.bias_ms high": -14.0}
    assert _audited(sure, **same).wrong == ()
    (wrong,) = _audited(sure, **{**same, "timing.bias_ms low": -30.0}).wrong
    assert "counted low -30" in wrong
