"""Noise control on takes with noise of a known kind and level. `pytest -s` prints the table."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dsp.noise import noise_control

COLLECTION = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "guitar"
HUM, HISS = ("hum", "amp"), ("hiss", "pink")
CLEAN = ("r_clean_01", "r_clean_04", "r_clean_08", "r_timing_04", "r_wrong_01", "r_repeat_03")
"""Takes without added noise and without a rest, of six instruments."""


def snr_db(noises, kinds):
    """Signal-to-noise ratio of all the noises of these kinds, dB; None without any."""
    power = sum(10.0 ** (-noise["snr_db"] / 10.0) for noise in noises if noise["type"] in kinds)
    return -10.0 * float(np.log10(power)) if power else None


def spearman(one, other):
    ranks = [np.argsort(np.argsort(values)) for values in (one, other)]
    return float(np.corrcoef(*ranks)[0, 1])


@pytest.fixture(scope="module")
def heard(hear):
    """(noises, detail of noise control) of each take with noise, and of some clean ones, by name."""
    if not COLLECTION.is_dir():
        pytest.skip(f"no annotated takes in {COLLECTION}")
    takes = {}
    for path in sorted(COLLECTION.glob("r_*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth["notes"] and (truth["noise"] or path.stem in CLEAN):
            notes = hear(*soundfile.read(path.with_suffix(".flac"), dtype="float32"))
            takes[path.stem] = truth["noise"], noise_control(notes).detail
    return takes


def test_the_figures(heard):
    lines = []
    for name, (noises, detail) in heard.items():
        added = ", ".join(f"{n['type']} {n['snr_db']} dB" for n in noises) or "none"
        hum = (
            "no hum"
            if detail["hum_hz"] is None
            else f"hum {detail['hum_hz']:.0f} Hz {detail['hum_dbfs']:.0f} dBFS"
        )
        lines.append(
            f"{name:32s} added: {added:38s} heard: background -{detail['background_db']:.0f} dB, {hum}, "
            f"hiss {detail['hiss_dbfs']:.0f} dBFS, rest floor {detail['rest_floor_db']:.0f} dB "
            f"({detail['rest_floor_score']:.2f}, {detail['floor_from']}), buzz {detail['buzz_share']:.2f}"
        )
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert len(heard) > 12


def test_more_noise_is_heard_as_more(heard):
    known = [(snr_db(noises, HUM + HISS), detail["background_db"]) for noises, detail in heard.values()]
    known = [pair for pair in known if pair[0] is not None]
    assert len(known) >= 9
    assert spearman(*zip(*known, strict=True)) >= 0.9


def test_the_rest_floor_follows_the_hiss_and_not_the_hum(heard):
    hiss = [(snr_db(noises, HISS), detail["rest_floor_db"]) for noises, detail in heard.values()]
    hiss = [pair for pair in hiss if pair[0] is not None]
    assert spearman(*zip(*hiss, strict=True)) >= 0.85
    assert heard["r_noise_hum50"][1]["rest_floor_score"] > 0.9
    assert heard["r_noise_hum60"][1]["rest_floor_score"] > 0.6


def test_the_mains_are_named_where_they_hum_and_nowhere_else(heard):
    played = {name: {n["hz"] for n in noises if n["type"] in HUM} for name, (noises, _) in heard.items()}
    told = {name: {detail["hum_hz"]} - {None} for name, (_, detail) in heard.items()}
    assert told == played


def test_buzzing_strings_are_named(heard):
    buzz = {name: detail["buzz_share"] for name, (_, detail) in heard.items()}
    assert buzz["r_noise_buzz"] > 0.2
    assert max(buzz[name] for name in CLEAN) < 0.1


def test_clean_playing_without_a_rest_is_clean(heard):
    for name in CLEAN:
        assert heard[name][1]["floor_from"] == "between the partials"
        assert heard[name][1]["rest_floor_score"] > 0.9
