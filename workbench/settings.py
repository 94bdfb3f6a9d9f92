"""The one place that reads the environment: `FRETCOACH_*` variables and a `.env` file.

Every setting stands in `.env.example` with a sentence.
"""

import getpass
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from dsp.patience import MOST_PATIENCE_S, PATIENCE_S
from workbench.user import User

DATABASE_FILE = "fretcoach.sqlite"
"""Name of the default database inside the data folder."""


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

    @model_validator(mode="after")
    def _database_in_the_data_folder(self) -> "Settings":
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / DATABASE_FILE}"
        return self

    def player(self) -> User:
        """The user as the store wants it."""
        return User(self.user)


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
        name = "FRETCOACH_" + "_".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise SettingsError(f"{name} can't be used: {reason}.") from None
