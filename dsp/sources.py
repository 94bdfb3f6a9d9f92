"""Where the noise of a take comes from: hum, hiss, or strings that buzz.

Method
------
Hum does not care what is played: it is there under every note at one level, and music is not. So hum is named
when what stands on the multiples of 50 or 60 Hz varies by less than a few dB over the notes (on takes with
added hum the middle half of the notes lay within 0.5 to 2.7 dB, on others 4 dB apart and more). Hiss is the
noise that is left under the quietest notes. A note buzzes when its noise stands far above that and near its
own level.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dsp.background import MAINS_HZ
from dsp.events import Note

LEAST_NOTES = 6
_SAME_EVERYWHERE_DB = 3.3
_AUDIBLE_HUM_DB = 45.0
"""Hum further below the notes than this is not heard."""
_QUIET_QUARTILE = 25.0
_BUZZ_ABOVE_DB, _BUZZ_BELOW_NOTE_DB = 12.0, 30.0


@dataclass(frozen=True, slots=True)
class Sources:
    """Names and levels; None = not heard, or too few notes to tell.

    Attributes
    ----------
    hum_hz : 50 or 60
    hum_dbfs : level of the hum, as far as it can be heard between the partials
    hiss_dbfs : level of the steady noise without hum
    background_db : how far hum and hiss together lie below the median note, dB
    buzz_share : share of the notes that buzz
    """

    hum_hz: float | None = None
    hum_dbfs: float | None = None
    hiss_dbfs: float | None = None
    background_db: float | None = None
    buzz_share: float | None = None


def name_sources(notes: Sequence[Note]) -> Sources:
    """What sounds besides these notes (judged ones, in any order)."""
    heard = [note for note in notes if note.noise_dbfs is not None]
    if len(heard) < LEAST_NOTES:
        return Sources()
    noise, level = _column(note.noise_dbfs for note in heard), _column(note.level_dbfs for note in heard)
    hums = np.stack([_column(note.hum50_dbfs for note in heard), _column(note.hum60_dbfs for note in heard)])
    strongest = int(np.argmax(np.median(hums, axis=1)))
    low, hum_dbfs, high = (float(value) for value in np.percentile(hums[strongest], (25, 50, 75)))
    named = high - low < _SAME_EVERYWHERE_DB and hum_dbfs > float(np.median(level)) - _AUDIBLE_HUM_DB
    hiss_dbfs = float(np.percentile(noise, _QUIET_QUARTILE))
    power = 10.0 ** (hiss_dbfs / 10.0) + (10.0 ** (hum_dbfs / 10.0) if named else 0.0)
    buzzing = (noise > hiss_dbfs + _BUZZ_ABOVE_DB) & (noise > level - _BUZZ_BELOW_NOTE_DB)
    return Sources(
        hum_hz=MAINS_HZ[strongest] if named else None,
        hum_dbfs=hum_dbfs if named else None,
        hiss_dbfs=hiss_dbfs,
        background_db=float(np.median(level)) - 10.0 * float(np.log10(power)),
        buzz_share=float(buzzing.mean()),
    )


def _column(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
