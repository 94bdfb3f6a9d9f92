"""Judging while the music plays: each note at once, the meters over the last 16 notes, the overall.

Unlike the stored metrics the live overall listens to the player's strictness: it weighs pitch more, follows
faster and punishes a wrong note harder. Metrics, counts and judgements never do more than name that verdict.
"""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from dsp.anchors import (
    LIVE_ALPHA,
    LIVE_IN_TUNE_CENTS,
    LIVE_MIN_NOTES,
    LIVE_NOTES,
    LIVE_PITCH_WEIGHT,
    LIVE_ZERO_STRICTNESS,
)
from dsp.convert import cents_off
from dsp.errors import ParameterError
from dsp.events import Note
from dsp.metrics import measure, overall
from dsp.scales import Scale
from dsp.summary import METRICS, Counts, Metric
from dsp.timing import Click, deviations_ms

Verdict = Literal["right", "off", "wrong", "unsure"]

_KEPT_EVENTS = 4 * LIVE_NOTES
"""Events kept: enough for 16 judged ones among many that are not."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the player is told about one note.

    Attributes
    ----------
    verdict : "right"; "off" (in the scale, out of tune); "wrong" (outside the scale); "unsure" (unjudged)
    in_scale : None for an unjudged event
    degree : degree of the scale, 1 = its first tone; None outside it
    deviation_ms : how late against a click whose start is known; None otherwise
    cents : distance from the nearest semitone; None when no pitch was found
    """

    verdict: Verdict
    in_scale: bool | None
    degree: int | None
    deviation_ms: float | None
    cents: float | None


@dataclass(slots=True)
class _Step:
    """One judged note in the history of the overall."""

    number: int
    wrong: bool
    before: float | None


class LiveScore:
    """The state of a practice as its player sees it.

    Parameters
    ----------
    scale : what is to be played
    click : what the player hears; None = no click
    strictness : 0..1, acts on the overall and on the tolerance for "right"
    enabled : metrics switched on; noise control always is

    Raises
    ------
    ParameterError : strictness outside 0..1, or a metric that does not exist
    """

    def __init__(
        self,
        scale: Scale,
        click: Click | None = None,
        strictness: float = 0.5,
        enabled: Collection[str] = METRICS,
    ) -> None:
        if not 0.0 <= strictness <= 1.0:
            raise ParameterError(
                f"Strictness lies between 0 and 1, not at {strictness:g}: is it a percentage?"
            )
        self._scale, self._click, self._strictness = scale, click, strictness
        self._enabled = frozenset(enabled)
        self._notes: dict[int, Note] = {}
        self._in_scale: dict[int, bool | None] = {}
        self._history: deque[_Step] = deque(maxlen=LIVE_NOTES)
        self._overall: float | None = None
        self._cached: dict[str, Metric] | None = None
        self.metrics()

    def judge(self, note: Note) -> Judgement:
        """The verdict on one event, as known now; changes nothing."""
        cents = None if note.pitch is None else cents_off(note.pitch)
        if not note.judged or note.pitch is None or cents is None:
            return Judgement("unsure", None, None, None, cents)
        in_scale = self._scale.contains(note.pitch)
        base, slope = LIVE_IN_TUNE_CENTS
        in_tune = abs(cents) <= base + slope * self._strictness
        verdict: Verdict = "wrong" if not in_scale else "right" if in_tune else "off"
        late = None
        if self._click is not None and self._click.start_s is not None:
            late = deviations_ms([note], self._click)[0]
        return Judgement(verdict, in_scale, self._scale.degree(note.pitch), late, cents)

    def update(self, note: Note) -> Judgement:
        """Take in an event: new, mended or over (same number), and judge it."""
        judgement = self.judge(note)
        self._cached = None
        known = note.number in self._in_scale
        changed = known and self._in_scale[note.number] != judgement.in_scale
        if not known or note.number in self._notes:
            self._notes[note.number] = note
        self._in_scale[note.number] = judgement.in_scale
        while len(self._notes) > _KEPT_EVENTS:
            del self._notes[next(iter(self._notes))]
        if changed:
            self._replay(note.number, judgement.in_scale)
        elif not known and judgement.in_scale is not None:
            self._follow(note.number, wrong=not judgement.in_scale)
        return judgement

    def metrics(self) -> dict[str, Metric]:
        """The metrics over the last 16 judged notes, from 3 on marked `detail["provisional"]` up to 8."""
        if self._cached is None:
            notes = list(self._notes.values())
            judged = [i for i, note in enumerate(notes) if note.judged]
            recent = notes[judged[-LIVE_NOTES] :] if len(judged) >= LIVE_NOTES else notes
            self._cached = measure(
                recent, scale=self._scale, click=self._click, enabled=self._enabled, minimum=LIVE_MIN_NOTES
            )
        return self._cached

    @property
    def overall(self) -> float | None:
        """Exponential average of the quality, 0..1; None before there is anything to average."""
        return self._overall

    @property
    def counts(self) -> Counts:
        """All events so far by verdict."""
        inside = list(self._in_scale.values())
        right, wrong = inside.count(True), inside.count(False)
        return Counts(len(inside), right, wrong, len(inside) - right - wrong)

    def _follow(self, number: int, *, wrong: bool) -> None:
        self._history.append(_Step(number, wrong, self._overall))
        base, slope = LIVE_PITCH_WEIGHT
        target = overall(self.metrics(), pitch_weight=base + slope * self._strictness).score
        if target is not None:
            first, second = LIVE_ALPHA
            alpha = first + second * self._strictness
            before = target if self._overall is None else self._overall
            self._overall = before + alpha * (target - before)
        if wrong and self._overall is not None:
            keep = 0.0 if self._strictness > LIVE_ZERO_STRICTNESS else 1.0 - self._strictness
            self._overall *= keep

    def _replay(self, number: int, in_scale: bool | None) -> None:
        """Undo the overall back to a mended note, then follow again from it."""
        steps = list(self._history)
        at = next((i for i, step in enumerate(steps) if step.number == number), None)
        if at is None:
            # Judged for the first time only now, or mended too late for the overall to remember.
            if (
                in_scale is not None
                and number in self._notes
                and number > (steps[-1].number if steps else -1)
            ):
                self._follow(number, wrong=not in_scale)
            return
        self._overall = steps[at].before
        self._history = deque(steps[:at], maxlen=LIVE_NOTES)
        if in_scale is not None:
            self._follow(number, wrong=not in_scale)
        for step in steps[at + 1 :]:
            self._follow(step.number, wrong=step.wrong)
