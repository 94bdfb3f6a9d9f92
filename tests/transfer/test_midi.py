"""A session as MIDI, read back by mido: the same times, pitches to the cent, the click's grid."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import mido
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.transfer.midi import midi_of
from workbench.transfer.played import Click, Played, PlayedNote

ROW = {
    "start_timestamp": datetime(2026, 3, 1, 18, 30, tzinfo=UTC),
    "scale_chosen": "A Minor",
    "scale_type": "pentatonic",
    "user_id": "ada",
}


def a_session(notes: Sequence[PlayedNote], click: Click | None = None, **row: Any) -> Played:
    return Played(ROW | row, {}, tuple(notes), click, pl.DataFrame())


def heard(played: Played) -> list[tuple[float, float, float, int]]:
    """Onset and duration in seconds from the file's beginning, pitch with its bend, velocity: what a
    synthesiser that knows nothing of us would play."""
    file = mido.MidiFile(file=io.BytesIO(midi_of(played)))
    now, bend, sounding, notes = 0.0, dict.fromkeys(range(16), 0.0), {}, []
    for message in file:
        now += message.time
        if message.type == "pitchwheel":
            bend[message.channel] = 2.0 * message.pitch / 8192
        elif message.type == "note_on":
            key = (message.channel, message.note)
            assert key not in sounding
            sounding[key] = (now, message.note + bend[message.channel], message.velocity)
        elif message.type == "note_off":
            began, pitch, velocity = sounding.pop((message.channel, message.note))
            notes.append((began, now - began, pitch, velocity))
    assert sounding == {}
    return sorted(notes)


def test_times_pitches_and_loudness_come_back() -> None:
    notes = [
        PlayedNote(10.0, 0.4, 57.0, -20.0, None, None),
        PlayedNote(10.6667, 0.5, 60.25, -26.0, None, None),
        PlayedNote(11.5, 0.25, 63.9, None, None, None),
    ]
    found = heard(a_session(notes))
    assert [onset for onset, *_ in found] == pytest.approx([0.0, 0.6667, 1.5], abs=0.001)
    assert [duration for _, duration, *_ in found] == pytest.approx([0.4, 0.5, 0.25], abs=0.001)
    assert [pitch for *_, pitch, _ in found] == pytest.approx([57.0, 60.25, 63.9], abs=0.001)
    assert [velocity for *_, velocity in found] == [127, 90, 64]


def test_beats_are_those_of_the_click() -> None:
    click = Click(90.0, 2, 0.5)
    beat_s = 60.0 / 90.0
    notes = [PlayedNote(0.5 + n * beat_s, 0.2, 60.0, -20.0, None, None) for n in (5, 6)]
    file = mido.MidiFile(file=io.BytesIO(midi_of(a_session(notes, click))))
    assert file.type == 0
    (tempo,) = (message.tempo for message in file.tracks[0] if message.type == "set_tempo")
    assert mido.tempo2bpm(tempo) == pytest.approx(90.0, abs=0.001)
    ticks, onsets = 0, []
    for message in file.tracks[0]:
        ticks += message.time
        if message.type == "note_on":
            onsets.append(ticks / file.ticks_per_beat)
    # Five beats after the click is the second beat of the second bar, where the file begins.
    assert onsets == [1.0, 2.0]


def test_a_note_before_the_first_beat_has_its_place() -> None:
    notes = [PlayedNote(0.49, 0.2, 60.0, -20.0, None, None), PlayedNote(1.0, 0.2, 60.0, -20.0, None, None)]
    onsets = [onset for onset, *_ in heard(a_session(notes, Click(120.0, 1, 0.5)))]
    assert onsets[1] - onsets[0] == pytest.approx(0.51, abs=0.001)


def test_notes_that_ring_together_bend_apart() -> None:
    notes = [PlayedNote(0.1 * n, 5.0, 60.0 + 0.1 * n, -20.0, None, None) for n in range(15)]
    assert [pitch for *_, pitch, _ in heard(a_session(notes))] == pytest.approx(
        [60.0 + 0.1 * n for n in range(15)], abs=0.001
    )


def test_a_scale_that_nobody_knows_and_any_title_can_be_written() -> None:
    note = PlayedNote(0.0, 1.0, 60.0, -20.0, None, None)
    file = mido.MidiFile(file=io.BytesIO(midi_of(a_session([note], scale_chosen="漢字 Dur"))))
    (name,) = (message.name for message in file.tracks[0] if message.type == "track_name")
    assert name.startswith("?? Dur")


@given(
    gaps=st.lists(st.floats(0.0, 3.0), min_size=1, max_size=30),
    durations=st.lists(st.floats(0.01, 5.0), min_size=30, max_size=30),
    midi=st.lists(st.floats(0.0, 127.0), min_size=30, max_size=30),
    bpm=st.one_of(st.none(), st.floats(20.0, 400.0)),
)
def test_whatever_was_played_every_note_comes_back(
    gaps: list[float], durations: list[float], midi: list[float], bpm: float | None
) -> None:
    onsets = [sum(gaps[: n + 1]) for n in range(len(gaps))]
    notes = [
        PlayedNote(onset, duration, pitch, -20.0, None, None)
        for onset, duration, pitch in zip(onsets, durations, midi, strict=False)
    ]
    file = mido.MidiFile(
        file=io.BytesIO(midi_of(a_session(notes, None if bpm is None else Click(bpm, 1, None))))
    )
    begun = [message for message in file.tracks[0] if message.type == "note_on"]
    ended = [message for message in file.tracks[0] if message.type == "note_off"]
    assert len(begun) == len(ended) == len(notes)
    assert all(message.time >= 0 for message in file.tracks[0])
