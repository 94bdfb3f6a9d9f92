import polars as pl

from dashboards.parts.notelist import MOST_ROWS, key, note_table
from workbench.archive import Archive
from workbench.charts.marks import marked


def told(own: Archive, session_id: str) -> pl.DataFrame:
    return marked(own.notes(session_id), "C major")


def test_the_key_counts_the_marks_that_occur(own: Archive, three: list[str]) -> None:
    html = key(told(own, three[1]))
    assert "right <b>18</b>" in html
    assert "wrong <b>6</b>" in html
    assert "not sure" not in html


def test_every_note_is_a_row_with_its_reason(own: Archive, three: list[str]) -> None:
    html = note_table(told(own, three[1]))
    assert html.count("<tr>") == 25
    assert html.count("is not in C major") == 6


def test_a_very_long_session_is_cut_and_says_so(own: Archive, three: list[str]) -> None:
    long = pl.concat([told(own, three[0])] * 30)
    html = note_table(long)
    assert html.count("<tr>") == MOST_ROWS + 1
    assert f"{long.height - MOST_ROWS} more notes" in html
