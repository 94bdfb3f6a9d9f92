"""From onsets and pitches to note events: `note`, `revise`, `end`.

Goal
----
Claim a note as soon as its pitch is certain enough, mend an octave slip within a tenth of a second, and claim
nothing for a knock, a hum or a string that merely rings on.

Method
------
After an onset the f0 window starts at the onset and grows. Two ranked estimates that agree make a claim, if
the harmonics of that pitch rose with the onset. The clarity that is asked for falls with time, so clear notes
are out early and doubtful ones wait. An onset without a pitch is an unjudged event.
"""

from collections import deque
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dsp.attack import QUIETEST_DBFS, Attack, Hop
from dsp.confidence import LEGATO_RISE_DB, UNSURE_BELOW, confidence
from dsp.convert import hz_of, midi_of
from dsp.events import Event, Kind, Note
from dsp.framing import HOP_S
from dsp.onset_time import refined_onset
from dsp.pitch import UNVOICED, Pitch
from dsp.pluck import rings_through, rose
from dsp.revision import REVISE_S, Revision, take_back
from dsp.salience import Candidate, OnsetPitch, sharpened
from dsp.slur import Slur
from dsp.sounding import NEW_PITCH_SEMITONES, Sounding

_DETECTION_S = 0.006
"""An onset shows this long after it began (median over annotated takes)."""
_GUARD_S = 64 / 44100
_LEAST_WINDOW_S = 300 / 44100
_BELOW_PEAK_DB = 35.0
_PEAK_FALL_DB_PER_S = 6.0
_KNOCK_S = 0.03
"""Sooner, the string that sounded before still fills the window, whatever was plucked."""
_TOUCH_S, _AS_LOUD_DB = 0.06, 1.0
"""Nobody plucks two notes so close (sixteen a second are 62 ms apart)."""
_FRAME_S = 0.035
"""From here on a whole frame is heard, and cents are measured in the sound as it is."""
_SAME_PITCH = 0.02
"""A third of a semitone."""
_VOICED_CLARITY = 0.6
_PERIOD_HOPS = 3
"""A period of the lowest string, within which the level of single hops comes and goes."""
_SILENT_HOPS = 10
_REST_S = 0.1


