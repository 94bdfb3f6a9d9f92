"""Finding an input: by the system's choice, by number, by a part of its name."""

import pytest

from workbench.audio import devices
from workbench.audio.devices import InputDevice, find_input, input_devices
from workbench.audio.source import SourceError

INPUTS = [
    InputDevice(0, "HDA Intel PCH", "ALSA", 2, 48_000.0, False),
    InputDevice(4, "Scarlett 2i2 USB", "ALSA", 2, 44_100.0, True),
]


@pytest.fixture
def two_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "input_devices", lambda: INPUTS)


@pytest.mark.usefixtures("two_inputs")
@pytest.mark.parametrize(
    ("wanted", "index"), [(None, 4), (0, 0), ("4", 4), ("scarlett", 4), ("hda intel", 0)]
)
def test_an_input_is_found(wanted: int | str | None, index: int) -> None:
    assert find_input(wanted).index == index


@pytest.mark.usefixtures("two_inputs")
def test_an_unknown_input_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(SourceError, match=r"There is no input kazoo; choose from 0 \(HDA Intel PCH\), 4 \("):
        find_input("kazoo")


def test_no_input_is_told_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "input_devices", list)
    with pytest.raises(SourceError, match=r"^No sound card input was found; plug one in"):
        find_input(None)


def test_portaudio_is_asked_for_real() -> None:
    try:
        found = input_devices()
    except SourceError as error:
        pytest.skip(str(error))
    assert all(device.channels > 0 and device.sample_rate > 0 for device in found)
    assert sum(device.default for device in found) <= 1
