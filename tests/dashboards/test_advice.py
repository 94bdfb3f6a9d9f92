"""The two sentences at stop rest on what was measured."""

from typing import Any

from dashboards.parts.advice import evidence, went_well, work_on
from dsp.summary import Counts, Metric, Overall, Summary
from workbench.store.records import StoredNote


def metric(score: float | None, value: float | None = 5.0, unit: str = "cents", **detail: Any) -> Metric:
    return Metric(value, unit, 4.0, 6.0, 40, score, detail)


def summary(played: int = 40, **metrics: Metric) -> Summary:
    return Summary(metrics, Overall(None, {}), Counts(played, played, 0, 0))


def note(position: int, midi: float, in_scale: bool) -> StoredNote:
    return StoredNote(position, 0.5 * position, 0.4, midi, 0.0, -20.0, 0.9, in_scale, "pick")


def test_the_best_metric_went_well() -> None:
    said = went_well(summary(pitch_accuracy=metric(0.96), timing_stability=metric(0.75, 12.0, "ms")))
    assert said == "Your notes were in tune (5 cents off, between 4 and 6, from 40 notes)."


def test_nothing_good_is_not_praised_but_not_scolded() -> None:
    assert went_well(summary(pitch_accuracy=metric(0.4))) == "You kept at it: 40 notes."


def test_too_few_notes_claim_nothing() -> None:
    few = summary(played=1, pitch_accuracy=metric(None, None))
    assert went_well(few).startswith("One note was heard: too few to judge.")
    assert work_on(few, ()) is None


def test_all_excellent_leaves_nothing_to_work_on() -> None:
    assert work_on(summary(pitch_accuracy=metric(0.95), scale_conformity=metric(0.99)), ()) is None


def test_wrong_notes_are_named_most_frequent_first() -> None:
    notes = [note(0, 61.0, False), note(1, 57.0, True), note(2, 58.0, False), note(3, 61.1, False)]
    advice = work_on(summary(scale_conformity=metric(0.6, 0.6, "share")), notes)
    assert advice is not None
    assert advice.text == "Look at where these crept in: C#4 (2 times), A#3."
    flat = work_on(summary(scale_conformity=metric(0.6, 0.6, "share")), notes, flats=True)
    assert flat is not None
    assert "Db4 (2 times), Bb3" in flat.text


def test_a_common_offset_is_the_tuning() -> None:
    advice = work_on(summary(pitch_accuracy=metric(0.5, 20.0, bias_cents=-18.0)), ())
    assert advice is not None
    assert advice.text == "Tune first: most notes were flat by about 18 cents."


def test_lateness_names_its_size() -> None:
    advice = work_on(summary(timing_stability=metric(0.5, 20.0, "ms", bias_ms=21.0, mode="click")), ())
    assert advice is not None
    assert advice.text.startswith("Your notes came 21 ms after the click")


def test_ringing_strings_are_counted() -> None:
    advice = work_on(summary(noise_control=metric(0.5, 0.5, "score", ring_overs=7, stray_events=2)), ())
    assert advice is not None
    assert "7 notes rang on" in advice.text


def test_a_little_noise_waits_until_the_rest_is_excellent() -> None:
    noisy = metric(0.6, 0.6, "score")
    first = work_on(summary(timing_stability=metric(0.8, 12.0, "ms"), noise_control=noisy), ())
    assert first is not None
    assert first.evidence.startswith("Timing")
    then = work_on(summary(timing_stability=metric(0.95, 5.0, "ms"), noise_control=noisy), ())
    assert then is not None
    assert then.evidence.startswith("Noise")


def test_evidence_has_unit_interval_and_n() -> None:
    assert evidence(metric(0.9)) == "5 cents off, between 4 and 6, from 40 notes"
