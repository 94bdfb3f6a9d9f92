import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.errors import ParameterError
from dsp.events import Note
from dsp.noise import noise_control

RUN = [57, 60, 62, 64, 67, 69] * 4
CLEAN = {"floor_dbfs": -65.0, "rest_dbfs": -65.0, "hnr_db": 22.0}
SEEDS = st.integers(0, 2**32 - 1)


def stray(number, onset_s, kind="percussive"):
    return Note(number, onset_s, onset_s + 0.04, None, 0.5, -30.0, kind=kind)


def among(notes, strays):
    return sorted(notes + strays, key=lambda note: note.onset_s)


def test_a_clean_take_scores_one(take):
    metric = noise_control(take(RUN, **CLEAN))
    assert metric.score == pytest.approx(1.0)
    assert metric.detail["parts"] == ("rest_floor", "clean_sustain", "stray_events")


@pytest.mark.parametrize(("below_db", "score"), [(5, 0.0), (10, 0.0), (25, 0.5), (40, 1.0), (60, 1.0)])
def test_the_rest_floor_is_linear_from_10_to_40_db(take, below_db, score):
    detail = noise_control(take(RUN, rest_dbfs=-20.0 - below_db)).detail
    assert detail["rest_floor_db"] == pytest.approx(below_db)
    assert detail["rest_floor_score"] == pytest.approx(score)


@given(st.floats(0, 60), st.floats(0.5, 20))
def test_louder_rests_never_score_more(take, below_db, louder_db):
    quiet = noise_control(take(RUN, rest_dbfs=-20.0 - below_db))
    loud = noise_control(take(RUN, rest_dbfs=-20.0 - below_db + louder_db))
    assert loud.score <= quiet.score


@given(st.floats(0, 18), st.floats(0.1, 10))
def test_a_noisier_sustain_scores_less(take, hnr_db, worse_db):
    clean, noisy = (noise_control(take(RUN, hnr_db=hnr)) for hnr in (hnr_db, hnr_db - worse_db))
    assert noisy.score < clean.score


@given(st.integers(0, 30), st.integers(1, 20))
def test_more_stray_events_score_less(take, few, more):
    onsets = np.linspace(1.1, 12, few + more)
    some = among(take(RUN), [stray(100 + i, float(t)) for i, t in enumerate(onsets[:few])])
    many = among(take(RUN), [stray(100 + i, float(t)) for i, t in enumerate(onsets)])
    assert noise_control(many).score < noise_control(some).score
    assert noise_control(many).detail["stray_per_100"] == pytest.approx(100 * (few + more) / len(RUN))


def test_six_db_below_the_own_clean_string_is_one_half(take):
    strings = [2] * len(RUN)
    detail = noise_control(take(RUN, hnr_db=9.0), strings=strings, clean_hnr_db={2: 15.0}).detail
    assert detail["hnr_below_db"] == pytest.approx(6.0)
    assert detail["hnr_score"] == pytest.approx(0.5)
    assert detail["hnr_reference"] == "calibrated"


def test_strings_that_ring_on_are_stray(take):
    ringing = [-10.0 if i % 4 == 0 else -30.0 if i % 4 == 1 else None for i in range(len(RUN))]
    detail = noise_control(take(RUN, ring_over_db=ringing)).detail
    assert detail["ring_overs"] == len(RUN) / 4
    assert detail["stray_per_100"] == pytest.approx(25.0)


def test_ten_stray_events_in_a_hundred_notes_are_one_half(take):
    notes = take(RUN * 5, ring_over_db=[0.0 if i % 10 == 0 else None for i in range(30 * 4)])
    assert noise_control(notes).detail["stray_score"] == pytest.approx(0.5)


def test_what_the_engine_is_not_sure_of_is_no_error(take):
    unsure = [stray(100 + i, 1.1 + i, kind="unsure") for i in range(8)]
    assert noise_control(among(take(RUN, **CLEAN), unsure)).score == noise_control(take(RUN, **CLEAN)).score


