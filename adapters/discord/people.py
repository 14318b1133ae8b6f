"""Who is behind a Discord user id, where a message does not say it: language, admin or not.

Owns what is remembered of people. An interaction says everything of its person; a message says name and roles
alone, so the language is the one of their last interaction, else the server's. Nothing here asks Discord.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from adapters.discord.notes import locale_key
from adapters.discord.refs import guild_of
from core.app.inbound import Person

if TYPE_CHECKING:
    from adapters.discord.asked import Asked
    from adapters.discord.guilds import Guilds
    from adapters.discord.notes import Notes
    from adapters.discord.read import Heard
    from core.app.background import Background
    from core.domain.ids import ActorId, WorkspaceId

MOST_REMEMBERED: Final = 5_000
"""People kept in memory; the others are read from the database, which is as true but not as quick."""

_UNKNOWN: Final = "en"


class People:
    """Remembers in which language people want to be answered."""

    def __init__(self, notes: Notes, guilds: Guilds, background: Background) -> None:
        self._notes = notes
        self._guilds = guilds
        self._background = background
        self._locales: OrderedDict[ActorId, str] = OrderedDict()

    def met(self, asked: Asked) -> None:
        """Somebody used a command, a button or a form: remember their language, without waiting for it."""
        actor, locale = asked.person.id, asked.locale
        if self._locales.get(actor) != locale:
            self._remember(actor, locale)
            self._background.start(self._notes.put(locale_key(actor), locale), "discord person")

    async def speaker(self, heard: Heard) -> Person:
        """The person of a message."""
        guild = guild_of(heard.spot.workspace)
        return Person(
            id=heard.actor,
            workspace=heard.spot.workspace,
            name=heard.name or heard.user,
            locale=await self._locale(heard.actor, guild),
            roles=heard.roles,
            is_admin=guild is not None and self._guilds.is_admin(guild, heard.user, heard.roles),
        )

    def locale_at_hand(self, actor: ActorId, guild: str) -> str:
        """Their language as far as it is known without our storage; `guild` is empty for none."""
        return self._locales.get(actor) or self._of_server(guild or None)

    def forget(self, workspace: WorkspaceId) -> None:
        """Drop the people of a server that the bot is not in any more."""
        for actor in [one for one in self._locales if one.startswith(f"{workspace}:")]:
            del self._locales[actor]

    async def _locale(self, actor: ActorId, guild: str | None) -> str:
        known = self._locales.get(actor) or await self._notes.get(locale_key(actor))
        if known is not None:
            self._remember(actor, known)
            return known
        return self._of_server(guild)

    def _of_server(self, guild: str | None) -> str:
        return _UNKNOWN if guild is None else self._guilds.locale(guild) or _UNKNOWN

    def _remember(self, actor: ActorId, locale: str) -> None:
        self._locales[actor] = locale
        self._locales.move_to_end(actor)
        if len(self._locales) > MOST_REMEMBERED:
            self._locales.popitem(last=False)
