"""The things a workspace is made of, as plain records. Owns no rule: who may do what stands elsewhere."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

ALL_SCOPES = frozenset(
    {
        *("app_mentions:read", "assistant:write", "channels:history", "channels:join", "channels:read"),
        *("chat:write", "commands", "files:read", "files:write", "groups:history", "groups:read"),
        *("im:history", "im:read", "im:write", "mpim:history", "mpim:read", "mpim:write"),
        *("reactions:write", "team:read", "usergroups:read", "users:read"),
    }
)
"""What a bot gets unless told otherwise: everything the fake serves, but not `chat:write.public`."""


class Room(StrEnum):
    """What kind of conversation; the value is the `channel_type` of events."""

    PUBLIC = "channel"
    PRIVATE = "group"
    IM = "im"
    MPIM = "mpim"


@dataclass(slots=True)
class Token:
    """One token. `expires_at` is in seconds since 1970; `enterprise` marks those of org installs."""

    value: str
    team: str
    scopes: frozenset[str]
    is_app: bool = False
    enterprise: str = ""
    expires_at: float | None = None
    error: str = ""


@dataclass(slots=True)
class User:
    """A person or a bot of one workspace."""

    id: str
    team: str
    name: str
    real_name: str = ""
    locale: str = "en-US"
    tz: str = "Europe/Berlin"
    tz_offset_s: int = 3600
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_deleted: bool = False
    is_stranger: bool = False
    is_restricted: bool = False
    display_name: str = ""


@dataclass(slots=True)
class Group:
    """A user group, as `@designers`."""

    id: str
    team: str
    handle: str
    users: list[str] = field(default_factory=list)
    is_disabled: bool = False


@dataclass(slots=True)
class Message:
    """One message. `private_to` marks an ephemeral one, which lives only in what that person sees."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    thread_ts: str = ""
    subtype: str = ""
    bot_id: str = ""
    metadata: Json | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    private_to: str = ""
    client_msg_id: str = ""
    is_broadcast: bool = False

    @property
    def root_ts(self) -> str:
        """The thread it stands in, which is itself where it stands in none."""
        return self.thread_ts or self.ts

    @property
    def is_reply(self) -> bool:
        """Whether it hangs below another message."""
        return bool(self.thread_ts) and self.thread_ts != self.ts


@dataclass(slots=True)
class Channel:
    """One conversation and what was said in it, oldest first."""

    id: str
    team: str
    name: str
    room: Room
    members: set[str] = field(default_factory=set)
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: dict[str, Message] = field(default_factory=dict)
    is_archived: bool = False
    is_shared: bool = False
    locked_threads: set[str] = field(default_factory=set)
    statuses: dict[str, Json] = field(default_factory=dict)
    sessions: dict[str, Json] = field(default_factory=dict)


class Stage(StrEnum):
    """How far a file has come."""

    PROMISED = "promised"
    UPLOADED = "uploaded"
    COMPLETE = "complete"
    DELETED = "deleted"


@dataclass(slots=True)
class File:
    """A file. `ready_at` is when its processing ends, in seconds since 1970; None is never."""

    id: str
    team: str
    user: str
    name: str
    length: int
    key: str = ""
    title: str = ""
    alt_txt: str = ""
    content: bytes = b""
    stage: Stage = Stage.PROMISED
    created: float = 0.0
    ready_at: float | None = None
    shares: dict[str, list[str]] = field(default_factory=dict)
    mode: str = "hosted"
    access: str = "visible"
    mimetype: str = ""
    moved_to: str = ""
    is_page: bool = False

    @property
    def real_mimetype(self) -> str:
        """What it is found to be, once it was looked at."""
        return self.mimetype or mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(slots=True)
class View:
    """A modal or a home tab as it stands."""

    id: str
    team: str
    user: str
    kind: str
    content: Json
    hash: str
    root: str = ""
    previous: str = ""
    is_open: bool = True
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Team:
    """A workspace with our app in it, or one that had it."""

    id: str
    domain: str
    name: str
    bot_user: str
    bot_id: str
    bot_token: str
    scopes: frozenset[str] = ALL_SCOPES
    enterprise: str = ""
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    is_installed: bool = True
    has_agent_sessions: bool = True
    has_uploads: bool = True
    is_full: bool = False
    is_rotating: bool = False
    is_org_install: bool = False
