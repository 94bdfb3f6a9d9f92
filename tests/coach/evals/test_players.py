"""The players: enough of them, all different, and what was planted is the worst of each."""

import pytest

from coach.evals.player import practise
from coach.evals.players import players
from coach.evals.truth.take import take_figures

PLAYERS = players()

SCORES = ("pitch_accuracy", "scale_conformity", "timing_stability", "noise_control")


def test_there_are_more_than_sixty_and_no_name_comes_twice():
    assert len(PLAYERS) >= 60
    assert len({player.user.id for player in PLAYERS}) == len(PLAYERS)


def test_every_metric_and_every_surrounding_is_there():
    planted = {fault.metric for player in PLAYERS for fault in player.planted}
    assert planted == set(SCORES)
    assert {player.habits.tuning.name for player in PLAYERS} >= {"standard", "drop D", "half-step down"}
    assert {None} <= {tempo for player in PLAYERS for tempo in player.habits.tempi}
    assert sum(player.quiet for player in PLAYERS) >= 6


def test_the_same_player_plays_the_same_twice():
    first, second = practise(PLAYERS[0]), practise(PLAYERS[0])
    assert first == second


@pytest.mark.parametrize("player", [p for p in PLAYERS if p.quiet], ids=lambda player: player.name)
def test_who_needs_no_help_is_excellent_or_hardly_heard(player):
    for played in practise(player):
        told = take_figures(played)
        assert all(told[f"{name}.score"] >= 0.8 for name in SCORES if f"{name}.score" in told)


WHOLE = {"wrong-notes", "unsure-pitch", "flat-guitar", "sharp-guitar", "uneven-time", "noisy-rests", "knocks"}


@pytest.mark.parametrize(
    "player",
    [p for p in PLAYERS if p.kind == "plain" and p.name.rpartition("-")[0] in WHOLE],
    ids=lambda player: player.name,
)
def test_a_fault_of_all_notes_is_the_lowest_score_by_far(player):
    told = take_figures(practise(player)[-1])
    scores = sorted((told[f"{name}.score"], name) for name in SCORES if f"{name}.score" in told)
    assert scores[0][1] == player.planted[0].metric
    assert scores[1][0] - scores[0][0] > 0.1
