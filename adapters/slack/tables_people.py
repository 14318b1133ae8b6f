"""Who has our app, and who is there, as tables.

Owns the rows of installations and people. Times are whole milliseconds since 1970, UTC. What is called
`sealed` can only be read with the operator's key.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Text
from sqlmodel import Field

from adapters.slack.tables import SlackTable


class SlackInstallationRow(SlackTable, table=True):
    """A workspace, or a whole organisation, that has our app. `key` is `T0123`, or `E0123` for the latter.

    `refreshing_until_ms` keeps two processes from using the same refresh token: it works only once.
    """

    __tablename__ = "slack_installation"

    key: str = Field(max_length=64, primary_key=True)
    team: str = Field(default="", max_length=64)
    enterprise: str = Field(default="", max_length=64)
    name: str = Field(default="", max_length=255)
    url: str = Field(default="", max_length=255)
    bot_user: str = Field(default="", max_length=64)
    bot_id: str = Field(default="", max_length=64)
    scopes: str = Field(default="", sa_column=Column(Text, nullable=False))
    sealed_token: str = Field(sa_column=Column(Text, nullable=False))
    sealed_refresh_token: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    expires_ms: int | None = Field(default=None, sa_type=BigInteger)
    refreshing_until_ms: int = Field(default=0, sa_type=BigInteger)
    installed_ms: int = Field(sa_type=BigInteger)


class SlackTeamRow(SlackTable, table=True):
    """Which organisation a workspace belongs to, where the organisation has our app and not the workspace."""

    __tablename__ = "slack_team"

    team: str = Field(max_length=64, primary_key=True)
    enterprise: str = Field(max_length=64, index=True)


class SlackStateRow(SlackTable, table=True):
    """An installation that somebody has begun in their browser; used once."""

    __tablename__ = "slack_state"

    state: str = Field(max_length=64, primary_key=True)
    expires_ms: int = Field(sa_type=BigInteger, index=True)


class SlackPersonRow(SlackTable, table=True):
    """What Slack last said of a person, so that an acknowledgement never waits for Slack."""

    __tablename__ = "slack_person"

    actor: str = Field(max_length=160, primary_key=True)
    team: str = Field(max_length=64, index=True)
    name: str = Field(max_length=255)
    locale: str = Field(max_length=35)
    is_admin: bool
    roles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    known_ms: int = Field(sa_type=BigInteger)
