"""The compiled classes as wholes; their mathematics have tests of their own."""

import pytest


def test_what_rose_and_what_rings_are_the_same(rate, sounds, rankings):
    plain, compiled = rankings(rate)
    after, before = sounds(rate)[6][: plain.longest], sounds(rate)[3][: plain.longest]
    assert compiled.rise_db(after, before, 110.0) == pytest.approx(
        plain.rise_db(after, before, 110.0), abs=1e-3
    )
    assert compiled.ring_over_db(after, 110.0, 147.0) == pytest.approx(
        plain.ring_over_db(after, 110.0, 147.0), abs=1e-3
    )


def test_two_of_them_share_no_buffer(sounds, rankings):
    (_, one), (_, other) = rankings(44_100), rankings(44_100)
    after, before = sounds(44_100)[6][:1536], sounds(44_100)[2][:1536]
    first = one.rank(after, before)
    other.rank(before, after)
    assert [row.tolist() for row in one.found[: len(first)]] == [
        [c.pitch.f0_hz, c.pitch.clarity, c.score] for c in first
    ]
