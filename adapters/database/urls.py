"""Which database a `DATABASE_URL` means, and which driver talks to it.

Owns the spelling of the setting. Must never learn what is kept there. Messages name no password.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.app.errors import SettingsFault

_FAMILIES = {"sqlite": "sqlite", "postgresql": "postgresql", "postgres": "postgresql"}
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
_SYNC_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}

_HOW = "Set it to sqlite:///path/to/file.db, sqlite:////absolute/path.db or postgresql://user@host/name."


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """A checked DATABASE_URL, without its driver. Shows its password to nobody."""

    url: URL

    @property
    def is_postgres(self) -> bool:
        """Whether it is Postgres; otherwise it is SQLite."""
        return self.url.drivername == "postgresql"

    @property
    def file(self) -> Path | None:
        """The database's file, for SQLite."""
        return None if self.is_postgres else Path(self.url.database or "")

    def for_async(self) -> URL:
        """Spell it with the driver for units of work."""
        return self.url.set(drivername=_DRIVERS[self.url.drivername])

    def for_sync(self) -> URL:
        """Spell it with the driver for migrations."""
        return self.url.set(drivername=_SYNC_DRIVERS[self.url.drivername])


def read_url(text: str) -> DatabaseUrl:
    """Check a DATABASE_URL.

    Raises:
        SettingsFault: it is not one of the two kinds, names a driver, or no file.

    """
    try:
        url = make_url(text)
    except ArgumentError:
        msg = f"DATABASE_URL is not a URL. {_HOW}"
        raise SettingsFault(msg) from None
    family = _FAMILIES.get(url.drivername)
    if family is None:
        msg = f"DATABASE_URL begins with {url.drivername}://, which is not supported. {_HOW}"
        raise SettingsFault(msg)
    if family == "sqlite" and (url.database in {None, "", ":memory:"} or url.query):
        msg = (
            f"DATABASE_URL must name a file, without options: a database in memory is lost at the end. {_HOW}"
        )
        raise SettingsFault(msg)
    return DatabaseUrl(url.set(drivername=family))
