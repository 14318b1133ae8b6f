"""What a person sees: a channel, a thread, what only they see, the forms open before them.

Reads; changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import STARTER, Flag, Part
from tests.fakes.discord_server.components import walk
from tests.fakes.discord_server.mentions import words_of
from tests.fakes.discord_server.resolving import media_of

if TYPE_CHECKING:
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.world import Json, Message


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or file as shown. `alt_text` is the gallery's, or else the attachment's."""

    name: str
    content: bytes
    alt_text: str | None
    is_spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: a button or a select."""

    label: str
    custom_id: str | None
    url: str | None = None
    is_disabled: bool = False
    style: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a screen."""

    message: Message
    author: str
    text: str
    pictures: tuple[Picture, ...]
    buttons: tuple[Button, ...]
    is_thinking: bool
    is_private: bool
    replies_to: int | None
    has_thread: bool

    @property
    def labels(self) -> list[str]:
        """What can be pressed."""
        return [button.label for button in self.buttons if not button.is_disabled]


def shown(discord: Discord, message: Message) -> Shown:
    """A message as people see it."""
    return Shown(
        message,
        discord.world.users[message.author_id].name,
        words_of(message).strip("\n"),
        tuple(_pictures(message)),
        tuple(_button(part) for _, part in walk(message.components) if _is_pressable(part)),
        is_thinking=Flag.LOADING in message.flags,
        is_private=message.visible_to is not None,
        replies_to=None if message.reference is None else message.reference[1],
        has_thread=Flag.HAS_THREAD in message.flags,
    )


def channel_view(discord: Discord, channel_id: int, user_id: int | None = None) -> list[Shown]:
    """A channel or thread from top to bottom, with what only that person sees."""
    known = discord.world.channels[channel_id].messages.values()
    # In the place of a thread's first message people see the one that it points to.
    lasting = [one for one in known if not one.is_deleted and one.kind != STARTER]
    own = [one for one in ephemerals(discord, user_id) if one.channel_id == channel_id]
    return [shown(discord, one) for one in sorted([*lasting, *own], key=lambda one: one.id)]


def ephemerals(discord: Discord, user_id: int | None) -> list[Message]:
    """What only one person sees, anywhere."""
    if user_id is None:
        return []
    return [one for one in discord.world.ephemerals if one.visible_to == user_id and not one.is_deleted]


def open_modals(discord: Discord, user_id: int) -> list[Interaction]:
    """The interactions whose form is open before a person."""
    return [one for one in discord.interactions.values() if one.user_id == user_id and one.modal is not None]


def _pictures(message: Message) -> list[Picture]:
    if not message.is_v2:
        return [Picture(one.name, one.content, one.description, one.is_spoiler) for one in message.files]
    files = {str(one.id): one for one in message.files}
    found = []
    for _, part in walk(message.components):
        items = part.get("items") or [part]
        for media, item in zip(media_of(part), items, strict=False):
            file = files.get(str(media.get("attachment_id")))
            if file is not None:
                alt_text = item.get("description") or file.description
                found.append(Picture(file.name, file.content, alt_text, bool(item.get("spoiler"))))
    return found


def _is_pressable(part: Json) -> bool:
    return part["type"] in {Part.BUTTON, Part.STRING_SELECT}


def _button(part: Json) -> Button:
    emoji = (part.get("emoji") or {}).get("name") or ""
    label = part.get("label") or part.get("placeholder") or emoji
    return Button(
        label, part.get("custom_id"), part.get("url"), bool(part.get("disabled")), int(part.get("style") or 0)
    )
