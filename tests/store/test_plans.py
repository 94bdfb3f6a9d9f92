"""Plans, the sessions in which they were done, and what came of them."""

import pytest
from sqlalchemy import Engine

from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.plans import Plans
from workbench.user import User

PLAN = {"scale_chosen": "A Minor", "tempo_ladder": [60.0, 66.0], "reasoning": "F♯ 'n' \"more\""}


def test_a_plan_comes_back_as_it_was(any_engine: Engine, ada: User) -> None:
    plans = Plans(any_engine)
    practice = plans.save(ada, PLAN)
    stored = plans.get(ada, practice)
    assert stored is not None
    assert (stored.practice_id, stored.plan) == (practice, PLAN)
    assert (stored.executed_session_id, stored.executed_at) == (None, None)
    assert stored.generated_at.utcoffset() is not None
    assert plans.get(ada, new_id()) is None


def test_the_newest_plans_come_first(any_engine: Engine, ada: User) -> None:
    plans = Plans(any_engine)
    made = [plans.save(ada, PLAN | {"minutes": minutes}) for minutes in range(4)]
    assert [stored.practice_id for stored in plans.newest(ada, 3)] == made[:0:-1]


def test_a_plan_keeps_the_session_in_which_it_was_done_first(any_engine: Engine, ada: User) -> None:
    plans = Plans(any_engine)
    practice, other = plans.save(ada, PLAN), plans.save(ada, PLAN)
    first, second = new_id(), new_id()
    plans.mark_executed(ada, practice, first)
    plans.mark_executed(ada, practice, second)
    stored = plans.get(ada, practice)
    assert stored is not None
    assert stored.executed_session_id == first
    assert stored.executed_at is not None
    assert stored.executed_at >= stored.generated_at
    untouched = plans.get(ada, other)
    assert untouched is not None
    assert untouched.executed_session_id is None


def test_outcomes_are_added_one_to_another(any_engine: Engine, ada: User) -> None:
    plans = Plans(any_engine)
    practice, session = plans.save(ada, PLAN), new_id()
    early = plans.add_outcome(ada, practice, session, {"verdict": "too early to tell"})
    late = plans.add_outcome(ada, practice, session, {"verdict": "better", "difference": 0.125})
    found = plans.outcomes(ada)
    assert [outcome.outcome_id for outcome in found] == [late, early]
    assert found[0].outcome == {"verdict": "better", "difference": 0.125}
    assert (found[0].practice_id, found[0].session_id) == (practice, session)


def test_plans_of_others_are_out_of_reach(any_engine: Engine, ada: User, ben: User) -> None:
    plans = Plans(any_engine)
    practice = plans.save(ada, PLAN)
    assert plans.get(ben, practice) is None
    assert plans.newest(ben, 9) == []
    with pytest.raises(StoreError, match="no practice plan"):
        plans.mark_executed(ben, practice, new_id())
    with pytest.raises(StoreError, match="no practice plan"):
        plans.add_outcome(ben, practice, None, {})
    plans.add_outcome(ada, practice, None, {})
    assert plans.outcomes(ben) == []
    stored = plans.get(ada, practice)
    assert stored is not None
    assert stored.executed_session_id is None
