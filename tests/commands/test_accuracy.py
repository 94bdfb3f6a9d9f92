"""`fretcoach accuracy` on takes that come with the project."""

import json
import shutil
from functools import partial

import pytest

from workbench.audio.bundled import take_file, truth

TAKES = ("r_wrong_01", "r_clean_08", "r_silence_noise")
LEAST_F1 = 0.95
FIGURES = {
    "takes",
    "played",
    "claimed",
    "right",
    "precision",
    "recall",
    "f1",
    "f1_low",
    "f1_high",
    "onset_f1",
}
FIGURES |= {"latency_ms", "latency_p95_ms", "low_latency_ms", "onset_offset_ms", "onset_spread_ms", "cents"}
FIGURES |= {"cents_p95", "octave_errors", "missed", "invented"}


@pytest.fixture
def accuracy(fretcoach):
    """Runs `fretcoach accuracy`: status, standard output, standard error."""
    return partial(fretcoach, "accuracy")


@pytest.fixture
def folder(tmp_path):
    """A folder with three of the bundled takes."""
    for name in TAKES:
        for suffix in (".flac", ".json"):
            shutil.copy(take_file(f"{name}{suffix}"), tmp_path)
    return tmp_path


def test_one_object_holds_every_figure(accuracy, folder):
    status, said, complaint = accuracy(folder, "--json")
    assert (status, complaint) == (0, "")
    told = json.loads(said)
    assert list(told["groups"]) == ["no notes", "other", "all"]
    assert set(told["groups"]["all"]) == FIGURES
    everything = told["groups"]["all"]
    assert (everything["takes"], everything["played"]) == (
        3,
        sum(len(truth(name)["notes"]) for name in TAKES),
    )
    assert everything["f1"] >= LEAST_F1
    assert everything["f1_low"] <= everything["f1"] <= everything["f1_high"]
    assert 0 < everything["latency_ms"] < everything["latency_p95_ms"]
    assert told["groups"]["no notes"]["invented"] == 0
    assert told["calibration"]["n"] >= everything["right"]
    assert told["failed"] == []
    assert told["engine"]["offline"] is False


def test_the_table_is_for_people_and_charts_go_to_files(accuracy, folder, tmp_path):
    status, said, complaint = accuracy(folder, "--offline", "--plots", tmp_path / "plots")
    assert status == 0
    rows = [line.split() for line in said.splitlines()]
    assert rows[0] == [
        "Group",
        "Takes",
        "Notes",
        "F1",
        "95",
        "%",
        "Precision",
        "Recall",
        "Missed",
        "Invented",
    ]
    assert sum(row[:1] == ["all"] for row in rows) == 2
    second = next(row for row in reversed(rows) if row[:1] == ["all"])
    assert second[1:4] == ["-", "-", "-"], "a second pass has no latency"
    written = sorted(path.name for path in (tmp_path / "plots").iterdir())
    assert {"confidence.html", "groups.html", "pitch.html", "timing.html"} <= set(written)
    assert sorted(line.split("/")[-1] for line in complaint.splitlines()) == written


def test_a_damaged_take_is_one_sentence_and_the_rest_is_scored(accuracy, folder):
    (folder / "r_clean_08.json").write_text("{", encoding="utf-8")
    (folder / "r_wrong_01.flac").unlink()
    status, said, complaint = accuracy(folder)
    assert status == 1
    assert [line[:7] for line in complaint.splitlines()] == ["Error: "] * 2
    assert "r_clean_08.json is damaged JSON" in complaint
    assert "There is no file" in complaint
    assert said.startswith("Group")
    status, said, complaint = accuracy(folder, "--json")
    assert (status, complaint) == (1, "")
    told = json.loads(said)
    assert [failed["error"].split(" ")[0] for failed in told["failed"]] == ["r_clean_08.json", "There"]
    assert told["groups"]["all"]["takes"] == 1


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_takes_is_one_sentence(accuracy, tmp_path, name):
    status, said, complaint = accuracy(tmp_path / name)
    assert (status, said) == (1, "")
    assert complaint.startswith("Error: ")
    assert complaint.count("\n") == 1


def test_charts_that_cannot_be_written_are_one_sentence(accuracy, folder):
    for name in TAKES[:2]:
        (folder / f"{name}.json").unlink()
    status, _, complaint = accuracy(folder, "--plots", folder / "r_clean_08.flac")
    assert status == 1
    assert complaint.startswith("Error: Charts can't be written to ")


def test_without_the_folder_it_is_bad_usage(accuracy):
    assert accuracy()[0] == 2
