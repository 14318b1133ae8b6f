"""Slack's own names for things, written as the strings that the core carries unread, and read back. Pure.

Owns the form of ids and references. What comes back is not trusted: what does not read is None. Must never
learn what stands at the place that a reference names.

    WorkspaceId  slack:T0123               ChannelRef  C0123
    ActorId      slack:T0123:U045          ThreadRef   1700000000.000100 (the ts of its root)
    MessageRef   C0123:1700000000.000100   (with its channel: direct messages stand in another)
                 ~C0123:1700000000.000100:U045  (one that Slack shows to that person alone)
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from core.domain.ids import ActorId, MessageRef, Platform, ThreadRef, WorkspaceId

_PREFIX: Final = f"{Platform.SLACK.value}:"
_PRIVATE: Final = "~"
_MESSAGE: Final = re.compile(
    r"(?P<private>~?)(?P<channel>[A-Z0-9]+):(?P<ts>[\w.-]+)(?::(?P<user>[A-Z0-9]+))?", re.ASCII
)
_DIRECT: Final = "D"
"""How the id of a conversation between one person and the app begins."""


def workspace_id(team: str) -> WorkspaceId:
    """The core's name of a Slack team."""
    return WorkspaceId(f"{_PREFIX}{team}")


def team_of(workspace: WorkspaceId) -> str:
    """The Slack team of a workspace."""
    return workspace.removeprefix(_PREFIX)


def actor_id(workspace: WorkspaceId, user: str) -> ActorId:
    """The core's name of a person in a workspace, also of one who comes from elsewhere by Slack Connect."""
    return ActorId(f"{workspace}:{user}")


def user_of(actor: ActorId) -> str:
    """The Slack user that an actor is."""
    return actor.rpartition(":")[2]


def workspace_of(actor: ActorId) -> WorkspaceId:
    """The workspace that an actor is one of."""
    return WorkspaceId(actor.rpartition(":")[0])


def thread_ref(ts: str) -> ThreadRef:
    """A thread, named by the `ts` of its root."""
    return ThreadRef(ts)


def is_direct(channel: str) -> bool:
    """Whether only one person and the app are in that conversation."""
    return channel.startswith(_DIRECT)


@dataclass(frozen=True, slots=True)
class At:
    """Where a message stands. `only_to` is set when Slack shows it to one person and nobody can change it."""

    channel: str
    ts: str
    only_to: str = ""

    @property
    def ref(self) -> MessageRef:
        """As the core carries it."""
        if self.only_to:
            return MessageRef(f"{_PRIVATE}{self.channel}:{self.ts}:{self.only_to}")
        return MessageRef(f"{self.channel}:{self.ts}")


def read_message_ref(ref: MessageRef) -> At | None:
    """Where a message stands, or None for a string that is none of ours."""
    found = _MESSAGE.fullmatch(ref)
    if found is None or bool(found["private"]) != bool(found["user"]):
        return None
    return At(found["channel"], found["ts"], found["user"] or "")


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that a person sent, as an `Attachment.ref`: enough to fetch it after a restart, and no token.

    `needs_asking` says that Slack told only the file's id and wants to be asked for the rest, as it does with
    files of a shared channel's other side (`file_access: check_file_info`). `mode` is Slack's word for what
    became of the file: hosted, external, tombstone, hidden_by_limit, …
    """

    workspace: WorkspaceId
    id: str
    url: str = ""
    mode: str = "hosted"
    needs_asking: bool = False

    @property
    def ref(self) -> str:
        """As the core carries it."""
        return json.dumps([self.workspace, self.id, self.url, self.mode, self.needs_asking])


def read_file_ref(ref: str) -> FileRef | None:
    """The file, or None for a string that is none of ours."""
    try:
        found = json.loads(ref)
    except ValueError:
        return None
    match found:
        case [str(workspace), str(file_id), str(url), str(mode), bool(needs_asking)]:
            return FileRef(WorkspaceId(workspace), file_id, url, mode, needs_asking)
        case _:
            return None
