"""What a take comes to: the four metrics, the overall, the counts.

Metrics are absolute: computed from all judged events with fixed weights, whatever strictness and sensitivity
the player chose, so that today compares with last month. Each metric has a module of its own; their anchors
stand in `dsp.anchors`.
"""

from collections.abc import Collection, Mapping, Sequence

from dsp.anchors import MIN_NOTES, PITCH_WEIGHT
from dsp.conformity import scale_conformity
from dsp.errors import ParameterError
from dsp.events import Note
from dsp.intonation import pitch_accuracy
from dsp.noise import noise_control
from dsp.scales import Scale
from dsp.score import Band, band, score_map
from dsp.summary import METRICS, Counts, Metric, Overall, Summary
from dsp.timing import Click, timing_stability

__all__ = [
    "METRICS",
    "Band",
    "band",
    "counts",
    "measure",
    "noise_control",
    "overall",
    "pitch_accuracy",
    "scale_conformity",
    "score_map",
    "summarize",
    "timing_stability",
]

_ALWAYS = "noise_control"
"""The metric that cannot be switched off."""


def summarize(
    notes: Sequence[Note],
    *,
    scale: Scale,
    click: Click | None = None,
    enabled: Collection[str] = METRICS,
) -> Summary:
    """The absolute summary of a take, as it is stored.

    Parameters
    ----------
    notes : every event of the take in order of time, unjudged ones included
    scale : what was to be played
    click : what the player heard; None = the player's own beat
    enabled : metrics that the player switched on; noise control always is

    Raises
    ------
    ParameterError : a metric that does not exist
    """
    metrics = measure(notes, scale=scale, click=click, enabled=enabled)
    return Summary(metrics, overall(metrics), counts(notes, scale))


def measure(
    notes: Sequence[Note],
    *,
    scale: Scale,
    click: Click | None = None,
    enabled: Collection[str] = METRICS,
    minimum: int = MIN_NOTES,
) -> dict[str, Metric]:
    """The enabled metrics by name, in the order of `METRICS`; parameters as for `summarize`."""
    unknown = sorted(set(enabled) - set(METRICS))
    if unknown:
        raise ParameterError(f'"{unknown[0]}" is not a metric: the metrics are {", ".join(METRICS)}.')
    measures = {
        "pitch_accuracy": lambda: pitch_accuracy(notes, minimum=minimum),
        "scale_conformity": lambda: scale_conformity(notes, scale, minimum=minimum),
        "timing_stability": lambda: timing_stability(notes, click, minimum=minimum),
        "noise_control": lambda: noise_control(notes, minimum=minimum),
    }
    return {name: measures[name]() for name in METRICS if name in enabled or name == _ALWAYS}


def overall(metrics: Mapping[str, Metric], *, pitch_weight: float = PITCH_WEIGHT) -> Overall:
    """Weighted mean of the metrics that were measured.

    Pitch has `pitch_weight`, the others share the rest evenly; what was off or had not enough notes drops
    out, and the weights of what remains sum to 1.
    """
    scores: dict[str, float | None] = {name: metrics[name].score for name in METRICS if name in metrics}
    measured = {name: score for name, score in scores.items() if score is not None}
    left_out = tuple(name for name in METRICS if name not in measured)
    if not measured:
        return Overall(None, {}, left_out)
    others = [name for name in measured if name != "pitch_accuracy"]
    weights: dict[str, float] = dict.fromkeys(others, (1.0 - pitch_weight) / len(others)) if others else {}
    if "pitch_accuracy" in measured:
        weights = {"pitch_accuracy": pitch_weight, **weights}
    total = sum(weights.values())
    weights = {name: weight / total for name, weight in weights.items()}
    return Overall(sum(weights[name] * measured[name] for name in weights), weights, left_out)


def counts(notes: Sequence[Note], scale: Scale) -> Counts:
    """Note events by verdict: right and wrong say whether a judged note belongs to the scale."""
    inside = [scale.contains(note.pitch) for note in notes if note.judged and note.pitch is not None]
    right = sum(inside)
    return Counts(len(notes), right, len(inside) - right, len(notes) - len(inside))
