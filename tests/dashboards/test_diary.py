import pytest

from dashboards.parts.diary import Diary, entries, minutes_words
from workbench.archive import Archive


def test_an_entry_reads_like_a_line_of_a_diary(own: Archive, three: list[str]) -> None:
    newest = entries(own.sessions())[0]
    assert newest["id"] == three[2]
    assert newest["month"] == "November 2026"
    assert newest["day"].startswith("Sat 21, ")
    assert newest["scale"] == "A minor pentatonic"
    assert newest["minutes"] == "60 s"
    assert newest["comment"] == "Slow bends, <b>wrist</b> loose"
    assert [title for title, _ in newest["scores"]] == ["Pitch", "Scale", "Timing", "Noise"]
    assert dict(map(tuple, newest["scores"]))["Scale"] == 92


def test_months_are_headings_of_an_order_by_time_only(own: Archive, three: list[str]) -> None:
    shuffled = entries(own.sessions(), months=False)
    assert {entry["month"] for entry in shuffled} == {""}
    assert "Nov 2026" in shuffled[0]["day"]


def test_a_session_that_has_not_ended_says_so(own: Archive, three: list[str]) -> None:
    running = own.sessions().with_columns(end_timestamp=None)
    assert entries(running)[0]["minutes"] == "not finished"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (59.6, "60 s"), (119.0, "119 s"), (120.0, "2 min"), (7199.0, "120 min"), (7200.0, "2.0 h")],
)
def test_minutes_read_as_one_would_say_them(seconds: float | None, words: str) -> None:
    assert minutes_words(seconds) == words


def test_only_what_is_listed_can_be_chosen(own: Archive, three: list[str]) -> None:
    diary = Diary(entries=entries(own.sessions()))
    chosen = []
    diary.param.watch(lambda _: chosen.append(diary.selected), "chosen")
    diary._handle_msg(three[0])
    diary._handle_msg(three[0])
    diary._handle_msg("somebody else's")
    diary._handle_msg({"not": "an id"})
    assert chosen == [three[0], three[0]]
