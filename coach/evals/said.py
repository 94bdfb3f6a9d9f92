"""A second opinion about what is said: read coarsely, and held against the notes instead of the facts.

`coach.checker` reads closely and believes the facts. This reads less (numbers, sides, wrong notes, ranks and
progress, sentence by sentence) and believes nobody but the synthetic player.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from coach.evals.truth.history import LEVEL_SESSIONS
from coach.evals.truth.spots import spot_rates
from coach.evals.truth.take import Figures
from coach.evals.truth.whole import Truth

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")

_NO_CLAIM = re.compile(r"\?$|^Ask me\b|^You can ask\b|\bit takes\b")
"""Questions that may be asked, and how much it takes to tell."""

_NUMBER = re.compile(
    r"(?<![\w.#])(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>cents?|ms|milliseconds?|dB|bpm|%|percent|minutes?|"
    r"of 100|of a step|points?|sessions?|notes?)?(?!\w)"
)
_NO_FIGURE = re.compile(
    r"between [\d.]+ and \d+(?:\.\d+)?|[Dd]egrees? \d+(?: \([^)]*\))?|\b[A-G][#b]?\d\b|\d+ to \d+ bpm|"
    r"\b\d+(?:st|nd|rd|th)\b"
)
"""Intervals, which are looked at on their own, and numbers that name a place."""

_BETWEEN = re.compile(
    r"(?P<value>\d+(?:\.\d+)?)[^.\d]*(?:of 100[^.\d]*)?between (?P<low>[\d.]+) and (?P<high>\d+(?:\.\d+)?)"
)

_SIDES: Mapping[str, re.Pattern[str]] = {
    "sharp": re.compile(r"\bsharp\b"),
    "flat": re.compile(r"\bflat\b"),
    "early": re.compile(r"\bearly\b|\b(?:before|ahead of) the (?:click|beat)|\b(?:rush|hurr)"),
    "late": re.compile(r"\blate\b|\b(?:after|behind) the (?:click|beat)|\bdrag"),
}
_NEITHER = re.compile(r"\b(?:neither|nor|not|whether|instead of|than|if|or)\b|now before .* now after")
"""What speaks of both sides says neither."""

_OF_PLAYING = re.compile(r"\byou|\bnotes?\b|\bguitar\b|\bpitch\b|\btiming\b")
"""Where none of these is spoken of, something is told to be done: "the finger down before the beat"."""

_METRICS: Mapping[str, re.Pattern[str]] = {
    "pitch_accuracy": re.compile(r"\bpitch|in tune|intonation"),
    "scale_conformity": re.compile(r"\bscale (?:score|conformity)|choice of notes|right notes"),
    "timing_stability": re.compile(r"\btiming|\btime\b"),
    "noise_control": re.compile(r"\bnoise"),
    "overall": re.compile(r"\boverall\b"),
}
_BETTER = re.compile(r"\b(?:improv\w+|rises|risen|got better|points better|is better)\b")
_WORSE = re.compile(r"\b(?:falls|fallen|slipp\w+|got worse|points worse|is worse|declin\w+)\b")
_WEAKEST = re.compile(r"\b(?:weakest|lowest score|worst score)\b")
_STRONGEST = re.compile(r"\b(?:strongest|best score|highest score)\b")
_PRAISE = re.compile(
    r"\bwell (?:played|done|muted)|\bin order\b|nothing .*\bmend|nothing asks for repair|keep the standard|"
    r"\b(?:is|are|was|were) (?:steady|in tune|clean|sure)\b|\bin your playing stands out\b|\bthis sits\b"
)
_ON_THE_BEAT = re.compile(r"\bnotes (?:sit|sat)\b|\b(?:keep|kept) good time\b|\btime (?:holds|held)\b")
_ANTICIPATED_MS = 12.0
"""Nobody notices less in a series of notes (Friberg & Sundberg 1992: 10 ms or 5 %)."""

_OUTSIDE = re.compile(r"\b(?P<note>[A-G][#b]?\d)\b(?=[^.]*\b(?:outside|wrong|crept))")

_UNITS: Mapping[str, tuple[str, ...]] = {
    "cents": ("cents",),
    "ms": ("_ms", "timing.drift"),
    "dB": ("_db",),
    "bpm": ("bpm",),
    "minutes": ("minutes", "repertoire."),
    "points": ("trend.", "change."),
    "sessions": ("sessions",),
}
"""Unit to what the names of figures in it hold; a unit of shares and scores is not here."""


def untrue(text: str, truth: Truth, also: Collection[float] = ()) -> list[str]:
    """One sentence for each thing that was said and is not so.

    Parameters
    ----------
    text : what a coach says about the playing
    also : numbers that may be said because they stand in the exercise, the plan or the question
    """
    return [
        f"{fault}: {sentence}"
        for sentence in _SENTENCE.split(text)
        if not _NO_CLAIM.search(sentence)
        for find in (_numbers, _between, _sides, _wrong_notes, _progress, _ranks, _praise)
        for fault in find(sentence, truth, also)
    ]


def _numbers(sentence: str, truth: Truth, also: Collection[float]) -> Iterator[str]:
    rates, reach = _rates(sentence, truth)
    for match in _NUMBER.finditer(_NO_FIGURE.sub("", sentence)):
        said, unit = match["number"], match["unit"] or ""
        if float(said) in also or float(said) in _DEFINITIONS:
            continue
        if any(abs(float(said) - 100.0 * rate) <= reach for rate in rates):
            continue
        if not any(_near(said, value) for figures in _known(truth) for value in _of_unit(figures, unit)):
            yield f"nothing is {said} {unit}".strip()


def _known(truth: Truth) -> Iterator[Figures]:
    """All that a sentence may be about, what is asked for seldom last."""
    yield {**truth.history, "sessions": float(min(len(truth.sessions), LEVEL_SESSIONS))}
    yield from truth.takes[-1:]
    yield from truth.windows


def _rates(sentence: str, truth: Truth) -> tuple[Collection[float], float]:
    """Shares at the place that the sentence names and elsewhere, and by how many in 100 they may be off."""
    side = next((side for side, pattern in _SIDES.items() if pattern.search(sentence.lower())), "")
    found = spot_rates(truth.player, sentence, side) or ()
    return found, _COUNTED if side else _GUESSED


_GUESSED, _COUNTED = 12.5, 4.5
"""What was meant at a place is a guess where wrong notes are counted; a rounded share is exact elsewhere."""

_DEFINITIONS = frozenset({10.0, 25.0, 30.0, 100.0})
"""Of which notes are counted ("25 cents sharp or more"), and out of how many."""


def _of_unit(figures: Figures, unit: str) -> Iterator[float]:
    """Values that a number with that unit may mean, as it would be said."""
    named = next((names for of, names in _UNITS.items() if unit.lower().startswith(of.lower()[:5])), None)
    for name, value in figures.items():
        if named is not None:
            if any(part in name for part in named):
                yield abs(value) * (100.0 if unit.startswith("point") else 1.0)
        else:
            yield abs(value)
            yield 100.0 * abs(value)


def _near(said: str, value: float) -> bool:
    """Whether the value could be rounded to what was said."""
    half = 0.5 * 10.0 ** -len(said.partition(".")[2])
    return abs(float(said) - value) <= half + 1e-6


def _between(sentence: str, truth: Truth, also: Collection[float]) -> Iterator[str]:
    """An interval holds its figure; `audit` computes those of a history anew."""
    for match in _BETWEEN.finditer(sentence):
        if not float(match["low"]) <= float(match["value"]) <= float(match["high"]):
            yield f"{match['value']} is not in {match['low']} to {match['high']}"


def _sides(sentence: str, truth: Truth, also: Collection[float]) -> Iterator[str]:
    low = sentence.lower()
    if _NEITHER.search(low) or not _OF_PLAYING.search(low):
        return
    for side, pattern in _SIDES.items():
        if pattern.search(low) and side not in truth.sides:
            yield f"nothing is {side}"


def _wrong_notes(sentence: str, truth: Truth, also: Collection[float]) -> Iterator[str]:
    for match in _OUTSIDE.finditer(sentence):
        if match["note"] not in truth.wrong_notes:
            yield f"{match['note']} was never wrong"


def _progress(sentence: str, truth: Truth, also: Collection[float]) -> Iterator[str]:
    low = sentence.lower()
    spoken_of = [metric for metric, pattern in _METRICS.items() if pattern.search(low)] or list(truth.moved)
    moves = [move for metric in spoken_of for move in truth.moved[metric]]
    if _BETTER.search(low) and not any(move > 0.0 for move in moves):
        yield "nothing got better"
    if _WORSE.search(low) and not any(move < 0.0 for move in moves):
        yield "nothing got worse"


def _ranks(sentence: str, truth: Truth, also: Collection[float]) -> Iterator[str]:
    low = sentence.lower()
    spoken_of = {metric for metric, pattern in _METRICS.items() if pattern.search(low)} & set(truth.levels)
    if not spoken_of:
        return
    if _WEAKEST.search(low) and min(truth.levels, key=truth.levels.__getitem__) not in spoken_of:
        yield "another metric is weaker"
    if _STRONGEST.search(low) and max(truth.levels, key=truth.levels.__getitem__) not in spoken_of:
        yield "another metric is stronger"


def _praise(sentence: str, truth: Truth, also: Collection[float]) -> Iterator[str]:
    low = sentence.lower()
    if not truth.levels and _PRAISE.search(low):
        yield "nothing was measured that could be praised"
    bias = truth.history.get("timing.bias_ms", 0.0)
    if _ON_THE_BEAT.search(low) and abs(bias) > _ANTICIPATED_MS:
        yield f"notes come {bias:.0f} ms off the click"
