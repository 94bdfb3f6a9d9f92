"""The controls give what a practice needs."""

import pytest

from dashboards.parts.setup import OWN_SCALE, Setup
from dsp.errors import ParameterError
from dsp.scales import FRETCOACH_SCALES, parse_scale
from dsp.summary import METRICS
from workbench.audio.bundled import takes
from workbench.audio.microphone import Microphone
from workbench.audio.recording import Take


@pytest.fixture
def setup() -> Setup:
    return Setup()


def test_the_first_take_is_ready_to_go(setup: Setup) -> None:
    demo = takes()[0]
    goal, source = setup.goal(), setup.listen()
    assert goal.scale == parse_scale(demo.scale)
    assert (goal.bpm, goal.notes_per_beat, goal.click_start_s) == (
        demo.bpm,
        demo.notes_per_beat,
        demo.lead_in_s,
    )
    assert isinstance(source, Take)
    assert source.name == demo.title


@pytest.mark.parametrize("take", takes(), ids=lambda take: take.path.stem)
def test_choosing_a_take_chooses_its_scale_and_tempo(setup: Setup, take: object) -> None:
    setup.take = take
    assert setup.goal().scale == parse_scale(setup.take.scale)
    assert setup.bpm == setup.take.bpm


def test_another_tempo_than_the_takes_has_no_known_click(setup: Setup) -> None:
    setup.bpm = 60
    assert setup.goal().click_start_s is None


def test_playing_freely_has_no_click(setup: Setup) -> None:
    setup.bpm = None
    assert setup.goal().click is None


def test_own_playing_has_no_known_click(setup: Setup) -> None:
    setup.source = "browser"
    assert setup.goal().click_start_s is None


def test_noise_is_judged_even_when_all_else_is_off(setup: Setup) -> None:
    setup.metrics = []
    assert setup.goal().enabled_metrics == {"noise_control"}
    setup.metrics = ["pitch_accuracy", "scale_conformity", "timing_stability"]
    assert setup.goal().enabled_metrics == set(METRICS)


def test_strictness_sensitivity_tuning_and_a4_are_passed_on(setup: Setup) -> None:
    setup.param.update(strictness=0.9, sensitivity=0.1, tuning="drop D", a4_hz=442.0)
    goal = setup.goal()
    assert (goal.strictness, goal.sensitivity, goal.tuning.name, goal.a4_hz) == (0.9, 0.1, "drop D", 442.0)


def test_an_own_set_of_tones_is_a_scale(setup: Setup) -> None:
    setup.param.update(scale=OWN_SCALE, own_scale="C: 0 2 4 7")
    assert setup.goal().scale.pitch_classes == (0, 2, 4, 7)


def test_an_unknown_scale_is_refused_with_a_sentence(setup: Setup) -> None:
    setup.param.update(scale=OWN_SCALE, own_scale="A minr")
    with pytest.raises(ParameterError, match="did you mean A minor"):
        setup.goal()


def test_a_sound_card_is_listened_to_on_its_channel(setup: Setup) -> None:
    setup.source = "device"
    setup.channel = 2
    source = setup.listen()
    assert isinstance(source, Microphone)
    assert source.channel == 2
    assert setup.hint.object


@pytest.mark.parametrize("name", [name for name in FRETCOACH_SCALES if name.startswith("A")])
def test_every_scale_goes_with_every_type_of_the_menus(setup: Setup, name: str) -> None:
    setup.scale = name
    for kind in setup.param.scale_type.objects:
        setup.scale_type = kind
        assert setup.chosen_scale().tonic in setup.chosen_scale().pitch_classes


def test_a_link_sets_the_scale_the_tempo_and_the_microphone(setup: Setup) -> None:
    setup.ask("F# Minor", "pentatonic", "77")
    goal = setup.goal()
    assert (goal.scale.name, goal.bpm, setup.source) == ("F# minor pentatonic", 77.0, "browser")
    setup.ask("A Dorian", "dorian")
    assert (setup.goal().scale.name, setup.goal().bpm) == ("A dorian", None)


@pytest.mark.parametrize(
    "asked", [("Q Minor", "natural", ""), ("A Minor", "natural", "fast"), ("A Minor", "natural", "9")]
)
def test_a_link_that_cannot_be_followed_changes_nothing(setup: Setup, asked: tuple[str, str, str]) -> None:
    before = setup.goal()
    with pytest.raises(ParameterError):
        setup.ask(*asked)
    assert (setup.goal(), setup.source) == (before, "take")
