"""The weekly report's pictures of notes show what the frames hold."""

from typing import Any
from xml.etree import ElementTree as Tree

import polars as pl

from workbench.charts.paper import Drawing
from workbench.charts.report_notes import clock, key_to_marks, moment, neck
from workbench.insight.heat import POSITION_SCHEMA
from workbench.insight.moments import told
from workbench.store.queries_notes import PLAYED_SCHEMA


def elements(drawing: Drawing, tag: str) -> list[Tree.Element]:
    return Tree.fromstring(drawing._repr_html_()).findall(f"{{http://www.w3.org/2000/svg}}{tag}")


def texts(drawing: Drawing) -> list[str]:
    return [str(element.text) for element in elements(drawing, "text")]


def notes(*played: tuple[float, float, bool]) -> pl.DataFrame:
    rows = [
        {
            **dict.fromkeys(PLAYED_SCHEMA),
            "session_id": "a",
            "position": index,
            "onset_s": 60.0 + onset,
            "midi": midi,
            "cents": 100.0 * (midi - round(midi)),
            "in_scale": in_scale,
        }
        for index, (onset, midi, in_scale) in enumerate(played)
    ]
    return told(pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA)))


def place(**values: Any) -> dict[str, Any]:
    return {**dict.fromkeys(POSITION_SCHEMA, 0), "name": "A3", "certain": False, "tune_share": 0.0, **values}


def test_a_moment_runs_right_and_up() -> None:
    drawing = moment(notes((0.0, 57.0, True), (1.0, 60.0, True), (2.0, 64.0, True)), "three notes")
    marks = elements(drawing, "circle")
    across = [float(str(mark.get("cx"))) for mark in marks]
    down = [float(str(mark.get("cy"))) for mark in marks]
    assert across == sorted(across)
    assert down == sorted(down, reverse=True)
    assert {"A3", "C4", "E4", "1:00", "1:02"} <= set(texts(drawing))


def test_each_fault_has_its_mark() -> None:
    drawing = moment(notes((0.0, 57.4, True), (0.5, 58.0, False), (1.0, 57.0, True)), "faults")
    assert len(elements(drawing, "polygon")) == 1
    assert len([line for line in elements(drawing, "line") if line.get("stroke-width") == "2.6"]) == 2
    assert len(elements(drawing, "circle")) == 1


def test_many_pitches_share_a_few_names_and_one_note_is_no_division_by_zero() -> None:
    many = moment(notes(*((index / 4.0, 40.0 + index, True) for index in range(30))), "many")
    assert len(texts(many)) <= 8 + 2
    assert len(elements(moment(notes((0.0, 57.0, True)), "one"), "circle")) == 1


def test_the_neck_shows_amount_share_and_number() -> None:
    rows = [
        place(string=0, fret=5, semitone=45, notes=40, tune_share=0.25),
        place(string=1, fret=0, semitone=45, notes=10),
        place(string=2, fret=1, semitone=51, notes=4, wrong=4),
    ]
    drawing = neck(pl.DataFrame(rows, schema=POSITION_SCHEMA), {45: "1", 51: "1"})
    big, share, small = (float(str(disc.get("r"))) for disc in elements(drawing, "circle"))
    assert big > small
    assert share == big / 2.0
    assert len([line for line in elements(drawing, "line") if line.get("stroke-width") == "2"]) == 2
    assert texts(drawing).count("1") == 2


def test_nothing_played_leaves_the_neck_empty() -> None:
    assert elements(neck(POSITION_SCHEMA.to_frame()), "circle") == []


def test_the_key_names_every_mark() -> None:
    assert texts(key_to_marks()) == ["right", "outside the scale", "sharp", "flat", "early", "late"]


def test_time_into_a_session() -> None:
    assert [clock(seconds) for seconds in (0.4, 65.2, 3600.0)] == ["0:00", "1:05", "60:00"]
