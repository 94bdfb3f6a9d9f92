"""Settings come from FRETCOACH_ variables and .env, and from nowhere else."""

import getpass
import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from workbench.settings import Settings, SettingsError, load_settings


def test_defaults_need_no_server(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'fretcoach.sqlite'}"
    assert settings.central_url is None
    assert settings.recordings is False
    assert logging.getLevelNamesMapping()[settings.log_level] == logging.INFO


def test_patience_is_from_0_to_200_ms(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().patience_ms == 40.0
    monkeypatch.setenv("FRETCOACH_PATIENCE_MS", "900")
    with pytest.raises(SettingsError, match="PATIENCE_MS"):
        load_settings()


def test_the_default_player_is_who_is_logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "grace")
    assert load_settings().player().id == "grace"


def test_a_container_without_a_login_name_gets_a_player(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no username set in the environment")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert load_settings().player().id == "player"


def test_the_environment_is_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_USER", "ada")
    assert load_settings().user == "ada"
    monkeypatch.setenv("FRETCOACH_USER", "ben")
    assert load_settings().user == "ben"


def test_a_dotenv_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "FRETCOACH_USER=ada\nFRETCOACH_LOG_LEVEL=warning\nOPENAI_API_KEY=sk-1\nSOMETHING=else\n"
    )
    monkeypatch.setitem(Settings.model_config, "env_file", str(dotenv))
    monkeypatch.setenv("FRETCOACH_USER", "ben")
    settings = load_settings()
    assert (settings.user, settings.log_level) == ("ben", "WARNING")
    assert settings.openai_api_key.get_secret_value() == "sk-1"


def test_a_home_folder_may_be_written_as_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_DATA_DIR", "~/music")
    assert load_settings().data_dir == Path.home() / "music"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "loud"),
        ("RECORDINGS", "sometimes"),
        ("USER", "   "),
        ("USER", "x" * 300),
        ("CENTRAL_URL", "sqlite:///x"),
        ("COACH_PROVIDER", "chatgpt"),
        ("COACH_BASE_URL", "localhost:11434"),
        ("COACH_BASE_URLS", '{"ollama": "localhost:11434"}'),
        ("COACH_BASE_URLS", '{"chatgpt": "http://localhost"}'),
        ("COACH_TEMPERATURE", "3"),
        ("COACH_FALLBACKS", "gemini, chatgpt"),
        ("COACH_FALLBACKS", "rules"),
        ("COACH_BUDGET_USD", "-1"),
        ("COACH_PRICES", '{"m": [1]}'),
        ("COACH_TIMEOUT_LIVE_S", "0"),
        ("COACH_LIVE_EVERY_S", "1"),
    ],
)
def test_a_bad_value_is_named_in_one_sentence(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"FRETCOACH_{name}", value)
    with pytest.raises(SettingsError, match=rf"^FRETCOACH_{name} can't be used: [^\n]+\.$"):
        load_settings()


def test_no_password_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "CENTRAL_URL", "ANALYTICS_URL"):
        monkeypatch.setenv(f"FRETCOACH_{name}", "postgresql://ada:s3cret@host/db")
    assert "s3cret" not in repr(load_settings())
    assert "s3cret" not in str(load_settings())


def test_an_address_of_opik_is_named_as_opik_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPIK_URL_OVERRIDE", "localhost")
    with pytest.raises(SettingsError, match=r"^OPIK_URL_OVERRIDE can't be used: [^\n]+\.$"):
        load_settings()


def test_the_coach_asks_nobody_unless_told_to() -> None:
    settings = load_settings()
    assert (settings.coach_provider, settings.coach_fallbacks, settings.coach_budget_usd) == (
        "rules",
        (),
        0.0,
    )


def test_fallbacks_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_COACH_PROVIDER", "OpenAI")
    monkeypatch.setenv("FRETCOACH_COACH_FALLBACKS", " gemini , ollama:llama3.2:3b,")
    settings = load_settings()
    assert (settings.coach_provider, settings.coach_fallbacks) == ("openai", ("gemini", "ollama:llama3.2:3b"))


@pytest.mark.parametrize(
    "name",
    [
        "OPENAI_API_KEY",
        "GOOGLE_API_KEY",
        "DEEPSEEK_API_KEY",
        "MINIMAX_API_KEY",
        "FRETCOACH_COMPATIBLE_API_KEY",
        "OPIK_API_KEY",
    ],
)
def test_no_key_is_shown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "sk-s3cret")
    settings = load_settings()
    assert "sk-s3cret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "sk-s3cret" in {value.get_secret_value() for _, value in settings if isinstance(value, SecretStr)}
