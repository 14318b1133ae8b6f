"""Slack's ids in the strings that the core keeps for us without reading them, and back. Pure.

Owns every such string. What people and Slack send is not trusted: what does not read is None.

    WorkspaceId  slack:T0123               ChannelRef  C0123
    ActorId      slack:T0123:U045          ThreadRef   1700000000.000100 (the ts of its first message)
    MessageRef   C0123:1700000000.000100 (with its channel, so that a direct message can be found again)
    button       v1:edit:v3b
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from core.app.inbound import Attachment, Press
from core.domain.card import Act
from core.domain.ids import ActorId, ChannelRef, MessageRef, ThreadRef, WorkspaceId

if TYPE_CHECKING:
    from collections.abc import Mapping

_BUTTON: Final = re.compile(r"v1:(?P<act>[a-z_]+):(?P<subject>.*)", re.DOTALL)


def workspace_id(team: str) -> WorkspaceId:
    """A Slack team as a workspace."""
    return WorkspaceId(f"slack:{team}")


def team_of(workspace: WorkspaceId) -> str:
    """The Slack team of a workspace."""
    return workspace.removeprefix("slack:")


def actor_id(team: str, user: str) -> ActorId:
    """A person as our workspace knows them, also one who comes from elsewhere through Slack Connect."""
    return ActorId(f"slack:{team}:{user}")


def user_of(actor: ActorId) -> str:
    """The Slack user id of a person."""
    return actor.rpartition(":")[2]


def thread_ref(ts: str) -> ThreadRef:
    """The thread that hangs on the message of that ts."""
    return ThreadRef(ts)


def message_ref(channel: str, ts: str) -> MessageRef:
    """A message: a ts alone is only unique within its channel."""
    return MessageRef(f"{channel}:{ts}")


def message_of(ref: MessageRef) -> tuple[ChannelRef, str]:
    """The channel and the ts of a message."""
    channel, _, ts = ref.rpartition(":")
    return ChannelRef(channel), ts


def button_value(act: Act, subject: str) -> str:
    """What a button carries."""
    return f"v1:{act.value}:{subject}"


def press_of(action: Mapping[str, Any]) -> Press | None:
    """What a pressed button, or an entry chosen from a menu, asks for."""
    chosen = action.get("selected_option")
    value = chosen.get("value") if isinstance(chosen, dict) else action.get("value")
    found = _BUTTON.fullmatch(value) if isinstance(value, str) else None
    if found is None or found["act"] not in {act.value for act in Act}:
        return None
    return Press(Act(found["act"]), found["subject"])


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that a person sent: enough to fetch it after a restart, and no token.

    `access` is Slack's `file_access` (`check_file_info` for files of Slack Connect), `mode` whether it is
    there at all (`hosted`, `external`, `tombstone`, `hidden_by_limit`). `team` is the workspace that has us.
    """

    id: str
    url: str
    team: str
    mode: str = ""
    access: str = ""


def attachment_of(file: Mapping[str, Any], team: str) -> Attachment:
    """A file object of a message or a form."""
    url = file.get("url_private_download") or file.get("url_private") or ""
    ref = FileRef(
        str(file["id"]), str(url), team, str(file.get("mode") or ""), str(file.get("file_access") or "")
    )
    size = file.get("size")
    return Attachment(
        json.dumps(asdict(ref), separators=(",", ":")),
        str(file.get("name") or file.get("title") or file["id"])[:200],
        size if isinstance(size, int) else None,
    )


def file_of(attachment: Attachment) -> FileRef | None:
    """What is behind an attachment."""
    try:
        return FileRef(**json.loads(attachment.ref))
    except (ValueError, TypeError):
        return None
