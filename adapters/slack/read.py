"""What Slack sends, into what the core takes in. Pure, and calm about every key that is missing or strange.

Owns the delivery keys and the choice of what is meant for us at all. Who a person is (name, language, admin)
is added later from memory: Slack does not say it here. Must never decide what a person's words mean.

One thing a person did has one key, however often and in whatever ways Slack tells us of it (ADR 25).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from adapters.platforms.payload import Payload, first, inner, text
from adapters.slack.refs import At, FileRef, actor_id, thread_ref, workspace_id
from adapters.slack.words import Words, words_of
from core.app.inbound import Attachment, Inbound, InboundKind, Person, Press
from core.domain.card import Act
from core.domain.ids import ActorId, ChannelRef, MessageRef, Platform, ThreadRef, WorkspaceId

_SPOKEN: Final = frozenset({"", "file_share", "thread_broadcast"})
"""Subtypes of messages in which a person says something new."""

MAX_FILE_NAME: Final = 200
_DIRECT: Final = "im"
_BUTTON: Final = re.compile(r"v1:(?P<act>[a-z_]+):(?P<subject>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a delivery comes from: the workspace that installed us, and who we are there.

    `enterprise` is the organisation, where there is one. Slack Connect brings people of other workspaces: the
    workspace is always the one that has our app.
    """

    team: str
    us: str
    enterprise: str = ""

    @property
    def workspace(self) -> WorkspaceId:
        """The tenant in the core's words."""
        return workspace_id(self.team)

    def actor(self, body: Payload) -> ActorId:
        """Who pressed a button or sent a form."""
        return actor_id(self.workspace, text(inner(body, "user"), "id"))


@dataclass(frozen=True, slots=True)
class Heard:
    """An Inbound that still lacks what we know of the person from elsewhere.

    `response_url` answers this delivery for half an hour without a token, so it is a secret; `context` is one
    that was sealed earlier, when a form was opened.
    """

    key: str
    kind: InboundKind
    origin: Origin
    user: str
    channel: ChannelRef
    words: Words = Words("")  # noqa: RUF009 - a frozen value
    thread: ThreadRef | None = None
    press: Press | None = None
    attachments: tuple[Attachment, ...] = ()
    reply_to: MessageRef | None = None
    source: MessageRef | None = None
    is_addressed: bool = False
    response_url: str = field(default="", repr=False)
    context: str = ""

    @property
    def actor(self) -> ActorId:
        """The person in the core's words."""
        return actor_id(self.origin.workspace, self.user)

    @property
    def said_at(self) -> str:
        """The ts of the person's own message, by which what was said in one thread is put in order."""
        return "" if self.source is None else self.source.rpartition(":")[2]

    def inbound(self, person: Person, context: str) -> Inbound:
        """The whole of it."""
        return Inbound(
            delivery_key=self.key,
            platform=Platform.SLACK,
            kind=self.kind,
            person=person,
            channel=self.channel,
            text=self.words.text,
            thread=self.thread,
            press=self.press,
            attachments=self.attachments,
            reply_to=self.reply_to,
            source=self.source,
            is_addressed=self.is_addressed or self.words.names_us,
            mentions_others=self.words.names_others,
            context=context,
        )


# --- messages -----------------------------------------------------------------------------------------------


def read_message(event: Payload, origin: Origin) -> Heard | None:
    """A message or a mention; None where nobody says anything to us: bots, joins, talk outside threads."""
    match text(event, "subtype"):
        case "message_changed":
            return _changed(event, origin)
        case "message_deleted":
            return _deleted(event, origin)
        case subtype if subtype in _SPOKEN:
            return _spoken(event, origin)
        case _:
            return None


def _spoken(event: Payload, origin: Origin) -> Heard | None:
    user, channel, ts = text(event, "user"), text(event, "channel"), text(event, "ts")
    if not (user and channel and ts) or _is_by_a_bot(event, origin):
        return None
    words = words_of(event, origin.us)
    thread = _thread_of(event)
    is_mention = event.get("type") == "app_mention" or words.names_us
    is_addressed = is_mention or event.get("channel_type") == _DIRECT
    if thread is None and not is_addressed:
        return None
    return Heard(
        key=f"slack:{origin.team}:{channel}:{ts}",
        kind=InboundKind.MESSAGE,
        origin=origin,
        user=user,
        channel=ChannelRef(channel),
        words=words,
        thread=thread,
        attachments=attachments_of(event.get("files"), origin),
        source=At(channel, ts).ref,
        is_addressed=is_addressed,
    )


def _changed(event: Payload, origin: Origin) -> Heard | None:
    """A person changed their own words. Slack also sends this when a link unfolds or a thread grows."""
    now, before, channel = inner(event, "message"), inner(event, "previous_message"), text(event, "channel")
    if now.get("subtype") == "tombstone":
        return _deleted(event, origin)
    edited, ts, user = (
        text(inner(now, "edited"), "ts"),
        text(now, "ts") or text(before, "ts"),
        text(now, "user"),
    )
    if not (edited and ts and user and channel) or _is_by_a_bot(now, origin):
        return None
    words = words_of(now, origin.us)
    if before and words == words_of(before, origin.us):
        return None
    return Heard(
        key=f"slack:{origin.team}:{channel}:{ts}:edited:{edited}",
        kind=InboundKind.REVISED,
        origin=origin,
        user=user,
        channel=ChannelRef(channel),
        words=words,
        thread=_thread_of(now),
        attachments=attachments_of(now.get("files"), origin),
        source=At(channel, ts).ref,
        is_addressed=event.get("channel_type") == _DIRECT,
    )


