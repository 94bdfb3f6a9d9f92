"""The made-up players."""

import numpy as np
import pytest

from dsp.scales import scale_from
from workbench.demo.players import DEMO_PLAYERS, Skill, Weakness

FIRST = Skill(20.0, 30.0, 0.1, 20.0, 14.0)
LAST = Skill(10.0, 10.0, 0.0, 30.0, 20.0)


def test_progress_goes_from_the_first_skill_to_the_last() -> None:
    assert FIRST.towards(LAST, 0.0) == FIRST
    assert FIRST.towards(LAST, 1.0) == LAST
    assert FIRST.towards(LAST, 0.5) == Skill(15.0, 20.0, 0.05, 25.0, 17.0)


def test_a_weakness_shows_only_where_it_is() -> None:
    weak = Weakness(degree=6, sharp_above=64, hurried_leap=5)
    assert weak.slips(np.array([0, 1, 6])).tolist() == [0.0, 0.0, 0.2]
    assert weak.bend_cents(np.array([63, 64])).tolist() == [0.0, 18.0]
    assert weak.early_ms(np.array([-7, 4, 5])).tolist() == [0.0, 0.0, 32.0]
    none = Weakness()
    assert not none.slips(np.arange(8)).any()
    assert not none.bend_cents(np.arange(128)).any()
    assert not none.early_ms(np.arange(128)).any()


@pytest.mark.parametrize("player", DEMO_PLAYERS, ids=lambda player: player.user.id)
def test_a_player_is_marked_improves_and_knows_real_scales(player: object) -> None:
    known = DEMO_PLAYERS[[other is player for other in DEMO_PLAYERS].index(True)]
    assert known.user.id.startswith("demo-")
    assert known.last.cents < known.first.cents
    assert known.last.timing_ms < known.first.timing_ms
    assert known.last.wrong < known.first.wrong
    for chosen, kind in known.scales:
        scale = scale_from(chosen, kind)
        assert (scale.chosen, scale.type) == (chosen, kind)
