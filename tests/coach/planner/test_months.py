"""Months of practice by plan: what must hold whoever plays, whenever, wherever."""

from collections import Counter
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.planner.item import target_of
from coach.planner.planned import PlannedSession
from coach.planner.results import Result
from coach.planner.review import review
from coach.planner.schedule import day_of
from coach.planner.session import planned
from coach.planner.target import Target
from workbench.store.items import Item
from workbench.user import User

ADA = User("ada")
BEGIN = datetime(2026, 2, 20, 17, 0, tzinfo=UTC)
"""Summer time begins and the year goes on."""

HARD, EASY = Target("notes", "B Major", "natural"), Target("notes", "A Minor", "pentatonic")


def practise(session: PlannedSession, items: list[Item], skill: float, rng: Random) -> list[Result]:
    """Each block played once: the hard thing badly, the easy one well, the others as skill and luck go."""
    targets = {target.item_id(ADA): target for target in (*map(target_of, items), HARD, EASY)}
    results = []
    for number, block in enumerate(session.blocks):
        made = block.exercise
        target = targets.get(block.item_id) or Target(
            "notes" if made.bpm is None else "tempo",
            made.scale_chosen,
            made.scale_type,
            None,
            None if made.bpm is None else round(made.bpm),
            None if made.bpm is None else made.notes_per_beat,
        )
        score = {HARD: 0.5, EASY: 0.99}.get(target, min(1.0, max(0.0, rng.gauss(skill, 0.15))))
        at = session.made_at + timedelta(minutes=3 * number)
        results.append(Result(target, at, score, rng.randint(8, 150)))
    return results


def months(
    *, minutes: int, seed: int, zone: tzinfo, skill: float, often: float, away: int
) -> list[PlannedSession]:
    """Ninety days with two weeks off or more, practised as often; asserts what each day must keep."""
    rng = Random(seed)
    items: list[Item] = []
    sessions = []
    for day in range(90):
        if rng.random() > often or 30 <= day < 30 + away:
            continue
        now = BEGIN + timedelta(days=day, hours=rng.uniform(-6.0, 6.0))
        session = planned(ADA, items, minutes, now=now, seed=seed + day, zone=zone)
        assert sum(block.exercise.minutes for block in session.blocks) == minutes
        assert all(one.item_id != other.item_id for one, other in pairwise(session.blocks))
        results = practise(session, items, skill, rng)
        if not items:
            results += [Result(target, now, score, 100) for target, score in ((HARD, 0.5), (EASY, 0.99))]
        changed = {item.item_id: item for item in review(ADA, items, results, zone)}
        items = list({item.item_id: item for item in [*items, *changed.values()]}.values())
        played_today = {block.item_id for block in session.blocks}
        for item in items:
            if item.item_id in played_today:
                assert day_of(item.due_at, zone) > day_of(now, zone), "nothing is due twice a day"
        assert review(ADA, items, results, zone) == [], "a session counts once"
        sessions.append(session)
    return sessions


@settings(max_examples=15)
@given(
    minutes=st.integers(5, 90),
    seed=st.integers(0, 10_000),
    zone=st.sampled_from(["UTC", "America/Los_Angeles", "Pacific/Auckland"]).map(ZoneInfo),
    skill=st.floats(0.3, 0.98),
    often=st.floats(0.2, 1.0),
    away=st.integers(0, 28),
)
def test_every_day_of_three_months(
    *, minutes: int, seed: int, zone: ZoneInfo, skill: float, often: float, away: int
) -> None:
    months(minutes=minutes, seed=seed, zone=zone, skill=skill, often=often, away=away)


def test_a_hard_thing_comes_far_more_often_than_an_easy_one() -> None:
    sessions = months(minutes=20, seed=1, zone=UTC, skill=0.85, often=0.8, away=14)
    days = Counter(item_id for session in sessions for item_id in {block.item_id for block in session.blocks})
    hard, easy = days[HARD.item_id(ADA)], days[EASY.item_id(ADA)]
    assert hard > 3 * easy
    assert easy >= 2, "it is not forgotten either"


def test_somebody_who_does_well_meets_new_things_and_somebody_who_does_not_has_few() -> None:
    met = []
    for skill in (0.4, 0.97):
        sessions = months(minutes=20, seed=1, zone=UTC, skill=skill, often=0.8, away=0)
        met.append(len({block.item_id for session in sessions for block in session.blocks}))
    assert met[0] < 8
    assert met[1] > 2 * met[0]
