"""Errors of the signal processing: one base, each with the builtin that it specialises."""


class DspError(Exception):
    """Base of every error raised by `dsp`."""


class ParameterError(DspError, ValueError):
    """A value outside its domain. The message says what was given, what is allowed, the probable slip."""


class ScaleError(ParameterError):
    """A scale name that nobody knows."""


class TuningError(ParameterError):
    """A tuning name that nobody knows."""
