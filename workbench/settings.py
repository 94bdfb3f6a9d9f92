"""The one place that reads the environment: `FRETCOACH_*` variables, keys by their usual names, and `.env`.

Every setting stands in `.env.example` with a sentence.
"""

import getpass
from pathlib import Path
from typing import Annotated, Literal, get_args

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dsp.patience import MOST_PATIENCE_S, PATIENCE_S
from workbench.user import User

DATABASE_FILE = "fretcoach.sqlite"
"""Name of the default database inside the data folder."""

CoachProvider = Literal["rules", "openai", "gemini", "deepseek", "minimax", "ollama", "compatible"]
"""Who words the coach's answers: our own rules, or a language model of one of these."""


class SettingsError(ValueError):
    """A setting with a value that is not allowed; the message is one sentence."""


def _login_name() -> str:
    """The name the player logged in with, or "player" where the system knows none (a container)."""
    try:
        return User(getpass.getuser()).id
    except (KeyError, OSError, ImportError, ValueError):
        return "player"


class Settings(BaseSettings):
    """What a player or an operator can set; the defaults need no server, key or sound card."""

    model_config = SettingsConfigDict(env_prefix="FRETCOACH_", env_file=".env", extra="ignore")

    data_dir: Path = Field(default_factory=lambda: platformdirs.user_data_path("fretcoach", appauthor=False))
    database_url: str = Field(default="", repr=False)
    central_url: str | None = Field(default=None, repr=False)
    analytics_url: str | None = Field(default=None, repr=False)
    user: str = Field(default_factory=_login_name)
    recordings: bool = False
    patience_ms: float = Field(default=1000.0 * PATIENCE_S, ge=0.0, le=1000.0 * MOST_PATIENCE_S)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    coach_provider: CoachProvider = "rules"
    coach_model: str = ""
    coach_base_url: str = ""
    coach_base_urls: dict[CoachProvider, str] = Field(default_factory=dict)
    coach_temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    coach_fallbacks: Annotated[tuple[str, ...], NoDecode] = ()
    coach_budget_usd: float = Field(default=0.0, ge=0.0)
    coach_prices: dict[str, tuple[float, float]] = Field(default_factory=dict)
    coach_timeout_recommendation_s: float = Field(default=30.0, gt=0.0, le=600.0)
    coach_timeout_live_s: float = Field(default=8.0, gt=0.0, le=600.0)
    coach_timeout_chat_s: float = Field(default=60.0, gt=0.0, le=600.0)
    coach_timeout_eval_s: float = Field(default=60.0, gt=0.0, le=600.0)
    coach_live_every_s: float = Field(default=30.0, ge=5.0, le=600.0)

    openai_api_key: SecretStr = Field(default=SecretStr(""), validation_alias="OPENAI_API_KEY")
    google_api_key: SecretStr = Field(default=SecretStr(""), validation_alias="GOOGLE_API_KEY")
    deepseek_api_key: SecretStr = Field(default=SecretStr(""), validation_alias="DEEPSEEK_API_KEY")
    minimax_api_key: SecretStr = Field(default=SecretStr(""), validation_alias="MINIMAX_API_KEY")
    compatible_api_key: SecretStr = SecretStr("")
    opik_api_key: SecretStr = Field(default=SecretStr(""), validation_alias="OPIK_API_KEY")
    opik_url_override: str = Field(default="", validation_alias="OPIK_URL_OVERRIDE")
    opik_workspace: str = Field(default="default", validation_alias="OPIK_WORKSPACE")
    opik_project_name: str = Field(default="fretcoach", validation_alias="OPIK_PROJECT_NAME")

    @field_validator("data_dir")
    @classmethod
    def _whole_path(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("user")
    @classmethod
    def _usable_name(cls, value: str) -> str:
        return User(value).id

    @field_validator("central_url", "analytics_url")
    @classmethod
    def _a_postgres_server(cls, value: str | None) -> str | None:
        if value and not value.startswith(("postgres://", "postgresql://")):
            raise ValueError("only a Postgres server can be shared; write postgresql://user@host/database")
        return value or None

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("coach_provider", mode="before")
    @classmethod
    def _lower_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("coach_fallbacks", mode="before")
    @classmethod
    def _between_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(name for part in value.split(",") if (name := part.strip()))
        return value

    @field_validator("coach_fallbacks")
    @classmethod
    def _known_fallbacks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        models = [name for name in get_args(CoachProvider) if name != "rules"]
        if unknown := [name for name in value if name.partition(":")[0] not in models]:
            raise ValueError(f"{unknown[0]!r} is none of {', '.join(models)}; a model's name follows a colon")
        return value

    @field_validator("coach_base_url", "coach_base_urls", "opik_url_override")
    @classmethod
    def _addresses(cls, value: str | dict[str, str]) -> str | dict[str, str]:
        for address in value.values() if isinstance(value, dict) else [value]:
            if address and not address.startswith(("http://", "https://")):
                raise ValueError("an address begins with http:// or https://")
        return value

    @model_validator(mode="after")
    def _database_in_the_data_folder(self) -> "Settings":
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / DATABASE_FILE}"
        return self

    def player(self) -> User:
        """The user as the store wants it."""
        return User(self.user)


def variable_name(setting: str) -> str:
    """The environment variable of a field of `Settings`, which may be known by that name already."""
    field = Settings.model_fields.get(setting)
    if field is None:  # an error names a field by its alias where it has one
        return setting
    return str(field.validation_alias or f"FRETCOACH_{setting.upper()}")


def load_settings() -> Settings:
    """Read the environment and `.env` now.

    Nothing is kept between calls, so a test that changes the environment sees the change.

    Raises
    ------
    SettingsError
        names the first variable whose value is not allowed
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = variable_name(str(first["loc"][0]))
        reason = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise SettingsError(f"{name} can't be used: {reason}.") from None
