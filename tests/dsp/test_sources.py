import numpy as np
import pytest

from dsp.sources import LEAST_NOTES, Sources, name_sources

RUN = [57, 60, 62, 64, 67, 69, 72, 74]
STEADY = [-45.0 + 0.3 * (i % 3) for i in range(8)]
VARIED = [-70.0 + 4.0 * (i % 5) for i in range(8)]


def test_what_is_the_same_under_every_note_is_hum(take):
    sources = name_sources(take(RUN, noise_dbfs=-75.0, hum50_dbfs=STEADY, hum60_dbfs=VARIED))
    assert (sources.hum_hz, sources.hum_dbfs) == (50.0, pytest.approx(-44.7, abs=0.2))
    assert sources.background_db == pytest.approx(24.7, abs=0.2)
    other = name_sources(take(RUN, noise_dbfs=-75.0, hum50_dbfs=VARIED, hum60_dbfs=STEADY))
    assert other.hum_hz == 60.0


@pytest.mark.parametrize("hum", [VARIED, [-80.0] * 8], ids=["music", "too soft to hear"])
def test_what_changes_with_the_notes_or_is_not_heard_is_none(take, hum):
    sources = name_sources(take(RUN, noise_dbfs=-75.0, hum50_dbfs=hum, hum60_dbfs=-90.0))
    assert (sources.hum_hz, sources.hum_dbfs) == (None, None)
    assert sources.background_db == pytest.approx(55.0, abs=0.1)


def test_hiss_is_what_is_left_under_the_quietest_notes(take):
    noise = [-60.0, -60.0, -60.0, -58.0, -55.0, -40.0, -30.0, -60.0]
    sources = name_sources(take(RUN, noise_dbfs=noise, hum50_dbfs=-90.0, hum60_dbfs=-90.0))
    assert sources.hiss_dbfs == pytest.approx(-60.0)
    assert sources.buzz_share == pytest.approx(2 / 8)


def test_a_noise_far_below_its_note_is_no_buzz(take):
    noise = [-80.0] * 6 + [-60.0] * 2
    assert name_sources(take(RUN, noise_dbfs=noise, hum50_dbfs=-99.0, hum60_dbfs=-99.0)).buzz_share == 0.0


def test_few_notes_name_nothing(take):
    few = take(RUN[: LEAST_NOTES - 1], noise_dbfs=-75.0, hum50_dbfs=-45.0, hum60_dbfs=-80.0)
    assert name_sources(few) == Sources()
    assert name_sources(take(RUN)) == Sources()


def test_louder_hiss_is_nearer_to_the_notes(take):
    levels = np.linspace(-70.0, -30.0, 9)
    heard = [
        name_sources(take(RUN, noise_dbfs=float(db), hum50_dbfs=-99.0, hum60_dbfs=-99.0)).background_db
        for db in levels
    ]
    assert heard == sorted(heard, reverse=True)
