"""The sentences for one finding.

In `heard` and `live` the words in braces are the finding's own ({figure}, {direction}, {names}, {place},
{rate}, {usual}), {within} ("in this session") and verbs in the tense of the scope, written in the present
({are}, {comes}). `do` claims nothing, so it names no figure. Each list has four sentences or more: they take
turns.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What may be said of a finding.

    Attributes
    ----------
    heard : what was measured
    do : what to do about it
    live : both in a breath, for a player in the middle of playing; none for what only a history shows
    """

    heard: tuple[str, ...]
    do: tuple[str, ...]
    live: tuple[str, ...] = ()


OF_A_SCORE = (
    "Your {score} {is} {figure} of 100.",
    "Look at your {score}: {figure} of 100.",
    "The {score} {is} {figure} of 100.",
    "Your {score} {stands} at {figure} of 100.",
)
"""Heard of a metric of which only the score is known; {score} is its name: "latest timing score"."""
