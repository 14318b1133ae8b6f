"""What the Discord adapter notes beside its messages, as a table: one line, one fact, under a name.

Owns those rows. Times are whole milliseconds since 1970, UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field

from adapters.discord.tables import DiscordTable


class DiscordNoteRow(DiscordTable, table=True):
    """A fact: a language (`locale:…`), a server (`server:…`), what a channel was told (`told:…`)."""

    __tablename__ = "discord_note"

    key: str = Field(max_length=200, primary_key=True)
    value: str = Field(max_length=200)
    noted_ms: int = Field(sa_type=BigInteger, index=True)
