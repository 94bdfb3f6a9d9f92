"""Three players who never lived: what they are good at, what they keep getting wrong, when they practise.

Each has one planted weakness that no slow improvement takes away, so that whoever looks for weak spots in the
demo knows what there is to find.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.user import User


@dataclass(frozen=True, slots=True)
class Skill:
    """How well somebody plays at one moment.

    Attributes
    ----------
    cents : spread of the pitch, standard deviation in cents
    timing_ms : spread of the onsets, standard deviation in ms
    wrong : probability that a note is fretted a semitone off
    quiet_db : how far the rests lie below the notes, dB
    hnr_db : harmonics-to-noise ratio of a note, dB
    """

    cents: float
    timing_ms: float
    wrong: float
    quiet_db: float
    hnr_db: float

    def towards(self, other: "Skill", share: float) -> "Skill":
        """The skill after a share (0..1) of the way to another."""
        return Skill(
            cents=self.cents + share * (other.cents - self.cents),
            timing_ms=self.timing_ms + share * (other.timing_ms - self.timing_ms),
            wrong=self.wrong + share * (other.wrong - self.wrong),
            quiet_db=self.quiet_db + share * (other.quiet_db - self.quiet_db),
            hnr_db=self.hnr_db + share * (other.hnr_db - self.hnr_db),
        )


@dataclass(frozen=True, slots=True)
class Weakness:
    """What a player keeps getting wrong.

    Attributes
    ----------
    degree : scale degree (1 = tonic) that is often fretted a semitone off; None = none
    sharp_above : MIDI number from which notes are pushed sharp; None = none
    hurried_leap : semitones from which a leap upward comes early; None = none
    """

    degree: int | None = None
    sharp_above: int | None = None
    hurried_leap: int | None = None

    def slips(self, degrees: NDArray[np.int64]) -> NDArray[np.float64]:
        """Added probability of a wrong note, for the scale degree of each note."""
        return np.where(degrees == (self.degree or -1), 0.2, 0.0)

    def bend_cents(self, midi: NDArray[np.int64]) -> NDArray[np.float64]:
        """Cents by which each note is pushed sharp."""
        return np.where(midi >= (self.sharp_above or 128), 18.0, 0.0)

    def early_ms(self, leaps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Milliseconds by which each note comes early, for the leap in semitones that leads to it."""
        return np.where(leaps >= (self.hurried_leap or 128), 32.0, 0.0)


@dataclass(frozen=True, slots=True)
class DemoPlayer:
    """A made-up player.

    Attributes
    ----------
    first, last : skill when the history begins, and what it approaches
    scales : (chosen, type) pairs as the sessions table has them, the favourite first
    tempos : slowest and fastest click, beats a minute
    days : chance to practise on each weekday, Monday first
    free : share of sessions without a click
    """

    user: User
    first: Skill
    last: Skill
    weakness: Weakness
    scales: tuple[tuple[str, str], ...]
    tempos: tuple[int, int]
    days: tuple[float, ...]
    free: float


DEMO_PLAYERS = (
    DemoPlayer(
        user=User("demo-ada"),
        first=Skill(cents=15.0, timing_ms=30.0, wrong=0.06, quiet_db=24.0, hnr_db=15.0),
        last=Skill(cents=7.0, timing_ms=13.0, wrong=0.015, quiet_db=33.0, hnr_db=19.0),
        weakness=Weakness(hurried_leap=5),
        scales=(("A Minor", "pentatonic"), ("E Minor", "pentatonic"), ("C Major", "natural")),
        tempos=(70, 104),
        days=(0.7, 0.5, 0.7, 0.5, 0.3, 0.8, 0.6),
        free=0.2,
    ),
    DemoPlayer(
        user=User("demo-ben"),
        first=Skill(cents=20.0, timing_ms=22.0, wrong=0.05, quiet_db=20.0, hnr_db=13.0),
        last=Skill(cents=13.0, timing_ms=16.0, wrong=0.025, quiet_db=26.0, hnr_db=16.0),
        weakness=Weakness(sharp_above=64),
        scales=(("G Major", "natural"), ("D Major", "natural"), ("G Major", "pentatonic")),
        tempos=(80, 120),
        days=(0.4, 0.6, 0.4, 0.6, 0.4, 0.7, 0.7),
        free=0.35,
    ),
    DemoPlayer(
        user=User("demo-cleo"),
        first=Skill(cents=12.0, timing_ms=38.0, wrong=0.09, quiet_db=27.0, hnr_db=17.0),
        last=Skill(cents=8.0, timing_ms=20.0, wrong=0.03, quiet_db=31.0, hnr_db=19.0),
        weakness=Weakness(degree=6),
        scales=(("D Minor", "natural"), ("A Minor", "natural"), ("E Minor", "natural")),
        tempos=(60, 92),
        days=(0.6, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4),
        free=0.1,
    ),
)
"""All of them; `--users` takes the first few."""
