"""The summary at stop tells a real take's figures, and the markers become its comment."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboards.parts.closing import Closing, _ended_html
from dashboards.parts.ended_facts import ended_facts
from dashboards.parts.engine_fold import EngineFold
from dashboards.parts.markers import add_marker, comment, markers
from dashboards.parts.setup import Setup
from workbench.audio.recording import Take
from workbench.practice.session import Practice
from workbench.store import queries
from workbench.store.read import read
from workbench.store.repository import Repository
from workbench.user import User

ADA = User("ada")


@pytest.fixture
def played(sqlite_engine: Engine, tmp_path: Path) -> Practice:
    """The demo take, played as fast as it is taken, with two markers."""
    setup, repository = Setup(), Repository(sqlite_engine)
    source = Take(setup.take.path, name=setup.take.title, realtime=False)
    practice = Practice(ADA, setup.goal(), source, repository, tmp_path)
    practice.start()
    add_marker(practice, repository)
    add_marker(practice, repository)
    assert practice.wait(60.0)
    return practice


def test_the_summary_tells_the_stored_figures(played: Practice) -> None:
    html = _ended_html(played, 1)
    summary = played.summary
    assert summary is not None
    assert summary.overall.score is not None
    assert f"Overall {100 * summary.overall.score:.0f}" in html
    for title, name in (("Pitch", "pitch_accuracy"), ("Scale", "scale_conformity")):
        score = summary.metrics[name].score
        assert score is not None
        assert f'<tr data-metric={title}><th>{title}</th><td class="number">{100 * score:.0f}</td>' in html
    assert f'href="/sessions?session={played.id}"' in html
    assert "What went well" in html


def test_a_stored_session_offers_no_second_saving(played: Practice) -> None:
    closing = Closing(again=lambda: None)
    closing.present(played)
    assert not closing._save.visible


def test_markers_become_the_comment(played: Practice, sqlite_engine: Engine) -> None:
    assert len(markers(played)) == 2
    wanted = comment(markers(played))
    kept = ""
    for _ in range(600):
        kept = read(sqlite_engine, ADA, queries.sessions())["comment"].item(0) or ""
        if kept:
            break
        played.wait(0.05)
    assert kept == wanted


@pytest.mark.parametrize(
    ("times_s", "words"),
    [
        ([12.0], "Marked at 0:12."),
        ([12.0, 65.0], "Marked at 0:12 and 1:05."),
        ([1.0, 12.0, 65.0], "Marked at 0:01, 0:12 and 1:05."),
    ],
)
def test_marked_moments_read_as_a_sentence(times_s: list[float], words: str) -> None:
    assert comment(times_s) == words


def test_the_engine_fold_tells_rate_and_last_events(played: Practice) -> None:
    fold = EngineFold()
    fold.begin(played)
    fold.heard(played.events_since(0)[0])
    fold._card.collapsed = False
    told = fold._text.object
    assert "44100 Hz" in told
    assert "Blocks dropped" in told
    assert told.count("<tr>") == 13


def test_the_coach_says_what_to_work_on_and_what_to_play(played: Practice) -> None:
    assert played.end is not None
    html, facts = _ended_html(played, 1), ended_facts(played, played.end)
    assert (facts.scope, facts.notes_per_beat) == ("session", played.goal.notes_per_beat)
    assert facts.facts["session.notes"].value == sum(note.in_scale is not None for note in played.end.notes)
    assert "The one thing to work on" in html or "Where to go from here" in html
    assert '<a class="next" href="practice?scale=' in html


def test_the_next_practice_is_spoken_of_in_other_words(played: Practice) -> None:
    assert _ended_html(played, 1) != _ended_html(played, 2)
