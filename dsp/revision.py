"""A claimed note looked at again: mended, taken back, or found in company.

Goal
----
A claim is made from two or three periods. In the tenth of a second after the onset the engine sees more of
the sound, and says so in a `revise` event: another pitch, no string at all, or more strings than one.
"""

from dataclasses import replace

import numpy as np

from dsp.attack import AGREE_SEMITONES, Hop
from dsp.convert import hz_of, midi_of
from dsp.events import Event
from dsp.pluck import LOOK_AGAIN_S, LOOK_LENGTH_S, Sustain
from dsp.salience import Candidate, OnsetPitch
from dsp.sounding import Sounding

REVISE_S = 0.1
"""So long after the onset the pitch of a claim may be mended."""
_HOPS = 3
_LEAD = 0.2
_SEMITONES = 0.35
_RING_S = 0.08
_RING_DB = -20.0


def take_back(sounding: Sounding, hop: Hop, rate: float) -> Event:
    """The claim was no string: it becomes an event that nobody is judged by."""
    sounding.note = replace(sounding.note, kind="percussive", reported_s=hop.end / rate, revised=True)
    return Event("revise", sounding.note)


class Revision:
    """Looks at claims again.

    Parameters
    ----------
    rate : Hz
    a4_hz : Hz, the pitch called A4
    ranking : ranks pitches after an onset
    """

    def __init__(self, rate: float, a4_hz: float, ranking: OnsetPitch) -> None:
        self._rate = rate
        self._a4_hz = a4_hz
        self._ranking = ranking
        self._sustain = Sustain(rate, round(LOOK_LENGTH_S * rate))

    def mend(self, sounding: Sounding, hop: Hop, ranked: list[Candidate]) -> list[Event]:
        """Another pitch, when three hops in a row clearly prefer it."""
        claimed = sounding.note.midi or 0.0
        for_claim = next((c.score for c in ranked if self._is_near(c, claimed)), 0.0)
        sounding.leads.append(ranked[0].score - for_claim)
        recent = sounding.newest(_HOPS)
        if (
            sounding.note.kind not in ("note", "unsure")
            or len(recent) < _HOPS
            or min(sounding.leads[-_HOPS:]) <= _LEAD
            or min(abs(midi - claimed) for midi in recent) <= _SEMITONES
            or max(recent) - min(recent) >= AGREE_SEMITONES
        ):
            return []
        midi = float(np.median(recent))
        sounding.note = replace(sounding.note, midi=midi, reported_s=hop.end / self._rate, revised=True)
        return [Event("revise", sounding.note)]

    def _is_near(self, candidate: Candidate, midi: float) -> bool:
        return abs(midi_of(candidate.pitch.f0_hz, self._a4_hz) - midi) < _SEMITONES

    def look_again(self, sounding: Sounding, hop: Hop, level_dbfs: float) -> list[Event]:
        """What is found once, some 0.1 s after the onset.

        Parameters
        ----------
        sounding : may be changed
        hop : the newest
        level_dbfs : loudest of the last few hops
        """
        elapsed = (hop.end - sounding.onset) / self._rate
        f0_hz = hz_of(sounding.note.midi or 0.0, self._a4_hz)
        events: list[Event] = []
        if sounding.previous_hz is not None and elapsed >= _RING_S:
            self._measure_ring(sounding, hop, f0_hz, sounding.previous_hz)
        if sounding.unproven and elapsed >= LOOK_AGAIN_S:
            sounding.unproven = False
            picked = sounding.note.judged and sounding.note.articulation == "pick"
            recent = hop.window[-self._sustain.length :]
            if picked and not self._sustain.is_string(recent, f0_hz, sounding.note.level_dbfs - level_dbfs):
                events.append(take_back(sounding, hop, self._rate))
        sounding.hear_background(hop.window, hop.end, f0_hz, self._rate)
        if sounding.has_company(hop.window, hop.end, f0_hz, self._rate):
            reported_s = hop.end / self._rate
            sounding.note = replace(sounding.note, kind="polyphonic", reported_s=reported_s, revised=True)
            events.append(Event("revise", sounding.note))
        return events

    def _measure_ring(self, sounding: Sounding, hop: Hop, f0_hz: float, previous_hz: float) -> None:
        """Whether the note before still rings."""
        recent = hop.window[-self._ranking.longest :]
        ringing = self._ranking.ring_over_db(recent, f0_hz, previous_hz)
        sounding.previous_hz = None
        if ringing > _RING_DB:
            sounding.note = replace(sounding.note, ring_over_db=ringing)
