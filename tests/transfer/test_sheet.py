"""One session on one page: the figures, every note, what went wrong, and nothing that needs a network."""

import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench import printing
from workbench.printing import can_print, print_pdf
from workbench.transfer.manifest import TransferError
from workbench.transfer.played import Played, played_session
from workbench.transfer.sheet import html_of, pdf_of, weak_points
from workbench.transfer.sheet_roll import session_roll
from workbench.user import User


@pytest.fixture
def session(sqlite_engine: Engine, store_history: Any, ada: User, ben: User) -> Played:
    first, _ = store_history(sqlite_engine, ada, ben)
    return played_session(sqlite_engine, ada, first)


def events(*notes: tuple[float, float, bool | None], cents: float = 0.0) -> pl.DataFrame:
    """Notes of a length of 0.3 s: onset, pitch, in the scale."""
    onsets, pitches, judged = zip(*notes, strict=True)
    return pl.DataFrame(
        {
            "session_id": ["x"] * len(notes),
            "position": list(range(len(notes))),
            "onset_s": onsets,
            "duration_s": [0.3] * len(notes),
            "midi": [pitch + cents / 100.0 for pitch in pitches],
            "cents": [cents] * len(notes),
            "in_scale": list(judged),
            "deviation_ms": [None] * len(notes),
            "string": [None] * len(notes),
            "fret": [None] * len(notes),
        },
        schema_overrides={
            "in_scale": pl.Boolean,
            "deviation_ms": pl.Float64,
            "string": pl.Int64,
            "fret": pl.Int64,
        },
    )


def test_the_page_says_what_was_played_and_how(session: Played) -> None:
    page = html_of(session)
    for said in (
        "A minor pentatonic",
        "1 min 0 s",
        "click at 90 bpm",
        "6.5 cents off",
        "Engine 2.0",
        "To work on",
    ):
        assert said in page
    # What the player wrote is text, whatever it looks like.
    assert "Schöner &quot;Lauf&quot;" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in page


def test_every_note_has_its_mark(session: Played) -> None:
    drawing = ElementTree.fromstring(session_roll(session.events)._repr_html_())
    tags = [element.tag.rsplit("}")[-1] for element in drawing.iter()]
    assert tags.count("rect") == 2  # bars: in the scale
    assert tags.count("polygon") == 0
    assert {label.text for label in drawing.iter() if label.tag.endswith("text")} >= {"A3", "0:00"}


def test_long_rests_are_cut_and_the_clock_goes_on() -> None:
    played = events((2.0, 60.0, True), (2.5, 62.0, True), (300.0, 64.0, None), (301.0, 60.0, False))
    drawing = ElementTree.fromstring(session_roll(played)._repr_html_())
    said = [label.text for label in drawing.iter() if label.tag.endswith("text")]
    assert "0:02" in said
    assert "5:00" in said
    assert sum("stroke-dasharray" in element.attrib for element in drawing.iter()) == 1
    assert all(math.isfinite(float(element.get("x", "0"))) for element in drawing.iter())


def test_what_went_wrong_a_few_times_is_named(session: Played) -> None:
    def found(played: pl.DataFrame) -> list[str]:
        return weak_points(Played(session.row, {}, session.notes, None, played))

    good = [(0.5 * n, 60.0, True) for n in range(6)]
    assert found(events(*good)) == ["Nothing stands out."]
    wrong = [(10.0 + n, 61.0, False) for n in range(3)]
    assert found(events(*good, *wrong)) == ["C#4 was outside the scale 3 of 3 times."]
    assert found(events(*good, *wrong[:2])) == ["Nothing stands out."]
    assert found(events(*good, cents=25.0)) == ["C4 was sharp 6 of 6 times."]


@pytest.mark.browser
def test_it_is_one_page_of_paper(session: Played, tmp_path: Path) -> None:
    if not can_print():
        pytest.skip("no Chromium or Chrome: apt-get install chromium")
    many = events(*((0.5 * n + 10.0 * (n // 20), 45.0 + n % 30, n % 7 != 0) for n in range(600)))
    crowded = Played(session.row, session.settings, session.notes, None, many, "2.0", session.summary)
    for number, played in enumerate((session, crowded)):
        page, printed = tmp_path / f"{number}.html", tmp_path / f"{number}.pdf"
        page.write_text(html_of(played), encoding="utf-8")
        print_pdf(page, printed)
        pages = printed.read_bytes().count(b"/Type /Page\n")
        assert pages == 1


def test_without_a_browser_it_is_one_sentence(session: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_BROWSERS", ("no-such-browser",))
    with pytest.raises(TransferError, match="needs Chromium or Chrome"):
        pdf_of(session)
