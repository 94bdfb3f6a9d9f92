"""The recorded takes that come with the project, for a first try without a guitar, and for tests.

Each stands in `workbench/takes` as a FLAC file beside a JSON file with what was really played: the truth of
every note. Where they come from, and their licences: `workbench/takes/LICENSES.md`.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

TITLES = MappingProxyType(
    {
        "r_wrong_02": "C major in groups of four, clean electric, with four wrong notes",
        "r_wrong_01": "A minor pentatonic, steel-string",
        "r_clean_01": "C major, nylon-string, slow and clean",
        "r_clean_03": "E minor down to the low E, clean electric",
        "r_timing_04": "D minor pentatonic, acoustic, an unsteady beat",
        "r_clean_08": "E minor pentatonic, electric, clean",
    }
)
"""Takes to choose from, by the name of their file; the first is the demo."""


@dataclass(frozen=True, slots=True)
class BundledTake:
    """A take that comes with the project.

    Attributes
    ----------
    title : for menus
    path : of the sound file
    scale : name that `dsp.scales.parse_scale` reads
    bpm, notes_per_beat : the beat that the player meant to follow
    lead_in_s : the first note was meant to come then
    duration_s : seconds
    """

    title: str
    path: Path
    scale: str
    bpm: float
    notes_per_beat: int
    lead_in_s: float
    duration_s: float


def takes() -> list[BundledTake]:
    """Every take to choose from; the first is the demo."""
    return [_described(name, title) for name, title in TITLES.items()]


def take_file(name: str) -> Path:
    """The file `name` among the takes, such as "r_wrong_01.json"."""
    return Path(str(files("workbench").joinpath("takes", name)))


def truth(name: str) -> dict[str, Any]:
    """What was really played in the take `name` ("r_wrong_01"); the format stands in `LICENSES.md`."""
    content: dict[str, Any] = json.loads(take_file(f"{name}.json").read_text(encoding="utf-8"))
    return content


def _described(name: str, title: str) -> BundledTake:
    known = truth(name)
    return BundledTake(
        title=title,
        path=take_file(f"{name}.flac"),
        scale=f"{known['key']} {known['scale'].replace('_', ' ')}",
        bpm=float(known["bpm"]),
        notes_per_beat=int(known["notes_per_beat"]),
        lead_in_s=float(known["lead_in_s"]),
        duration_s=float(known["duration_s"]),
    )
