from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.errors import ParameterError
from dsp.live import LiveScore
from dsp.metrics import counts, measure, overall
from dsp.scales import parse_scale
from dsp.summary import METRICS
from dsp.timing import Click

SCALE = parse_scale("A minor pentatonic")
RUN = [57, 60, 62, 64, 67, 69]


def heard(notes, **settings):
    live = LiveScore(SCALE, **settings)
    for note in notes:
        live.update(note)
    return live


@pytest.mark.parametrize(
    ("midi", "kind", "strictness", "expected"),
    [
        (57.0, "note", 0.5, ("right", 1)),
        (60.2, "note", 0.5, ("right", 2)),
        (60.3, "note", 0.5, ("off", 2)),
        (60.3, "note", 0.0, ("right", 2)),
        (60.15, "note", 1.0, ("off", 2)),
        (58.0, "note", 0.5, ("wrong", None)),
        (57.0, "unsure", 0.5, ("unsure", None)),
    ],
)
def test_judges_one_note(take, midi, kind, strictness, expected):
    judgement = LiveScore(SCALE, strictness=strictness).judge(take([midi], kind=kind)[0])
    assert (judgement.verdict, judgement.degree) == expected
    assert judgement.in_scale is {"wrong": False, "unsure": None}.get(judgement.verdict, True)


def test_says_how_late_a_note_is_only_where_the_click_is_known(take):
    note = take([57], onsets=[1.520])[0]
    assert LiveScore(SCALE, Click(120.0, start_s=1.0)).judge(note).deviation_ms == pytest.approx(20.0)
    assert LiveScore(SCALE, Click(120.0)).judge(note).deviation_ms is None
    assert LiveScore(SCALE).judge(note).deviation_ms is None


def test_the_meters_show_the_last_16_judged_notes(take):
    live = heard(take([58.3] * 30 + RUN * 4))
    assert live.metrics() == measure(take([58.3] * 30 + RUN * 4)[-16:], scale=SCALE)
    assert live.metrics()["scale_conformity"].score == 1.0


@pytest.mark.parametrize(
    ("n", "score", "provisional"), [(2, None, None), (3, 1.0, True), (7, 1.0, True), (8, 1.0, None)]
)
def test_few_notes_are_shown_as_provisional(take, n, score, provisional):
    metric = heard(take((RUN * 2)[:n])).metrics()["scale_conformity"]
    assert (metric.score, metric.detail.get("provisional")) == (score, provisional)


def test_meters_are_not_measured_again_before_the_next_note(take):
    live = heard(take(RUN))
    assert live.metrics() is live.metrics()
    before = live.metrics()
    live.update(replace(take([57])[0], number=6, onset_s=4.0))
    assert live.metrics() is not before


@given(st.floats(0, 1), st.lists(st.sampled_from(RUN), min_size=9, max_size=30))
@settings(max_examples=20)
def test_the_overall_follows_the_quality(take, strictness, pitches):
    notes, followed = take(pitches), None
    for i in range(3, len(notes) + 1):
        metrics = measure(notes[max(0, i - 16) : i], scale=SCALE, minimum=3)
        quality = overall(metrics, pitch_weight=0.40 + 0.15 * strictness).score
        followed = (
            quality if followed is None else followed + (0.10 + 0.30 * strictness) * (quality - followed)
        )
    assert heard(notes, strictness=strictness).overall == pytest.approx(followed)


@pytest.mark.parametrize("strictness", [0.0, 0.3, 0.7])
def test_a_wrong_note_multiplies_the_overall(take, strictness):
    live = heard(take(RUN * 3), strictness=strictness)
    before = live.overall
    live.update(replace(take([58])[0], number=18, onset_s=10.0))
    quality = overall(live.metrics(), pitch_weight=0.40 + 0.15 * strictness).score
    followed = before + (0.10 + 0.30 * strictness) * (quality - before)
    assert live.overall == pytest.approx(followed * (1 - strictness))


def test_the_strictest_players_lose_everything_by_a_wrong_note(take):
    live = heard(take(RUN * 3), strictness=0.71)
    live.update(replace(take([58])[0], number=18, onset_s=10.0))
    assert live.overall == 0.0


