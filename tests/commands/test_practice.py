"""`fretcoach practice`: a session in the terminal."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
from click.testing import CliRunner
from sqlalchemy import select

from workbench.audio.bundled import take_file
from workbench.commands.practice import practice
from workbench.settings import load_settings
from workbench.store.engine import open_engine
from workbench.store.schema import SessionRow

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(practice, arguments)
    return result.exit_code, result.stdout, " ".join(result.stderr.replace("│", " ").split())


def stored() -> list[SessionRow]:
    engine = open_engine(load_settings().database_url)
    with engine.connect() as connection:
        rows = list(connection.execute(select(SessionRow)))
    engine.dispose()
    return rows


def test_the_demo_is_heard_shown_and_stored() -> None:
    code, said, complaint = run("--source", "demo", "--fast", "--user", "ada")
    assert (code, complaint) == (0, "")
    (row,) = stored()
    assert (row.user_id, row.scale_chosen, row.bad_notes_played) == ("ada", "C Major", 4)
    assert f"Played {row.total_notes_played}: right {row.correct_notes_played}, wrong 4" in said
    assert re.search(rf"Pitch +{100 * row.pitch_accuracy:.0f} ", said)
    assert said.endswith("Stored for ada.\n")


def test_a_file_of_ones_own_with_a_scale_and_a_limit() -> None:
    path = take_file("r_clean_03.flac")
    code, said, _ = run("--source", str(path), "--scale", "E minor", "--fast", "--seconds", "5")
    assert code == 0
    (row,) = stored()
    assert row.duration_seconds == pytest.approx(5.0)
    assert row.scale_chosen == "E Minor"
    assert "E minor, 0 min 5 s" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--scale", "A minr"), "did you mean"),
        (("--tuning", "banjo"), "banjo"),
        (("--strictness", "7"), "Strictness goes from 0 to 1, not 7."),
        (("--bpm", "5000"), "Tempo goes from 20 to 400 bpm, not 5000."),
        (("--channel", "0"), "channel"),
        (("--user", " "), "The player has no name"),
        (("--source", "device", "--fast"), "Only a take can be played fast"),
        (("--source", "demo", "--device", "3"), "leave one of the two out"),
    ],
)
def test_bad_usage_ends_with_two_and_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    source = () if "--source" in arguments else ("--source", "demo")
    code, said, complaint = run(*source, *arguments)
    assert (code, said) == (2, "")
    assert sentence in complaint


def test_a_file_that_is_not_there_fails_with_one_sentence() -> None:
    code, said, complaint = run("--source", "none.wav")
    assert (code, said) == (1, "")
    assert "There is no file none.wav." in complaint


def test_a_take_that_is_cut_is_stored_as_far_as_it_goes(tmp_path: Path) -> None:
    content = take_file("r_clean_01.flac").read_bytes()
    path = tmp_path / "cut.flac"
    path.write_bytes(content[: len(content) // 2])
    code, said, complaint = run("--source", str(path), "--scale", "C major", "--fast")
    assert code == 1
    assert "cut.flac breaks off after" in complaint
    assert "What was heard until then is stored." in complaint
    (row,) = stored()
    assert row.total_notes_played >= 5
    assert "Played" in said


def test_a_take_with_a_sample_that_is_no_number_names_the_place(tmp_path: Path) -> None:
    samples, rate = sf.read(take_file("r_clean_01.flac"), dtype="float32")
    samples[4 * rate] = np.nan
    sf.write(tmp_path / "bad.wav", samples, rate, subtype="FLOAT")
    code, _, complaint = run("--source", str(tmp_path / "bad.wav"), "--fast")
    assert code == 1
    assert "at 4.000 s" in complaint


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_process_that_is_told_to_stop_stores_first(told: signal.Signals) -> None:
    script = (
        "import sys; from workbench.commands.practice import practice;"
        "import workbench.commands.practice as module;"
        "watch = module._watch;"
        "module._watch = lambda session: (print('playing', flush=True), watch(session));"
        "practice(['--source', 'demo', '--user', 'ada'])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "playing\n"
        child.send_signal(told)
        said, _ = child.communicate(timeout=60.0)
    assert child.returncode == 0
    assert said.endswith("Stored for ada.\n")
    (row,) = stored()
    assert row.end_timestamp is not None
    assert row.duration_seconds < 11.0
