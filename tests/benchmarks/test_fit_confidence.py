import importlib
import sys

import numpy as np
import pytest

import dsp.confidence
from dsp.evaluation.calibration import calibration
from dsp.evaluation.platt import Logistic


@pytest.fixture
def tool():
    return importlib.import_module("fit_confidence")


@pytest.fixture
def watched(tool):
    """The engine with its confidence watched; as it was again afterwards."""
    asked = dsp.confidence.confidence
    tool.watch()
    yield tool
    for name, module in list(sys.modules.items()):
        if name.startswith("dsp."):
            for attribute, value in list(vars(module).items()):
                if value is tool.observe:
                    setattr(module, attribute, asked)


def test_every_claim_carries_what_its_confidence_was_made_of(watched):
    events = watched.gather(watched.Job("melody 1", 0, None))
    assert events.origin == watched.SYNTHESISED
    assert events.features.shape == (events.right.size, 3)
    assert events.right.size > watched.SYNTH_NOTES / 2
    assert events.right.mean() > 0.9
    clarity = events.features[:, 0]
    assert ((clarity > 0.5) & (clarity <= 1.0)).all()


def test_the_engine_says_what_it_always_said_when_nobody_watches(tool):
    assert dsp.confidence.confidence(0.95, 0.5, -3.0) == pytest.approx(
        float(
            Logistic(tool.INTERCEPT, tool.WEIGHTS).probability([dsp.confidence.features(0.95, 0.5, -3.0)])[0]
        )
    )


def test_a_worse_version_is_another_sound_and_always_the_same(tool):
    _, samples, rate, _ = tool.synthesised(tool.Job("melody 2", 0, None))
    first, again, other = (tool.worsened(samples, rate, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert not np.array_equal(first, samples)


def test_the_constants_are_written_as_the_engine_reads_them(tool, tmp_path, monkeypatch):
    monkeypatch.setattr(tool, "CONSTANTS", tmp_path / "constants.py")
    right = np.arange(20) >= 3
    tool.write(
        Logistic(-1.23456, (2.0, 0.5, 0.125)), calibration(np.full(20, 0.9), right), np.array(["a", "b"] * 10)
    )
    made = {}
    exec((tmp_path / "constants.py").read_text(encoding="utf-8"), made)
    assert (made["INTERCEPT"], made["WEIGHTS"]) == (-1.235, (2.0, 0.5, 0.125))
    assert "Fitted on 20 events from a, b" in made["__doc__"]
    assert "benchmarks/fit_confidence.py" in made["__doc__"]
