"""What a player sets out to do: the scale, how strict to be, what to measure, and against which click."""

from dataclasses import dataclass

from dsp.errors import ParameterError
from dsp.scales import Scale
from dsp.summary import METRICS
from dsp.timing import Click
from dsp.tuning import STANDARD, Tuning

_GATE_AT_0_DBFS, _GATE_AT_1_DBFS = -30.0, -80.0
"""Ends of the sensitivity control: only a hard pick is judged, down to a breath on the string."""


class GoalError(ParameterError):
    """A goal outside its range. The message says what was given and what is allowed."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The aim of one practice.

    Attributes
    ----------
    scale : what counts as right
    strictness : 0..1, how hard the live value, the bands and the lamp judge; never touches what is stored
    sensitivity : 0..1, how quiet a note may be and still be judged live; never touches what is stored
    enabled_metrics : names of `dsp.summary.METRICS`; noise control is always among them
    a4_hz : 430..450, the pitch of A4 in Hz
    tuning : the open strings
    bpm : 20..400 when the player follows a click, else None
    notes_per_beat : 1..12, notes that the player means to play to a beat
    click_start_s : time in the stream of the first click; None = unknown (the phase is then fitted)
    latency_ms : 0..1000, calibrated delay of the sound on its way in

    Raises
    ------
    GoalError : a value outside its range
    """

    scale: Scale
    strictness: float = 0.5
    sensitivity: float = 0.5
    enabled_metrics: frozenset[str] = frozenset(METRICS)
    a4_hz: float = 440.0
    tuning: Tuning = STANDARD
    bpm: float | None = None
    notes_per_beat: int = 1
    click_start_s: float | None = None
    latency_ms: float = 0.0

    def __post_init__(self) -> None:
        _within("Strictness", self.strictness, 0.0, 1.0)
        _within("Sensitivity", self.sensitivity, 0.0, 1.0)
        _within("A4", self.a4_hz, 430.0, 450.0, " Hz")
        _within("Notes per beat", self.notes_per_beat, 1, 12)
        _within("Latency", self.latency_ms, 0.0, 1000.0, " ms")
        if self.bpm is not None:
            _within("Tempo", self.bpm, 20.0, 400.0, " bpm")
        if self.click_start_s is not None and (self.bpm is None or not self.click_start_s >= 0.0):
            raise GoalError("A click start needs a tempo and is 0 s or later: say the bpm too.")
        unknown = sorted(set(self.enabled_metrics) - set(METRICS))
        if unknown:
            raise GoalError(f"There is no metric {unknown[0]!r}; choose from {', '.join(METRICS)}.")
        # Noise is heard in every note, so it can't be switched off.
        object.__setattr__(self, "enabled_metrics", frozenset(self.enabled_metrics) | {"noise_control"})

    @property
    def gate_dbfs(self) -> float:
        """Level under which a note is shown but not judged live, dBFS."""
        return _GATE_AT_0_DBFS + self.sensitivity * (_GATE_AT_1_DBFS - _GATE_AT_0_DBFS)

    @property
    def click(self) -> Click | None:
        """The click to time the notes by; None when the player plays freely."""
        if self.bpm is None:
            return None
        return Click(self.bpm, self.notes_per_beat, self.click_start_s, self.latency_ms / 1000.0)


def _within(what: str, value: float, low: float, high: float, unit: str = "") -> None:
    if not low <= value <= high:
        raise GoalError(f"{what} goes from {low:g} to {high:g}{unit}, not {value:g}.")
