"""What a summary comes to in two sentences: what went well, and the one thing to work on.

Every sentence rests on a measured figure; where nothing was measured, nothing is claimed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dsp.convert import note_name
from dsp.summary import METRICS, Metric, Summary
from workbench.charts.figures import interval_words, value_words
from workbench.charts.theme import METRIC_TITLES
from workbench.store.records import StoredNote

_GOOD = 0.70
"""From here a metric counts as gone well: the band "good"."""

_EXCELLENT = 0.90
_FAIR = 0.50

_GOOD_WORDS = {
    "pitch_accuracy": "Your notes were in tune",
    "scale_conformity": "You stayed in the scale",
    "timing_stability": "Your timing was steady",
    "noise_control": "Your playing was clean",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence that says what to do, and the figures behind it."""

    text: str
    evidence: str


def went_well(summary: Summary) -> str:
    """The best metric in a sentence."""
    scored = _scored(summary)
    if not scored:
        played = summary.counts.played
        heard = "one note was" if played == 1 else f"{played} notes were"
        return f"{heard.capitalize()} heard: too few to judge. Eight make a start."
    name = max(scored, key=lambda each: scored[each].score or 0.0)
    best = scored[name]
    if (best.score or 0.0) < _GOOD:
        return f"You kept at it: {summary.counts.played} notes."
    return f"{_GOOD_WORDS[name]} ({evidence(best)})."


def work_on(summary: Summary, notes: Iterable[StoredNote], *, flats: bool = False) -> Advice | None:
    """The weakest metric as something to do; None when nothing was measured or all is excellent."""
    scored = _scored(summary)
    if not scored:
        return None
    name = min(scored, key=lambda each: _urgency(each, scored[each].score or 0.0))
    weakest = scored[name]
    if (weakest.score or 0.0) >= _EXCELLENT:
        return None
    texts = {
        "pitch_accuracy": lambda: _pitch(weakest),
        "scale_conformity": lambda: _scale(notes, flats),
        "timing_stability": lambda: _timing(weakest),
        "noise_control": lambda: _noise(weakest),
    }
    return Advice(texts[name](), f"{METRIC_TITLES[name]}: {evidence(weakest)}")


def _urgency(name: str, score: float) -> float:
    """Lowest first. The scale of noise is provisional, so that unless it is loud the rest comes first."""
    return _EXCELLENT if name == "noise_control" and _FAIR <= score < _EXCELLENT else score


def evidence(metric: Metric) -> str:
    """The value with its interval and the number of notes."""
    if metric.value is None or metric.unit == "score":
        return f"from {metric.n} notes"
    between = interval_words(metric)
    spread = f", between {between.replace(' to ', ' and ')}" if between else ""
    return f"{value_words(metric)}{spread}, from {metric.n} notes"


def _scored(summary: Summary) -> dict[str, Metric]:
    return {
        name: summary.metrics[name]
        for name in METRICS
        if name in summary.metrics and summary.metrics[name].score is not None
    }


def _pitch(metric: Metric) -> str:
    bias = metric.detail.get("bias_cents")
    if bias is not None and metric.value and abs(bias) > metric.value / 2.0:
        return (
            f"Tune first: most notes were {'sharp' if bias > 0 else 'flat'} by about {abs(bias):.0f} cents."
        )
    return "Play each note slowly and listen for its centre before the next one."


def _scale(notes: Iterable[StoredNote], flats: bool) -> str:
    outside = Counter(
        note_name(note.midi, flats=flats)
        for note in notes
        if note.in_scale is False and note.midi is not None
    )
    if not outside:
        return "Play the scale up and down slowly, saying each note before you play it."
    names = [f"{name} ({times} times)" if times > 1 else name for name, times in outside.most_common(3)]
    return f"Look at where these crept in: {', '.join(names)}."


def _timing(metric: Metric) -> str:
    bias = metric.detail.get("bias_ms")
    if bias is not None and abs(bias) > 10.0:
        where = "after" if bias > 0 else "before"
        return (
            f"Your notes came {abs(bias):.0f} ms {where} the click: play ten bpm slower and sit right on it."
        )
    if metric.detail.get("mode") == "free":
        return "Tap your foot or switch a tempo on, and play the same again at a steady beat."
    return "Play it ten bpm slower until every note sits on the click, then come back up."


def _noise(metric: Metric) -> str:
    rings = int(metric.detail.get("ring_overs") or 0)
    stray = int(metric.detail.get("stray_events") or 0)
    if rings > stray:
        return f"Mute the string you leave: {rings} notes rang on into the next one."
    if stray:
        return f"Watch for touched strings and knocks: {stray} sounds came without a note."
    return "Press a little closer to the fret and mute the strings that you don't play."
