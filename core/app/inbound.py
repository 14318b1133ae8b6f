"""What an adapter hands to the Studio: one message, command or button press, normalised.

Owns the inbound values. Everything in them came from outside and is not trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from core.domain.card import Act
    from core.domain.ids import ActorId, ChannelRef, MessageRef, Platform, ThreadRef, WorkspaceId


@dataclass(frozen=True, slots=True)
class Person:
    """The one who asked, as the platform describes them.

    `locale` is the platform's own tag (`en-US`, `zh-CN`). `roles` are the bare ids of their roles or user
    groups. `is_admin` is what the platform says now; who was named in chat is the core's to know.
    """

    id: ActorId
    workspace: WorkspaceId
    name: str
    locale: str = "en"
    roles: tuple[str, ...] = ()
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as the platform gave it. `ref` is all its adapter needs to fetch it, also after a restart."""

    ref: str
    file_name: str
    size_bytes: int | None = None


class InboundKind(StrEnum):
    """How it reached us.

    SERVICE: words to the bot about itself: `quota`, `usage 7`, `settings`.
    WITHDRAWN: the person deleted their message `source`; a turn of it that has not asked the engine yet is
    cancelled. REVISED: the person changed the words of `source`; a turn of it that has not asked the engine
    yet takes the new ones, and where it has, its person is told once how to change the picture.
    """

    COMMAND = "command"
    MESSAGE = "message"
    PRESS = "press"
    SERVICE = "service"
    WITHDRAWN = "withdrawn"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Press:
    """A button: what it does and what it is about (`turn` id, `v3`, `v3b`, or what a CONFIRM carries out).

    With a MESSAGE it is the button that opened the form which was sent: EDIT names the base, `text` and
    `attachments` are the wish.
    """

    act: Act
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that a person did.

    `delivery_key` is the platform's own id of this delivery: the same key does nothing twice. `thread` is
    None outside a thread. `reply_to` is the message that was replied to, where the platform says so.
    `is_addressed` means the bot itself was meant (a mention, a DM, a command); `mentions_others` that the
    words go to somebody else. `context` is the adapter's own, handed back unread when it has to answer (a
    response address, a token, encrypted where it is a secret). `source` is the person's own message that
    this came from, where the platform has one.
    """

    delivery_key: str
    platform: Platform
    kind: InboundKind
    person: Person
    channel: ChannelRef
    text: str = ""
    thread: ThreadRef | None = None
    press: Press | None = None
    attachments: tuple[Attachment, ...] = ()
    reply_to: MessageRef | None = None
    is_addressed: bool = False
    mentions_others: bool = False
    context: str = ""
    source: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A place in which we are no more: all of a workspace, one of its channels, or one thread in there."""

    workspace: WorkspaceId
    channel: ChannelRef | None = None
    thread: ThreadRef | None = None


class ReceiptKind(StrEnum):
    """What became of an Inbound, for the adapter's acknowledgement."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"
    IGNORED = "ignored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reception:
    """The Studio's answer to `receive`; what people read comes through the Surface."""

    kind: ReceiptKind


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The Studio's answer to `take_in`, given once the delivery is stored.

    `outcome` comes when it has been worked on. It is None where that is not known here: another process was
    faster, or ours was stopped.
    """

    kind: ReceiptKind
    outcome: Awaitable[Reception | None]
