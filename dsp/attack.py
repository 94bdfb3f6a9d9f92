"""An onset whose pitch is not known yet: what is remembered while it is looked for.

Conventions
-----------
Sample indices on the engine's grid, levels in dBFS, pitches as fractional MIDI numbers.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp.framing import HOP_S
from dsp.patience import PATIENCE_S

_CLEAR, _ENOUGH = 0.90, 0.70
"""Clarity that is asked for: at the onset, and when patience is over."""
_NEARLY = 0.05
AGREE_SEMITONES = 0.35
"""Two estimates no further apart are of one pitch: half of mir_eval's window to either side."""
_PATIENCE_S = 0.12
_EVENT_RISE_DB = 6.0
_DECAY_DB = 10.0
QUIETEST_DBFS = -65.0
"""Nothing below this is a note, whatever the gain; far above it notes are gated by what is around them."""


class Hop(NamedTuple):
    """What the tracker is told of one hop: its end (sample index), the recent samples, levels in dBFS."""

    end: int
    window: NDArray[np.float32]
    onset: bool
    level_dbfs: float
    floor_dbfs: float


@dataclass
class Attack:
    """An onset that waits for its pitch.

    Attributes
    ----------
    onset : sample index, on the hop grid
    began : the same to the sample, see `dsp.onset_time`
    before : samples from before the onset, for what rose since
    before_dbfs : mean level before the onset
    floor_dbfs : running floor at the onset
    patience_s : see `dsp.patience`
    peak_dbfs : loudest hop since
    last_midi : pitch of the hop before, if it was nearly clear enough
    rise_db : how much the harmonics of the newest pitch rose since before
    only_a_knock : the string that sounded before rings on as it was
    """

    onset: int
    began: int
    before: NDArray[np.float32]
    before_dbfs: float
    floor_dbfs: float
    patience_s: float = PATIENCE_S
    peak_dbfs: float = -120.0
    last_midi: float | None = None
    rise_db: float = 0.0
    only_a_knock: bool = False

    def settles(self, midi: float, clarity: float, elapsed_s: float, period_s: float) -> bool:
        """Whether this estimate, with the one before, is enough to claim a note.

        One is enough for low notes: two looks less than a period apart say the same.
        """
        fallen = min(elapsed_s / max(self.patience_s, HOP_S), 1.0)
        needed = _CLEAR - (_CLEAR - _ENOUGH) * fallen
        agrees = self.last_midi is not None and abs(self.last_midi - midi) < AGREE_SEMITONES
        self.last_midi = midi if clarity >= needed - _NEARLY else None
        return (agrees or period_s > HOP_S) and clarity >= needed

    def is_over(self, elapsed_s: float) -> bool:
        """Whether a pitch would come too late to belong to this onset."""
        return elapsed_s > _PATIENCE_S

    @property
    def is_loud(self) -> bool:
        """Whether it is worth telling even without a pitch."""
        return self.peak_dbfs > max(self.before_dbfs + _EVENT_RISE_DB, QUIETEST_DBFS)

    def has_died_away(self, level_dbfs: float) -> bool:
        """Whether it was a knock: gone when the patience is."""
        return self.peak_dbfs - level_dbfs > _DECAY_DB
