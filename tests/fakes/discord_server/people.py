"""What people do, in their words: call commands, press, fill in forms, say, change and take back.

A verb does it at once and returns what came of it; whoever wants to know what the bot made of it waits for
that. Places and people are given as what `world` made or as ids.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_server.access import may_write, sees
from tests.fakes.discord_server.bits import Ask, Option, Part
from tests.fakes.discord_server.choosing import (
    NotOffered,
    Upload,
    fill_in,
    find_command,
    is_user_install,
    name_of,
    resolve_user,
)
from tests.fakes.discord_server.commands import CHAT_INPUT, MESSAGE, USER
from tests.fakes.discord_server.components import SELECTS, spread, walk
from tests.fakes.discord_server.envelopes import envelope
from tests.fakes.discord_server.files import make_file, told_limit
from tests.fakes.discord_server.forms import fill_form
from tests.fakes.discord_server.interactions import Interaction, new_interaction
from tests.fakes.discord_server.posting import delete as delete_message
from tests.fakes.discord_server.posting import new_message, publish
from tests.fakes.discord_server.refusals import Refused
from tests.fakes.discord_server.world import id_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.doorstep import Doorstep
    from tests.fakes.discord_server.world import Channel, Json, Message, User


class People:
    """The verbs. `doorstep` is set where interactions go over HTTP instead of the gateway."""

    def __init__(self, discord: Discord) -> None:
        self.discord = discord
        self.doorstep: Doorstep | None = None
        self._posting: set[asyncio.Task[None]] = set()

    # --- commands and menus ------------------------------------------------------------------------

    def slash(
        self,
        channel: Channel | int,
        user: User | int,
        command: str,
        options: Mapping[str, Any] | None = None,
        files: Mapping[str, Upload] | None = None,
    ) -> Interaction:
        """`/command sub …` with its options; `files` are its attachment options, bytes or (name, bytes)."""
        place, person = self._channel(channel), self._user(user)
        name, *path = command.removeprefix("/").split()
        found = find_command(self.discord, place, person.id, name, CHAT_INPUT)
        values = {**(options or {}), **(files or {})}
        sent, resolved = fill_in(self.discord, place, found, path, values)
        data = _command_data(found, CHAT_INPUT) | {"options": sent}
        if resolved:
            data["resolved"] = resolved
        return self._ask(Ask.COMMAND, place, person, data)

    def autocomplete(  # noqa: PLR0913 - what was typed, and what stood beside it
        self,
        channel: Channel | int,
        user: User | int,
        command: str,
        option: str,
        text: str = "",
        *,
        options: Mapping[str, Any] | None = None,
    ) -> Interaction:
        """The person types into one option; the answer's choices stand in `.choices`."""
        place, person = self._channel(channel), self._user(user)
        name, *path = command.removeprefix("/").split()
        found = find_command(self.discord, place, person.id, name, CHAT_INPUT)
        sent = _partial(found, path, {**(options or {}), option: text}, option)
        return self._ask(
            Ask.AUTOCOMPLETE, place, person, _command_data(found, CHAT_INPUT) | {"options": sent}
        )

    def menu(self, message: Message, user: User | int, command: str) -> Interaction:
        """A command of a message's menu."""
        place, person = self._channel(message.channel_id), self._user(user)
        self._check_sight(message, person)
        found = find_command(self.discord, place, person.id, command, MESSAGE)
        resolved = {"messages": {str(message.id): self.discord.show(message)}}
        data = _command_data(found, MESSAGE) | {"target_id": str(message.id), "resolved": resolved}
        return self._ask(Ask.COMMAND, place, person, data, command_kind=MESSAGE)

    def user_menu(
        self, channel: Channel | int, user: User | int, target: User | int, command: str
    ) -> Interaction:
        """A command of a person's menu."""
        place, person = self._channel(channel), self._user(user)
        found = find_command(self.discord, place, person.id, command, USER)
        resolved: Json = {}
        target_id = resolve_user(self.discord, place, target, resolved)
        data = _command_data(found, USER) | {"target_id": target_id, "resolved": resolved}
        return self._ask(Ask.COMMAND, place, person, data, command_kind=USER)

    # --- buttons, selects and forms ----------------------------------------------------------------

    def press(
        self, message: Message, user: User | int, custom_id: str, values: Sequence[str] | None = None
    ) -> Interaction:
        """A button, or a choice in a select, by custom_id or by the label people read."""
        place, person = self._channel(message.channel_id), self._user(user)
        self._check_sight(message, person)
        part = find_part(message, custom_id)
        data: Json = {
            "custom_id": part["custom_id"],
            "component_type": part["type"],
            "id": part.get("id") or 0,
        }
        if part["type"] in SELECTS:
            data |= _chosen(part, list(values or []))
        return self._ask(Ask.COMPONENT, place, person, data, source=message)

    def submit(
        self,
        opened: Interaction,
        values: Mapping[str, Any] | None = None,
        files: Mapping[str, Sequence[Upload]] | None = None,
    ) -> Interaction:
        """Send the form that an interaction opened; `files` are for its uploads, bytes or (name, bytes)."""
        if opened.modal is None:
            told = "no form is open"
            raise NotOffered(told)
        modal, opened.modal = opened.modal, None
        place, person = self._channel(opened.channel_id), self._user(opened.user_id)
        data = fill_form(self.discord, place.id, modal, values or {}, files or {})
        return self._ask(Ask.MODAL_SUBMIT, place, person, data, source=opened.source, opened_by=opened)

    def _ask(self, kind: Ask, channel: Channel, user: User, data: Json, **more: Any) -> Interaction:  # noqa: ANN401 - fields of the dataclass
        guild = self.discord.world.guild_of(channel)
        if guild is not None and user.id not in guild.members:
            told = f"{user.name} is not in {guild.name}"
            raise NotOffered(told)
        installed = is_user_install(self.discord, channel)
        asked = new_interaction(self.discord, kind, user.id, channel, is_user_install=installed, **more)
        asked.payload = envelope(self.discord, asked, data)
        self.deliver(asked)
        return asked

    def deliver(self, asked: Interaction) -> None:
        """Send an interaction to the app, the way it gets them; also a second time, as a replay does."""
        if self.doorstep is None:
            channel = self.discord.world.channels[asked.channel_id]
            self.discord.tell("INTERACTION_CREATE", channel, asked.payload)
            return
        task = asyncio.get_running_loop().create_task(self.doorstep.deliver(asked))
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)

    # --- talking -----------------------------------------------------------------------------------

    def say(  # noqa: PLR0913 - what a message has
        self,
        channel: Channel | int,
        user: User | int,
        text: str = "",
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[Upload] = (),
    ) -> Message:
        """Write a message; `ping` is the "@ on" of a reply."""
        place, person = self._channel(channel), self._user(user)
        self._check_write(place, person)
        message = new_message(self.discord, place, person.id, content=text)
        if reply_to is not None:
            message.kind, message.reference = 19, (reply_to.channel_id, reply_to.id)
        for upload in files:
            name, content = name_of(upload)
            if len(content) > told_limit(self.discord.world, place, person.id):
                told = f"{name} is too large for {person.name}"
                raise NotOffered(told)
            message.files.append(make_file(self.discord.world, place.id, name, content))
        allowed = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
        return publish(self.discord, place, message, allowed)

    def edit(self, message: Message, text: str) -> Message:
        """The author changes their words."""
        message.content, message.edited_at = text, self.discord.now()
        self.discord.tell_message("MESSAGE_UPDATE", message)
        return message

    def delete(self, message: Message) -> None:
        """A message is taken away, by its author or a moderator."""
        delete_message(self.discord, message)

    def _check_write(self, channel: Channel, user: User) -> None:
        try:
            if not channel.is_private:
                may_write(self.discord.world, user.id, channel)
        except Refused as refused:
            told = f"{user.name} cannot write there: {refused}"
            raise NotOffered(told) from refused

    def _check_sight(self, message: Message, user: User) -> None:
        place = self._channel(message.channel_id)
        is_hidden = message.visible_to not in {None, user.id} or not sees(self.discord.world, user.id, place)
        if message.is_deleted or is_hidden:
            told = f"{user.name} does not see that message"
            raise NotOffered(told)

    def _channel(self, channel: Channel | int) -> Channel:
        found = self.discord.world.channels[id_of(channel)]
        if found.is_deleted:
            told = "the channel is gone"
            raise NotOffered(told)
        return found

    def _user(self, user: User | int) -> User:
        return self.discord.world.users[id_of(user)]


