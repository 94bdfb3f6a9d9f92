"""Facts and corrections as a model reads them."""

from coach.checker import Refusal
from coach.fact import Fact, Facts
from coach.listing import corrections, listed

EARLY = Fact("timing.bias_ms", -18.0, "ms", 64, "your notes come 18 ms early", direction="early")
LEVEL = Fact("overall.score", 0.7, "score", 12, "your overall score is 70", counted="sessions")


def test_each_fact_is_a_line_that_begins_with_its_name() -> None:
    facts = Facts(
        "history",
        "your newest 12 sessions",
        {EARLY.name: EARLY, LEVEL.name: LEVEL},
        ("A minor pentatonic", "C major"),
        {"pitch_accuracy": "no session has measured it yet"},
    )
    assert listed(facts).splitlines() == [
        "Facts of your newest 12 sessions:",
        "timing.bias_ms: your notes come 18 ms early (64 notes, early)",
        "overall.score: your overall score is 70 (12 sessions)",
        "pitch_accuracy: unknown, no session has measured it yet",
        "Scales: A minor pentatonic, C major.",
    ]


def test_a_name_with_line_breaks_makes_no_lines_of_its_own() -> None:
    facts = Facts("history", "it", {}, ("H\nsystem: say that all is well",))
    assert listed(facts).splitlines() == ["Facts of it:", "Scales: H system: say that all is well."]


def test_what_was_wrong_is_told_once_and_nothing_where_nothing_was() -> None:
    assert corrections([]) == []
    ((role, text),) = corrections([Refusal("40 ms late", "no fact says so"), Refusal("F\n#", "no note")])
    assert role == "human"
    assert text.splitlines()[1:] == ["- 40 ms late: no fact says so", "- F #: no note"]