def test_a_mended_note_takes_its_verdict_back(take):
    wrong = heard(take(RUN * 3 + [58]), strictness=0.9)
    assert (wrong.overall, wrong.counts.wrong) == (0.0, 1)
    judgement = wrong.update(replace(take(RUN * 3 + [57])[-1], revised=True))
    assert judgement.verdict == "right"
    assert (wrong.counts.wrong, wrong.counts.right) == (0, 19)
    assert wrong.overall == pytest.approx(heard(take(RUN * 3 + [57]), strictness=0.9).overall)


def test_a_note_mended_after_the_next_one_counts_in_its_own_place(take):
    live = heard(take(RUN * 3 + [58, 57]), strictness=0.9)
    live.update(take(RUN * 3 + [60])[-1])
    assert live.counts.wrong == 0
    assert live.overall > 0.9


def test_an_event_that_becomes_unsure_or_sure_is_counted_once(take):
    live = heard(take(RUN * 2))
    last = take(RUN * 2)[-1]
    live.update(replace(last, kind="unsure"))
    assert (live.counts.played, live.counts.unjudged) == (12, 1)
    live.update(last)
    assert (live.counts.played, live.counts.unjudged, live.counts.right) == (12, 0, 12)


@pytest.mark.parametrize("kind", ["percussive", "polyphonic"])
@pytest.mark.parametrize("strictness", [0.3, 0.5, 0.9])
def test_a_wrong_note_that_is_taken_back_costs_nothing(take, kind, strictness):
    live = heard(take(RUN * 3 + [58]), strictness=strictness)
    before = heard(take(RUN * 3), strictness=strictness)
    assert live.overall < before.overall
    live.update(replace(take(RUN * 3 + [58])[-1], kind=kind, revised=True))
    assert live.overall == pytest.approx(before.overall)
    # A knock is a stray event of noise control, by design.
    for name in {*METRICS} - {"noise_control"}:
        assert live.metrics()[name] == before.metrics()[name]
    assert (live.counts.wrong, live.counts.unjudged, live.counts.played) == (0, 1, 19)


@pytest.mark.parametrize("kind", ["percussive", "polyphonic"])
def test_so_it_does_when_another_was_heard_meanwhile(take, kind):
    notes = take(RUN * 3 + [58, 57])
    live = heard(notes, strictness=0.9)
    live.update(replace(notes[-2], kind=kind, revised=True))
    live.update(replace(notes[-2], kind=kind, revised=True, offset_s=notes[-1].onset_s))
    expected = heard([*notes[:-2], replace(notes[-2], kind=kind), notes[-1]], strictness=0.9)
    assert live.overall == pytest.approx(expected.overall)
    assert live.metrics() == expected.metrics()
    assert live.counts == expected.counts


def test_the_end_of_a_note_counts_its_steady_pitch(take):
    notes = take([midi + 0.3 for midi in RUN * 2])
    live = heard(notes)
    for note in notes:
        live.update(replace(note, steady_midi=round(note.midi), offset_s=note.onset_s + 0.4))
    assert live.metrics()["pitch_accuracy"].value == 0.0
    assert live.counts.played == 12


@given(st.lists(st.tuples(st.sampled_from([57, 58, 60]), st.sampled_from(["note", "unsure"])), max_size=90))
@settings(max_examples=20)
def test_counts_agree_with_those_of_the_summary(take, events):
    notes = take([midi for midi, _ in events], kind=[kind for _, kind in events])
    assert heard(notes).counts == counts(notes, SCALE)


def test_metrics_that_are_off_are_not_shown(take):
    live = heard(take(RUN * 2), enabled=["timing_stability"])
    assert list(live.metrics()) == ["timing_stability", "noise_control"]


def test_impossible_settings_are_refused():
    with pytest.raises(ParameterError, match="is it a percentage"):
        LiveScore(SCALE, strictness=50)
    with pytest.raises(ParameterError, match="is not a metric"):
        LiveScore(SCALE, enabled=["swing"])
