"""What goes into the engine and what comes out.

A `Block` of samples goes in; a `Reading` for each hop and an `Event` for each thing that happened to a note
come out. All times are sample indices over the sample rate, in seconds since the first sample.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dsp.convert import cents_off, note_name

Kind = Literal["note", "unsure", "muted", "percussive", "polyphonic"]
Articulation = Literal["pick", "hammer", "pull", "slide", "bend", "vibrato"]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A stretch of a mono stream.

    Attributes
    ----------
    samples : float32, shape (n,), full scale = 1
    start : index in the stream of `samples[0]`; a jump tells the engine that audio was lost
    """

    samples: NDArray[np.float32]
    start: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The state of the sound at one hop, for meters and f0 tracks.

    Attributes
    ----------
    time_s : centre of the pitch frame
    level_dbfs : RMS of the last hop, DC removed
    f0_hz : 0 = unvoiced
    clarity : height of the NSDF peak, 0..1 (McLeod & Wyvill 2005)
    """

    time_s: float
    level_dbfs: float
    f0_hz: float
    clarity: float


@dataclass(frozen=True, slots=True)
class Note:
    """One note event, the unit of count of every metric.

    Attributes
    ----------
    number : counts the events of a stream from 0; `revise` and `end` bear the number of their `note`
    onset_s : start of the attack
    reported_s : end of the last frame that the decision used
    midi : fractional MIDI number as claimed at `reported_s`, A4 = 69; None when no pitch was found
    confidence : 0..1, how likely the claim is right
    level_dbfs : RMS level of the loudest frame so far
    kind : "note" is a claim and is judged; every other kind is unjudged
    articulation : "pick" (an attack was heard); "hammer", "pull" or "slide" (the pitch jumped up, jumped down
        or slid without one); of a picked note, at its end: "bend" or "vibrato"
    revised : the first claim was mended
    offset_s : end of the note; None until the `end` event
    steady_midi : median pitch from 60 ms after the onset to 80 % of the note; of a bent note that of its
        target, of one with vibrato its centre; None until the end or too short
    hnr_db : harmonics-to-noise ratio of the steady part in dB (Boersma 1993); None until the end or too short
    floor_dbfs : running minimum of the level over the three seconds before the onset
    rest_dbfs : level in the rest before the onset; None when the playing was gapless
    ring_over_db : how loud the previous note still was 80 ms after this onset, relative to this one;
        None when it did not sound on
    noise_dbfs : level of the noise between the partials, hum left out; None when the note is too short
    hum50_dbfs, hum60_dbfs : level on the multiples of 50 and of 60 Hz above that noise; None with it
    bend_cents : how far the string was bent at its target, cents from `midi`; None until the end or not bent
    vibrato_hz, vibrato_cents : rate and half peak-to-peak extent of a vibrato; None until the end or without
    """

    number: int
    onset_s: float
    reported_s: float
    midi: float | None
    confidence: float
    level_dbfs: float
    kind: Kind = "note"
    articulation: Articulation = "pick"
    revised: bool = False
    offset_s: float | None = None
    steady_midi: float | None = None
    hnr_db: float | None = None
    floor_dbfs: float | None = None
    rest_dbfs: float | None = None
    ring_over_db: float | None = None
    noise_dbfs: float | None = None
    hum50_dbfs: float | None = None
    hum60_dbfs: float | None = None
    bend_cents: float | None = None
    vibrato_hz: float | None = None
    vibrato_cents: float | None = None

    @property
    def judged(self) -> bool:
        """Whether the engine stands by this note."""
        return self.kind == "note"

    @property
    def pitch(self) -> float | None:
        """The best pitch known so far: steady if the note is over, else as claimed."""
        return self.steady_midi if self.steady_midi is not None else self.midi

    @property
    def cents(self) -> float | None:
        """Distance of `midi` from the nearest semitone, in [-50, 50)."""
        return None if self.midi is None else cents_off(self.midi)

    @property
    def name(self) -> str | None:
        """Scientific pitch name of `midi`."""
        return None if self.midi is None else note_name(self.midi)


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened to a note: it was heard, mended, or is over."""

    kind: Literal["note", "revise", "end"]
    note: Note


@dataclass(frozen=True, slots=True)
class Output:
    """What one push gave, oldest first."""

    readings: tuple[Reading, ...] = field(default=())
    events: tuple[Event, ...] = field(default=())
