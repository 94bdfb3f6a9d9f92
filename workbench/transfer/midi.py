"""A session as a Standard MIDI File: one track, as it was played, to the millisecond and the cent.

Conventions
-----------
Beats are those of the click; without one the file runs at 120, which changes no time. The first bar begins
with the click (or with the first note), so that a sequencer's grid is the one that was played to. A note's
cents are a pitch bend before it (range two semitones, the default of General MIDI); notes that sound at once
lie on channels of their own, since a bend bends a whole channel. Velocity follows the level as General MIDI
has it (40 log10(v / 127) dB, Recommended Practice RP-015), the loudest note being 127.
"""

import math
from io import BytesIO
from typing import Any

from dsp.convert import cents_off, nearest_semitone
from workbench.transfer.manifest import TransferError
from workbench.transfer.played import Played, PlayedNote
from workbench.transfer.rhythm import BEATS_IN_A_BAR, rhythm_of

TICKS_PER_BEAT = 960
_STEEL_GUITAR = 25
_BEND_SEMITONES = 2.0
_CHANNELS = tuple(channel for channel in range(16) if channel != 9)
"""All but the one that General MIDI keeps for drums."""
_FREE_BPM = 120.0
_BEND_STEPS = 8192

Message = dict[str, Any]


def midi_of(played: Played) -> bytes:
    """The bytes of the file.

    Raises
    ------
    TransferError : the package mido is missing
    """
    mido = _mido()
    bpm = played.click.bpm if played.click else _FREE_BPM
    track = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=_latin(played.title)),
            mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(bpm)),
            mido.MetaMessage("time_signature", numerator=BEATS_IN_A_BAR, denominator=4),
        ]
    )
    before = 0
    for tick, message in _messages(played, bpm):
        track.append(mido.Message(**message, time=tick - before))
        before = tick
    track.append(mido.MetaMessage("end_of_track"))
    file = mido.MidiFile(type=0, ticks_per_beat=TICKS_PER_BEAT, tracks=[track])
    written = BytesIO()
    file.save(file=written)
    return written.getvalue()


def _messages(played: Played, bpm: float) -> list[tuple[int, Message]]:
    """Tick and content of every message, in order; at one tick what ends comes before what begins."""
    beat_s = 60.0 / bpm
    start_s = rhythm_of(played.notes, played.click).first_beat_s
    if played.notes[0].onset_s < start_s:
        start_s -= BEATS_IN_A_BAR * beat_s
    loudest = max((note.level_dbfs for note in played.notes if note.level_dbfs is not None), default=0.0)
    begin: dict[int, int] = {}
    timed: list[tuple[int, int, Message]] = []
    for note in played.notes:
        on = round((note.onset_s - start_s) / beat_s * TICKS_PER_BEAT)
        off = max(on + 1, round((note.onset_s + note.duration_s - start_s) / beat_s * TICKS_PER_BEAT))
        channel = next(
            (c for c in _CHANNELS if begin.get(c, 0) <= on), min(begin, key=begin.__getitem__, default=0)
        )
        if channel not in begin:
            timed.append((0, 0, {"type": "program_change", "channel": channel, "program": _STEEL_GUITAR}))
        begin[channel] = off
        key = {"channel": channel, "note": min(max(nearest_semitone(note.midi), 0), 127)}
        timed += [
            (on, 2, {"type": "pitchwheel", "channel": channel, "pitch": _bend(note)}),
            (on, 3, {"type": "note_on", **key, "velocity": _velocity(note, loudest)}),
            (off, 1, {"type": "note_off", **key, "velocity": 0}),
        ]
    return [(tick, message) for tick, _, message in sorted(timed, key=lambda item: item[:2])]


def _bend(note: PlayedNote) -> int:
    return round(cents_off(note.midi) / 100.0 / _BEND_SEMITONES * _BEND_STEPS)


def _velocity(note: PlayedNote, loudest_dbfs: float) -> int:
    if note.level_dbfs is None:
        return 64
    velocity = 127.0 * math.pow(10.0, (note.level_dbfs - loudest_dbfs) / 40.0)
    return min(max(round(velocity), 1), 127)


def _latin(text: str) -> str:
    """Texts in a MIDI file have no agreed encoding; every program reads Latin-1."""
    return text.encode("latin-1", "replace").decode("latin-1")


def _mido() -> Any:
    try:
        import mido  # noqa: PLC0415  only this export needs it
    except ImportError as error:
        raise TransferError(
            "MIDI needs the package mido; install FretCoach with its export extra."
        ) from error
    return mido
