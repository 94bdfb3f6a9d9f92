"""What went well, in a sentence that rests on a figure."""

from coach.fact import Fact, Facts
from coach.rules.phrases.general import HEADING, PERSEVERED, PRAISE
from coach.rules.spoken import figure, size
from coach.rules.wording import say
from dsp.summary import METRICS, MetricName

GOOD = 0.70
"""From here a metric went well: the band "good"."""

_FIGURES = {
    "pitch_accuracy": ("pitch.cents",),
    "scale_conformity": ("scale.adherence",),
    "timing_stability": ("timing.spread_ms", "timing.step_share"),
    "noise_control": ("noise.rest_db",),
}
"""The physical figure that is told beside a score, where it is known."""


def praise(facts: Facts, seed: int) -> tuple[str, tuple[Fact, ...]]:
    """A sentence and the facts behind it; "" where there is nothing good to tell."""
    news = good_news(facts)
    if news is not None:
        return say(HEADING, facts, seed, "heading", {"words": news.words}), (news,)
    scores = [facts.get(f"{name}.score") for name in METRICS]
    good = [score for score in scores if score is not None and score.value >= GOOD]
    if good:
        best = max(good, key=lambda score: score.value)
        assert best.metric is not None
        told = figure_of(best, facts)
        return say(PRAISE[best.metric], facts, seed, "praise", {"figure": figure(told)}), (told, best)
    notes = facts.get("session.notes")
    if notes is None:
        return "", ()
    return say(PERSEVERED, facts, seed, "persevered", {"notes": size(notes)}), (notes,)


def good_news(facts: Facts) -> Fact | None:
    """The change or the trend that got better, the largest first; None without any."""
    better = [
        fact for fact in facts if fact.direction == "better" and fact.name.startswith(("change.", "trend."))
    ]
    return max(better, key=lambda fact: fact.value, default=None)


def bad_news(facts: Facts, metric: MetricName) -> Fact | None:
    """The change or the trend of a metric that got worse; None without any."""
    names = (f"change.{metric}", f"trend.{metric}")
    worse = [fact for fact in map(facts.get, names) if fact is not None and fact.direction == "worse"]
    return worse[0] if worse else None


def figure_of(score: Fact, facts: Facts) -> Fact:
    """The physical figure behind a score; the score itself where it is not known."""
    known = (facts.get(name) for name in _FIGURES[str(score.metric)])
    return next((fact for fact in known if fact is not None), score)
