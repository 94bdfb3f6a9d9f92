"""The takes that come with the project are all there and described truly."""

import pytest

from dsp.scales import parse_scale
from workbench.audio.bundled import BundledTake, take_file, takes, truth
from workbench.audio.recording import load_take


def test_the_demo_has_wrong_notes_to_show() -> None:
    wrong = [note for note in truth(takes()[0].path.stem)["notes"] if not note["in_scale"]]
    assert len(wrong) == 4


@pytest.mark.parametrize("take", takes(), ids=lambda take: take.path.stem)
def test_every_take_is_as_described(take: BundledTake) -> None:
    known = truth(take.path.stem)
    samples, rate = load_take(take.path)
    assert len(samples) / rate == take.duration_s
    assert take.lead_in_s < known["notes"][0]["onset_s"] + 0.05
    scale = parse_scale(take.scale)
    assert {note["in_scale"] for note in known["notes"]} <= {True, False}
    assert all(scale.contains(note["midi_nominal"]) == note["in_scale"] for note in known["notes"])


def test_the_noise_has_no_note() -> None:
    assert truth("r_silence_noise")["notes"] == []
    assert len(load_take(take_file("r_silence_noise.flac"))[0]) == 8 * 44_100


def test_every_take_stands_in_the_licences() -> None:
    licences = take_file("LICENSES.md").read_text()
    names = {path.stem for path in take_file("LICENSES.md").parent.glob("*.flac")}
    assert len(names) == 7
    assert all(f"| `{name}` |" in licences for name in names)
