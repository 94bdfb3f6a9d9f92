"""What a listener for single notes says when several strings sound: it should not be sure of nonsense."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsp.evaluation.matching import Outcome

_SET_ASIDE = ("polyphonic", "unsure")


@dataclass(frozen=True, slots=True)
class PolyphonicFigures:
    """How the engine behaves under chords.

    Attributes
    ----------
    takes, events : counts
    polyphonic : events marked as several strings
    set_aside : share of events marked polyphonic or not sure; None without an event
    claims : notes that the engine stood by all the same
    wrong_claims : those that are none of the notes that began there
    wrong : share of them among the claims; None without a claim
    """

    takes: int
    events: int
    polyphonic: int
    set_aside: float | None
    claims: int
    wrong_claims: int
    wrong: float | None


def polyphonic_figures(outcomes: Sequence[Outcome]) -> PolyphonicFigures | None:
    """The figures of some polyphonic takes; None without one."""
    if not outcomes:
        return None
    kinds = [note.kind for outcome in outcomes for note in outcome.notes]
    claims = sum(len(outcome.claims) for outcome in outcomes)
    wrong = sum(len(outcome.invented) for outcome in outcomes)
    return PolyphonicFigures(
        takes=len(outcomes),
        events=len(kinds),
        polyphonic=kinds.count("polyphonic"),
        set_aside=sum(kind in _SET_ASIDE for kind in kinds) / len(kinds) if kinds else None,
        claims=claims,
        wrong_claims=wrong,
        wrong=wrong / claims if claims else None,
    )
