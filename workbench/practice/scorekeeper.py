"""The live score of a practice: events of the engine in, judged notes and live metrics out.

Only this live view is gated by the sensitivity of the goal; every event stays in the log with its level, and
what is stored is computed from all of them.
"""

from collections.abc import Mapping
from dataclasses import replace

from dsp.convert import cents_off, hz_to_midi, note_name
from dsp.events import Event, Note, Output, Reading
from dsp.live import LiveScore
from dsp.summary import Counts, Metric
from workbench.practice.goal import Goal
from workbench.practice.judged import JudgedNote, NoteLog
from workbench.practice.meter import NoteNow

_FOLLOW_SEMITONES = 1.5
"""How far the needle follows the pitch away from the claimed note: a bend, but no octave slip."""

_FOLLOW_CLARITY = 0.8
"""Below it a reading says too little about the pitch (McLeod & Wyvill take peaks from 0.8 up)."""


class Scorekeeper:
    """Judges every event as it comes.

    Parameters
    ----------
    goal : what is right, and how strictly the live value follows

    Attributes
    ----------
    log : every note
    metrics : over the last notes, by name
    overall : 0..1, None before anything was measured
    counts : notes so far
    note_delay_ms : from the attack of the newest note to its first claim
    """

    def __init__(self, goal: Goal) -> None:
        self.log = NoteLog()
        self.metrics: Mapping[str, Metric] = {}
        self.overall: float | None = None
        self.counts = Counts()
        self.note_delay_ms: float | None = None
        self._goal = goal
        self._live = LiveScore(goal.scale, goal.click, goal.strictness, goal.enabled_metrics)
        self._sounding: JudgedNote | None = None
        self._newest: Reading | None = None

    @property
    def note(self) -> NoteNow | None:
        """The note that sounds now; its pitch follows the newest reading. Or the one just taken back."""
        judged = self._sounding
        if judged is None or judged.note.midi is None or judged.name is None:
            return None
        midi = self._followed(judged.note.midi) if judged.note.judged else judged.note.midi
        return NoteNow(
            name=note_name(midi, flats=self._goal.scale.flats),
            midi=midi,
            cents=cents_off(midi),
            confidence=judged.note.confidence,
            judged=judged,
        )

    def take(self, output: Output) -> list[JudgedNote]:
        """Judge what the engine gave; returns the notes that changed, in order."""
        if output.readings:
            self._newest = output.readings[-1]
        changed = [self._judge(event) for event in output.events]
        if changed:
            self.metrics, self.overall = self._live.metrics(), self._live.overall
            self.counts = self._live.counts
        return changed

    def silence(self) -> None:
        """Nothing sounds any more: the player paused."""
        self._sounding = None

    def _judge(self, event: Event) -> JudgedNote:
        note = self._gated(event.note)
        judgement = self._live.update(note)
        pitch = note.pitch
        judged = JudgedNote(
            note=event.note,
            verdict=judgement.verdict,
            in_scale=judgement.in_scale,
            degree=judgement.degree,
            deviation_ms=judgement.deviation_ms,
            cents=None if pitch is None else cents_off(pitch),
            name=None if pitch is None else note_name(pitch, flats=self._goal.scale.flats),
            over=event.kind == "end",
        )
        self.log.put(judged)
        self._follow(event, judged)
        return judged

    def _gated(self, note: Note) -> Note:
        quiet = note.judged and note.level_dbfs < self._goal.gate_dbfs
        return replace(note, kind="unsure") if quiet else note

    def _follow(self, event: Event, judged: JudgedNote) -> None:
        if event.kind == "note" and judged.note.judged:
            self.note_delay_ms = 1000.0 * (judged.note.reported_s - judged.note.onset_s)
        if event.kind != "end" and judged.note.judged:
            self._sounding = judged
        elif self._sounding is not None and self._sounding.number == judged.number:
            # A claim that was taken back stays in sight, so that no page keeps the verdict that it had.
            self._sounding = None if judged.note.judged else judged

    def _followed(self, claimed: float) -> float:
        reading = self._newest
        if reading is None or reading.f0_hz <= 0.0 or reading.clarity < _FOLLOW_CLARITY:
            return claimed
        heard = float(hz_to_midi(reading.f0_hz, self._goal.a4_hz))
        return heard if abs(heard - claimed) <= _FOLLOW_SEMITONES else claimed
