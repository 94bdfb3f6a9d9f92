"""The coach by rules: complete without a model, a key or a network.

Pure: the same facts and the same seed give the same words. Every sentence about the player's playing is made
from facts; what comes first is decided by `order`, what helps is chosen from `coach.exercises`.
"""

from collections.abc import Iterable

from coach.advice import Advice, Exercise
from coach.drills.drill import Drill
from coach.exercises import choose, fitted
from coach.fact import Fact, Facts
from coach.plan import PracticePlan
from coach.rules.finding import Finding
from coach.rules.fit import bpm_of, level_of, minutes_of, rungs, scale_for, sensitivity_of, strictness_of
from coach.rules.order import findings
from coach.rules.phrases import general
from coach.rules.phrases.by_finding import SAID
from coach.rules.praise import bad_news, praise
from coach.rules.wording import say

LONGEST_LIVE_WORDS = 25
"""More can't be taken in while playing."""


class RulesCoach:
    """Gives every kind of answer by rules.

    `seed` should count up from answer to answer (days, or sessions): then no sentence comes twice in a row.
    """

    def session(self, facts: Facts, seed: int) -> Advice:
        """After a session: what went well, what to work on, what to play next."""
        return self._answer(facts, seed)

    def recommend(self, facts: Facts, seed: int) -> Advice:
        """From a history: good news, what to work on, why that comes first, what to play."""
        return self._answer(facts, seed, *_reason(facts, seed))

    def praise(self, facts: Facts, seed: int) -> Advice:
        """What went well, or that there is too little to judge; no exercise."""
        if not _judged(facts):
            return _nothing_known(facts, seed).model_copy(update={"exercise": None})
        first = _first(facts)
        text, evidence = praise(facts, seed, None if first is None else first.metric)
        return Advice(text=text, focus="none", evidence=_names(evidence))

    def work_on(self, facts: Facts, seed: int) -> Advice:
        """What was heard, what to do about it, and an exercise; focus "none" with nothing to mend."""
        if not _judged(facts):
            return _nothing_known(facts, seed)
        first = _first(facts)
        exercise = _exercise(first, facts, seed)
        if first is None:
            text = say(general.NOTHING_TO_MEND, facts, seed, "nothing to mend", {})
            measured = [fact for fact in facts if fact.name.endswith(".score")]
            return Advice(text=text, focus="none", evidence=_names(measured), exercise=exercise)
        said = SAID[first.what]
        heard = say(said.heard, facts, seed, "heard", first.words)
        do = say(said.do, facts, seed, "do", {})
        return Advice(
            text=_together(heard, do), focus=first.metric, evidence=_names(first.evidence), exercise=exercise
        )

    def plan(self, facts: Facts, seed: int, *, minutes: float | None = None) -> PracticePlan:
        """What to practise next.

        Parameters
        ----------
        minutes : as long as the player has, up to 120; None = about half of their usual session
        """
        first = _first(facts)
        drill, exercise = _drill(first, facts, seed), _exercise(first, facts, seed)
        length = minutes_of(facts) if minutes is None else minutes
        tempi = rungs(drill, exercise, bpm_of(first, facts), length)
        climb = say(general.LADDER, facts, seed, "ladder", {}) if len(tempi) > 1 else ""
        reasoning, evidence = _reasoning(first, facts, seed)
        return PracticePlan(
            scale_chosen=exercise.scale_chosen,
            scale_type=exercise.scale_type,
            focus_area="none" if first is None else first.metric,
            exercise=_together(f"{exercise.title}.", exercise.how, climb),
            tempo_ladder=tempi,
            notes_per_beat=exercise.notes_per_beat,
            minutes=length,
            strictness=strictness_of(first),
            sensitivity=sensitivity_of(first),
            reasoning=reasoning,
            evidence=_names(evidence),
        )

    def live(self, facts: Facts, seed: int) -> Advice | None:
        """A sentence or two for a player in the middle of playing; None when nothing needs saying."""
        first = next((found for found in findings(facts) if SAID[found.what].live), None)
        if first is None:
            return None
        said = say(SAID[first.what].live, facts, seed, "live", first.words)
        return Advice(text=said, focus=first.metric, evidence=_names(first.evidence))

    def _answer(self, facts: Facts, seed: int, reason: str = "", behind: tuple[Fact, ...] = ()) -> Advice:
        """Praise, work, the reason for it with the facts behind that, and the way to the exercise."""
        if not _judged(facts):
            return _nothing_known(facts, seed)
        well, work = self.praise(facts, seed), self.work_on(facts, seed)
        text = _together(well.text, work.text, reason, _lead(work, facts, seed))
        evidence = dict.fromkeys([*well.evidence, *work.evidence, *_names(behind)])
        return work.model_copy(update={"text": text, "evidence": tuple(evidence)})


def _first(facts: Facts) -> Finding | None:
    return next(iter(findings(facts)), None)


def _judged(facts: Facts) -> bool:
    """Whether any score was measured: minutes and days alone say nothing of how somebody plays."""
    return any(fact.name.endswith(".score") for fact in facts)


def _nothing_known(facts: Facts, seed: int) -> Advice:
    """Nothing to judge from: a drill that suits everybody."""
    variants = general.NO_HISTORY if facts.scope == "history" and not facts else general.TOO_LITTLE
    text = say(variants, facts, seed, "nothing known", {})
    return Advice(text=text, focus="none", exercise=_exercise(None, facts, seed))


def _drill(first: Finding | None, facts: Facts, seed: int) -> Drill:
    place = None if first is None else first.place
    return choose("stretch" if first is None else first.aim, place=place, level=level_of(facts), seed=seed)


def _exercise(first: Finding | None, facts: Facts, seed: int) -> Exercise:
    return fitted(
        _drill(first, facts, seed),
        scale_for(first, facts, seed),
        bpm=bpm_of(first, facts),
        notes_per_beat=facts.notes_per_beat,
        spot="" if first is None else first.spot,
    )


def _reason(facts: Facts, seed: int) -> tuple[str, tuple[Fact, ...]]:
    """Why the first finding is first, and the facts behind that."""
    first = _first(facts)
    if first is None:
        return "", ()
    news = bad_news(facts, first.metric)
    if news is not None:
        return say(general.SLIPPING, facts, seed, "slipping", {"words": news.words}), (news,)
    return say(general.WHY[first.metric], facts, seed, "why", {}), ()


def _reasoning(first: Finding | None, facts: Facts, seed: int) -> tuple[str, tuple[Fact, ...]]:
    """Why a plan is as it is, and the facts behind it."""
    if not _judged(facts):
        return _nothing_known(facts, seed).text, ()
    if first is None:
        measured = tuple(fact for fact in facts if fact.name.endswith(".score"))
        return say(general.NOTHING_TO_MEND, facts, seed, "nothing to mend", {}), measured
    heard = say(SAID[first.what].heard, facts, seed, "heard", first.words)
    why, behind = _reason(facts, seed)
    return _together(heard, why), (*first.evidence, *behind)


def _lead(work: Advice, facts: Facts, seed: int) -> str:
    if work.exercise is None:
        return ""
    return say(general.LEAD, facts, seed, "lead", {"title": work.exercise.title})


def _together(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _names(evidence: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.name for fact in evidence))
