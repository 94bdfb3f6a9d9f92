"""What the weekly report says at its end: the sessions in rows, and what the figures rest on."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from importlib.metadata import version
from typing import Any

from workbench.archive import scale_name
from workbench.report.facts import Conditions
from workbench.report.plain import listed, points

DISTRIBUTION = "fretcoach-workbench"

DIARY_COLUMNS = ("", "scale", "minutes", "right", "wrong", "not sure", "overall", "")


def diary_cells(row: Mapping[str, Any], zone: tzinfo | None = None) -> list[str]:
    """One session in the order of `DIARY_COLUMNS`.

    Parameters
    ----------
    row : a row of `insight.history.diary`
    zone : the player's time zone; None = that of this machine
    """
    began = row["start_timestamp"].astimezone(zone)
    return [
        f"{began:%a %-d %b, %H:%M}",
        scale_name(row["scale_chosen"], row["scale_type"]),
        "" if row["minutes"] is None else f"{row['minutes']:.0f}",
        *(f"{row[name] or 0}" for name in ("right", "wrong", "unjudged")),
        "" if row["overall"] is None else points(row["overall"]),
        row["comment"] or "",
    ]


def settings(used: Conditions) -> list[str]:
    """What the figures rest on: settings and engine, then rules and version."""
    made_by = f"Made by FretCoach {version(DISTRIBUTION)}."
    if not used.engines:
        return [made_by]
    return [
        f"Scored by engine {listed(used.engines)}{_listening(used.listening)}. "
        f"A4 at {_numbers(used.a4_hz)} Hz, input delay {_numbers(used.latency_ms)} ms, strictness "
        f"{_numbers(used.strictness)} and sensitivity {_numbers(used.sensitivity)}, which change no stored "
        "score.",
        "A score is the mean of the sessions, 0 to 100; the range beside it is its 95 % interval. "
        f"A change is named only where a permutation test finds it beyond chance. {made_by}",
    ]


def _listening(used: Mapping[str, Any]) -> str:
    """The settings of an engine that a player may know, in brackets."""
    parts = []
    if "sample_rate" in used:
        parts.append(f"sound at {used['sample_rate'] / 1000.0:g} kHz")
    if "hop_s" in used:
        parts.append(f"looked at every {1000.0 * used['hop_s']:.1f} ms")
    if "patience_s" in used:
        parts.append(f"{1000.0 * used['patience_s']:.0f} ms of patience for a pitch")
    return f" ({', '.join(parts)})" if parts else ""


def _numbers(values: Sequence[float]) -> str:
    return listed([f"{value:g}" for value in values]) if values else "unknown"
