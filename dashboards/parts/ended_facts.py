"""What may be said of a practice that has just ended, before anybody asks the store."""

from dataclasses import replace

import polars as pl

from coach.fact import Facts
from coach.facts.session import session_facts
from workbench.practice.session import Practice
from workbench.store.queries_notes import PLAYED_SCHEMA
from workbench.store.records import SessionEnd


def ended_facts(practice: Practice, end: SessionEnd) -> Facts:
    """The facts of `practice`, which came to `end`."""
    goal = practice.goal
    same = {
        "session_id": str(end.session_id),
        "start_timestamp": end.ended_at,
        "scale_chosen": goal.scale.chosen,
        "scale_type": goal.scale.type,
        "bpm": goal.bpm,
    }
    rows = [
        same | {name: getattr(note, name) for name in PLAYED_SCHEMA if name not in same} for note in end.notes
    ]
    played = pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA))
    facts = session_facts(end.summary, played, scale=goal.scale.name)
    return replace(facts, notes_per_beat=goal.notes_per_beat)
