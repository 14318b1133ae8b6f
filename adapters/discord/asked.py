"""An interaction: who asked where, and by which token it is answered. Pure.

Owns what all interactions have in common, and which workspace one belongs to. Must never learn what it asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from adapters.discord.context import Answering, Circumstances, Original, Room
from adapters.discord.refs import actor_id, guild_workspace, is_snowflake, personal_workspace, thread_ref
from adapters.platforms.payload import Payload, inner, number, text, texts
from core.app.inbound import Person
from core.domain.ids import ChannelRef, ThreadRef, WorkspaceId

THREADS: Final = frozenset({10, 11, 12})
"""Kinds of channels that are threads: of announcements, public, private (Discord, 2026-08)."""

HAS_THREADS: Final = frozenset({0, 5})
"""Kinds of channels whose messages can get a thread: text and announcements."""

MANAGE_GUILD: Final = 1 << 5
ADMINISTRATOR: Final = 1 << 3
EPHEMERAL: Final = 1 << 6
_BOT_DM: Final = 1
_GUILD_OWNS: Final = "0"
_PERSON_OWNS: Final = "1"


class Kind(IntEnum):
    """What an interaction is."""

    PING = 1
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    FORM = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something was said, in the core's words. `thread` is None outside a thread of pictures."""

    workspace: WorkspaceId
    channel: ChannelRef
    thread: ThreadRef | None
    room: Room


@dataclass(frozen=True, slots=True)
class Asked:
    """An interaction. `place` is the channel, thread or conversation itself, `parent` what a thread hangs on.

    `owner` is the person who brought the app along where the server has not installed it.
    """

    id: str
    kind: Kind
    application: str
    token: str = field(repr=False)
    user: str
    name: str
    roles: tuple[str, ...]
    is_admin: bool
    locale: str
    guild: str
    place: str
    parent: str
    room: Room
    owner: str
    permissions: int | None
    file_limit: int | None
    data: Payload = field(repr=False)
    message: Payload = field(repr=False)

    @property
    def key(self) -> str:
        """Its delivery key: Discord may deliver it again after a broken connection, under the same id."""
        return f"discord:{self.id}"

    @property
    def workspace(self) -> WorkspaceId:
        """The tenant. A server that has not installed the app is none: each person stands for themselves."""
        if self._is_in_a_workspace:
            return guild_workspace(self.guild)
        return personal_workspace(self.owner or self.user)

    @property
    def _is_in_a_workspace(self) -> bool:
        return bool(self.guild) and self.room is not Room.FOREIGN

    @property
    def person(self) -> Person:
        """Who asked. In a workspace of one person nobody is an admin: its limits are the operator's."""
        return Person(
            actor_id(self.workspace, self.user),
            self.workspace,
            self.name,
            self.locale,
            self.roles,
            self.is_admin and self._is_in_a_workspace,
        )

    @property
    def spot(self) -> Spot:
        """Where a command was given that begins something new."""
        return Spot(self.workspace, ChannelRef(self.place), None, self.room)

    def spot_of(self, message: str) -> Spot:
        """Where a message of ours stands of which nothing is noted: in its thread, or as the first of one."""
        if self.parent:
            return Spot(self.workspace, ChannelRef(self.parent), thread_ref(self.place), self.room)
        return Spot(self.workspace, ChannelRef(self.place), thread_ref(message), self.room)

    def circumstances(self, original: Original) -> Circumstances:
        """What the surface has to know to answer; `original` is what the acknowledgement left standing."""
        return Circumstances(
            user=self.user,
            channel=self.place,
            room=self.room,
            locale=self.locale,
            file_limit=self.file_limit,
            permissions=self.permissions,
            answering=Answering(self.application, self.id, self.token, original),
        )


def read_asked(payload: Payload) -> Asked | None:
    """The interaction; None for one without what every one has, and of a kind that is not known."""
    member, channel = inner(payload, "member"), inner(payload, "channel")
    user = inner(member, "user") or inner(payload, "user")
    ids = (text(payload, "id"), text(user, "id"), text(payload, "application_id"))
    kind, token = number(payload, "type"), text(payload, "token")
    if not all(map(is_snowflake, ids)) or not token or kind not in set(Kind):
        return None
    owners = inner(payload, "authorizing_integration_owners")
    place = text(channel, "id") or text(payload, "channel_id")
    permissions = number(member, "permissions") or 0
    return Asked(
        id=ids[0],
        kind=Kind(kind),
        application=ids[2],
        token=token,
        user=ids[1],
        name=text(member, "nick") or text(user, "global_name") or text(user, "username") or ids[1],
        roles=texts(member, "roles"),
        is_admin=bool(permissions & (MANAGE_GUILD | ADMINISTRATOR)),
        locale=text(payload, "locale") or text(payload, "guild_locale") or "en",
        guild=text(payload, "guild_id"),
        place=place,
        parent=text(channel, "parent_id") if number(channel, "type") in THREADS else "",
        room=_room(payload, channel),
        owner=text(owners, _PERSON_OWNS) if _GUILD_OWNS not in owners else "",
        permissions=number(payload, "app_permissions"),
        file_limit=number(payload, "attachment_size_limit"),
        data=inner(payload, "data"),
        message=inner(payload, "message"),
    )


def _room(payload: Payload, channel: Payload) -> Room:
    owners = inner(payload, "authorizing_integration_owners")
    if not text(payload, "guild_id"):
        return Room.DIRECT if number(payload, "context") in {_BOT_DM, None} else Room.FOREIGN
    if _PERSON_OWNS in owners and _GUILD_OWNS not in owners:
        return Room.FOREIGN
    return room_of_kind(number(channel, "type"))


def room_of_kind(kind: int | None) -> Room:
    """What kind of room a server's channel is."""
    return Room.CHANNEL if kind in HAS_THREADS else Room.THREAD
