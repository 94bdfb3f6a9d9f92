from dsp.evaluation.polyphony import polyphonic_figures

CHORD = [(1.0, 48.0), (1.0, 52.0), (1.01, 55.0)]


def test_events_set_aside_and_claims_that_are_nonsense(outcome, heard):
    events = [
        heard(1.0, None, kind="polyphonic"),
        heard(2.0, 52.0, kind="unsure"),
        heard(1.0, 52.0),
        heard(3.0, 52.0),
    ]
    found = polyphonic_figures([outcome(CHORD, events, polyphonic=True)])
    assert (found.takes, found.events, found.polyphonic, found.set_aside) == (1, 4, 1, 0.5)
    assert (found.claims, found.wrong_claims, found.wrong) == (2, 1, 0.5)


def test_a_claim_of_any_string_of_the_chord_is_right(outcome, heard):
    found = polyphonic_figures([outcome(CHORD, [heard(1.0, midi) for _, midi in CHORD], polyphonic=True)])
    assert (found.claims, found.wrong, found.set_aside) == (3, 0.0, 0.0)


def test_silence_is_neither(outcome):
    found = polyphonic_figures([outcome(CHORD, [], polyphonic=True)])
    assert (found.events, found.set_aside, found.wrong) == (0, None, None)


def test_no_such_takes():
    assert polyphonic_figures([]) is None
