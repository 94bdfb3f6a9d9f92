"""environment.yml: conda gives Python and the system libraries, the lock gives the rest."""

from pathlib import Path

import yaml


def test_environment_is_the_system_parts_and_the_lock(root: Path) -> None:
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    pip = [entry for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert {entry.split(">")[0] for entry in conda} == {"python", "pip", "portaudio", "libsndfile", "make"}
    assert "python>=3.11" in conda
    assert pip == [{"pip": ["-r requirements/all.lock"]}]
    assert (root / "requirements" / "all.lock").is_file()