def _deleted(event: Payload, origin: Origin) -> Heard | None:
    """A person took their own message back."""
    before, channel = inner(event, "previous_message"), text(event, "channel")
    ts, user = text(event, "deleted_ts") or text(before, "ts"), text(before, "user")
    if not (ts and user and channel) or _is_by_a_bot(before, origin):
        return None
    return Heard(
        key=f"slack:{origin.team}:{channel}:{ts}:deleted",
        kind=InboundKind.WITHDRAWN,
        origin=origin,
        user=user,
        channel=ChannelRef(channel),
        thread=_thread_of(before),
        source=At(channel, ts).ref,
    )


def read_stop(event: Payload, origin: Origin) -> Heard | None:
    """Somebody pressed Slack's own Stop in a thread: the same as saying "cancel" there."""
    user, channel, ts = text(event, "user"), text(event, "channel"), text(event, "thread_ts")
    if not (user and channel and ts):
        return None
    return Heard(
        key=f"slack:{origin.team}:{channel}:{ts}:stopped:{user}:{text(event, 'event_ts')}",
        kind=InboundKind.MESSAGE,
        origin=origin,
        user=user,
        channel=ChannelRef(channel),
        words=Words("cancel"),
        thread=thread_ref(ts),
        is_addressed=True,
    )


# --- commands and buttons -----------------------------------------------------------------------------------


def read_imagine(body: Payload, origin: Origin) -> Heard | None:
    """`/imagine …`; None where there are no words, which opens the form instead."""
    heard = _command(body, origin, InboundKind.COMMAND)
    return None if heard is None or not heard.words.text else heard


def read_service(body: Payload, origin: Origin) -> Heard | None:
    """`/inkthread …`: words to the bot about itself; without any, what it can do."""
    return _command(body, origin, InboundKind.SERVICE, otherwise="help")


def _command(body: Payload, origin: Origin, kind: InboundKind, otherwise: str = "") -> Heard | None:
    user, channel, trigger = text(body, "user_id"), text(body, "channel_id"), text(body, "trigger_id")
    if not (user and channel and trigger):
        return None
    words = words_of({"text": body.get("text")}, origin.us)
    return Heard(
        # Slack never repeats a command by itself, and gives each a trigger of its own.
        key=f"slack:{origin.team}:command:{trigger}",
        kind=kind,
        origin=origin,
        user=user,
        channel=ChannelRef(channel),
        words=words if words.text else Words(otherwise),
        is_addressed=True,
        response_url=text(body, "response_url"),
    )


def read_press(body: Payload, origin: Origin) -> Heard | None:
    """A button of one of our messages; None for one that we do not know."""
    action, container = first(body, "actions"), inner(body, "container")
    channel = text(container, "channel_id") or text(inner(body, "channel"), "id")
    user, ts = text(inner(body, "user"), "id"), text(container, "message_ts")
    press = press_of(action)
    if press is None or not (user and channel and ts):
        return None
    return Heard(
        key=f"slack:{origin.team}:{channel}:{ts}:pressed:{text(action, 'action_ts')}:{user}",
        kind=InboundKind.PRESS,
        origin=origin,
        user=user,
        channel=ChannelRef(channel),
        thread=pressed_thread(body),
        press=press,
        reply_to=At(channel, ts).ref,
        is_addressed=True,
        response_url=text(body, "response_url"),
    )


def pressed_thread(body: Payload) -> ThreadRef | None:
    """The thread of the message that a button or a shortcut is on; a message in the channel is its own."""
    message, container = inner(body, "message"), inner(body, "container")
    ts = text(message, "thread_ts") or text(container, "thread_ts")
    if ts:
        return thread_ref(ts)
    if container.get("is_ephemeral"):
        return None
    own = text(message, "ts") or text(container, "message_ts") or text(body, "message_ts")
    return thread_ref(own) if own else None


# --- pieces -------------------------------------------------------------------------------------------------


def _is_by_a_bot(message: Payload, origin: Origin) -> bool:
    """Ours or another's. An app that posts for a person is a bot too: answering it could go on for ever."""
    return bool(message.get("bot_id") or message.get("bot_profile")) or message.get("user") == origin.us


def _thread_of(message: Payload) -> ThreadRef | None:
    """The thread it was said in; the message that a thread hangs on was said in the channel."""
    root = text(message, "thread_ts")
    return thread_ref(root) if root and root != text(message, "ts") else None


def press_of(action: Payload) -> Press | None:
    """What a pressed button, or an entry chosen from a menu, asks for; None where it is none of ours."""
    value = text(inner(action, "selected_option"), "value") or text(action, "value")
    found = _BUTTON.fullmatch(value)
    if found is None or found["act"] not in set(Act):
        return None
    return Press(Act(found["act"]), found["subject"])


def attachments_of(files: object, origin: Origin) -> tuple[Attachment, ...]:
    """The files of a message or of a form's field, in the order in which they were added."""
    found = files if isinstance(files, list) else []
    return tuple(_attachment(one, origin) for one in found if isinstance(one, dict) and text(one, "id"))


def _attachment(file: Payload, origin: Origin) -> Attachment:
    ref = FileRef(
        origin.workspace,
        text(file, "id"),
        text(file, "url_private_download") or text(file, "url_private"),
        text(file, "mode") or "hosted",
        needs_asking=file.get("file_access") == "check_file_info",
    )
    size = file.get("size")
    name = text(file, "name") or text(file, "title") or ref.id
    return Attachment(ref.ref, name[:MAX_FILE_NAME], size if isinstance(size, int) else None)
