import pytest

from dsp.evaluation.report import report
from workbench.scoring.words import Cost, number, percent, sentences, share


@pytest.mark.parametrize(("value", "words"), [(None, "-"), (0.9676, ".968"), (1.0, "1.000"), (0.0, ".000")])
def test_shares_are_written_as_statistics_write_them(value, words):
    assert share(value) == words


@pytest.mark.parametrize(("value", "words"), [(None, "-"), (29.26, "29.3 ms")])
def test_numbers_carry_their_unit(value, words):
    assert number(value, 1, "ms") == words


def test_percent():
    assert percent(0.1234) == "12.3 %"


def test_everything_that_was_measured_is_told(scored):
    told = sentences(scored.report, Cost(0.12, 6.0))
    assert [line.split(" ")[0] for line in told] == ["Onsets", "Confidence:", "Running", "Several", "Cost:"]
    assert told[-1] == "Cost: 0.1 s of one core for 6 s of sound (2.0 %)."


def test_what_was_not_measured_is_not_told():
    assert sentences(report([]), Cost(0.0, 1.0)) == ["Cost: 0.0 s of one core for 1 s of sound (0.0 %)."]