class NoteTracker:
    """The state machine: an attack waits for its pitch while the note before it still sounds.

    Parameters
    ----------
    sample_rate : Hz
    a4_hz : Hz, the pitch called A4
    ranking : ranks pitches after an onset
    delay_s : how much later than its sound a sample arrives (a decimator's delay)
    patience_s : how long a clear pitch is waited for, see `dsp.patience`
    """

    def __init__(
        self, sample_rate: float, a4_hz: float, ranking: OnsetPitch, delay_s: float, patience_s: float
    ) -> None:
        self._rate = sample_rate
        self._a4_hz = a4_hz
        self._ranking = ranking
        self._delay_s = delay_s
        self._patience_s = patience_s
        self._revision = Revision(sample_rate, a4_hz, ranking)
        self.reset()

    def reset(self) -> None:
        """Forget every note; numbers start at 0 again."""
        self._count = 0
        self.forget()

    def forget(self) -> None:
        """Forget what sounds, but count on."""
        self._attack: Attack | None = None
        self._sounding: Sounding | None = None
        self._levels: deque[float] = deque(maxlen=8)
        self._peak_dbfs = -120.0
        self._silent_since: int | None = None

    def step(self, hop: Hop) -> tuple[Pitch, list[Event]]:
        """Take one hop; give its pitch and what happened."""
        self._levels.append(hop.level_dbfs)
        fall = _PEAK_FALL_DB_PER_S * HOP_S
        self._peak_dbfs = max(self._peak_dbfs - fall, hop.level_dbfs)
        events: list[Event] = []
        if hop.onset:
            self._attack = self._begin(hop)
        if self._attack is not None:
            return self._seek(self._attack, hop, events), events
        if self._sounding is not None:
            return self._follow(self._sounding, hop, events), events
        recent = hop.window[-self._ranking.longest :]
        return (self._ranking.estimate(recent) if hop.level_dbfs > QUIETEST_DBFS else UNVOICED), events

    def finish(self, end: int) -> list[Event]:
        """The stream ends at sample `end`: so does what sounds."""
        return [] if self._sounding is None else [self._end(self._sounding, end)]

    def _begin(self, hop: Hop) -> Attack:
        onset = hop.end - round(_DETECTION_S * self._rate)
        past = hop.window[: hop.window.size - (hop.end - onset) - round(_GUARD_S * self._rate)]
        before = list(self._levels)[:-3] or [hop.level_dbfs]
        mean_power = float(np.mean(10.0 ** (np.array(before) / 10.0)))
        first = hop.end - hop.window.size
        began = first + refined_onset(hop.window, onset - first, self._rate)
        before_dbfs = 10.0 * np.log10(mean_power)
        past = past[-self._ranking.longest :].copy()
        return Attack(onset, began, past, before_dbfs, hop.floor_dbfs, self._patience_s)

    def _seek(self, attack: Attack, hop: Hop, events: list[Event]) -> Pitch:
        """Look for the pitch of an attack; claim it, or give up."""
        attack.peak_dbfs = max(attack.peak_dbfs, hop.level_dbfs)
        elapsed = (hop.end - attack.onset) / self._rate
        ranked = self._rank(attack.onset, attack.before, hop)
        if ranked:
            pitch = ranked[0].pitch
            midi = self._midi(pitch)
            settled = attack.settles(midi, pitch.clarity, elapsed, 1.0 / pitch.f0_hz)
            if settled and self._plucked(attack, hop, pitch, midi):
                self._attack = None
                self._claim(attack, hop, ranked, events)
                return pitch
        if attack.only_a_knock or attack.is_over(elapsed):
            self._attack = None
            if attack.is_loud:
                knock = attack.only_a_knock or attack.has_died_away(hop.level_dbfs)
                events += self._unplayed(attack, hop, "percussive" if knock else "unsure")
        return ranked[0].pitch if ranked else UNVOICED

    def _rank(self, onset: int, before: NDArray[np.float32], hop: Hop) -> list[Candidate]:
        length = min(hop.end - onset, self._ranking.longest)
        if length < _LEAST_WINDOW_S * self._rate:
            return []
        return self._ranking.rank(hop.window[-length:], before[-length:])

    def _plucked(self, attack: Attack, hop: Hop, pitch: Pitch, midi: float) -> bool:
        """Whether the pitch came with the onset, loud enough to be played."""
        if attack.peak_dbfs <= max(QUIETEST_DBFS, self._peak_dbfs - _BELOW_PEAK_DB):
            return False
        length = min(hop.end - attack.onset, self._ranking.longest)
        rise, rest = self._ranking.rise_db(hop.window[-length:], attack.before[-length:], pitch.f0_hz)
        attack.rise_db = rise
        sounded = self._sounding is not None and self._sounding.has_been_at(midi)
        onset = hop.window.size - (hop.end - attack.onset)
        knock = sounded and rings_through(hop.window, onset, self._rate / pitch.f0_hz, rise, self._rate)
        attack.only_a_knock = knock and hop.end - attack.onset > _KNOCK_S * self._rate
        return not knock and rose(rise, rest, sounded=sounded)

    def _claim(self, attack: Attack, hop: Hop, ranked: list[Candidate], events: list[Event]) -> None:
        midi = midi_of(sharpened(ranked), self._a4_hz)
        sure = confidence(ranked[0].pitch.clarity, attack.rise_db, attack.peak_dbfs - self._peak_dbfs)
        note = self._note(attack, hop, "note" if sure >= UNSURE_BELOW else "unsure", midi, sure)
        previous = self._sounding
        previous_hz = None
        if previous is not None:
            if self._was_a_touch(previous, attack):
                events.append(take_back(previous, hop, self._rate))
            events.append(self._end(previous, attack.onset))
            if abs((previous.note.midi or 0.0) - midi) >= NEW_PITCH_SEMITONES:
                previous_hz = hz_of(previous.note.midi or 0.0, self._a4_hz)
        self._sounding = Sounding(note, attack.onset, attack.before, previous_hz)
        self._silent_since = None
        events.append(Event("note", note))

    def _unplayed(self, attack: Attack, hop: Hop, kind: Kind) -> list[Event]:
        """An attack without a note: heard, counted, not judged."""
        note = self._note(attack, hop, kind, None, 0.0)
        return [Event("note", note), Event("end", replace(note, offset_s=note.reported_s))]

    def _note(self, attack: Attack, hop: Hop, kind: Kind, midi: float | None, sure: float) -> Note:
        rested = self._silent_since is not None and attack.onset - self._silent_since >= _REST_S * self._rate
        note = Note(
            number=self._count,
            onset_s=max(attack.began / self._rate - self._delay_s, 0.0),
            reported_s=hop.end / self._rate,
            midi=midi,
            confidence=sure,
            level_dbfs=attack.peak_dbfs,
            kind=kind,
            floor_dbfs=attack.floor_dbfs,
            rest_dbfs=attack.before_dbfs if rested else None,
        )
        self._count += 1
        return note

    def _follow(self, sounding: Sounding, hop: Hop, events: list[Event]) -> Pitch:
        """Follow the sounding note: mend it, hear legato, notice its end."""
        elapsed = (hop.end - sounding.onset) / self._rate
        early = elapsed < REVISE_S and sounding.note.articulation == "pick"
        ranked = self._rank(sounding.onset, sounding.before, hop) if early else []
        length = min(hop.end - sounding.onset, self._ranking.longest)
        pitch = ranked[0].pitch if ranked else UNVOICED
        if not ranked or elapsed > _FRAME_S:
            whole = self._ranking.estimate(hop.window[-length:])
            if not ranked or abs(whole.f0_hz / pitch.f0_hz - 1.0) < _SAME_PITCH:
                pitch = whole
        gate = max(min(hop.floor_dbfs + 3.0, sounding.note.level_dbfs - 30.0), QUIETEST_DBFS)
        if pitch.clarity > _VOICED_CLARITY and hop.level_dbfs > gate:
            sounding.silent_hops = 0
            sounding.follow(hop.end, self._midi(pitch), pitch)
            if ranked:
                events += self._revision.mend(sounding, hop, ranked)
            elif elapsed >= REVISE_S and (slur := sounding.slur(self._rate)) is not None:
                self._slur(sounding, hop, slur, pitch, events)
        else:
            sounding.silent_hops += 1
        if self._sounding is not sounding:
            return pitch
        events += self._revision.look_again(sounding, hop, max(list(self._levels)[-_PERIOD_HOPS:]))
        if sounding.silent_hops > _SILENT_HOPS:
            self._silent_since = hop.end - round(_SILENT_HOPS * HOP_S * self._rate)
            events.append(self._end(sounding, self._silent_since))
            self._sounding = None
        return pitch

    def _was_a_touch(self, previous: Sounding, attack: Attack) -> bool:
        """Whether a claim was the finger or the pick that came to the string, just before it plucked."""
        gap_s = (attack.onset - previous.onset) / self._rate
        louder = attack.peak_dbfs > previous.note.level_dbfs - _AS_LOUD_DB
        return previous.note.judged and gap_s < _TOUCH_S and louder

    def _slur(self, sounding: Sounding, hop: Hop, slur: Slur, pitch: Pitch, events: list[Event]) -> None:
        """A hammer-on, pull-off or slide: a new note without an attack."""
        sure = confidence(pitch.clarity, LEGATO_RISE_DB, hop.level_dbfs - self._peak_dbfs)
        if sure < UNSURE_BELOW:
            return
        onset = slur.middle - self._ranking.longest // 2
        attack = Attack(
            onset, onset, sounding.before, hop.level_dbfs, hop.floor_dbfs, peak_dbfs=hop.level_dbfs
        )
        note = replace(self._note(attack, hop, "note", slur.midi, sure), articulation=slur.articulation)
        events += [self._end(sounding, onset), Event("note", note)]
        self._sounding = Sounding(note, onset, sounding.before, None)

    def _end(self, sounding: Sounding, offset: int) -> Event:
        offset_s = max(offset / self._rate - self._delay_s, sounding.note.onset_s)
        return Event("end", sounding.ended(offset, offset_s, self._rate, self._ranking.longest))

    def _midi(self, pitch: Pitch) -> float:
        return midi_of(pitch.f0_hz, self._a4_hz)
