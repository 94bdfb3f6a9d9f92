"""What an answer rests on reads as sentences with their certainty."""

import pytest

from coach.fact import Fact
from dashboards.parts.evidence import evidence_html


@pytest.mark.parametrize(
    ("fact", "wanted"),
    [
        (
            Fact("timing.bias_ms", -18, "ms", 64, "your notes come 18 ms early", -22.0, -14.0),
            "Your notes come 18 ms early. <span class='muted'>From 64 notes; between -22 and -14 ms",
        ),
        (
            Fact("pitch.cents", 6, "cents", 1, "your typical note is 6 cents off", 4.25, 7.75),
            "From 1 note; between 4.2 and 7.8 cents (95 % interval).",
        ),
        (
            Fact("trend.overall", 0.004, "score", 40, "your score rises", 0.001, 0.006, counted="sessions"),
            "From 40 sessions; between 0.1 and 0.6 (95 % interval).",
        ),
        (
            Fact("spot.1.rate", 0.32, "share", 1806, "it is <often> sharp"),
            "It is &lt;often&gt; sharp. <span class='muted'>From 1,806 notes.",
        ),
    ],
)
def test_a_figure_tells_from_how_many_and_between_what(fact: Fact, wanted: str) -> None:
    assert wanted in evidence_html([fact])


def test_it_is_folded_and_counted() -> None:
    fact = Fact("session.notes", 64, "count", 64, "you played 64 notes")
    assert "<summary>Based on 1 figure</summary>" in evidence_html([fact])
    assert "<summary>Based on 2 figures</summary>" in evidence_html([fact, fact])
    assert evidence_html([]) == ""
