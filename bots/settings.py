"""The only reader of the environment: every setting, typed, checked, frozen.

Owns the names and the defaults; `.env.example` documents them and a test compares the two. Secrets are
masked wherever a setting is printed.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.app.errors import SettingsFault

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MICROS_A_DOLLAR = 1_000_000


class Settings(BaseSettings):
    """What the operator decides. Environment variables win over the `.env` file."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    openai_api_key: SecretStr | None = None
    openai_admin_key: SecretStr | None = None
    openai_project_id: str | None = None
    openai_base_url: str = "https://api.openai.com/v1"
    image_model: str = "gpt-image-2"
    engine_concurrency: int = Field(default=4, ge=1, le=200)
    engine_images_per_minute: int = Field(default=5, ge=1, le=100_000)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    slack_connections: int = Field(default=2, ge=1, le=10)

    discord_token: SecretStr | None = None
    discord_message_content: bool = True
    discord_public_key: str | None = Field(default=None, pattern=r"^[0-9a-fA-F]{64}$")
    discord_api_url: str = "https://discord.com/api/v10"
    discord_gateway_url: str | None = None

    database_url: str = "sqlite:///.inkthread/inkthread.sqlite3"
    storage_url: str = "file://.inkthread/pictures"
    encryption_key: SecretStr | None = None

    host: str = "127.0.0.1"
    port: int = Field(default=8321, ge=0, le=65_535)
    public_url: str | None = None
    web_password: SecretStr | None = None
    log_format: Literal["console", "json"] = "console"

    pictures_per_person_per_day: int = Field(default=20, ge=0)
    monthly_budget_usd: float = Field(default=50.0, ge=0, allow_inf_nan=False)
    time_zone: str = "UTC"

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            msg = "is no time zone; use a name such as Europe/Berlin"
            raise ValueError(msg) from error
        return value

    @field_validator("public_url", "openai_base_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value is not None and (parts.scheme not in {"https", "http"} or not parts.hostname):
            msg = "must begin with https:// or http:// and name a host"
            raise ValueError(msg)
        return value

    @property
    def is_sqlite(self) -> bool:
        """Whether everything runs in this one process on a file."""
        return self.database_url.startswith("sqlite")

    @property
    def is_sandbox(self) -> bool:
        """Whether pictures come from the free stand-in, because there is no key."""
        return self.openai_api_key is None

    @property
    def monthly_budget_micros(self) -> int:
        """The budget in micro-dollars."""
        return round(self.monthly_budget_usd * MICROS_A_DOLLAR)

    @property
    def data_folder(self) -> Path | None:
        """The folder of the SQLite file, None for Postgres."""
        return None if self.sqlite_file is None else self.sqlite_file.parent

    @property
    def sqlite_file(self) -> Path | None:
        """The SQLite file, None for Postgres."""
        if not self.is_sqlite:
            return None
        return Path(self.database_url.removeprefix("sqlite:///")).expanduser().resolve()

    @property
    def has_slack(self) -> bool:
        """Whether there is a token for a Slack workspace, or a way to be given some."""
        return self.slack_bot_token is not None or self.is_distributed_on_slack

    @property
    def is_distributed_on_slack(self) -> bool:
        """Whether people may install the app into workspaces of theirs."""
        return self.slack_client_id is not None and self.slack_client_secret is not None

    def secret_values(self) -> tuple[str, ...]:
        """Every secret that is set, for the log to mask."""
        values = [getattr(self, name) for name in type(self).model_fields]
        secrets_set = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        return (*secrets_set, *(key.decode() for key in self._keys()))

    def encryption_keys(self) -> tuple[bytes, ...]:
        """The keys that seal tokens, newest first. Raises SettingsFault as `secret_for_cookies` does."""
        return self._keys() or (self.secret_for_cookies(),)

    def _keys(self) -> tuple[bytes, ...]:
        written = "" if self.encryption_key is None else self.encryption_key.get_secret_value()
        return tuple(key.strip().encode() for key in written.split(",") if key.strip())

    def secret_for_cookies(self) -> bytes:
        """The key that signs cookies and stands behind hashes: the operator's newest, or one beside the data.

        Raises SettingsFault where there is neither a key nor a folder to keep one in.
        """
        keys = self._keys()
        if keys:
            return keys[0]
        folder = self.data_folder
        if folder is None:
            msg = (
                "ENCRYPTION_KEY is not set. With Postgres it must be the same in every process: put 32 "
                "random bytes there, for example from `openssl rand -hex 32`."
            )
            raise SettingsFault(msg)
        return _kept_key(folder / "secret.key")


def _kept_key(path: Path) -> bytes:
    """The key in that file, made on first use; of two processes that start at once, the first counts."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
            fresh.touch(mode=0o600)
            with fresh.open("w") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(fresh, path)
            fresh.unlink()
        key = path.read_text().strip().encode()
    except OSError as error:
        msg = (
            f"The data folder {path.parent} cannot be written ({error.strerror}). Make it writable, or name "
            "another one in DATABASE_URL."
        )
        raise SettingsFault(msg) from error
    if not key:
        msg = (
            f"{path} is empty. Put the copy from your backup there. Without one delete it, and a new key is "
            "made: people log in once more, and platforms' tokens have to be given again."
        )
        raise SettingsFault(msg)
    return key


def load() -> Settings:
    """The settings as they are now. Raises SettingsFault that names each wrong one, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = [
            f"{'.'.join(str(part) for part in one['loc']).upper()} {_complaint(one)}"
            for one in error.errors(include_input=False)
        ]
        msg = "\n  ".join(["Some settings are wrong; mend them in the environment or in .env:", *wrong])
        raise SettingsFault(msg) from None
    except UnicodeDecodeError:
        msg = "The file .env is not text in UTF-8. Save it as such, or begin anew from .env.example."
        raise SettingsFault(msg) from None


_COMPLAINTS = {
    "int_parsing": "must be a whole number",
    "float_parsing": "must be a number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "value_error": "{error}",
    "finite_number": "must be a finite number",
}


def _complaint(one: ErrorDetails) -> str:
    """What is wrong with a setting, in our words where we have some; its value is never told."""
    told = _COMPLAINTS.get(one["type"])
    return told.format_map(one.get("ctx", {})) if told else f"is not understood ({one['msg']})"
