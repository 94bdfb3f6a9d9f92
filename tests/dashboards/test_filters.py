from datetime import date, timedelta

import polars as pl
import pytest

from dashboards.parts import filters as module
from dashboards.parts.filters import ALL_SCALES, ORDERS, OWN_DATES, Filters, between, mentioning, named
from workbench.archive import Archive


@pytest.fixture
def sessions(own: Archive, three: list[str]) -> pl.DataFrame:
    return own.sessions()


@pytest.fixture
def filters(sessions: pl.DataFrame) -> Filters:
    chosen = Filters()
    chosen.offer(sessions)
    return chosen


def ids(frame: pl.DataFrame) -> list[str]:
    return frame["session_id"].to_list()


def test_everything_passes_at_first_newest_first(
    filters: Filters, sessions: pl.DataFrame, three: list[str]
) -> None:
    assert ids(filters.kept(sessions)) == three[::-1]


def test_scales_are_offered_by_the_names_that_players_read(
    filters: Filters, sessions: pl.DataFrame, three: list[str]
) -> None:
    assert filters.param["scale"].objects == [ALL_SCALES, "A minor pentatonic", "C major"]
    filters.scale = "C major"
    assert ids(filters.kept(sessions)) == [three[1]]


def test_a_scale_that_is_no_longer_there_is_let_go(filters: Filters, sessions: pl.DataFrame) -> None:
    filters.scale = "C major"
    filters.offer(named(sessions).filter(scale="A minor pentatonic"))
    assert filters.scale == ALL_SCALES


@pytest.mark.parametrize(
    ("words", "found"),
    [("bends", [2]), ("WRIST slow", [2]), ("pentatonic", [2, 0]), ("bends major", []), ("  ", [2, 1, 0])],
)
def test_every_word_must_be_in_the_comment_or_the_scale(
    words: str, found: list[int], sessions: pl.DataFrame, three: list[str]
) -> None:
    assert ids(mentioning(named(sessions), words)) == [three[index] for index in found]


def test_both_days_of_a_range_count(sessions: pl.DataFrame, three: list[str]) -> None:
    first, second = date(2026, 11, 18), date(2026, 11, 19)
    assert ids(between(sessions, first, second)) == [three[1], three[0]]
    assert ids(between(sessions, second, None)) == [three[2], three[1]]
    assert ids(between(sessions, None, first)) == [three[0]]


def test_a_span_ends_today(
    filters: Filters, sessions: pl.DataFrame, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    filters.span = "Last 4 weeks"
    monkeypatch.setattr(module, "today", lambda: date(2026, 11, 18) + timedelta(days=28))
    assert ids(filters.kept(sessions)) == [three[2], three[1]]


def test_own_dates_count_only_while_they_are_asked_for(
    filters: Filters, sessions: pl.DataFrame, three: list[str]
) -> None:
    filters.dates = (date(2026, 11, 19), date(2026, 11, 19))
    assert len(ids(filters.kept(sessions))) == 3
    filters.span = OWN_DATES
    assert ids(filters.kept(sessions)) == [three[1]]
    filters.dates = None
    assert len(ids(filters.kept(sessions))) == 3


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("Oldest first", [0, 1, 2]),
        ("Longest first", [1, 0, 2]),
        ("Best first", [0, 2, 1]),
        ("Weakest first", [1, 2, 0]),
    ],
)
def test_the_order_is_the_one_asked_for(
    order: str, expected: list[int], filters: Filters, sessions: pl.DataFrame, three: list[str]
) -> None:
    filters.order = order
    assert ids(filters.kept(sessions)) == [three[index] for index in expected]


def test_a_session_without_an_overall_comes_last_either_way(filters: Filters, sessions: pl.DataFrame) -> None:
    unscored = sessions.with_columns(
        pl.when(pl.col("duration_seconds") == 300.0).then(None).otherwise("overall").alias("overall")
    )
    for order in ("Best first", "Weakest first"):
        filters.order = order
        assert filters.kept(unscored)["overall"].to_list()[-1] is None
    assert set(ORDERS) >= {"Best first", "Weakest first"}


def test_every_change_is_announced_once(filters: Filters) -> None:
    heard = []
    filters.param.watch(lambda _: heard.append(1), "changed")
    filters.scale, filters.words, filters.order = "C major", "bend", "Oldest first"
    assert len(heard) == 3


def test_the_range_of_dates_shows_only_while_it_is_asked_for(filters: Filters) -> None:
    dates = filters.controls()["dates"]
    assert dates.visible is False
    filters.span = OWN_DATES
    assert dates.visible is True


def test_words_count_while_they_are_typed(filters: Filters) -> None:
    filters.controls()["words"].value_input = "ben"
    assert filters.words == "ben"


def test_a_scale_can_be_kept_whatever_the_dates(filters: Filters, sessions: pl.DataFrame) -> None:
    assert filters.of_scale(sessions).equals(sessions)
    name = named(sessions)["scale"].item(0)
    filters.scale, filters.span = name, "Last 4 weeks"
    kept = filters.of_scale(sessions)
    assert kept.columns == sessions.columns
    assert set(named(kept)["scale"]) == {name}
