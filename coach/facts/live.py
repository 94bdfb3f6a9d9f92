"""What may be said while the player plays: of the notes of the last seconds."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from coach.fact import Fact, Facts
from coach.facts.drift import drift
from coach.facts.measured import facts_of_summary, reasons, wrong_note_facts
from dsp.anchors import MIN_NOTES
from dsp.metrics import summarize
from workbench.practice.goal import Goal
from workbench.practice.judged import JudgedNote


def live_facts(notes: Sequence[JudgedNote], goal: Goal, *, since_s: float, until_s: float) -> Facts:
    """The facts of a stretch of a practice that goes on.

    Parameters
    ----------
    notes : of the practice, by number
    goal : what the player set out to do
    since_s, until_s : the stretch, in seconds of the stream; a note belongs to it by its onset
    """
    inside = [note for note in notes if since_s <= note.note.onset_s < until_s]
    bare = [note.note for note in inside]
    summary = summarize(bare, scale=goal.scale, click=goal.click, enabled=goal.enabled_metrics)
    told: dict[str, Fact] = {}
    if summary.counts.right + summary.counts.wrong >= MIN_NOTES:
        told = {fact.name: fact for fact in facts_of_summary(summary)}
        told |= {fact.name: fact for fact in _of_notes(inside, goal)}
    about = f"the last {until_s - since_s:.0f} seconds"
    return Facts("live", about, told, (goal.scale.name,), reasons(summary), goal.notes_per_beat)


def _of_notes(inside: Sequence[JudgedNote], goal: Goal) -> Iterator[Fact]:
    """The notes outside the scale, and how the player moves against the click."""
    names = Counter(note.name for note in inside if note.in_scale is False and note.name)
    if "scale_conformity" in goal.enabled_metrics:
        yield from wrong_note_facts(names.most_common())
    judged = [note for note in inside if note.in_scale is not None]
    if goal.click is not None and "timing_stability" in goal.enabled_metrics:
        late = [np.nan if note.deviation_ms is None else note.deviation_ms for note in judged]
        found = drift([note.note.onset_s for note in judged], late)
        if found is not None:
            yield found
    if goal.bpm is not None:
        words = f"you play to a click at {goal.bpm:.0f} bpm"
        yield Fact("session.bpm", goal.bpm, "bpm", len(judged), words)