def find_part(message: Message, wanted: str) -> Json:
    """The component with that custom_id or label, where it can be used."""
    for _, part in walk(message.components):
        if part.get("custom_id") == wanted or (part.get("label") == wanted and "custom_id" in part):
            if part.get("disabled"):
                told = f"{wanted!r} is disabled"
                raise NotOffered(told)
            return part
    ids = [part["custom_id"] for _, part in walk(message.components) if "custom_id" in part]
    told = f"the message has no {wanted!r}, only {ids}"
    raise NotOffered(told)


def _chosen(part: Json, values: list[str]) -> Json:
    offered = [option["value"] for option in part.get("options") or []]
    if part["type"] == Part.STRING_SELECT and not set(values) <= set(offered):
        told = f"it offers {offered}, not {values}"
        raise NotOffered(told)
    low, high = spread(part)
    if not low <= len(values) <= high:
        told = f"it takes {low} to {high} values"
        raise NotOffered(told)
    return {"values": values}


def _command_data(command: Json, kind: int) -> Json:
    found: Json = {"id": command["id"], "name": command["name"], "type": kind}
    if "guild_id" in command:
        found["guild_id"] = command["guild_id"]
    return found


def _partial(command: Json, path: list[str], values: Mapping[str, Any], focused: str) -> list[Json]:
    options: list[Json] = command.get("options") or []
    if path:
        inner = next(one for one in options if one["name"] == path[0])
        return [
            {
                "type": inner["type"],
                "name": inner["name"],
                "options": _partial(inner, path[1:], values, focused),
            }
        ]
    known = {option["name"]: option for option in options}
    if not known.get(focused, {}).get("autocomplete"):
        told = f"{focused!r} does not complete"
        raise NotOffered(told)
    return [
        {"type": known[name]["type"], "name": name, "value": value}
        | ({"focused": True} if name == focused else {})
        for name, value in values.items()
        if known[name]["type"] != Option.ATTACHMENT
    ]
