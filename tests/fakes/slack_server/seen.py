"""What a person sees: messages as words, pictures and buttons, threads, whispers, forms and the home tab.

Reads the world and changes nothing. A picture is its bytes, so that a test can compare them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.slack_server.things import Stage, View
from tests.fakes.slack_server.views import open_modals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.slack_server.things import Channel, File, Json, Message
    from tests.fakes.slack_server.world import World


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """A picture in a message. `file` is the id of its file."""

    file: str
    alt: str
    title: str
    content: bytes = field(repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True)
class SeenButton:
    """Something to press; `style` is empty, `primary` or `danger`."""

    label: str
    action_id: str
    value: str
    block_id: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as it looks. `fallback` is what notifications and screen readers say."""

    channel: str
    ts: str
    author: str
    text: str
    fallback: str
    pictures: tuple[SeenPicture, ...] = ()
    buttons: tuple[SeenButton, ...] = ()
    shared: tuple[SeenPicture, ...] = ()
    thread_ts: str = ""
    replies: int = 0
    status: str = ""
    is_private: bool = False
    is_from_bot: bool = False

    def button(self, label_or_action: str) -> SeenButton:
        """The button with that label or action; StopIteration's plain cousin where there is none."""
        for button in self.buttons:
            if label_or_action in {button.label, button.action_id}:
                return button
        told = f"no button {label_or_action!r} among {[button.label for button in self.buttons]}"
        raise LookupError(told)


def channel_view(world: World, channel_id: str, viewer: str = "") -> list[Seen]:
    """What stands in the conversation itself, oldest first; `viewer` adds what only they see."""
    channel = world.channel(channel_id)
    return [
        look(world, channel, message, viewer)
        for message in _visible(channel, viewer)
        if not message.is_reply or message.is_broadcast
    ]


def thread_view(world: World, channel_id: str, thread_ts: str, viewer: str = "") -> list[Seen]:
    """A thread: its root first."""
    channel = world.channel(channel_id)
    return [
        look(world, channel, message, viewer)
        for message in _visible(channel, viewer)
        if message.root_ts == thread_ts
    ]


def whispers(world: World, channel_id: str, viewer: str) -> list[Seen]:
    """What only that person sees there, in threads and outside, oldest first."""
    channel = world.channel(channel_id)
    return [
        look(world, channel, message, viewer) for message in _visible(channel, viewer) if message.private_to
    ]


def _visible(channel: Channel, viewer: str) -> list[Message]:
    whispers = [whisper for whisper in channel.ephemerals.values() if viewer and whisper.private_to == viewer]
    return sorted([*channel.messages.values(), *whispers], key=lambda message: message.ts)


def look(world: World, channel: Channel, message: Message, viewer: str = "") -> Seen:
    """One message as `viewer` sees it, or as anybody does."""
    shown = message.blocks or (
        [{"type": "section", "text": {"type": "mrkdwn", "text": message.text}}] if message.text else []
    )
    status = channel.statuses.get(message.ts, {})
    is_busy = bool(status) and status["ends_at"] > world.now()
    return Seen(
        channel=channel.id,
        ts=message.ts,
        author=message.user,
        text="\n".join(line for block in shown for line in words_of(block)),
        fallback=message.text,
        pictures=tuple(picture for block in shown for picture in _pictures(world, block)),
        buttons=tuple(button for block in shown for button in buttons_of(block, viewer)),
        shared=tuple(_shared(world.files[name]) for name in message.files),
        thread_ts=message.thread_ts,
        replies=sum(each.is_reply and each.thread_ts == message.ts for each in channel.messages.values()),
        status=status["status"] if is_busy else "",
        is_private=bool(message.private_to),
        is_from_bot=bool(message.bot_id),
    )


def words_of(part: object) -> Iterator[str]:
    """The words of a block, line by line, as they stand on the screen; buttons and alt texts are no words."""
    if isinstance(part, list):
        for each in part:
            yield from words_of(each)
        return
    if not isinstance(part, dict):
        return
    kind = part.get("type")
    if kind in {"mrkdwn", "plain_text", "markdown"}:
        yield str(part.get("text", ""))
    elif kind in {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}:
        yield "".join(_inline(each) for each in part.get("elements", []))
    elif kind == "task_card":
        yield f"[{part.get('status')}] {part.get('title')}"
        yield from words_of([part.get("details"), part.get("output")])
    elif kind not in {"button", "overflow", "icon_button", "option"}:
        yield from words_of([value for name, value in part.items() if name not in {"alt_text", "options"}])


def _inline(element: Json) -> str:
    shown = {
        "text": element.get("text"),
        "link": element.get("text") or element.get("url"),
        "emoji": f":{element.get('name')}:",
        "user": f"<@{element.get('user_id')}>",
        "channel": f"<#{element.get('channel_id')}>",
        "usergroup": f"<!subteam^{element.get('usergroup_id')}>",
        "broadcast": f"<!{element.get('range')}>",
        "date": element.get("fallback"),
    }
    return str(shown.get(str(element.get("type"))) or "")


def _pictures(world: World, part: object) -> Iterator[SeenPicture]:
    if isinstance(part, list):
        for each in part:
            yield from _pictures(world, each)
    elif isinstance(part, dict):
        if part.get("type") == "image":
            yield _picture(world, part)
        for value in part.values():
            yield from _pictures(world, value)


def _picture(world: World, block: Json) -> SeenPicture:
    named = block.get("slack_file", {})
    file = world.files.get(named.get("id", "")) or next(
        (each for each in world.files.values() if f"-{each.id}/" in named.get("url", "")), None
    )
    title = block.get("title", {}).get("text", "")
    if file is None:
        return SeenPicture("", block.get("alt_text", ""), title, b"", block.get("image_url", ""))
    content = b"" if file.stage is Stage.DELETED else file.content
    return SeenPicture(file.id, block.get("alt_text", ""), title, content, file.name)


def _shared(file: File) -> SeenPicture:
    return SeenPicture(file.id, file.alt_txt, file.title, file.content, file.name)


def buttons_of(block: object, viewer: str = "", block_id: str = "") -> Iterator[SeenButton]:
    """Everything in a block that can be pressed, the entries of a menu included."""
    if isinstance(block, list):
        for each in block:
            yield from buttons_of(each, viewer, block_id)
        return
    if not isinstance(block, dict):
        return
    block_id = str(block.get("block_id") or block_id)
    kind = block.get("type")
    allowed = block.get("visible_to_user_ids")
    if allowed and viewer and viewer not in allowed:
        return
    if kind in {"button", "icon_button"}:
        yield _button(block, block_id)
    elif kind == "overflow":
        for option in block.get("options", []):
            yield SeenButton(
                option["text"]["text"],
                str(block.get("action_id", "")),
                str(option.get("value", "")),
                block_id,
            )
    else:
        for value in block.values():
            yield from buttons_of(value, viewer, block_id)


def _button(block: Json, block_id: str) -> SeenButton:
    label = block.get("text", {}).get("text", "")
    action, value = str(block.get("action_id", "")), str(block.get("value", ""))
    return SeenButton(label, action, value, block_id, str(block.get("style", "")))


def forms_of(world: World, user: str) -> list[View]:
    """The modals a person has open, lowest first."""
    team = next(team.id for team in world.teams.values() if user in team.users)
    return open_modals(world, team, user)


def words_of_view(view: View) -> str:
    """A form or home tab as words, titles and labels included."""
    title = view.content.get("title", {}).get("text", "")
    return "\n".join([*([title] if title else []), *(line for line in words_of(view.content["blocks"]))])
