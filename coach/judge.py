"""Did a plan help? The scores that it aimed at, before and after the session in which it was done.

Method
------
What is asked is fixed before the answer is known: one metric (the plan's), a set number of sessions on each
side, one look. So the verdict of `insight.compare` (exchange of whole sessions, p < 0.05) means what it says;
looking again after each session until something shows would not. The session of the plan itself counts on
neither side: how somebody plays while they practise something tells little of what they have learnt
(Soderstrom & Bjork 2015, "Learning versus performance"). Sessions in the plan's own scale are compared where
there are enough of them, else all.

A plan is never the only thing that changed, and somebody who gets better anyway is better after any plan. So
verdict and words say what happened since, not what the plan did.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import polars as pl
from pydantic import ValidationError

from coach.facts.spoken import TITLES, hundredths, number
from coach.plan import PracticePlan
from dsp.scales import scale_from
from dsp.summary import MetricName
from workbench.archive import Archive, scale_name
from workbench.insight.comparable import SCORES, comparable
from workbench.insight.compare import MIN_SESSIONS, compare
from workbench.store.plans import Plans, StoredPlan

MOST_BEFORE = 12
"""Sessions before the plan: the player as they were then, not as they began."""

AFTER = 6
"""Sessions after the plan: enough for a plain difference to stand out from chance."""

Verdict = Literal["better", "no difference", "worse", "too early", "not enough before", "no aim"]
"""What came of a plan; only "too early" will change."""

_FIGURES = ("before", "after", "difference", "low", "high", "before_n", "after_n")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a plan.

    Attributes
    ----------
    verdict : see `Verdict`
    metric : what the plan aimed at, "none" for nothing
    scale : of the sessions that were compared; "" = of all scales
    before, after : mean scores, 0..1; None where there was nothing
    difference, low, high : after less before with its 95 % interval; None where it could not be told
    before_n, after_n : sessions on each side
    words : one sentence for the player
    """

    verdict: Verdict
    metric: str
    scale: str = ""
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    before_n: int = 0
    after_n: int = 0
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types, for the store."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan that was done, and what came of it."""

    stored: StoredPlan
    plan: PracticePlan
    outcome: Outcome


def judge_plans(archive: Archive, *, limit: int = 20) -> list[Judged]:
    """What came of a player's newest plans that were done, newest first.

    A verdict is stored when there is one, and then stays; what is too early to tell is not.

    Parameters
    ----------
    archive : of the player
    limit : plans that are looked at, done or not
    """
    plans = Plans(archive.engine)
    done = [stored for stored in plans.newest(archive.user, limit) if stored.executed_at is not None]
    known = {found.practice_id: found.outcome for found in reversed(plans.outcomes(archive.user))}
    sessions = archive.sessions() if any(stored.practice_id not in known for stored in done) else None
    found = []
    for stored in done:
        plan = plan_of(stored)
        if plan is None:
            continue
        if stored.practice_id in known:
            outcome = Outcome(**known[stored.practice_id])
        else:
            assert sessions is not None
            outcome = judge(plan, *_around(stored, sessions))
            if outcome.verdict != "too early":
                plans.add_outcome(
                    archive.user, stored.practice_id, stored.executed_session_id, outcome.as_json()
                )
        found.append(Judged(stored, plan, outcome))
    return found


def plan_of(stored: StoredPlan) -> PracticePlan | None:
    """The plan of a row; None for one of an earlier FretCoach, which has another shape."""
    try:
        return PracticePlan.model_validate(stored.plan)
    except ValidationError:
        return None


def judge(plan: PracticePlan, before: pl.DataFrame, after: pl.DataFrame) -> Outcome:
    """Compare what came after a plan with what was before it.

    Parameters
    ----------
    plan : that was done
    before, after : frames of `queries.sessions`, without the session in which it was done
    """
    metric = plan.focus_area
    if metric == "none":
        return Outcome("no aim", metric, words="This plan aimed at no weakness, so there is none to judge.")
    alike = comparable(pl.concat([before, after])).drop_nulls(metric)
    sides = [alike.join(side, on="session_id", how="semi", maintain_order="left") for side in (before, after)]
    scale = scale_from(plan.scale_chosen, plan.scale_type).name
    mine = [side.filter(_played_in(side, scale)) for side in sides]
    enough = mine[0].height >= MIN_SESSIONS and mine[1].height >= AFTER
    earlier, later = mine if enough else sides
    row = _compared(metric, earlier.tail(MOST_BEFORE), later.head(AFTER))
    verdict = _verdict(row)
    figures = {name: row[name] for name in _FIGURES}
    return Outcome(
        verdict, metric, scale if enough else "", words=_words(verdict, TITLES[metric], row), **figures
    )


def _around(stored: StoredPlan, sessions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The sessions before the one in which a plan was done, and those after it."""
    mine = sessions.filter(session_id=str(stored.executed_session_id))
    # The session itself may have been deleted since.
    when = stored.executed_at if mine.is_empty() else mine["start_timestamp"].item()
    others = sessions.filter(pl.col("session_id") != str(stored.executed_session_id))
    return others.filter(pl.col("start_timestamp") < when), others.filter(pl.col("start_timestamp") >= when)


def _played_in(sessions: pl.DataFrame, scale: str) -> pl.Series:
    pairs = sessions.select("scale_chosen", "scale_type").rows()
    return pl.Series([scale_name(chosen, kind) == scale for chosen, kind in pairs], dtype=pl.Boolean)


def _compared(metric: MetricName, before: pl.DataFrame, after: pl.DataFrame) -> dict[str, Any]:
    """The row of `insight.compare` for one metric: it alone is asked about, so its p-value is not raised."""
    others = [pl.lit(None, pl.Float64).alias(name) for name in SCORES if name != metric]
    sides = (side.with_columns(others) for side in (before, after))
    return compare(*sides).filter(metric=metric).row(0, named=True)


def _verdict(row: Mapping[str, Any]) -> Verdict:
    if row["before_n"] < MIN_SESSIONS:
        return "not enough before"
    if row["after_n"] < AFTER:
        return "too early"
    verdicts: Mapping[str, Verdict] = {"better": "better", "worse": "worse"}
    return verdicts.get(row["verdict"], "no difference")


def _words(verdict: Verdict, title: str, row: Mapping[str, Any]) -> str:
    if verdict == "too early":
        return f"It is too early to tell: {row['after_n']} of {AFTER} sessions were played since this plan."
    if verdict == "not enough before":
        return f"Too few sessions with a {title} score were played before this plan to compare with."
    if verdict == "no difference":
        return f"Your {title} score has not changed for sure since this plan."
    points = number(100.0 * abs(row["difference"]))
    means = f"{hundredths(row['before'])} before and {hundredths(row['after'])} after"
    return f"Since this plan your {title} score is {points} points {verdict}: {means}."
