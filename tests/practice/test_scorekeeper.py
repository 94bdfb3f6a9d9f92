"""The live score: what the sensitivity hides, what the needle follows, what changes later."""

from dataclasses import replace
from typing import Any

import pytest

from dsp.convert import midi_to_hz
from dsp.events import Event, Note, Output, Reading
from dsp.scales import parse_scale
from workbench.practice.goal import Goal
from workbench.practice.scorekeeper import Scorekeeper

HEARD = Note(
    number=0, onset_s=1.0, reported_s=1.037, midi=58.04, confidence=0.8, level_dbfs=-45.0, floor_dbfs=-80.0
)


def keeper(scale: str = "Bb major", **options: Any) -> Scorekeeper:
    return Scorekeeper(Goal(parse_scale(scale), **options))


def event(what: Any, /, **changes: Any) -> Output:
    return Output((), (Event(what, replace(HEARD, **changes)),))


def reading(midi: float, clarity: float = 0.95) -> Output:
    return Output((Reading(1.1, -20.0, float(midi_to_hz(midi)), clarity),), ())


def test_a_note_is_named_as_its_scale_spells() -> None:
    scores = keeper()
    (judged,) = scores.take(event("note"))
    assert (judged.name, judged.verdict, judged.degree, judged.over) == ("Bb3", "right", 1, False)
    assert judged.cents == pytest.approx(4.0)
    assert scores.note is not None
    assert scores.note.name == "Bb3"
    assert scores.note_delay_ms == pytest.approx(37.0)


def test_a_note_below_the_gate_is_unsure_live_but_kept_as_heard() -> None:
    scores = keeper(sensitivity=0.0)
    (judged,) = scores.take(event("note"))
    assert judged.verdict == "unsure"
    assert judged.in_scale is None
    assert scores.counts.unjudged == 1
    assert scores.log.notes()[0].judged


def test_a_note_that_swells_above_the_gate_is_judged_after_all() -> None:
    scores = keeper(sensitivity=0.0)
    scores.take(event("note"))
    (judged,) = scores.take(event("end", level_dbfs=-20.0, offset_s=1.5))
    assert judged.verdict == "right"
    assert (scores.counts.right, scores.counts.unjudged) == (1, 0)


def test_a_mended_note_replaces_its_first_claim() -> None:
    scores = keeper()
    scores.take(event("note", midi=59.0))
    assert scores.counts.wrong == 1
    scores.take(event("revise", midi=58.0, revised=True))
    assert (scores.counts.wrong, scores.counts.right, scores.counts.played) == (0, 1, 1)


def test_the_needle_follows_a_bend_but_no_octave_slip_and_no_murmur() -> None:
    scores = keeper()
    scores.take(event("note"))
    for midi, clarity, shown in ((58.9, 0.95, 58.9), (70.0, 0.95, 58.04), (58.9, 0.3, 58.04)):
        scores.take(reading(midi, clarity))
        assert scores.note is not None
        assert scores.note.midi == pytest.approx(shown, abs=1e-3)


def test_no_note_is_shown_once_it_is_over_or_the_player_pauses() -> None:
    scores = keeper()
    scores.take(event("note"))
    scores.take(event("end", offset_s=1.5))
    assert scores.note is None
    scores.take(event("note", number=1))
    scores.silence()
    assert scores.note is None


def test_the_end_of_an_earlier_note_leaves_the_later_one_sounding() -> None:
    scores = keeper()
    scores.take(event("note"))
    scores.take(event("note", number=1, midi=60.0))
    scores.take(event("end", offset_s=1.5))
    assert scores.note is not None
    assert scores.note.name == "C4"


@pytest.mark.parametrize("kind", ["percussive", "polyphonic"])
def test_a_claim_that_is_taken_back_leaves_nothing_behind(kind: Any) -> None:
    scores = keeper(strictness=0.9)
    scores.take(event("note", midi=59.0))
    assert scores.counts.wrong == 1
    assert scores.note is not None
    assert scores.note.judged.verdict == "wrong"
    scores.take(event("revise", midi=59.0, kind=kind, revised=True))
    scores.take(event("end", midi=59.0, kind=kind, revised=True, offset_s=1.4))
    assert (scores.counts.played, scores.counts.wrong, scores.counts.unjudged) == (1, 0, 1)
    assert scores.overall is None
    (judged,) = scores.log.since(0)[0]
    assert (judged.verdict, judged.in_scale, judged.over) == ("unsure", None, True)


def test_a_claim_that_is_taken_back_stays_in_sight_until_the_next() -> None:
    scores = keeper()
    scores.take(event("note", midi=59.0))
    scores.take(event("revise", midi=59.0, kind="percussive"))
    scores.take(event("end", midi=59.0, kind="percussive", offset_s=1.4))
    assert scores.note is not None
    assert (scores.note.judged.verdict, scores.note.judged.over) == ("unsure", True)
    scores.take(event("note", number=1))
    assert scores.note.judged.number == 1
    scores.take(event("end", number=1, offset_s=2.0))
    assert scores.note is None


def test_the_needle_does_not_follow_what_was_taken_back() -> None:
    scores = keeper()
    scores.take(event("note"))
    scores.take(event("revise", kind="polyphonic"))
    scores.take(reading(58.9))
    assert scores.note is not None
    assert scores.note.midi == pytest.approx(58.04)
