"""An exercise reads like something to play, and one link sets it up."""

from coach.advice import Exercise
from dashboards.parts.exercise_words import exercise_html, exercise_name, practice_link

EXERCISE = Exercise(
    title="Slow <ascents>", how="Up.", scale_chosen="F# Minor", scale_type="pentatonic", bpm=72.0, minutes=3
)


def test_a_link_sets_it_up() -> None:
    assert practice_link(EXERCISE) == "practice?scale=F%23+Minor&type=pentatonic&bpm=72&notes=1"
    free = EXERCISE.model_copy(update={"bpm": None})
    assert practice_link(free) == "practice?scale=F%23+Minor&type=pentatonic"


def test_the_name_says_the_scale_once() -> None:
    assert exercise_name(EXERCISE) == "Slow <ascents>: F# minor pentatonic, 72 bpm"
    named = EXERCISE.model_copy(update={"title": "F# minor pentatonic in time", "bpm": None})
    assert exercise_name(named) == "F# minor pentatonic in time"


def test_words_are_no_markup() -> None:
    html = exercise_html(EXERCISE)
    assert "Slow &lt;ascents&gt;" in html
    assert 'href="practice?scale=F%23+Minor&amp;type=pentatonic' in html
