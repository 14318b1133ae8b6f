"""What Discord tells us of: one short function for each way in. Each stores, or opens a form, and answers.

Owns which command, button or form is heard by what. How long an acknowledgement may wait stands in
`taking.py`, what is read from a payload in `read.py` and its sisters. Must never raise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from adapters.discord import read_commands as commands
from adapters.discord.asked import Asked, Kind, Spot, read_asked
from adapters.discord.commands import SERVICES, Command, Menu, Setting
from adapters.discord.context import Circumstances, Original
from adapters.discord.read import (
    Heard,
    Us,
    is_spoken,
    pressed,
    read_changed,
    read_deleted,
    read_message,
    read_press,
)
from adapters.discord.refs import At, is_snowflake, made_at_s, user_of
from adapters.discord.taking import Told
from adapters.platforms.payload import Payload, number, text
from core.domain.card import Act

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.discord.callbacks import Callbacks
    from adapters.discord.completing import Completing
    from adapters.discord.context import Contexts
    from adapters.discord.departures import Departures
    from adapters.discord.forms import Forms
    from adapters.discord.hints import Hints
    from adapters.discord.losses import Losses
    from adapters.discord.people import People
    from adapters.discord.places import Places
    from adapters.discord.settings_forms import SettingsForms
    from adapters.discord.taking import Taking
    from core.app.inbound import Press
    from core.app.reports import Reports
    from core.app.views import Desk

FOLLOWED_S: Final = 24 * 3600
"""How long a deletion can still call off what a message asked for; a turn gives up long before."""

_OF_MESSAGES: Final = 3
"""The kind of a command that stands in the menu of messages."""


@dataclass(slots=True)
class Listeners:
    """The functions that are told what happens on Discord. `us` is set when Discord says who we are."""

    us: Us
    taking: Taking
    callbacks: Callbacks
    places: Places
    people: People
    contexts: Contexts
    completing: Completing
    forms: Forms
    settings: SettingsForms
    hints: Hints
    losses: Losses
    departures: Departures
    desk: Desk
    reports: Reports

    def sees_content(self, *, is_seen: bool) -> None:
        """Whether Discord tells us all words from now on."""
        self.hints.sees_content = is_seen

    # --- interactions ---

    async def interaction(self, payload: Payload) -> None:
        """Somebody used a command, a menu, a button or a form, or types into an option."""
        asked = read_asked(payload)
        if asked is None:
            return
        try:
            self.people.met(asked)
            await self._heard(asked)
        except Exception as error:  # noqa: BLE001 - the last net before the connection, which it would end
            self.reports.fault("discord_interaction_failed", error, interaction=asked.id)

    async def _heard(self, asked: Asked) -> None:
        match asked.kind:
            case Kind.COMMAND if number(asked.data, "type") == _OF_MESSAGES:
                await self._menu(asked)
            case Kind.COMMAND:
                await self._command(asked)
            case Kind.COMPONENT:
                await self._press(asked)
            case Kind.AUTOCOMPLETE:
                await self.completing.complete(asked)
            case Kind.FORM:
                await self._form(asked)
            case Kind.PING:
                pass

    async def _command(self, asked: Asked) -> None:
        name = text(asked.data, "name")
        match name:
            case Command.IMAGINE:
                await self.taking.asked(asked, lambda: self._imagine(asked), Original.SHOWN)
            case Command.EDIT:
                await self.taking.asked(asked, lambda: self._edit(asked), Original.SHOWN)
            case Command.SETTINGS:
                await self._settings(asked)
            case Command.FORGET:
                await self._serve(asked, commands.forget_words(asked))
            case _ if name in SERVICES:
                await self._serve(asked, SERVICES[Command(name)])
            case _:
                await self.callbacks.say(asked, Told("said_unknown_button").words(asked.locale))

    async def _settings(self, asked: Asked) -> None:
        match commands.setting_of(asked):
            case Setting.SHOW | None:
                await self._serve(asked, "settings")
            case Setting.USAGE:
                await self._serve(asked, commands.usage_words(asked))
            case setting:
                await self.settings.open(asked, setting)

    async def _serve(self, asked: Asked, words: str) -> None:
        async def hear() -> Heard:
            spot = await self.places.of_latest(asked) or asked.spot
            return commands.read_service(asked, spot, words)

        await self.taking.asked(asked, hear, Original.HIDDEN)

    async def _imagine(self, asked: Asked) -> Heard:
        return commands.read_imagine(asked, await self.places.of_command(asked))

    async def _edit(self, asked: Asked) -> Heard | Told:
        spot = await self.places.of_latest(asked)
        version, typed = commands.version_of(asked)
        if spot is None:
            return Told("said_edit_where")
        if typed and not version:
            return Told("no_such_revision", {"revision": typed})
        return commands.read_edit(asked, spot, version)

    # --- buttons, menus, forms ---

    async def _press(self, asked: Asked) -> None:
        press = pressed(asked)
        if press is None:
            await self.callbacks.say(asked, Told("said_unknown_button").words(asked.locale))
        elif press.act is Act.EDIT:
            await self.forms.edit(asked, text(asked.message, "id"), press.subject)
        else:
            hear = self._hear_press(asked, press, text(asked.message, "id"))
            await self.taking.asked(asked, hear, Original.KEPT)

    def _hear_press(self, asked: Asked, press: Press, message: str) -> Callable[[], Awaitable[Heard]]:
        async def hear() -> Heard:
            return read_press(asked, press, message, await self.places.of_message(asked, message))

        return hear

    async def _menu(self, asked: Asked) -> None:
        match text(asked.data, "name"):
            case Menu.WHY:
                press = self.forms.pressable(asked, Act.WHY)
                if press is None:
                    await self.callbacks.say(asked, Told("said_not_ours").words(asked.locale))
                    return
                hear = self._hear_press(asked, press, text(asked.data, "target_id"))
                await self.taking.asked(asked, hear, Original.HIDDEN)
            case Menu.EDIT:
                await self.forms.edit_message(asked)
            case _:
                await self.forms.use_message(asked)

    async def _form(self, asked: Asked) -> None:
        if self.settings.is_one(asked):
            await self.settings.sent(asked)
        else:
            await self.taking.asked(asked, lambda: self.forms.sent(asked), self.forms.leaves(asked))

    # --- messages ---

    async def message(self, event: Payload) -> None:
        """Somebody wrote a message."""
        us = self._us_in(event)
        if is_spoken(event, us):
            lost = partial(self.losses.tell, event, us)
            await self._in_line(event, us, lambda spot: read_message(event, us, spot), lost)

    async def changed(self, event: Payload) -> None:
        """Somebody changed a message."""
        us = self._us_in(event)
        if is_spoken(event, us):
            await self._in_line(event, us, lambda spot: read_changed(event, us, spot))

    async def deleted(self, event: Payload) -> None:
        """A message is gone. Discord does not say whose it was; the core knows who asked with it."""
        message, channel = text(event, "id"), text(event, "channel_id")
        if not (is_snowflake(message) and is_snowflake(channel)) or self._is_long_ago(message):
            return

        async def take() -> None:
            spot = await self.places.of_deleted(event)
            if spot is not None:
                await self._withdrawn(event, spot)

        # Whoever takes a message back at once may be faster than we are in taking it in.
        await self.taking.in_line(channel, message, take)

    async def _withdrawn(self, event: Payload, spot: Spot) -> None:
        source = At(text(event, "channel_id"), text(event, "id")).ref
        asker = await self.desk.asker_of(spot.workspace, spot.channel, source)
        if asker is not None:
            await self._said(event, read_deleted(event, user_of(asker), spot))

    def _is_long_ago(self, message: str) -> bool:
        """Whether what came of it is over for sure, so that nobody need be asked."""
        return made_at_s(message) < self.contexts.clock.now().timestamp() - FOLLOWED_S

    def _us_in(self, event: Payload) -> Us:
        """Who we are there; our roles count only where a message calls some."""
        if not (event.get("mention_roles") or "<@&" in text(event, "content")):
            return self.us
        return Us(self.us.user, self.places.guilds.our_roles(text(event, "guild_id")))

    async def _in_line(
        self,
        event: Payload,
        us: Us,
        hear: Callable[[Spot], Heard | None],
        lost: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        async def take() -> None:
            spot = await self.places.of_said(event, us)
            heard = None if spot is None else hear(spot)
            if spot is None or heard is None or await self.hints.is_unreadable(event, heard):
                return
            await self._said(event, heard)

        await self.taking.in_line(text(event, "channel_id"), text(event, "id"), take, lost)

    async def _said(self, event: Payload, heard: Heard) -> None:
        person = await self.people.speaker(heard)
        context = self.contexts.close(self._circumstances(event, heard, person.locale))
        await self.taking.said(heard.inbound(person, context))

    def _circumstances(self, event: Payload, heard: Heard, locale: str) -> Circumstances:
        """What the surface has to know to answer; what an interaction would tell, the gateway knows."""
        guild, spot = text(event, "guild_id"), heard.spot
        told = Circumstances(heard.user, text(event, "channel_id"), spot.room, locale)
        if not guild:
            return told
        return replace(
            told,
            file_limit=self.places.guilds.file_limit(guild),
            permissions=self.places.guilds.permissions(guild, spot.channel),
        )
