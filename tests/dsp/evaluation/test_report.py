import pytest

from dsp.evaluation.report import ALL, WORST, confidence_calibration, report

PLAYED = [(0.5, 57.0), (1.0, 60.0), (1.5, 64.0)]


@pytest.fixture
def takes(outcome, heard):
    """A take of each of four groups: flawless, one with an invention, a noise with one, and a chord."""
    right = [heard(*note) for note in PLAYED]
    return [
        outcome(PLAYED, right, "good"),
        outcome(PLAYED, [*right, heard(3.0, 70.0, confidence=0.55)], "solo", source="real"),
        outcome([], [heard(2.0, 50.0, confidence=0.6)], "knocks", noise=("knock",)),
        outcome(PLAYED, [heard(1.0, 80.0)], "chord", polyphonic=True),
    ]


def test_groups_without_a_take_are_left_out_and_all_is_monophonic(takes):
    groups = report(takes).groups
    assert list(groups) == ["no notes", "solos", "other", "polyphonic", ALL]
    assert (groups[ALL].takes, groups[ALL].played, groups[ALL].invented) == (3, 6, 2)
    assert groups["no notes"].invented == 1
    assert groups["other"].f1 == 1.0


def test_the_worst_come_first_and_flawless_takes_and_chords_not_at_all(takes, outcome):
    assert [take.name for take in report(takes).worst] == ["knocks", "solo"]
    many = [outcome(PLAYED[:number], [], f"take {number}") for number in (1, 2, 3)] * 5
    assert len(report(many).worst) == WORST
    assert [take.errors for take in report(many).worst] == [3] * 5 + [2] * 5


def test_confidence_is_measured_on_unsure_events_too(takes, outcome, heard):
    assert report(takes).calibration.n == 8
    unsure = outcome(
        PLAYED, [heard(0.5, 57.0, kind="unsure", confidence=0.4), heard(2.0, None, kind="muted")]
    )
    found = confidence_calibration([unsure])
    assert (found.n, found.right, found.brier) == (1, 1.0, pytest.approx(0.36))


def test_chords_are_told_apart(takes):
    assert report(takes).polyphonic.wrong_claims == 1
    assert report(takes[:3]).polyphonic is None


def test_a_second_pass_has_no_latency_in_any_group(takes):
    assert {group.latency_ms for group in report(takes, live=False).groups.values()} == {None}


def test_nothing_at_all():
    empty = report([])
    assert (list(empty.groups), empty.calibration, empty.f0, empty.worst) == ([ALL], None, None, ())
