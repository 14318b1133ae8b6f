"""What admins decide in forms: opened filled in, carried out by the core, answered in the form itself.

Owns the way between a form and the core's answer. The core alone knows who is an admin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from adapters.platforms.payload import inner, text
from adapters.slack import modals_admin
from adapters.slack.form_values import FieldProblem
from adapters.slack.home_view import GRANT, SETTINGS
from core.app.views import Denied
from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.platforms.payload import Payload
    from adapters.slack.modals import View
    from adapters.slack.modals_admin import AllowanceWish
    from adapters.slack.people import People
    from adapters.slack.read import Origin
    from core.app.inbound import Person
    from core.app.views import AllowanceView, Desk

Answer = dict[str, Any]
"""What a form is answered with: nothing (it closes), errors at its fields, or another view in its place."""


@dataclass(frozen=True, slots=True)
class Admin:
    """The forms of admins."""

    desk: Desk
    people: People

    async def form(self, name: str, origin: Origin, person: Person) -> View:
        """The form behind a button of an admin's page."""
        if name == SETTINGS:
            settings = await self.desk.workspace_settings(origin.workspace)
            return modals_admin.settings_form(person.locale, settings)
        groups = await self.people.groups(origin.workspace)
        return modals_admin.allowance_form(person.locale, groups, is_grant=name == GRANT)

    async def sent(self, body: Payload, origin: Origin) -> Answer:
        """Carry out a sent form, and say what came of it."""
        person = await self.people.person(origin.workspace, text(inner(body, "user"), "id"))
        view = inner(body, "view")
        if view.get("callback_id") == SETTINGS:
            return await self._settings(view, person)
        wish = modals_admin.read_allowance(view, origin.workspace)
        if isinstance(wish, FieldProblem):
            return _errors(wish.field, sentence(wish.code, person.locale))
        return await self._allowance(wish, person)

    def later(self, body: Payload, origin: Origin) -> Answer:
        """What a form says that could not be carried out just now."""
        is_settings = inner(body, "view").get("callback_id") == SETTINGS
        locale = self.people.locale_of(origin.actor(body))
        return _errors("zone" if is_settings else "amount", sentence("not_stored", locale))

    async def _settings(self, view: Payload, person: Person) -> Answer:
        change = modals_admin.read_settings(view, person.workspace)
        answer = await self.desk.change_workspace(person, change)
        return _denied(answer, "zone", person) if isinstance(answer, Denied) else {}

    async def _allowance(self, wish: AllowanceWish, person: Person) -> Answer:
        standing = await self._carried_out(wish, person)
        if isinstance(standing, Denied):
            return _denied(standing, "amount", person)
        settings = await self.desk.workspace_settings(person.workspace)
        zone = ZoneInfo(settings.time_zone)
        view = modals_admin.standing_view(person.locale, zone, standing)
        return {"response_action": "update", "view": view}

    async def _carried_out(self, wish: AllowanceWish, person: Person) -> Sequence[AllowanceView] | Denied:
        if wish.period is None:
            return await self.desk.grant(person, wish.scope, wish.metric, wish.amount or 0)
        denied = await self.desk.set_allowance(person, wish.scope, wish.metric, wish.period, wish.amount)
        return denied or await self.desk.allowances(person, [wish.scope])


def _denied(denied: Denied, block: str, person: Person) -> Answer:
    return _errors(block, sentence(denied.code, person.locale, **denied.values))


def _errors(block: str, told: str) -> Answer:
    return {"response_action": "errors", "errors": {block: told}}