def test_hum_is_never_the_players_fault(take):
    with_hum = take(RUN, rest_dbfs=-45.0)
    blamed, excused = noise_control(with_hum), noise_control(with_hum, hum_dbfs=-45.0)
    assert blamed.detail["rest_floor_db"] == pytest.approx(25.0)
    assert excused.detail["rest_floor_score"] == 1.0
    half = noise_control(take(RUN, rest_dbfs=-45.0), hum_dbfs=-48.0)
    assert half.detail["rest_floor_db"] == pytest.approx(28.0, abs=0.05)


def test_gapless_playing_is_measured_by_its_running_minimum(take):
    metric = noise_control(take(RUN, floor_dbfs=-50.0))
    assert metric.detail["floor_from"] == "running minimum"
    assert metric.detail["rest_floor_db"] == pytest.approx(30.0)
    rested = take(RUN, floor_dbfs=-50.0, rest_dbfs=[-40.0 if i < 3 else None for i in range(len(RUN))])
    assert noise_control(rested).detail["floor_from"] == "rests"


def test_parts_that_cannot_be_measured_drop_out(take):
    metric = noise_control(take(RUN))
    assert metric.detail["parts"] == ("stray_events",)
    assert (metric.detail["rest_floor_db"], metric.detail["hnr_db"]) == (None, None)
    assert metric.score == 1.0


@given(SEEDS)
def test_the_interval_holds_the_value(take, seed):
    rng = np.random.default_rng(seed)
    rests = [float(db) if db > -70 else None for db in rng.uniform(-80, -30, len(RUN))]
    hnr = [float(db) for db in rng.uniform(0, 22, len(RUN))]
    metric = noise_control(take(RUN, rest_dbfs=rests, hnr_db=hnr))
    assert metric.low <= metric.value <= metric.high
    assert metric == noise_control(take(RUN, rest_dbfs=rests, hnr_db=hnr))


@pytest.mark.parametrize("n", [0, 7])
def test_few_notes_have_no_score(take, n):
    metric = noise_control(take(RUN[:n], **CLEAN))
    assert (metric.score, metric.detail["reason"]) == (None, "not enough notes yet")


def test_one_string_for_each_note(take):
    with pytest.raises(ParameterError, match="strings has 1 entries for 24 notes"):
        noise_control(take(RUN), strings=[0])


def test_gapless_playing_is_measured_between_the_partials(take):
    metric = noise_control(take(RUN, floor_dbfs=-30.0, noise_dbfs=-55.0, hum50_dbfs=-90.0, hum60_dbfs=-90.0))
    assert metric.detail["floor_from"] == "between the partials"
    assert metric.detail["rest_floor_db"] == pytest.approx(35.0)


def test_hum_that_is_heard_is_named_and_excused(take):
    humming = take(RUN, rest_dbfs=-45.0, noise_dbfs=-70.0, hum50_dbfs=-45.0, hum60_dbfs=-70.0)
    detail = noise_control(humming).detail
    assert (detail["hum_hz"], detail["hum_dbfs"]) == (50.0, pytest.approx(-45.0))
    assert detail["rest_floor_score"] == 1.0
    assert detail["background_db"] == pytest.approx(25.0, abs=0.1)


def test_the_sources_have_names(take):
    detail = noise_control(take(RUN)).detail
    names = ("hum_hz", "hum_dbfs", "hiss_dbfs", "background_db", "buzz_share")
    assert [detail[name] for name in names] == [None] * 5
    assert detail["ring_over_share"] == 0.0
    ringing = noise_control(take(RUN, ring_over_db=[-10.0 if i % 4 == 0 else None for i in range(len(RUN))]))
    assert ringing.detail["ring_over_share"] == 0.25


@pytest.mark.parametrize("kind", ["polyphonic", "unsure"])
def test_a_chord_is_no_noise(take, kind):
    chords = [stray(100 + i, 1.1 + i, kind=kind) for i in range(8)]
    assert noise_control(among(take(RUN), chords)).detail["stray_events"] == 0
