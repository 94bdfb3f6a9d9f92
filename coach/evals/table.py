"""An evaluation on the screen: the shares, and each player about whom something is wrong."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from coach.evals.evaluation import Evaluation
from coach.evals.score import Score

_WORDS = {
    "on_target": "the planted weakness comes first",
    "on_target_mild": "the same, half as plain",
    "named": "the very fault is named",
    "silent": "silent with nothing to mend, or too little data",
    "grounded": "every claim stands, by both checks",
    "playable": "the plan can be started as it is",
    "different": "other weaknesses, other advice",
    "rejected": "answers of a model thrown away, per player",
}


def show(evaluation: Evaluation, console: Console) -> None:
    """Print it."""
    summary = Table(box=None, pad_edge=False, show_header=False)
    summary.add_column()
    summary.add_column(justify="right")
    for name, value in evaluation.figures.items():
        shown = "-" if value is None else f"{value:.2f}" if name == "rejected" else f"{100 * value:.1f} %"
        summary.add_row(_WORDS[name], shown)
    sources = ", ".join(f"{name} ({count})" for name, count in evaluation.sources.items())
    false_facts = len(evaluation.false_facts)
    summary.add_row("facts that were computed a second way", str(evaluation.facts))
    summary.add_row("of these false", str(false_facts))
    console.print(f"{len(evaluation.scores)} synthetic players, answered by {sources or 'nobody'}")
    console.print(summary)
    for sentence in evaluation.false_facts:
        console.print(f"False: {sentence}", markup=False)
    faults = [(each.player, fault) for each in evaluation.scores for fault in _faults(each)]
    if faults:
        wrong = Table("Player", "What is wrong", box=None, pad_edge=False)
        for player, fault in faults:
            wrong.add_row(player, fault)
        console.print()
        console.print(wrong, markup=False)


def _faults(score: Score) -> Iterator[str]:
    if not score.on_target:
        yield f"aims at {score.got}, wanted {' or '.join(score.wanted)}"
    elif score.named is False:
        yield f"aims at {score.got} without naming the fault"
    yield from (f"refused: {each}" for each in score.refused)
    yield from (f"untrue: {each}" for each in score.untrue)
    yield from (f"unplayable: {each}" for each in score.unplayable)
