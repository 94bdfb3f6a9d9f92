"""A plan reads like something to play."""

from uuid import UUID

from coach.plan import PracticePlan
from dashboards.parts.plan_words import ladder_html, plan_html, rung_words, start_html, title

PLAN = PracticePlan(
    scale_chosen="A Minor",
    scale_type="pentatonic",
    focus_area="timing_stability",
    exercise="Up & down, <slowly>.",
    tempo_ladder=(60, 66, 72),
    notes_per_beat=2,
    minutes=10,
    reasoning="Your notes come early.",
)


def test_the_title_names_metric_scale_and_length() -> None:
    assert title(PLAN) == "Timing: A minor pentatonic, 10 minutes"
    assert (
        title(PLAN.model_copy(update={"focus_area": "none", "minutes": 1.0}))
        == "A minor pentatonic, 1 minute"
    )


def test_each_step_of_the_ladder_is_named() -> None:
    assert rung_words(PLAN) == ["60 bpm, step 1 of 3", "66 bpm, step 2 of 3", "72 bpm, step 3 of 3"]
    assert rung_words(PLAN.model_copy(update={"tempo_ladder": (80.0,)})) == ["80 bpm"]
    assert rung_words(PLAN.model_copy(update={"tempo_ladder": ()})) == []


def test_the_ladder_is_a_list_in_order() -> None:
    html = ladder_html(PLAN)
    assert html.index("<li>60</li>") < html.index("<li>66</li>") < html.index("<li>72</li>")
    assert "2 notes to a beat" in html
    assert "Without a click" in ladder_html(PLAN.model_copy(update={"tempo_ladder": ()}))
    assert "<li>" not in ladder_html(PLAN.model_copy(update={"tempo_ladder": (80.0,)}))


def test_what_a_model_wrote_is_no_html() -> None:
    assert "<slowly>" not in plan_html(PLAN)
    assert "Up &amp; down, &lt;slowly&gt;." in plan_html(PLAN)


def test_one_link_starts_a_plan() -> None:
    practice_id = UUID(int=7)
    assert f'href="practice?plan={practice_id}"' in start_html(practice_id)
