import json

import pytest

from coach.chat_events import Drawing
from coach.chat_kept import Kept, kept
from coach.fact import Fact
from coach.plan import PracticePlan

PLAN = PracticePlan(
    scale_chosen="A Minor",
    scale_type="pentatonic",
    focus_area="timing_stability",
    exercise="Play it slowly.",
    tempo_ladder=(60.0, 66.0),
    minutes=10.0,
    reasoning="Your notes come early.",
)
FACT = Fact("timing.bias_ms", -18.0, "ms", 64, "your notes come 18 ms early", -24.0, -12.0, "early")


def test_what_was_kept_comes_back_from_json() -> None:
    what = Kept(
        facts=(FACT,), drawings=(Drawing("compare", ("b",), ("a",)),), plan=PLAN, source="x", notice="y"
    )
    assert kept(json.loads(json.dumps(what.as_json()))) == what


@pytest.mark.parametrize("evidence", [None, {}, {"facts": "many"}, {"plan": {"scale_chosen": "H"}}])
def test_what_another_version_kept_is_left_out(evidence: dict[str, object] | None) -> None:
    assert kept(evidence) == Kept()


def test_what_is_unknown_is_ignored() -> None:
    assert kept({"source": "x", "of": "later"}).source == "x"
