"""The players of the evaluation: every fault in three surroundings, mixtures, and those who need no help.

Each fault is planted so plainly that a coach which aims elsewhere is wrong; a test proves that it shows, by
figures that are computed from the notes alone.
"""

from collections.abc import Iterator

from coach.evals.planted.fault import Planted
from coach.evals.planted.noise import Knocks, NoisyRests, RingingOn
from coach.evals.planted.pitch import OffPitch, UnsurePitch, WrongDegree, WrongNotes
from coach.evals.planted.timing import HurriedLeap, OffBeat, UnevenTime
from coach.evals.player import BEGINNER, SOLID, STRONG, Habits, SyntheticPlayer
from dsp.tuning import TUNINGS
from workbench.demo.players import Skill

_BLUES = Habits(("A minor pentatonic", "E minor pentatonic"), (84.0, 92.0))
_SONGS = Habits(("C major", "G major"), (56.0, 60.0, 64.0), tuning=TUNINGS["drop D"])
_FAST = Habits(("E dorian",), (116.0, 124.0), tuning=TUNINGS["half-step down"], a4_hz=442.0)
_FREE = Habits(("A minor",), (None,))
_TWO_SPEEDS = (72.0, 78.0, 114.0, 118.0)

_SURROUNDINGS: tuple[tuple[str, Habits, Skill], ...] = (
    ("blues", _BLUES, SOLID),
    ("songs", _SONGS, BEGINNER),
    ("fast", _FAST, STRONG),
)

_FAULTS: tuple[tuple[str, Planted], ...] = (
    ("flat-high-notes", OffPitch(-32.0, lowest=64)),
    ("sharp-bends", OffPitch(34.0, lowest=55, highest=63)),
    ("flat-guitar", OffPitch(-24.0)),
    ("sharp-guitar", OffPitch(24.0)),
    ("unsure-pitch", UnsurePitch()),
    ("wrong-degree-4", WrongDegree(4)),
    ("wrong-degree-2", WrongDegree(2)),
    ("wrong-notes", WrongNotes()),
    ("early", OffBeat(-38.0)),
    ("late", OffBeat(38.0)),
    ("uneven-time", UnevenTime()),
    ("strings-ring-on", RingingOn()),
    ("knocks", Knocks()),
    ("noisy-rests", NoisyRests()),
)


_MILD: tuple[tuple[str, Planted], ...] = (
    ("flat-high-notes", OffPitch(-20.0, lowest=64)),
    ("flat-guitar", OffPitch(-11.0)),
    ("unsure-pitch", UnsurePitch(14.0)),
    ("wrong-degree-4", WrongDegree(4, 0.2)),
    ("wrong-notes", WrongNotes(0.1)),
    ("early", OffBeat(-24.0)),
    ("late", OffBeat(18.0)),
    ("uneven-time", UnevenTime(20.0)),
    ("fourths-hurried", HurriedLeap(ms=-35.0)),
    ("strings-ring-on", RingingOn(0.18)),
    ("knocks", Knocks(0.15)),
    ("noisy-rests", NoisyRests(13.0)),
)
"""About half of it: what a good ear notices."""


def players() -> tuple[SyntheticPlayer, ...]:
    """All of them; names are unique."""
    plain = (*_with_one_fault(), *_at_a_place(), *_free(), *_mixed(), *_changing())
    return (*plain, *_mildly_faulty(), *_strong(), *_thin())


def _with_one_fault() -> Iterator[SyntheticPlayer]:
    for around, habits, skill in _SURROUNDINGS:
        for name, fault in _FAULTS:
            yield SyntheticPlayer(f"{name}-{around}", (fault,), skill=skill, habits=habits)


def _mildly_faulty() -> Iterator[SyntheticPlayer]:
    for name, fault in _MILD:
        yield SyntheticPlayer(f"{name}-mild", (fault,), habits=_BLUES, skill=STRONG, kind="mild")


