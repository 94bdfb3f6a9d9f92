"""The inputs of the computer's sound cards, by PortAudio.

PortAudio looks for devices once, when it starts. So that an interface plugged in later is found, it is
started anew before each look, unless a stream is open (that would end the stream).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from workbench.audio.source import SourceError

NO_INPUT = "No sound card input was found; plug one in, or play to the browser's microphone or the demo take."
NO_PORTAUDIO = "The PortAudio library was not found; install it (on Debian: apt install libportaudio2)."

_lock = threading.Lock()
_open_streams = 0


@dataclass(frozen=True, slots=True)
class InputDevice:
    """An input that PortAudio knows.

    Attributes
    ----------
    index : PortAudio's number of it, until something is plugged in or out
    name, host : of the device, and of the sound system that offers it
    channels : how many it has
    sample_rate : Hz, the rate it runs at by itself
    default : the system's own choice
    """

    index: int
    name: str
    host: str
    channels: int
    sample_rate: float
    default: bool


def input_devices() -> list[InputDevice]:
    """Every input, plugged in just now or long ago; empty when there is none.

    Raises
    ------
    SourceError : PortAudio is missing
    """
    sd = portaudio()
    with _lock:
        if _open_streams == 0:
            # The only way to make PortAudio look again; the module has no public name for it.
            sd._terminate()
            sd._initialize()
        hosts = [host["name"] for host in sd.query_hostapis()]
        default = sd.default.device[0]
        return [
            InputDevice(
                index=device["index"],
                name=device["name"],
                host=hosts[device["hostapi"]],
                channels=device["max_input_channels"],
                sample_rate=device["default_samplerate"],
                default=device["index"] == default,
            )
            for device in sd.query_devices()
            if device["max_input_channels"] > 0
        ]


def find_input(wanted: int | str | None) -> InputDevice:
    """The input that is meant.

    Parameters
    ----------
    wanted : its index, a part of its name in any case, or None for the system's choice

    Raises
    ------
    SourceError : there is none, or none like that
    """
    inputs = input_devices()
    if not inputs:
        raise SourceError(NO_INPUT)
    if wanted is None:
        return next((device for device in inputs if device.default), inputs[0])
    for device in inputs:
        if str(device.index) == str(wanted):
            return device
    for device in inputs:
        if str(wanted).casefold() in device.name.casefold():
            return device
    names = ", ".join(f"{device.index} ({device.name})" for device in inputs)
    raise SourceError(f"There is no input {wanted}; choose from {names}.")


def portaudio() -> ModuleType:
    """The sounddevice module, loaded only where a sound card is wanted: loading it starts PortAudio.

    Raises
    ------
    SourceError : PortAudio is missing
    """
    try:
        import sounddevice  # noqa: PLC0415
    except OSError as error:
        raise SourceError(NO_PORTAUDIO) from error
    module: ModuleType = sounddevice
    return module


@contextmanager
def stream_open() -> Iterator[None]:
    """While this lasts PortAudio is not started anew."""
    global _open_streams  # noqa: PLW0603 - PortAudio itself is one for the whole process
    with _lock:
        _open_streams += 1
    try:
        yield
    finally:
        with _lock:
            _open_streams -= 1
