"""An exercise in words, and the way to play it."""

from html import escape
from urllib.parse import urlencode

from coach.advice import Exercise
from workbench.archive import scale_name


def exercise_name(exercise: Exercise) -> str:
    """What to play, where and how fast: "Slow ascents: A minor pentatonic, 72 bpm"."""
    scale = scale_name(exercise.scale_chosen, exercise.scale_type)
    name = exercise.title if scale in exercise.title else f"{exercise.title}: {scale}"
    return name if exercise.bpm is None else f"{name}, {exercise.bpm:g} bpm"


def practice_link(exercise: Exercise) -> str:
    """The practice page with an exercise set up."""
    asked = {"scale": exercise.scale_chosen, "type": exercise.scale_type}
    if exercise.bpm is not None:
        asked |= {"bpm": f"{exercise.bpm:g}", "notes": str(exercise.notes_per_beat)}
    return f"practice?{urlencode(asked)}"


def exercise_html(exercise: Exercise) -> str:
    """The exercise with the way to play it."""
    return (
        f'<div class="exercise"><p><b>{escape(exercise_name(exercise))}</b><br>{escape(exercise.how)}</p>'
        f'<a class="button quiet" href="{escape(practice_link(exercise))}">Play this</a></div>'
    )