def _at_a_place() -> Iterator[SyntheticPlayer]:
    """Faults that need a surrounding of their own to show."""
    rushing = OffBeat(-70.0, share=0.35, from_bpm=110.0)
    yield SyntheticPlayer("fourths-hurried", (HurriedLeap(),), habits=_BLUES)
    yield SyntheticPlayer("thirds-hurried", (HurriedLeap(3),), habits=_SONGS, notes=140)
    for scale in ("D minor pentatonic", "F major"):
        habits = Habits((scale,), _TWO_SPEEDS)
        yield SyntheticPlayer(f"rushing-when-fast-{scale[0]}", (rushing,), habits=habits, sessions=12)
    yield SyntheticPlayer("wrong-degree-6", (WrongDegree(6),), habits=Habits(("D minor",), (80.0,)))
    yield SyntheticPlayer("wrong-blue-note", (WrongDegree(2),), habits=Habits(("G blues",), (88.0, 96.0)))
    seven = Habits(("B phrygian",), (100.0,), tuning=TUNINGS["7-string"])
    yield SyntheticPlayer("wrong-degree-2-seven-strings", (WrongDegree(2),), habits=seven)


def _free() -> Iterator[SyntheticPlayer]:
    """Without a click."""
    yield SyntheticPlayer("uneven-free-time", (UnevenTime(48.0),), habits=_FREE)
    yield SyntheticPlayer("flat-guitar-free", (OffPitch(-26.0),), habits=_FREE, skill=STRONG)
    yield SyntheticPlayer("knocks-free", (Knocks(),), habits=_FREE, sessions=8)


def _mixed() -> Iterator[SyntheticPlayer]:
    """Two things at once: either may come first."""
    yield SyntheticPlayer("wrong-and-early", (WrongNotes(), OffBeat(-38.0)), habits=_BLUES)
    yield SyntheticPlayer("flat-and-ringing", (OffPitch(-26.0), RingingOn()), habits=_SONGS)
    yield SyntheticPlayer("uneven-and-knocks", (UnevenTime(), Knocks()), habits=_FAST)
    yield SyntheticPlayer("sharp-and-uneven", (OffPitch(28.0), UnevenTime()), habits=_BLUES)
    yield SyntheticPlayer("wrong-and-noisy", (WrongNotes(0.3), NoisyRests()), habits=_SONGS)


def _changing() -> Iterator[SyntheticPlayer]:
    """What was is not what is."""
    yield SyntheticPlayer(
        "time-was-bad-now-pitch", (UnsurePitch(30.0),), before=(UnevenTime(45.0),), sessions=14
    )
    yield SyntheticPlayer("notes-were-wrong-now-late", (OffBeat(45.0),), before=(WrongNotes(),), sessions=14)
    yield SyntheticPlayer(
        "pitch-slipping",
        skill=Skill(cents=32.0, timing_ms=6.0, wrong=0.004, quiet_db=39.0, hnr_db=20.5),
        first=STRONG,
        sessions=14,
        wanted=frozenset({"pitch_accuracy"}),
    )
    yield SyntheticPlayer(
        "time-improving",
        skill=Skill(cents=4.0, timing_ms=24.0, wrong=0.003, quiet_db=39.0, hnr_db=20.5),
        first=Skill(cents=4.0, timing_ms=55.0, wrong=0.003, quiet_db=39.0, hnr_db=20.5),
        sessions=14,
        wanted=frozenset({"timing_stability"}),
    )


def _strong() -> Iterator[SyntheticPlayer]:
    """Nothing to find."""
    for around, habits, _ in _SURROUNDINGS:
        yield SyntheticPlayer(f"nothing-wrong-{around}", skill=STRONG, habits=habits, kind="strong")
    yield SyntheticPlayer("nothing-wrong-free", skill=STRONG, habits=_FREE, kind="strong")


def _thin() -> Iterator[SyntheticPlayer]:
    """Too little to say anything."""
    yield SyntheticPlayer("never-played", sessions=0, kind="thin")
    yield SyntheticPlayer("five-notes", (WrongNotes(0.6),), sessions=1, notes=5, kind="thin")
    yield SyntheticPlayer(
        "six-notes-twice", (UnsurePitch(40.0),), sessions=2, notes=6, habits=_SONGS, kind="thin"
    )
