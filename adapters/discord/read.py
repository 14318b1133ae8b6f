"""What people do on Discord, into what the core takes in. Pure, and calm about every key that is missing.

Owns the delivery keys and the choice of what is meant for us at all. Must never decide what a person's words
mean, and never looks anything up: whoever calls it says where a message stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from adapters.discord.refs import At, FileRef, actor_id, is_snowflake
from adapters.discord.words import Words, names_us_in, words_of
from adapters.platforms.payload import Payload, inner, number, objects, text, texts
from core.app.inbound import Attachment, Inbound, InboundKind, Person, Press
from core.domain.card import Act
from core.domain.ids import ActorId, MessageRef, Platform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adapters.discord.asked import Asked, Spot

_SPOKEN: Final = frozenset({0, 19})
"""Kinds of messages in which a person says something: plain ones and replies (Discord, 2026-08)."""

_FORWARD: Final = 1
"""The kind of a reference that repeats somebody's message instead of answering it."""

MAX_FILE_NAME: Final = 200
_BUTTON: Final = re.compile(r"v\d+:(?P<act>[a-z_]+):(?P<subject>.*)", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class Us:
    """Who we are: our user, and the roles that Discord made for us alone."""

    user: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Heard:
    """An Inbound that still lacks the person's language and rights, where a message did not tell them."""

    key: str
    kind: InboundKind
    spot: Spot
    user: str
    name: str = ""
    roles: tuple[str, ...] = ()
    words: Words = Words("")  # noqa: RUF009 - a frozen value
    press: Press | None = None
    attachments: tuple[Attachment, ...] = ()
    reply_to: MessageRef | None = None
    source: MessageRef | None = None
    is_addressed: bool = False

    @property
    def actor(self) -> ActorId:
        """The person in the core's words."""
        return actor_id(self.spot.workspace, self.user)

    def inbound(self, person: Person, context: str) -> Inbound:
        """The whole of it."""
        return Inbound(
            delivery_key=self.key,
            platform=Platform.DISCORD,
            kind=self.kind,
            person=person,
            channel=self.spot.channel,
            text=self.words.text,
            thread=self.spot.thread,
            press=self.press,
            attachments=self.attachments,
            reply_to=self.reply_to,
            source=self.source,
            is_addressed=self.is_addressed or self.words.names_us,
            mentions_others=self.words.names_others,
            context=context,
        )


# --- messages -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message answers: the message, and whether it is ours, somebody else's, or the person's own."""

    channel: str
    message: str
    is_ours: bool
    is_anothers: bool


def is_spoken(event: Payload, us: Us) -> bool:
    """Whether a person says something: no bot, no webhook, nothing that Discord itself writes."""
    author = inner(event, "author")
    kind = number(event, "type")
    is_by_a_bot = author.get("bot") is True or "webhook_id" in event or text(author, "id") == us.user
    ids = (text(event, "id"), text(event, "channel_id"), text(author, "id"))
    return (kind is None or kind in _SPOKEN) and not is_by_a_bot and all(map(is_snowflake, ids))


def reply_of(event: Payload, us: Us) -> Reply | None:
    """What the message answers; None where it answers nothing that still stands."""
    reference, answered = inner(event, "message_reference"), inner(event, "referenced_message")
    message, author = text(reference, "message_id"), text(inner(answered, "author"), "id")
    if not is_snowflake(message) or number(reference, "type") == _FORWARD or not author:
        return None
    channel = text(reference, "channel_id") or text(event, "channel_id")
    is_ours = author == us.user
    return Reply(channel, message, is_ours, not is_ours and author != text(inner(event, "author"), "id"))


def is_to_us(event: Payload, us: Us) -> bool:
    """Whether a message names us, or answers one of ours."""
    answered = reply_of(event, us)
    return (answered is not None and answered.is_ours) or names_us_in(event, us.user, us.roles)


def read_message(event: Payload, us: Us, spot: Spot) -> Heard:
    """What was said; only for an event in which a person speaks (`is_spoken`)."""
    answered = reply_of(event, us)
    words = words_of(event, us.user, our_roles=us.roles)
    if answered is not None and answered.is_anothers:
        words = replace(words, names_others=True)
    author, member = inner(event, "author"), inner(event, "member")
    return Heard(
        key=f"discord:{text(event, 'id')}",
        kind=InboundKind.MESSAGE,
        spot=spot,
        user=text(author, "id"),
        name=text(member, "nick") or text(author, "global_name") or text(author, "username"),
        roles=texts(member, "roles"),
        words=words,
        attachments=_attachments_of(event),
        reply_to=None if answered is None else At(answered.channel, answered.message).ref,
        source=At(text(event, "channel_id"), text(event, "id")).ref,
        is_addressed=not text(event, "guild_id") or names_us_in(event, us.user, us.roles),
    )


def read_changed(event: Payload, us: Us, spot: Spot) -> Heard | None:
    """Other words in a message. Discord tells of a change too when a link unfolds, and then names no time."""
    edited = text(event, "edited_timestamp")
    if not edited or not text(event, "content"):
        return None
    heard = read_message(event, us, spot)
    return replace(heard, key=f"{heard.key}:edited:{edited}", kind=InboundKind.REVISED)


def read_deleted(event: Payload, user: str, spot: Spot) -> Heard:
    """A message was taken away. Discord does not say whose it was: `user` is remembered by whoever asks."""
    message = text(event, "id")
    return Heard(
        key=f"discord:{message}:deleted",
        kind=InboundKind.WITHDRAWN,
        spot=spot,
        user=user,
        source=At(text(event, "channel_id"), message).ref,
    )


def _attachments_of(event: Payload) -> tuple[Attachment, ...]:
    """Its files, and those of a message that it forwards."""
    forwarded = [inner(one, "message") for one in objects(event, "message_snapshots")]
    return tuple(
        attachment
        for message in (event, *forwarded)
        for attachment in attachments_of(
            objects(message, "attachments"), channel=text(event, "channel_id"), message=text(event, "id")
        )
    )


def attachments_of(
    files: Iterable[Payload], *, channel: str = "", message: str = ""
) -> tuple[Attachment, ...]:
    """Files as Discord tells them; `message` is where their address can be had anew, if they stand in one."""
    return tuple(
        Attachment(
            FileRef(text(one, "url"), text(one, "id"), channel, message).ref,
            (text(one, "filename") or text(one, "id"))[:MAX_FILE_NAME],
            number(one, "size"),
        )
        for one in files
        if is_snowflake(text(one, "id")) and text(one, "url")
    )


# --- buttons ------------------------------------------------------------------------------------------------


def press_of(custom_id: str) -> Press | None:
    """What a button of ours asks for; None for one that this version does not know.

    The version at its beginning is read and not compared: buttons stand in messages for years, and whoever
    gives an act another meaning gives it another name.
    """
    found = _BUTTON.fullmatch(custom_id)
    if found is None or found["act"] not in set(Act):
        return None
    return Press(Act(found["act"]), found["subject"])


def pressed(asked: Asked) -> Press | None:
    """What the pressed button, or the entry that was chosen from a menu, asks for."""
    chosen = texts(asked.data, "values")
    return press_of(chosen[0] if chosen else text(asked.data, "custom_id"))


def read_press(asked: Asked, press: Press, message: str, spot: Spot) -> Heard:
    """A button of one of our messages; `spot` is where its thread is."""
    heard = heard_of(asked, InboundKind.PRESS, spot)
    return replace(heard, press=press, reply_to=At(asked.place, message).ref)


def heard_of(asked: Asked, kind: InboundKind, spot: Spot, words: Words = Words("")) -> Heard:  # noqa: B008 - a frozen value
    """What every interaction says."""
    return Heard(
        key=asked.key,
        kind=kind,
        spot=spot,
        user=asked.user,
        name=asked.name,
        roles=asked.roles,
        words=words,
        is_addressed=True,
    )
