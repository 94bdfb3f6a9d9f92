"""A session as MusicXML: valid by the schema that W3C publishes, and the notes that were played."""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from importlib.metadata import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest
import xmlschema

from dsp.scales import parse_scale
from workbench.transfer.manifest import TransferError
from workbench.transfer.musicxml import MOST_NOTES, musicxml_of
from workbench.transfer.played import Click, Played, PlayedNote


@pytest.fixture(scope="module")
def schema() -> Any:
    """MusicXML 4.0; the package `musicxml` carries it and is not used for anything else."""
    (found,) = (file for file in files("musicxml") or () if file.name == "musicxml_4_0.xsd")
    parts = Path(xmlschema.__file__).parent / "schemas"
    known = {
        "http://www.w3.org/1999/xlink": str(parts / "XLINK" / "xlink.xsd"),
        "http://www.w3.org/XML/1998/namespace": str(parts / "XML" / "xml.xsd"),
    }
    return xmlschema.XMLSchema(str(found.locate()), locations=known, allow="local")


def a_session(notes: Sequence[PlayedNote], click: Click | None, scale: str = "A minor pentatonic") -> Played:
    chosen = parse_scale(scale)
    row = {
        "start_timestamp": datetime(2026, 3, 1, 18, 30, tzinfo=UTC),
        "scale_chosen": chosen.chosen,
        "scale_type": chosen.type,
        "user_id": "Ada & <Ben>",
    }
    return Played(row, {}, tuple(notes), click, pl.DataFrame())


def sounding(root: ElementTree.Element) -> list[tuple[Fraction, Fraction, str, int, int]]:
    """Onset and length in quarters, step, alteration and octave of each note, ties joined."""
    notes: list[tuple[Fraction, Fraction, str, int, int]] = []
    now, divisions = Fraction(0), 1
    for element in root.iter():
        if element.tag == "divisions":
            divisions = int(element.text or 1)
        if element.tag != "note":
            continue
        length = Fraction(int(element.findtext("duration") or 0), divisions)
        if element.find("rest") is None:
            step, octave = element.findtext("pitch/step") or "", int(element.findtext("pitch/octave") or 0)
            alter = int(element.findtext("pitch/alter") or 0)
            if any(tie.get("type") == "stop" for tie in element.findall("tie")):
                onset, before, *rest = notes.pop()
                notes.append((onset, before + length, *rest))
            else:
                notes.append((now, length, step, alter, octave))
        now += length
    return notes


def test_what_was_played_is_valid_and_stands_where_it_was(schema: Any) -> None:
    click = Click(90.0, 2, 0.0)
    eighth_s = 30.0 / 90.0
    played = [(0, 1, 57.1), (1, 2, 60.0), (7, 4, 64.0), (12, 1, 51.9)]
    notes = [PlayedNote(at * eighth_s, n * eighth_s, midi, -20.0, None, None) for at, n, midi in played]
    written = musicxml_of(a_session(notes, click))
    schema.validate(ElementTree.fromstring(written))
    root = ElementTree.fromstring(written)
    half = Fraction(1, 2)
    # Written an octave above the sound is the clef's affair: pitches are those that sound.
    assert sounding(root) == [
        (0 * half, 1 * half, "A", 0, 3),
        (1 * half, 2 * half, "C", 0, 4),
        (7 * half, 4 * half, "E", 0, 4),
        (12 * half, 1 * half, "E", 0, 3),
    ]
    assert root.findtext(".//per-minute") == "90"
    assert root.findtext(".//clef-octave-change") == "-1"
    assert "Ada & <Ben>" in {element.text for element in root.iter("creator")}


def test_string_and_fret_stand_where_they_are_known(schema: Any) -> None:
    notes = [
        PlayedNote(0.0, 0.5, 41.0, -20.0, 6, 1),
        PlayedNote(1.0, 0.5, 45.0, -20.0, None, None),
    ]
    root = ElementTree.fromstring(musicxml_of(a_session(notes, None)))
    schema.validate(root)
    assert [element.text for element in root.iter("string")] == ["6"]
    assert [element.text for element in root.iter("fret")] == ["1"]


@pytest.mark.parametrize(
    ("scale", "fifths", "names"),
    [
        ("A minor pentatonic", 0, {("A", 0), ("B", -1)}),
        ("F major", -1, {("A", 0), ("B", -1)}),
        ("Bb minor", -5, {("A", 0), ("B", -1)}),
        ("E major", 4, {("A", 0), ("A", 1)}),
        ("D dorian", 0, {("A", 0), ("A", 1)}),
        ("E phrygian", 0, {("A", 0), ("A", 1)}),
        ("F# major", 6, {("A", 0), ("A", 1)}),
        ("Gb major", 6, {("A", 0), ("A", 1)}),
        ("chromatic", 0, {("A", 0), ("A", 1)}),
    ],
)
def test_the_signature_and_the_spelling_are_those_of_the_scale(
    schema: Any, scale: str, fifths: int, names: set[tuple[str, int]]
) -> None:
    notes = [PlayedNote(float(n), 0.5, 57.0 + n, -20.0, None, None) for n in range(2)]
    root = ElementTree.fromstring(musicxml_of(a_session(notes, None, scale)))
    schema.validate(root)
    assert root.findtext(".//fifths") == str(fifths)
    if scale != "A minor pentatonic":
        assert {(step, alter) for _, _, step, alter, _ in sounding(root)} == names


@pytest.mark.parametrize("per_beat", [1, 3, 4, 5, 7, 12])
def test_any_grid_gives_a_valid_file_with_every_note(
    schema: Any, per_beat: int, capfd: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(per_beat)
    at = np.cumsum(rng.integers(1, 6, 24))
    onsets = at * 60.0 / 90.0 / per_beat
    notes = [
        PlayedNote(
            float(onset), float(rng.uniform(0.05, 2.0)), float(rng.integers(40, 80)), -20.0, None, None
        )
        for onset in onsets
    ]
    root = ElementTree.fromstring(musicxml_of(a_session(notes, Click(90.0, per_beat, 0.0))))
    schema.validate(root)
    found = [onset * per_beat for onset, *_ in sounding(root)]
    assert [int(later - found[0]) for later in found] == list(at - at[0])
    assert capfd.readouterr() == ("", "")


def test_a_session_too_long_for_a_sheet_is_one_sentence() -> None:
    notes = [PlayedNote(0.5 * n, 0.4, 60.0, -20.0, None, None) for n in range(MOST_NOTES + 1)]
    with pytest.raises(TransferError, match=r"holds up to 4,000 notes and this session has 4,001; take MIDI"):
        musicxml_of(a_session(notes, None))
