"""Opens forms: at once, because what allows it lives for three seconds (Slack, 2026-11).

Owns the order of things while a form is opened. Must never learn what becomes of what is typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.platforms.payload import inner, text
from adapters.slack import modals
from adapters.slack.errors import Trouble
from adapters.slack.modals import Errand, View
from adapters.slack.modals_read import edit_errand, message_errand
from core.app.wording import sentence

if TYPE_CHECKING:
    from adapters.platforms.payload import Payload
    from adapters.slack.client import SlackApi
    from adapters.slack.context import Contexts
    from adapters.slack.people import People
    from adapters.slack.read import Origin
    from core.app.background import Background
    from core.app.inbound import Person, Press
    from core.app.reports import Reports


@dataclass(frozen=True, slots=True)
class FormOpening:
    """Opens forms beside the acknowledgement, so that neither waits for the other."""

    api: SlackApi
    people: People
    contexts: Contexts
    background: Background
    reports: Reports

    def new_picture(self, body: Payload, origin: Origin) -> None:
        """The form for a new picture: after `/imagine` without words, or the shortcut that is everywhere."""
        errand = Errand(text(body, "channel_id"), context=self._context(body))
        self.background.start(self._show(body, origin, errand), "slack form")

    def edit(self, body: Payload, origin: Origin, press: Press) -> None:
        """The form behind the button "Edit…"."""
        errand = edit_errand(body, press, self._context(body))
        if errand is not None:
            self.background.start(self._show(body, origin, errand), "slack form")

    def edit_message(self, body: Payload, origin: Origin) -> None:
        """What "Edit this picture" in a message's menu opens."""
        errand = message_errand(body, self._context(body))
        self.background.start(self._show(body, origin, errand), "slack form")

    def _context(self, body: Payload) -> str:
        return self.contexts.close(text(body, "response_url"), _user(body))

    async def _show(self, body: Payload, origin: Origin, errand: Errand | None) -> None:
        person = await self.people.person(origin.workspace, _user(body))
        view = _nothing_to_edit(person) if errand is None else modals.picture_form(errand, person.locale)
        await self.open(body, origin, view)

    async def open(self, body: Payload, origin: Origin, view: View) -> None:
        """Show the view to whoever did this. When it is too late for that, they press once more."""
        arguments = {"trigger_id": body.get("trigger_id"), "view": view}
        answer = await self.api.call(origin.workspace, "views.open", arguments)
        if isinstance(answer, Trouble):
            self.reports.warning(
                "slack_form_not_opened", workspace=origin.workspace, why=answer.code, detail=answer.detail
            )


def _nothing_to_edit(person: Person) -> View:
    title = sentence("form_edit", person.locale)
    return modals.note_view(title, sentence("form_no_picture", person.locale), person.locale)


def _user(body: Payload) -> str:
    return text(inner(body, "user"), "id") or text(body, "user_id")
