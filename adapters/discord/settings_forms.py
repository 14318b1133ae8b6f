"""What admins decide in forms: opened filled in, carried out by the core, answered to them alone.

Owns the way between a form and the core's answer. The core alone knows who is an admin.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from adapters.discord import modals_admin
from adapters.discord.callbacks import Answered
from adapters.discord.commands import Setting
from adapters.discord.context import Original
from adapters.discord.modals_admin import ADMIN_FORMS, GRANT, SERVER, AllowanceWish
from adapters.discord.modals_read import Values
from adapters.discord.taking import Told
from adapters.platforms.payload import text
from core.app.views import Denied
from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.discord.asked import Asked
    from adapters.discord.callbacks import Callbacks
    from adapters.discord.rest import Json
    from core.app.reports import Reports
    from core.app.views import AllowanceView, Desk

IN_TIME_S: Final = 1.5
"""How long a form may wait for what stands in it: a first answer is due within three seconds."""


@dataclass(frozen=True, slots=True)
class SettingsForms:
    """The forms of admins."""

    desk: Desk
    callbacks: Callbacks
    reports: Reports

    def is_one(self, asked: Asked) -> bool:
        """Whether the form that was sent is one of these."""
        return text(asked.data, "custom_id") in ADMIN_FORMS

    async def open(self, asked: Asked, setting: Setting) -> None:
        """Open a form, for admins."""
        try:
            async with asyncio.timeout(IN_TIME_S):
                form = await self._form(asked, setting)
        except Exception as error:  # noqa: BLE001 - told to the person, and to the operator
            self.reports.fault("discord_form_not_opened", error, interaction=asked.id)
            form = Told("not_stored")
        if isinstance(form, Told):
            await self.callbacks.say(asked, form.words(asked.locale))
        else:
            await self.callbacks.form(asked, form)

    async def _form(self, asked: Asked, setting: Setting) -> Json | Told:
        if not await self.desk.is_admin(asked.person):
            return Told("admins_only")
        if setting is Setting.SERVER:
            settings = await self.desk.workspace_settings(asked.workspace)
            return modals_admin.server_form(asked.locale, settings)
        return modals_admin.allowance_form(asked.locale, is_grant=setting is Setting.MORE)

    async def sent(self, asked: Asked) -> None:
        """Carry out a sent form, and say what came of it."""
        if await self.callbacks.think(asked, is_hidden=True) is not Answered.TAKEN:
            # Delivered again, and carried out before: "more for today" would be given twice.
            return
        try:
            told = await self._carried_out(asked)
        except Exception as error:  # noqa: BLE001 - told to the person, and to the operator
            self.reports.fault("discord_form_not_carried_out", error, interaction=asked.id)
            told = sentence("not_stored", asked.locale)
        await self.callbacks.tell_late(asked, told, Original.HIDDEN)

    async def _carried_out(self, asked: Asked) -> str:
        values, name = Values(asked), text(asked.data, "custom_id")
        if name == SERVER:
            change = modals_admin.read_server(values, asked.workspace)
            answer = await self.desk.change_workspace(asked.person, change)
            return (
                _denied(answer, asked) if isinstance(answer, Denied) else sentence("said_saved", asked.locale)
            )
        wish = modals_admin.read_allowance(values, asked.workspace, is_grant=name == GRANT)
        if wish is None:
            return sentence("form_bad_amount", asked.locale)
        standing = await self._allowance(wish, asked)
        if isinstance(standing, Denied):
            return _denied(standing, asked)
        settings = await self.desk.workspace_settings(asked.workspace)
        return modals_admin.standing_text(asked.locale, ZoneInfo(settings.time_zone), standing)

    async def _allowance(self, wish: AllowanceWish, asked: Asked) -> Sequence[AllowanceView] | Denied:
        person = asked.person
        if wish.period is None:
            return await self.desk.grant(person, wish.scope, wish.metric, wish.amount or 0)
        denied = await self.desk.set_allowance(person, wish.scope, wish.metric, wish.period, wish.amount)
        return denied or await self.desk.allowances(person, [wish.scope])


def _denied(denied: Denied, asked: Asked) -> str:
    return sentence(denied.code, asked.locale, **denied.values)
