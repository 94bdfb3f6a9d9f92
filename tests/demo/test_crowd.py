"""Players of a crowd: drawn around the three, each their own, the same again by seed."""

import numpy as np

from dsp.scales import scale_from
from workbench.demo.crowd import demo_player
from workbench.demo.players import DEMO_PLAYERS, Weakness

CROWD = [demo_player(index, 1) for index in range(60)]


def test_the_first_are_the_named_ones() -> None:
    assert tuple(CROWD[:3]) == DEMO_PLAYERS


def test_the_others_have_numbers_for_names() -> None:
    assert [player.user.id for player in CROWD[3:5]] == ["demo-0004", "demo-0005"]
    assert demo_player(1233, 1).user.id == "demo-1234"
    assert len({player.user for player in CROWD}) == len(CROWD)


def test_each_is_plausible_and_gets_better() -> None:
    for player in CROWD:
        assert 3.0 < player.last.cents < player.first.cents < 45.0
        assert 5.0 < player.last.timing_ms < player.first.timing_ms < 90.0
        assert 0.0 < player.last.wrong < player.first.wrong <= 0.3
        assert player.weakness != Weakness()
        assert all(0.0 < chance < 1.0 for chance in player.days)
        assert 0.0 <= player.free <= 0.8
        assert 40 <= player.tempos[0] < player.tempos[1] <= 160
        for chosen, kind in player.scales:
            scale = scale_from(chosen, kind)
            assert (scale.chosen, scale.type) == (chosen, kind)


def test_they_differ_from_each_other_and_all_weaknesses_occur() -> None:
    assert len({player.first.cents for player in CROWD}) == len(CROWD)
    assert len({player.scales for player in CROWD}) > 15
    assert np.std([player.first.timing_ms for player in CROWD]) > 3.0
    assert len({player.weakness for player in CROWD}) >= 7


def test_the_seed_decides() -> None:
    assert demo_player(7, 1) == CROWD[7]
    assert demo_player(7, 2) != CROWD[7]
