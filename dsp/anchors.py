"""Every constant that turns a measurement into a score, with the reason for its value.

The anchors are proposals: sources exist for their order of magnitude, not for their digits. They stand here
alone so that a change of mind is a change of one line, and of the engine's version.

References
----------
- Hill & Summers 2007: pitch discrimination of about 10 cents in musical context.
- Larrouy-Maestri 2018: listeners call a melody out of tune from about 25 cents on.
- Friberg & Sundberg 1995: just-noticeable displacement of one tone, 6 ms or 2.5 % of the interval.
- Friberg & Sundberg 1992: 10 ms or 5 % for a series of tones.
- Repp 2005: players anticipate a click, which is why bias never enters the timing score.
- Boersma 1993: harmonics-to-noise ratio.
- mir_eval (Raffel et al. 2014): a note is right within 50 cents.
"""

from typing import Literal

MIN_NOTES = 8
"""Judged notes below which a metric has no score: the interval would span half of the scale."""

LIVE_MIN_NOTES = 3
"""Judged notes from which a live meter shows a provisional value."""

LIVE_NOTES = 16
"""Judged notes behind the live meters: two bars of eighths, recent enough to react to."""

SEED = 440
"""Seed of every bootstrap, so that the same notes give the same interval."""

BLOCK = 4
"""Block length of the bootstrap over neighbouring intervals: they share onsets, hence are not independent."""

PITCH_X50_CENTS = 25.0
"""In or out of tune (Larrouy-Maestri 2018): 5 cents -> .96, 10 -> .86, 50 -> .20."""

PITCH_WINDOWS_CENTS = (10, 25, 50)
"""Shares shown: discrimination (Hill & Summers), in tune (Larrouy-Maestri), right note (mir_eval)."""

RIGHT_NOTE_CENTS = 50.0
"""mir_eval's window for the right note."""

PITCH_RESOLUTION_CENTS = 2.0
"""The engine's own error on steady plucked notes: the median over the annotated takes is 1.7 cents (measured
by `fretcoach accuracy`), the next whole cent is told. A smaller value reads "below resolution"."""

STRING_MIN_NOTES = 8
"""Notes on one string from which its own tuning offset can be told from the player's scatter."""

TIMING_X50_STEP = 0.075
"""Share of the step: 2.5 % (just noticeable) -> .90, 5 % -> .69, 10 % -> .36."""

TIMING_X50_RANGE_MS = (15.0, 50.0)
"""With a click the anchor is held within: fast hands are no finer, ears on slow notes no coarser."""

TIMING_EARLY_LATE_MS = 10.0
"""A note counts as early or late beyond this (Friberg & Sundberg 1992)."""

TIMING_RESOLUTION_MS = 1.0
"""The engine's own onset spread is 0.35 ms over the annotated takes (measured by `fretcoach accuracy`), but
their truth is good to about 1 ms, and nothing finer is proven. A smaller value reads "below resolution"."""

NOISE_REST_RANGE_DB = (10.0, 40.0)
"""Rest floor below the notes: 10 dB -> 0 (noise competes with the music), 40 dB -> 1 (nobody hears it)."""

NOISE_HNR_X50_DB = 6.0
"""Twice the noise amplitude of the player's own clean note halves the score. Provisional."""

NOISE_HNR_REFERENCE_DB = 20.0
"""A clean plucked string, for players who have not calibrated their own; the estimate saturates at 22 dB."""

NOISE_STRAY_X50 = 10.0
"""Stray events per 100 notes: one in a bar of eighths or so. Provisional."""

NOISE_RING_OVER_DB = -20.0
"""The previous string still sounds on when it is louder than this 80 ms after the new note."""

NOISE_MIN_RESTS = 3
"""Rests from which their level is taken; fewer, and the running-minimum floor stands in."""

PITCH_WEIGHT = 0.475
"""Weight of pitch in the stored overall: the middle of the live range, whatever the strictness."""

LIVE_PITCH_WEIGHT = (0.40, 0.15)
"""Weight of pitch in the live overall: first + second * strictness."""

LIVE_ALPHA = (0.10, 0.30)
"""Exponential average of the live overall per judged note: first + second * strictness."""

LIVE_ZERO_STRICTNESS = 0.7
"""Above this strictness a wrong note sets the live overall to 0."""

LIVE_IN_TUNE_CENTS = (40.0, -30.0)
"""Live tolerance for "right": first + second * strictness: 25 cents at one half, 10 at the strictest."""

BANDS: tuple[tuple[float, Literal["excellent", "good", "fair"]], ...] = (
    (0.90, "excellent"),
    (0.70, "good"),
    (0.50, "fair"),
)
"""Lower edges of the bands; below the last one: "needs work"."""
