import numpy as np
import pytest

from workbench.insight.significance import discoveries, for_several, permutation_p, upper_tail


def test_the_tail_is_that_of_student() -> None:
    stats = pytest.importorskip("scipy.stats", reason="SciPy is the oracle")
    for freedom in (3, 7, 30, 200):
        t = np.linspace(-4.0, 6.0, 41)
        assert upper_tail(t, freedom) == pytest.approx(stats.t.sf(t, freedom), abs=2e-3)


def test_what_cannot_be_measured_is_no_evidence() -> None:
    assert upper_tail([np.nan, np.inf], 5).tolist() == [1.0, 0.0]


def test_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    stats = pytest.importorskip("scipy.stats", reason="SciPy is the oracle")
    rng = np.random.default_rng(440)
    for _ in range(20):
        p = np.concatenate([rng.random(20), rng.random(4) * 0.01])
        expected = stats.false_discovery_control(p) <= 0.05
        assert discoveries(p).tolist() == expected.tolist()
    assert discoveries([]).tolist() == []


def test_several_questions_raise_each_p() -> None:
    assert for_several([0.01, None, 0.04, 0.03]) == pytest.approx([0.03, None, 0.06, 0.06], nan_ok=True)
    assert for_several([0.9, 0.8]) == [1.0, 1.0]
    assert for_several([None]) == [None]


def test_a_permutation_knows_the_exact_answer() -> None:
    # 20 orders of three and three: two of them are as far apart as this one.
    assert permutation_p([1.0, 2.0, 3.0], [11.0, 12.0, 13.0]) == pytest.approx(0.1, abs=0.01)
    assert permutation_p([0.5, 0.5], [0.5, 0.5, 0.5]) == 1.0


def test_a_permutation_of_nothing_errs_one_time_in_twenty() -> None:
    rng = np.random.default_rng(440)
    p = [permutation_p(rng.normal(size=6), rng.normal(size=9)) for _ in range(100)]
    assert np.mean(np.array(p) < 0.05) <= 0.1
    assert p[0] == permutation_p(
        *(np.random.default_rng(440).normal(size=15)[part] for part in (slice(6), slice(6, 15)))
    )
