"""What could not be taken in: whoever said it is told, without our storage, which is what was away.

Owns who is told. Whether a message was meant for us is otherwise read from the database; here it has to be
seen in the message, or in what the gateway knows. People talking to each other are never told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.discord.asked import Spot
from adapters.discord.context import Room
from adapters.discord.read import is_to_us, read_message
from adapters.discord.refs import guild_workspace, personal_workspace
from adapters.discord.rest import Route
from adapters.discord.taking import NOT_STORED
from adapters.discord.threads import nonce_of
from adapters.platforms.payload import Payload, inner, text
from core.app.inbound import Person
from core.app.understanding import understand
from core.domain.ids import ChannelRef
from core.domain.prompt.model import Talk

if TYPE_CHECKING:
    from adapters.discord.guilds import Guilds
    from adapters.discord.people import People
    from adapters.discord.read import Heard, Us
    from adapters.discord.rest import Json, Rest

_PINGS_NOBODY: Final[Json] = {"parse": [], "replied_user": False}


@dataclass(frozen=True, slots=True)
class Losses:
    """Tells people what was lost."""

    rest: Rest
    guilds: Guilds
    people: People

    async def tell(self, event: Payload, us: Us) -> None:
        """Answer a message that could not be stored, where it was meant for us. Best effort."""
        if not self._is_meant(event, us):
            return
        heard = _heard(event, us)
        locale = self.people.locale_at_hand(heard.actor, text(event, "guild_id"))
        if _is_talk(heard):
            return
        body: Json = {
            "content": NOT_STORED.words(locale),
            "message_reference": {"message_id": text(event, "id")},
            "allowed_mentions": _PINGS_NOBODY,
            "nonce": nonce_of(f"lost {text(event, 'id')}"),
            "enforce_nonce": True,
        }
        place = {"channel_id": text(event, "channel_id")}
        await self.rest.ask(Route("POST", "/channels/{channel_id}/messages", place), body)

    def _is_meant(self, event: Payload, us: Us) -> bool:
        guild = text(event, "guild_id")
        return not guild or is_to_us(event, us) or self.guilds.is_ours(guild, text(event, "channel_id"))


def _heard(event: Payload, us: Us) -> Heard:
    guild = text(event, "guild_id")
    workspace = guild_workspace(guild) if guild else personal_workspace(text(inner(event, "author"), "id"))
    room = Room.THREAD if guild else Room.DIRECT
    return read_message(event, us, Spot(workspace, ChannelRef(text(event, "channel_id")), None, room))


def _is_talk(heard: Heard) -> bool:
    """Whether nothing would have come of it: a comment, an emoji, words to somebody else."""
    person = Person(heard.actor, heard.spot.workspace, heard.name)
    return isinstance(understand(heard.inbound(person, "")), Talk)
