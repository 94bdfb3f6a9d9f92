"""What the documentation says can be done: links lead somewhere, and every command in it exists."""

import re
import shlex
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest

LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)|<img [^>]*src=\"(?P<image>[^\"]+)\"")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCE = re.compile(r"^ *```[a-z]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def documents(root: Path) -> list[Path]:
    return [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").glob("*.md"))]


def anchors(text: str) -> set[str]:
    """The fragment that each heading gets on a code host: lower case, no punctuation, hyphens for blanks."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in HEADING.findall(text)}


def dead_links(document: Path) -> list[str]:
    """Links of a Markdown file to files or headings that don't exist; addresses on the web are not asked."""
    dead = []
    for match in LINK.finditer(FENCE.sub("", document.read_text(encoding="utf-8"))):
        target = match["target"] or match["image"]
        if "://" in target:
            continue
        path, _, fragment = target.partition("#")
        file = document.parent / path if path else document
        if not file.exists() or (fragment and fragment not in anchors(file.read_text(encoding="utf-8"))):
            dead.append(target)
    return dead


def command_lines(text: str, program: str) -> list[list[str]]:
    """The words after `program` in every line of a code block, or of inline code, that begins with it."""
    blocks = FENCE.findall(text)
    inline = re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    lines = [line.strip() for block in [*blocks, *inline] for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.split(" ")[0] == program]


def known_options(command: click.Command) -> set[str]:
    return {"--help", *(option for parameter in command.params for option in parameter.opts)}


def misuse(words: list[str], commands: dict[str, click.Command]) -> str | None:
    """What is wrong with a `fretcoach` line: an unknown command or option; None when nothing is."""
    if not words or words[0].startswith("-"):
        return None
    if words[0] not in commands:
        return f"no command {words[0]}"
    command, rest = commands[words[0]], words[1:]
    while isinstance(command, click.Group) and rest:
        name, *rest = rest
        if name not in command.commands:
            return f"no command {words[0]} {name}"
        command = command.commands[name]
    unknown = {word.split("=")[0] for word in rest if word.startswith("--")} - known_options(command)
    return f"{words[0]} has no {', '.join(sorted(unknown))}" if unknown else None


@pytest.fixture(scope="module")
def commands() -> dict[str, click.Command]:
    return {point.name: point.load() for point in entry_points(group="fretcoach.commands")}


def test_links_lead_somewhere(root: Path) -> None:
    dead = {document.name: links for document in documents(root) if (links := dead_links(document))}
    assert dead == {}


def test_every_document_is_reached_from_the_readme(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in (root / "docs").glob("*.md") if f"docs/{page.name}" not in readme] == []


def test_every_make_command_is_in_the_makefile(root: Path) -> None:
    targets = set(TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    for document in documents(root):
        for words in command_lines(document.read_text(encoding="utf-8"), "make"):
            assert words[0] in targets, f"{document.name}: make {words[0]}"


def test_every_fretcoach_command_and_option_exists(root: Path, commands: dict[str, click.Command]) -> None:
    wrong = [
        f"{document.name}: {problem}"
        for document in documents(root)
        for words in command_lines(document.read_text(encoding="utf-8"), "fretcoach")
        if (problem := misuse(words, commands))
    ]
    assert wrong == []


def test_readme_shows_the_two_commands(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert {"run", "test"} <= {words[0] for words in command_lines(readme, "make")}


@click.group(name="db")
def a_group() -> None:
    """Stand-in for a group of commands."""


@a_group.command()
@click.option("--to")
def upgrade(to: str) -> None:
    """Stand-in for a command with an option."""


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("db upgrade --to head", None),
        ("--help", None),
        ("db downgrade", "no command db downgrade"),
        ("dance", "no command dance"),
        ("db upgrade --from=1", "db has no --from"),
    ],
)
def test_a_wrong_command_line_is_seen(line: str, problem: str | None) -> None:
    assert misuse(shlex.split(line), {"db": a_group}) == problem


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# Top\n[ok](#top) [gone](no.md) [here](page.md#top) [lost](#bottom) [web](https://a.b)\n"
    )
    assert dead_links(page) == ["no.md", "#bottom"]
