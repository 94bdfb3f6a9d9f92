"""A practice plan in words: what it is about, its ladder of tempi, why."""

from html import escape
from uuid import UUID

from coach.plan import PracticePlan
from workbench.archive import scale_name
from workbench.charts.theme import METRIC_TITLES


def title(plan: PracticePlan) -> str:
    """The plan in one line: "Timing: A minor pentatonic, 10 minutes"."""
    about = METRIC_TITLES.get(plan.focus_area)
    what = f"{scale_name(plan.scale_chosen, plan.scale_type)}, {minutes(plan.minutes)}"
    return f"{about}: {what}" if about else what


def minutes(length: float) -> str:
    """A length as one says it."""
    return f"{length:g} minute{'' if length == 1.0 else 's'}"


def rung_words(plan: PracticePlan) -> list[str]:
    """Each tempo of the ladder as one says it: "72 bpm, step 1 of 3"."""
    many = len(plan.tempo_ladder)
    if many == 1:
        return [f"{plan.tempo_ladder[0]:g} bpm"]
    return [f"{bpm:g} bpm, step {step} of {many}" for step, bpm in enumerate(plan.tempo_ladder, 1)]


def ladder_html(plan: PracticePlan) -> str:
    """The ladder as a list of tempi, slowest first; or that the plan goes without a click."""
    if not plan.tempo_ladder:
        return '<p class="muted">Without a click, at your own pace.</p>'
    if len(plan.tempo_ladder) == 1:
        return f"<p><b>{plan.tempo_ladder[0]:g} bpm</b>{_a_beat(plan)}</p>"
    steps = "".join(f"<li>{bpm:g}</li>" for bpm in plan.tempo_ladder)
    return (
        f'<ol class="ladder" aria-label="Tempo ladder in bpm">{steps}</ol>'
        f'<p class="muted small">bpm{_a_beat(plan)}; up a step when it is sure, down one when it is not.</p>'
    )


def plan_html(plan: PracticePlan) -> str:
    """What to play, at which tempi."""
    return f"<h3>{escape(title(plan))}</h3><p>{escape(plan.exercise)}</p>{ladder_html(plan)}"


def start_html(practice_id: UUID) -> str:
    """The one click to the Practice page, set up with a stored plan."""
    return f'<a class="button" href="practice?plan={practice_id}">Start this</a>'


def _a_beat(plan: PracticePlan) -> str:
    return "" if plan.notes_per_beat == 1 else f", {plan.notes_per_beat} notes to a beat"
