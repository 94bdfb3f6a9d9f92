"""`fretcoach demo-data`."""

from click.testing import CliRunner

from workbench.commands.demo_data import demo_data
from workbench.demo.players import DEMO_PLAYERS
from workbench.settings import load_settings
from workbench.store import queries
from workbench.store.engine import opened
from workbench.store.read import read
from workbench.user import User


def sessions_of(user: User) -> int:
    with opened(load_settings().database_url) as engine:
        return read(engine, user, queries.sessions()).height


def test_it_makes_a_history_and_takes_it_away() -> None:
    made = CliRunner().invoke(demo_data, ["--users", "1", "--weeks", "1", "--seed", "3"])
    assert made.exit_code == 0, made.output
    count = sessions_of(DEMO_PLAYERS[0].user)
    assert f"Made {count} demo sessions over 1 week for demo-ada." in made.stdout
    assert count >= 1

    removed = CliRunner().invoke(demo_data, ["--remove"])
    assert removed.stdout.strip() == f"Removed {count} demo sessions."
    assert sessions_of(DEMO_PLAYERS[0].user) == 0


def test_it_makes_a_crowd_and_takes_it_away() -> None:
    wanted = ["--users", "5", "--weeks", "2", "--sessions", "4", "--notes", "30"]
    made = CliRunner().invoke(demo_data, wanted)
    assert made.exit_code == 0, made.output
    said = "Made 20 demo sessions over 2 weeks for demo-ada, demo-ben, demo-cleo and 2 others."
    assert said in made.stdout
    assert sessions_of(User("demo-0005")) == 4

    fewer = CliRunner().invoke(demo_data, [*wanted, "--users", "4"])
    assert fewer.exit_code == 0, fewer.output
    assert [sessions_of(User(f"demo-000{index}")) for index in (4, 5)] == [4, 0]

    removed = CliRunner().invoke(demo_data, ["--remove"])
    assert removed.stdout.strip() == "Removed 16 demo sessions."


def test_a_number_out_of_range_is_bad_usage() -> None:
    for arguments in (["--users", "0"], ["--weeks", "0"], ["--seed", "x"], ["--notes", "0"]):
        assert CliRunner().invoke(demo_data, arguments).exit_code == 2


def test_a_database_that_is_none_is_a_failure() -> None:
    path = load_settings().data_dir / "fretcoach.sqlite"
    path.parent.mkdir(parents=True)
    path.write_text("just words " * 500)
    failed = CliRunner().invoke(demo_data, ["--weeks", "1"])
    assert failed.exit_code == 1
    assert "Traceback" not in failed.output
