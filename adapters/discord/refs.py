"""Discord's own names for things, written as the strings that the core carries unread, and read back. Pure.

Owns the form of ids and references. What comes back is not trusted: what does not read is None. Must never
learn what stands at the place that a reference names.

    WorkspaceId  discord:80351110224678912        a server
                 discord:@80351110224678912       one person: a direct message, or their own app elsewhere
    ActorId      discord:80351110224678912:53908232506183680
    ChannelRef   a channel's id
    ThreadRef    the id of the message that the thread began with. Discord gives a thread made from it the
                 same id; where it makes none (direct messages, within a thread) nothing else is needed.
    MessageRef   channel:message
                 ~channel:message:user            one that Discord shows to that person alone
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from core.domain.ids import ActorId, MessageRef, Platform, ThreadRef, WorkspaceId

_PREFIX: Final = f"{Platform.DISCORD.value}:"
_PERSON: Final = "@"
_PRIVATE: Final = "~"
_MESSAGE: Final = re.compile(
    r"(?P<private>~?)(?P<channel>\d{1,20}):(?P<message>\d{1,20})(?::(?P<user>\d{1,20}))?", re.ASCII
)
_SNOWFLAKE: Final = re.compile(r"\d{1,20}", re.ASCII)
_EPOCH_MS: Final = 1_420_070_400_000
_CHANCE_BITS: Final = 22


def guild_workspace(guild: str) -> WorkspaceId:
    """The core's name of a server."""
    return WorkspaceId(f"{_PREFIX}{guild}")


def personal_workspace(user: str) -> WorkspaceId:
    """The core's name of what one person does outside the servers that the bot is in."""
    return WorkspaceId(f"{_PREFIX}{_PERSON}{user}")


def guild_of(workspace: WorkspaceId) -> str | None:
    """The server, or None where there is none."""
    name = workspace.removeprefix(_PREFIX)
    return None if name.startswith(_PERSON) else name


def actor_id(workspace: WorkspaceId, user: str) -> ActorId:
    """The core's name of a person in a workspace."""
    return ActorId(f"{workspace}:{user}")


def user_of(actor: ActorId) -> str:
    """The Discord user that an actor is."""
    return actor.rpartition(":")[2]


def workspace_of(actor: ActorId) -> WorkspaceId:
    """The workspace that an actor is one of."""
    return WorkspaceId(actor.rpartition(":")[0])


def thread_ref(message: str) -> ThreadRef:
    """A thread, named by the message that it began with."""
    return ThreadRef(message)


def is_snowflake(text: str) -> bool:
    """Whether that can be one of Discord's ids."""
    return _SNOWFLAKE.fullmatch(text) is not None


def shard_of(guild: str, shards: int) -> int:
    """Which of so many shards hears of that server (Discord, 2026-08)."""
    return (int(guild) >> _CHANCE_BITS) % shards


def made_at_s(snowflake: str) -> float:
    """When a thing with that id was made, in seconds since 1970 by Discord's clock."""
    return ((int(snowflake) >> _CHANCE_BITS) + _EPOCH_MS) / 1000


def first_of_ms(moment_ms: int) -> str:
    """The smallest id that anything made at that millisecond since 1970 can have."""
    return str(max(0, moment_ms - _EPOCH_MS) << _CHANCE_BITS)


@dataclass(frozen=True, slots=True)
class At:
    """Where a message stands. `only_to` is set when Discord shows it to one person alone."""

    channel: str
    message: str
    only_to: str = ""

    @property
    def ref(self) -> MessageRef:
        """As the core carries it."""
        if self.only_to:
            return MessageRef(f"{_PRIVATE}{self.channel}:{self.message}:{self.only_to}")
        return MessageRef(f"{self.channel}:{self.message}")


def read_message_ref(ref: MessageRef) -> At | None:
    """Where a message stands, or None for a string that is none of ours."""
    found = _MESSAGE.fullmatch(ref)
    if found is None or bool(found["private"]) != bool(found["user"]):
        return None
    return At(found["channel"], found["message"], found["user"] or "")


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that a person sent, as an `Attachment.ref`: its address, and where to ask for a fresh one.

    Addresses of Discord's CDN end after about a day (2026-08). `message` is empty for what came with a
    command or a form: no message shows it, so its address cannot be had anew.
    """

    url: str
    id: str
    channel: str = ""
    message: str = ""

    @property
    def ref(self) -> str:
        """As the core carries it."""
        return json.dumps([self.url, self.id, self.channel, self.message])


def read_file_ref(ref: str) -> FileRef | None:
    """The file, or None for a string that is none of ours."""
    try:
        found = json.loads(ref)
    except ValueError:
        return None
    match found:
        case [str(url), str(file_id), str(channel), str(message)]:
            return FileRef(url, file_id, channel, message)
        case _:
            return None
