import json
import os
from functools import partial

import numpy as np
import pytest

from dsp.events import Note
from workbench.scoring import hearing
from workbench.scoring.hearing import Failure, Heard, hear_all, hear_annotated


def test_a_take_is_heard_with_its_truth(tmp_path, write_take):
    heard = hear_annotated(write_take(tmp_path, "take"))
    assert [round(note.midi) for note in heard.notes if note.judged] == [57, 60, 64, 69]
    assert len(heard.annotation.notes) == 4
    assert heard.engine["offline"] is False
    assert heard.duration_s == pytest.approx(2.0)
    assert (np.diff(heard.f0.time_s) > 0).all()
    assert heard.cpu_s > 0
    assert heard.true_f0 is None


def test_the_second_pass_looks_at_the_whole_take(tmp_path, write_take):
    heard = hear_annotated(write_take(tmp_path, "take"), offline=True)
    assert {note.reported_s for note in heard.notes} == {heard.duration_s}
    assert heard.engine["offline"] is True


def test_a_take_that_cannot_be_heard_is_a_sentence(tmp_path, write_take):
    path = write_take(tmp_path, "take")
    (tmp_path / "take.flac").unlink()
    failure = hear_annotated(path)
    assert isinstance(failure, Failure)
    assert failure.error.startswith("There is no file ")
    path.write_text(json.dumps([]), encoding="utf-8")
    assert hear_annotated(path).error.startswith("take.json: An annotation is one JSON object")


def test_several_processes_give_what_one_gives_in_the_order_that_was_asked_for(tmp_path, write_take):
    named = {"z": (57, 64), "a": (60,), "m": (52, 55)}
    paths = [write_take(tmp_path, name, pitches) for name, pitches in named.items()]
    paths.insert(1, tmp_path / "gone.json")
    done = []
    heard = hear_all(paths, on_done=lambda: done.append(1))
    assert [take.path for take in heard] == paths
    assert len(done) == 4
    assert isinstance(heard[1], Failure)
    for take, path in zip(heard, paths, strict=True):
        alone = hear_annotated(path)
        if isinstance(take, Heard):
            assert take.notes == alone.notes
            assert all(isinstance(note, Note) for note in take.notes)


def test_a_few_takes_are_heard_here(tmp_path, write_take, monkeypatch):
    monkeypatch.setattr(hearing, "ProcessPoolExecutor", None)
    done = []
    (heard,) = hear_all([write_take(tmp_path, "take")], on_done=lambda: done.append(1))
    assert len(heard.annotation.notes) == 4
    assert done == [1]


def test_a_killed_process_is_a_sentence(tmp_path, write_take, monkeypatch):
    monkeypatch.setattr(hearing, "_warm_up", partial(os._exit, 9))
    with pytest.raises(hearing.TakesError, match="was killed; the machine may be out of memory"):
        hear_all([write_take(tmp_path, "take")] * 4)
