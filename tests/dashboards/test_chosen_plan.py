"""An address asks for one of the player's own plans, at a step of its ladder."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from coach.plan import PracticePlan
from dashboards.parts.chosen_plan import ChosenPlan, chosen_plan
from workbench.store.plans import Plans
from workbench.user import User

ADA = User("ada")


def plan(**changed: Any) -> PracticePlan:
    return PracticePlan(
        **{
            "scale_chosen": "A Minor",
            "scale_type": "pentatonic",
            "focus_area": "timing_stability",
            "exercise": "Up and down.",
            "tempo_ladder": (60, 66, 72),
            "minutes": 10,
            "reasoning": "Your notes come early.",
            **changed,
        }
    )


@pytest.mark.parametrize(
    ("step", "bpm", "higher"),
    [
        ("", 60, 66),
        ("1", 60, 66),
        ("2", 66, 72),
        ("3", 72, None),
        ("9", 72, None),
        ("x", 60, 66),
        ("0", 60, 66),
    ],
)
def test_the_step_of_the_address_is_a_tempo(
    sqlite_engine: Engine, step: str, bpm: float, higher: float | None
) -> None:
    practice_id = Plans(sqlite_engine).save(ADA, plan().as_json())
    chosen = chosen_plan(sqlite_engine, ADA, str(practice_id), step)
    assert chosen is not None
    assert (chosen.practice_id, chosen.bpm, chosen.higher) == (practice_id, bpm, higher)
    assert chosen.scale.name == "A minor pentatonic"


def test_without_a_click_there_is_no_step(sqlite_engine: Engine) -> None:
    practice_id = Plans(sqlite_engine).save(ADA, plan(tempo_ladder=()).as_json())
    chosen = chosen_plan(sqlite_engine, ADA, str(practice_id), "2")
    assert chosen is not None
    assert (chosen.bpm, chosen.higher) == (None, None)


def test_what_is_not_ones_own_plan_is_none(sqlite_engine: Engine) -> None:
    plans = Plans(sqlite_engine)
    of_another = plans.save(User("ben"), plan().as_json())
    of_the_prototype = plans.save(ADA, {"focus": "bends"})
    asked = ["", "nonsense", str(uuid4()), str(of_another), str(of_the_prototype)]
    assert [chosen_plan(sqlite_engine, ADA, each) for each in asked] == [None] * 5


def test_a_step_beyond_the_ladder_is_its_end() -> None:
    chosen = ChosenPlan(uuid4(), plan())
    assert chosen.at(99).bpm == 72
    assert chosen.at(-1).bpm == 60
