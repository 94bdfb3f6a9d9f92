"""Every monophonic take of the annotated collection, through the command that players use.

The collection lies beside the checkout and is too large to come with it. `pytest -s` shows the figures.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

COLLECTION = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "guitar"
TIME_LIMIT_S = 600

LEAST_F1, LEAST_SOLO_F1 = 0.96, 0.85
MOST_MEDIAN_MS, MOST_P95_MS = 40.0, 80.0


@dataclass
class Tally:
    """Notes over several takes, and how late the right ones were out."""

    played: int = 0
    claimed: int = 0
    right: int = 0
    latencies_ms: list[float] = field(default_factory=list)

    @property
    def f1(self):
        return 2 * self.right / (self.played + self.claimed)


@pytest.fixture(scope="module")
def takes():
    """Truth of each monophonic take, by name."""
    if not COLLECTION.is_dir():
        pytest.skip(f"no annotated takes in {COLLECTION}")
    known = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in COLLECTION.glob("*.json")}
    return {name: known[name] for name in sorted(known) if not known[name]["polyphonic"]}


def analyzed(names):
    """What `fretcoach analyze --json` prints of these takes, by name."""
    files = [str(COLLECTION / f"{name}.flac") for name in names]
    command = [str(Path(sys.executable).with_name("fretcoach")), "analyze", "--json", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(zip(names, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.fixture(scope="module")
def results(takes):
    halves = [list(takes)[0::2], list(takes)[1::2]]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(analyzed, halves)
    return first | second


@pytest.fixture(scope="module")
def tally(takes, results, match):
    """Tallies over all takes and over the GuitarSet solos."""
    everything, solos = Tally(), Tally()
    for name, known in takes.items():
        played = [(note["onset_s"], note["midi"]) for note in known["notes"]]
        claimed = results[name]["notes"]
        pairs = match(played, [(note["onset_s"], note["midi"]) for note in claimed])
        for sums in (everything, solos) if is_solo(known) else (everything,):
            sums.played += len(played)
            sums.claimed += len(claimed)
            sums.right += len(pairs)
            sums.latencies_ms += [1000 * (claimed[b]["reported_s"] - played[a][0]) for a, b in pairs]
    return {"all": everything, "solos": solos}


def is_solo(known):
    return known["origin"].get("dataset") == "GuitarSet"


def test_the_figures(takes, tally):
    everything, solos = tally["all"], tally["solos"]
    median, p95 = np.percentile(everything.latencies_ms, [50, 95])
    sys.stdout.write(
        f"\n{len(takes)} takes, {everything.played} notes: F1 {everything.f1:.3f}, GuitarSet {solos.f1:.3f}, "
        f"right notes out after {median:.0f} ms (median), {p95:.0f} ms (p95)\n"
    )
    assert everything.played > 1000
    assert solos.played > 100


def test_the_notes_are_the_ones_that_were_played(tally):
    assert tally["all"].f1 >= LEAST_F1


def test_so_are_those_of_real_players(tally):
    assert tally["solos"].f1 >= LEAST_SOLO_F1


def test_right_notes_are_out_in_time(tally):
    median, p95 = np.percentile(tally["all"].latencies_ms, [50, 95])
    assert median <= MOST_MEDIAN_MS
    assert p95 <= MOST_P95_MS


def test_no_note_is_claimed_where_none_was_played(takes, results):
    silent = [name for name, known in takes.items() if not known["notes"]]
    assert silent
    assert {name: results[name]["notes"] for name in silent} == {name: [] for name in silent}
