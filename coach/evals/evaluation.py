"""All players of the evaluation, recommended to and scored."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC
from itertools import combinations
from typing import Any

from sqlalchemy import Engine

from coach.asking import Asking
from coach.evals.audit import audit
from coach.evals.player import TODAY, SyntheticPlayer
from coach.evals.score import Score, score
from coach.evals.truth.whole import Truth
from coach.past import Past
from coach.recommend import RULES, recommend_from
from workbench.archive import Archive
from workbench.user import User

AskingOf = Callable[[User], Asking | None]
"""Whom to ask for a player; None = the rules."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What it came to.

    Attributes
    ----------
    scores : one for each player, in their order
    false_facts : facts that are not so, held against the notes, a sentence each
    facts : how many facts were computed a second way
    """

    scores: Sequence[Score]
    false_facts: Sequence[str]
    facts: int

    @property
    def sources(self) -> Mapping[str, int]:
        """Who made the recommendations that were shown, and how many."""
        return {name: sum(each.source == name for each in self.scores) for name in self._names()}

    @property
    def figures(self) -> dict[str, float | None]:
        """Shares, 0..1; None where there was nobody to tell it from.

        on_target : the planted weakness comes first, of players with a plain fault
        on_target_mild : the same with a mild one
        named : the very fault is named and not only its metric, of both
        silent : nothing is named to work on, where nothing is wrong or too little is known
        grounded : every claim stands, by the checker and by the second opinion, of all
        playable : the plan can be started as it is, of all
        different : pairs of players with other weaknesses who are told something else to do
        rejected : answers of a model that were thrown away, for each player
        """
        all_ = self.scores
        faulty = [each for each in all_ if each.named is not None]
        return {
            "on_target": _share([each.on_target for each in all_ if each.kind == "plain"]),
            "on_target_mild": _share([each.on_target for each in all_ if each.kind == "mild"]),
            "named": _share([bool(each.named) for each in faulty]),
            "silent": _share([each.on_target for each in all_ if each.kind in {"strong", "thin"}]),
            "grounded": _share([each.grounded for each in all_]),
            "playable": _share([each.playable for each in all_]),
            "different": _share(_different(all_)),
            "rejected": sum(each.rejected for each in all_) / len(all_) if all_ else None,
        }

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {
            "figures": self.figures,
            "sources": dict(self.sources),
            "facts": {"checked": self.facts, "false": list(self.false_facts)},
            "players": [asdict(each) for each in self.scores],
        }

    def _names(self) -> list[str]:
        return sorted({each.source for each in self.scores}, key=lambda name: (name == RULES, name))


def evaluate(
    players: Collection[SyntheticPlayer],
    engine: Engine,
    asking_of: AskingOf = lambda _: None,
    *,
    seed: int = 1,
    on_player: Callable[[], object] = lambda: None,
) -> Evaluation:
    """Recommend to each player and score it.

    Parameters
    ----------
    engine : a store with the sessions of these players (`stage.staged`)
    seed : varies the words and exercises of the rules
    on_player : called after each player, for a progress bar
    """
    scores, false_facts, checked = [], [], 0
    for player in players:
        truth = Truth(player)
        facts = Past(Archive(player.user, engine), today=TODAY, zone=UTC).to_work_on
        found = audit(facts, truth.of_recommendation, player)
        checked += found.checked
        false_facts += [f"{player.name}: {sentence}" for sentence in found.wrong]
        recommended = recommend_from(facts, asking_of(player.user), seed=seed, today=TODAY)
        scores.append(score(recommended, facts, truth))
        on_player()
    return Evaluation(scores, false_facts, checked)


def _share(each: Sequence[bool]) -> float | None:
    return sum(each) / len(each) if each else None


def _different(scores: Sequence[Score]) -> list[bool]:
    """For each two players with no weakness in common: are they told something else to do?"""
    return [
        one.got != other.got and one.exercise != other.exercise
        for one, other in combinations(scores, 2)
        if not set(one.wanted) & set(other.wanted)
    ]
