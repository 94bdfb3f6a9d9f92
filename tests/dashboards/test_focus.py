import polars as pl

from dashboards.parts.focus import SHOWN, focus, practise_link
from workbench.insight.weak_spots import EVIDENCE_SCHEMA, WEAK_SPOTS_SCHEMA

SPOT = {
    **dict.fromkeys(WEAK_SPOTS_SCHEMA),
    "sentence": "You hurry <this>.",
    "n": 412,
    "sessions": 1,
    "low": 0.15,
    "high": 0.204,
    "scale_chosen": "F# Minor",
    "scale_type": "pentatonic",
    "bpm": 77.0,
}


def told(*spots: dict[str, object], notes: int = 900, sessions: int = 9, enough: bool = True) -> str:
    evidence = pl.DataFrame([(notes, sessions, enough)], schema=EVIDENCE_SCHEMA, orient="row")
    return focus(pl.DataFrame(list(spots), schema=WEAK_SPOTS_SCHEMA), evidence)


def test_a_spot_has_its_evidence_and_a_way_to_practise_it() -> None:
    said = told(SPOT)
    assert "You hurry &lt;this&gt;." in said
    assert "412 notes in 1 session; 15 to 20 in 100 more than elsewhere (95 % interval)" in said
    assert 'href="practice?scale=F%23+Minor&amp;type=pentatonic&amp;bpm=77"' in said
    assert "Practise this: F# minor pentatonic, 77 bpm" in said


def test_without_a_click_no_tempo_is_asked_for() -> None:
    assert practise_link({**SPOT, "bpm": None}) == "practice?scale=F%23+Minor&type=pentatonic"


def test_no_more_than_three_are_shown() -> None:
    assert told(*[SPOT] * 5).count("<li>") == SHOWN == 3


def test_nothing_found_and_not_enough_are_different_sentences() -> None:
    assert "Nothing stands out in 900 judged notes in 9 sessions" in told()
    few = told(notes=50, sessions=1, enough=False)
    assert "Not enough notes to tell yet: it takes 200 judged notes in 4 sessions, and there are 50" in few
