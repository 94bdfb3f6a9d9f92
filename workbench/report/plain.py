"""Numbers, days and lists as people say them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from workbench.archive import scale_name


def duration(minutes: float) -> str:
    """Time: 68.3 -> "1 h 8 min"."""
    whole = round(minutes)
    if whole < 1:
        return "less than a minute"
    hours, rest = divmod(whole, 60)
    if hours == 0:
        return counted(rest, "minute")
    return f"{hours} h" if rest == 0 else f"{hours} h {rest} min"


def counted(count: int, what: str) -> str:
    """A number and its noun: "1 session", "1,204 notes"."""
    return f"{count:,} {what if count == 1 else what + 's'}"


def day_name(day: date) -> str:
    """A day without its year: "Tuesday 27 October"."""
    return f"{day:%A %-d %B}"


def listed(parts: Sequence[str]) -> str:
    """One or more things: "one, two and three"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def points(score: float) -> str:
    """A score in 0..1 as the pages show it, 0 to 100."""
    return f"{100.0 * score:.0f}"


def what(session: Mapping[str, Any]) -> str:
    """What was practised: "A minor pentatonic at 84 bpm".

    Parameters
    ----------
    session : scale_chosen, scale_type and bpm (None without a click)
    """
    name = scale_name(session["scale_chosen"], session["scale_type"])
    return name if session["bpm"] is None else f"{name} at {session['bpm']:.0f} bpm"
