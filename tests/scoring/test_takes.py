import numpy as np
import pytest

from dsp.evaluation.annotation import parse_annotation
from workbench.scoring.takes import TakesError, annotation_files, read_annotation, read_true_f0


def test_annotations_come_by_name(tmp_path, write_take):
    for name in ("b", "a"):
        write_take(tmp_path, name)
    assert [path.stem for path in annotation_files(tmp_path)] == ["a", "b"]
    assert len(read_annotation(tmp_path / "a.json").notes) == 4


def test_a_folder_without_takes_says_so(tmp_path):
    with pytest.raises(
        TakesError, match=r"holds no annotated take: each needs a JSON file with its true notes\.$"
    ):
        annotation_files(tmp_path)
    with pytest.raises(TakesError, match=r"nowhere is no folder; give the one"):
        annotation_files(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{bad", "damaged JSON at line 1"),
        (b"\xff\xfe", "no text"),
        (b"[]", "one JSON object"),
        (b'{"notes": []}', '"duration_s" of the annotation must be a finite number'),
        (b'{"notes": [], "duration_s": 1}', 'needs "audio", a text'),
    ],
)
def test_a_damaged_annotation_is_one_sentence_with_its_name(tmp_path, content, sentence):
    path = tmp_path / "take.json"
    path.write_bytes(content)
    with pytest.raises(TakesError) as refused:
        read_annotation(path)
    assert str(refused.value).startswith("take.json")
    assert sentence in str(refused.value)


def test_an_annotation_that_is_gone_is_one_sentence(tmp_path):
    with pytest.raises(TakesError, match=r"gone\.json can't be read: No such file or directory\."):
        read_annotation(tmp_path / "gone.json")


def annotated(f0_csv):
    return parse_annotation({"audio": "a.flac", "duration_s": 1.0, "notes": [], "f0_csv": f0_csv})


def test_the_true_f0_is_optional(tmp_path):
    assert read_true_f0(tmp_path, annotated(None)) is None
    assert read_true_f0(tmp_path, annotated("a.f0.csv")) is None


def test_the_true_f0_is_read(tmp_path):
    (tmp_path / "a.f0.csv").write_text("time_s,f0_hz\n0.000,0.000\n0.005,220.0\n", encoding="utf-8")
    track = read_true_f0(tmp_path, annotated("a.f0.csv"))
    np.testing.assert_allclose((track.time_s, track.f0_hz), ([0.0, 0.005], [0.0, 220.0]))


@pytest.mark.parametrize("rows", ["time_s,f0_hz\n0.0,x\n", "time_s\n0.0\n0.1\n"])
def test_a_damaged_f0_file_says_what_it_needs(tmp_path, rows):
    (tmp_path / "a.f0.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(TakesError, match=r"a\.f0\.csv is damaged: it needs the columns time_s,f0_hz"):
        read_true_f0(tmp_path, annotated("a.f0.csv"))
