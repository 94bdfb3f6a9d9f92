"""Answers about the playing: the last session, weak spots, strengths, one metric, and what to play next."""

from coach.advice import Advice
from coach.answers.asked import Asked, named, reworded, scores
from coach.answers.over_time import week
from coach.chat_events import Drawing
from coach.fact import Fact, Facts
from coach.facts.spoken import TITLES
from coach.past import Take
from coach.reply import Reply, advice_of, merged, told
from coach.rules import RulesCoach
from coach.rules.standing import standing
from coach.sayings import say

WELL = 0.70
"""From this score on a metric counts as gone well: the band "good" of the charts."""

MOST_FACTS = 3
"""Facts of one metric that are told at once: who hears of more remembers none."""

MOST_NEWS = 2
"""Facts that only the last session has."""


def next_thing(asked: Asked) -> Reply:
    """The exercise that helps most, and a plan around it."""
    facts, coach = asked.facts, RulesCoach()
    return Reply(coach.recommend(facts, asked.seed), facts, plan=coach.plan(facts, asked.seed))


def plan(asked: Asked) -> Reply:
    """A plan of as many minutes as the player has."""
    facts = asked.facts
    proposal = RulesCoach().plan(facts, asked.seed, minutes=asked.intent.minutes)
    text = f"{proposal.reasoning} {say('offer', asked.seed)}"
    advice = Advice(text=text, focus=proposal.focus_area, evidence=proposal.evidence)
    return Reply(advice, facts, plan=proposal)


def session(asked: Asked) -> Reply:
    """How the last session went; there is one."""
    take = asked.past.newest(1)[0]
    when = f"Your last session was on {take.began:%A %-d %B}: {take.scale}, {_length(take)}."
    advice = RulesCoach().session(take.facts, asked.seed)
    advice = reworded(advice, f"{when} {advice.text}")
    return Reply(advice, take.facts, (Drawing("session", (take.session_id,)),), also=(when,))


def spots(asked: Asked) -> Reply:
    """The weak spots, the worst first, and what to do about the first."""
    facts = asked.past.history
    found = [fact for fact in named(facts, "spot.") if fact.name.endswith(".rate")]
    advice = RulesCoach().work_on(facts, asked.seed)
    if not found:
        none = say("no_spots" if asked.past.spots_can_be_told else "no_spots_yet", asked.seed)
        return Reply(reworded(advice, f"{none} {advice.text}"), facts)
    others = [fact for fact in found if fact.name not in advice.evidence]
    return Reply(reworded(advice, f"{advice.text} {told(others)}", found), facts, (Drawing("heat"),))


def strengths(asked: Asked) -> Reply:
    """The scores that are good, the highest first."""
    facts = asked.past.history
    good = sorted((fact for fact in scores(facts) if fact.value >= WELL), key=lambda fact: -fact.value)
    if not good:
        return week(asked)
    return Reply(advice_of(told(good), good), facts, (Drawing("progress"),))


def about_metric(asked: Asked) -> Reply:
    """What is known of one metric over the newest sessions and in the last one, and what to do about it."""
    metric = asked.intent.metric
    if metric is None:
        return spots(asked)
    lately, last = asked.facts, asked.past.newest(1)[0].facts.of(metric)
    if not lately and not last:
        why = asked.past.history.missing.get(metric, "it has not been measured in enough sessions")
        return Reply(advice_of(f"I can't say anything about your {TITLES[metric]} yet: {why}."), lately)
    advice = RulesCoach().work_on(lately, asked.seed)
    said = set(advice.evidence) - {f"{metric}.score"}
    stands = standing(lately, metric)
    untold = [fact for fact in lately if fact.name not in said]
    telling = sorted(untold, key=lambda fact: (fact != stands, _remoteness(fact)))[:MOST_FACTS]
    news = [fact for fact in last if lately.get(fact.name) is None and fact.name not in said][:MOST_NEWS]
    newly = " ".join(f"In your last session {fact.words}." for fact in news)
    facts = merged(lately, Facts("session", "this session", {fact.name: fact for fact in last}))
    text = f"{told(telling)} {newly} {advice.text}".replace("  ", " ")
    return Reply(reworded(advice, text, [*telling, *news]), facts)


def _remoteness(fact: Fact) -> int:
    """How far a fact is from "how is it": the score, the figures behind it, its trend, and the rest."""
    if fact.name.endswith(".score"):
        return 0
    kinds = {"trend": 2, "change": 3, "spot": 4, "latest": 5}
    return kinds.get(fact.name.partition(".")[0], 1)


def _length(take: Take) -> str:
    minutes = round(take.minutes)
    return "less than a minute" if minutes < 1 else "1 minute" if minutes == 1 else f"{minutes} minutes"
