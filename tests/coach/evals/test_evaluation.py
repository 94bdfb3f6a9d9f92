"""The rules coach, held against what was planted.

The thresholds leave room for a player or two that a change of the rules may turn; a claim that is false has
none. The figures of today stand beside them.
"""

import json
from dataclasses import replace

import pytest

from coach.evals.evaluation import Evaluation, evaluate
from coach.evals.players import players


def test_the_planted_weakness_comes_first(by_rules):
    assert by_rules.figures["on_target"] >= 0.97  # 1.0 of 61
    assert by_rules.figures["on_target_mild"] >= 0.80  # 0.92 of 12
    assert by_rules.figures["named"] >= 0.93  # 0.99 of 73


def test_nothing_is_named_where_nothing_is_wrong_or_too_little_is_known(by_rules):
    assert by_rules.figures["silent"] == 1.0
    for score in by_rules.scores:
        if score.kind in {"strong", "thin"}:
            assert score.got == "none"


def test_no_claim_is_false(by_rules):
    assert [(s.player, s.refused, s.untrue) for s in by_rules.scores if not s.grounded] == []


def test_no_fact_is_false(by_rules):
    assert by_rules.false_facts == []
    assert by_rules.facts > 2000


def test_every_plan_can_be_played(by_rules):
    assert [(s.player, s.unplayable) for s in by_rules.scores if not s.playable] == []


def test_other_weaknesses_get_other_advice(by_rules):
    assert by_rules.figures["different"] >= 0.97  # 0.997 of some two thousand pairs


def test_the_rules_answered_everybody(by_rules):
    assert by_rules.sources == {"rules": len(players())}
    assert by_rules.figures["rejected"] == 0.0


def test_it_is_plain_json(by_rules):
    told = json.loads(json.dumps(by_rules.as_json()))
    assert len(told["players"]) == len(players())
    assert told["facts"]["false"] == []


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"got": "none"}, "on_target"),
        ({"refused": ("x",)}, "grounded"),
        ({"untrue": ("x",)}, "grounded"),
        ({"unplayable": ("x",)}, "playable"),
        ({"named": False}, "named"),
        ({"rejected": 2}, "rejected"),
    ],
)
def test_one_worse_answer_shows_in_its_figure(by_rules, change, figure):
    first, *others = by_rules.scores
    worse = Evaluation([replace(first, **change), *others], [], 0)
    assert worse.figures[figure] != by_rules.figures[figure]


def test_nobody_has_no_figures(stage):
    assert set(evaluate([], stage).figures.values()) == {None}
