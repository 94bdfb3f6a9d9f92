from typing import Any

import holoviews as hv
import pytest

from coach.chat_events import Drawing
from coach.drawing import GONE, draw
from coach.past import Past
from workbench.archive import Archive
from workbench.user import User


@pytest.fixture(autouse=True)
def bokeh() -> None:
    hv.extension("bokeh")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", ["progress", "heat", "session", "compare"])
def test_every_chart_can_be_drawn(ada: Archive, kind: Any, dark: bool) -> None:
    assert hv.render(draw(ada, Drawing(kind), dark=dark)) is not None


def test_a_comparison_shows_each_score_before_and_after(ada: Archive, today: Any) -> None:
    earlier, later = (tuple(half["session_id"]) for half in Past(ada, today=today, zone=None).halves("month"))
    figure = hv.render(draw(ada, Drawing("compare", later, earlier)))
    names = [label for _, label in sorted(figure.yaxis[0].major_label_overrides.items())]
    assert names[-2:] == ["pitch, after", "pitch, before"]
    assert len(names) == 10


def test_another_player_s_sessions_are_in_no_chart(ada: Archive) -> None:
    bens = ada.of(User("demo-ben")).sessions()["session_id"].item(0)
    assert hv.render(draw(ada, Drawing("session", (bens,)))).renderers[0].data_source.data["text"] == [GONE]


def test_without_sessions_a_sentence_stands_there(newcomer: Archive) -> None:
    assert hv.render(draw(newcomer, Drawing("progress"))).renderers[0].data_source.data["text"] == [GONE]
