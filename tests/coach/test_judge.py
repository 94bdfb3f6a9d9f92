"""Did a plan help: a planted change is found, none is not made up, and the verdict is looked for once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
import polars as pl
import pytest
from sqlalchemy import Engine

from coach.judge import AFTER, MOST_BEFORE, Judged, Outcome, judge, judge_plans, plan_of
from coach.plan import PracticePlan
from dsp.summary import METRICS, Counts, Metric, Overall, Summary
from workbench.archive import Archive
from workbench.insight.compare import MIN_SESSIONS
from workbench.store.columns import new_id
from workbench.store.plans import Plans
from workbench.store.queries import SESSION_SCHEMA
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.user import User

DONE = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
ADA = User("ada")
PLAN = PracticePlan(
    scale_chosen="A Minor",
    scale_type="pentatonic",
    focus_area="timing_stability",
    exercise="Play the scale up and down with the click.",
    tempo_ladder=(60.0, 66.0),
    minutes=10.0,
    reasoning="Your notes come early.",
)


def frame(scores: Sequence[float | None], first_day: float, **changes: object) -> pl.DataFrame:
    """Sessions on successive days with these timing scores."""
    rows = [
        {
            **dict.fromkeys(SESSION_SCHEMA),
            "session_id": f"{first_day + day}",
            "user_id": "ada",
            "start_timestamp": DONE + timedelta(days=first_day + day),
            "end_timestamp": DONE + timedelta(days=first_day + day, minutes=20),
            "scale_chosen": "A Minor",
            "scale_type": "pentatonic",
            "pitch_accuracy": 0.1 if first_day < 0 else 0.9,
            "timing_stability": score,
            "engine_version": "1.0",
            "device_type": "device",
            **changes,
        }
        for day, score in enumerate(scores)
    ]
    return pl.DataFrame(rows, schema=dict(SESSION_SCHEMA))


def around(level: float, count: int, seed: int = 1) -> list[float]:
    return [float(value) for value in np.random.default_rng(seed).normal(level, 0.03, count).clip(0.0, 1.0)]


def test_a_clear_rise_helped() -> None:
    outcome = judge(PLAN, frame(around(0.6, 8), -8), frame(around(0.75, 9), 1))
    assert (outcome.verdict, outcome.metric, outcome.scale) == (
        "better",
        "timing_stability",
        "A minor pentatonic",
    )
    assert (outcome.before_n, outcome.after_n) == (8, AFTER)
    assert outcome.before == pytest.approx(0.6, abs=0.03)
    assert outcome.low is not None
    assert outcome.high is not None
    assert 0.0 < outcome.low < 0.15 < outcome.high
    assert outcome.words.startswith("Since this plan your timing score is 1")
    assert "points better: " in outcome.words


def test_a_clear_fall_is_told_as_one() -> None:
    outcome = judge(PLAN, frame(around(0.75, 8), -8), frame(around(0.6, 8, 2), 1))
    assert outcome.verdict == "worse"
    assert "points worse" in outcome.words


def test_chance_is_not_taken_for_help() -> None:
    verdicts = [
        judge(PLAN, frame(around(0.6, 12, seed), -12), frame(around(0.6, 6, 1000 + seed), 1)).verdict
        for seed in range(40)
    ]
    assert set(verdicts) <= {"no difference", "better", "worse"}
    # One in twenty is the promise; eight of forty would come by chance in less than one of 1000 such tests.
    assert 40 - verdicts.count("no difference") < 8


def test_only_the_metric_that_the_plan_aimed_at_counts() -> None:
    before, after = frame([0.6, 0.61] * 4, -8), frame([0.61, 0.6] * 4, 1)
    assert judge(PLAN, before, after).verdict == "no difference"
    aimed = PLAN.model_copy(update={"focus_area": "pitch_accuracy"})
    assert judge(aimed, before, after).verdict == "better"


@pytest.mark.parametrize("after", range(AFTER))
def test_before_enough_sessions_it_is_too_early(after: int) -> None:
    outcome = judge(PLAN, frame(around(0.2, 8), -8), frame(around(0.9, after), 1))
    assert outcome.verdict == "too early"
    assert (
        outcome.words == f"It is too early to tell: {after} of {AFTER} sessions were played since this plan."
    )


def test_too_little_before_stays_too_little() -> None:
    outcome = judge(PLAN, frame(around(0.2, MIN_SESSIONS - 1), -8), frame(around(0.9, 9), 1))
    assert outcome.verdict == "not enough before"
    assert judge(PLAN, frame([], -8), frame([], 1)).verdict == "not enough before"


def test_sessions_without_that_score_do_not_count() -> None:
    unscored = frame([None] * 9, 20)
    outcome = judge(PLAN, frame(around(0.2, 8), -8), pl.concat([frame(around(0.9, 2), 1), unscored]))
    assert (outcome.verdict, outcome.after_n) == ("too early", 2)


def test_the_newest_before_and_the_first_after_are_compared() -> None:
    before = pl.concat([frame([0.05] * 20, -40), frame(around(0.6, MOST_BEFORE), -13)])
    after = pl.concat([frame(around(0.6, AFTER, 2), 1), frame([0.95] * 20, 30)])
    assert judge(PLAN, before, after).verdict == "no difference"


def test_the_plans_own_scale_is_compared_where_there_is_enough_of_it() -> None:
    other = {"scale_chosen": "C Major", "scale_type": "natural"}
    before = pl.concat([frame(around(0.6, 6), -30), frame(around(0.9, 6), -20, **other)])
    after = pl.concat([frame(around(0.75, 6), 1), frame(around(0.2, 6), 20, **other)])
    assert judge(PLAN, before, after).verdict == "better"
    fewer = after.filter(pl.col("scale_chosen") == "C Major")
    everywhere = judge(PLAN, before, fewer)
    assert (everywhere.verdict, everywhere.scale) == ("worse", "")


def test_a_plan_without_an_aim_is_not_judged() -> None:
    plan = PLAN.model_copy(update={"focus_area": "none"})
    assert judge(plan, frame(around(0.2, 8), -8), frame(around(0.9, 9), 1)).verdict == "no aim"


def store(engine: Engine, scores: Sequence[float], first_day: float) -> list[UUID]:
    repository, ids = Repository(engine), []
    for day, score in enumerate(scores):
        start = SessionStart(
            new_id(), ADA, DONE + timedelta(days=first_day + day), "A Minor", "pentatonic", bpm=80.0
        )
        metrics = {name: Metric(1.0, "ms", None, None, 90, score) for name in METRICS}
        summary = Summary(metrics, Overall(score, dict.fromkeys(METRICS, 0.25), ()), Counts(100, 90, 10, 0))
        ended = start.started_at + timedelta(minutes=20)
        end = SessionEnd(start.session_id, ended, 1200.0, summary, (), 5, "1.0", {})
        repository.add_finished([(start, end)])
        ids.append(start.session_id)
    return ids


def verdicts(found: Sequence[Judged]) -> list[str]:
    return [judged.outcome.verdict for judged in found]


def test_the_verdict_is_stored_once_there_is_one(any_engine: Engine) -> None:
    plans, archive = Plans(any_engine), Archive(ADA, any_engine)
    open_plan, practice = plans.save(ADA, PLAN.as_json()), plans.save(ADA, PLAN.as_json())
    store(any_engine, around(0.6, 8), -8)
    (session,) = store(any_engine, [0.1], 0)
    plans.mark_executed(ADA, practice, session)
    store(any_engine, around(0.8, AFTER - 1), 1)
    assert verdicts(judge_plans(archive)) == ["too early"]
    assert plans.outcomes(ADA) == []
    store(any_engine, around(0.8, 1), 20)
    (judged,) = judge_plans(archive)
    assert (judged.outcome.verdict, judged.plan) == ("better", PLAN)
    (kept,) = plans.outcomes(ADA)
    assert (kept.practice_id, kept.session_id) == (practice, session)
    assert Outcome(**kept.outcome) == judged.outcome
    store(any_engine, [0.0] * 12, 30)
    assert judge_plans(archive) == [judged]
    assert len(plans.outcomes(ADA)) == 1
    assert open_plan not in {found.stored.practice_id for found in judge_plans(archive)}


def test_a_plan_outlives_its_session_and_other_players_see_nothing(any_engine: Engine) -> None:
    plans, archive = Plans(any_engine), Archive(ADA, any_engine)
    practice = plans.save(ADA, PLAN.as_json())
    sessions = store(any_engine, around(0.6, 8), -8)
    plans.mark_executed(ADA, practice, sessions[-1])
    archive.delete(str(sessions[-1]))
    assert verdicts(judge_plans(archive)) == ["too early"]
    assert judge_plans(archive.of(User("ben"))) == []


def test_a_plan_of_another_shape_is_left_out(any_engine: Engine) -> None:
    plans = Plans(any_engine)
    practice = plans.save(ADA, {"scale": "A minor", "tips": ["slow"]})
    plans.mark_executed(ADA, practice, new_id())
    stored = plans.get(ADA, practice)
    assert stored is not None
    assert plan_of(stored) is None
    assert judge_plans(Archive(ADA, any_engine)) == []
