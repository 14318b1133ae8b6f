"""A person's page in Slack: shown whenever they open it, and what its buttons do.

Owns what is gathered for the page and when it is published. What the core allows an admin is asked of the
core each time, whatever the page shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from adapters.platforms.payload import first, inner, text
from adapters.slack import modals
from adapters.slack.errors import Trouble
from adapters.slack.home_view import (
    ALLOWANCE,
    GRANT,
    MAX_RECENT,
    NEW,
    SETTINGS,
    USAGE,
    HomePage,
    home_view,
)
from adapters.slack.modals import Errand
from adapters.slack.read import Heard
from adapters.slack.refs import At
from adapters.slack.words import Words
from core.app.inbound import InboundKind
from core.app.ports import DIRECT
from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adapters.platforms.payload import Payload
    from adapters.slack.addresses import Addresses
    from adapters.slack.admin import Admin
    from adapters.slack.client import SlackApi
    from adapters.slack.form_opening import FormOpening
    from adapters.slack.people import People
    from adapters.slack.read import Origin
    from adapters.slack.store import SentStore
    from adapters.slack.taking import Taking
    from core.app.background import Background
    from core.app.inbound import Person
    from core.app.records import GalleryItem
    from core.app.reports import Reports
    from core.app.views import Desk
    from core.domain.ids import ChannelRef, ThreadRef, WorkspaceId

HOME_ACTIONS: Final = re.compile(r"^home:")


@dataclass(frozen=True, slots=True)
class Home:
    """Shows people their page."""

    desk: Desk
    api: SlackApi
    people: People
    addresses: Addresses
    sent: SentStore
    opening: FormOpening
    admin: Admin
    taking: Taking
    background: Background
    reports: Reports

    def show(self, origin: Origin, user: str, view: object) -> None:
        """Publish the page as it is now, beside the acknowledgement."""
        found = view.get("hash") if isinstance(view, dict) else None
        self.background.start(self.publish(origin, user, found), "slack home")

    async def publish(self, origin: Origin, user: str, view_hash: str | None = None) -> None:
        """Show the page; once more without the hash when another process was quicker with an older one.

        And without pictures where Slack has one of them no more: people can delete files.
        """
        person = await self.people.person(origin.workspace, user)
        page = await self._page(origin, person)
        arguments: dict[str, object] = {"user_id": user, "view": home_view(page)}
        answer = await self.api.call(origin.workspace, "views.publish", arguments | {"hash": view_hash})
        if isinstance(answer, Trouble) and answer.code == "hash_conflict":
            answer = await self.api.call(origin.workspace, "views.publish", arguments)
        if isinstance(answer, Trouble) and answer.is_file_not_ready:
            arguments["view"] = home_view(replace(page, files={}))
            answer = await self.api.call(origin.workspace, "views.publish", arguments)
        if isinstance(answer, Trouble):
            self.reports.warning("slack_home_not_shown", why=answer.code, detail=answer.detail)

    async def _page(self, origin: Origin, person: Person) -> HomePage:
        settings = await self.desk.workspace_settings(origin.workspace)
        recent = await self.desk.gallery(origin.workspace, limit=MAX_RECENT, actor=person.id)
        blobs = [item.picture.blob for item in recent]
        return HomePage(
            locale=person.locale,
            zone=ZoneInfo(settings.time_zone),
            quota=await self.desk.quota_of(person, DIRECT),
            recent=recent,
            files=await self.sent.shown_files(origin.workspace, blobs),
            links=await self._links(origin.workspace, recent),
            settings=settings if await self.desk.is_admin(person) else None,
        )

    async def _links(
        self, workspace: WorkspaceId, recent: Sequence[GalleryItem]
    ) -> Mapping[tuple[ChannelRef, ThreadRef], str]:
        """Where the threads of those pictures can be opened."""
        threads = {(item.channel, item.thread_ref) for item in recent if item.thread_ref is not None}
        places = {At(channel, thread): (channel, thread) for channel, thread in threads}
        found = await self.addresses.of(workspace, places)
        return {places[at]: address for at, address in found.items()}

    def press(self, body: Payload, origin: Origin) -> None:
        """A button on the page."""
        self.background.start(self._pressed(body, origin), "slack home")

    async def _pressed(self, body: Payload, origin: Origin) -> None:
        action, user = first(body, "actions"), text(inner(body, "user"), "id")
        person = await self.people.person(origin.workspace, user)
        match action.get("action_id"):
            case str(name) if name == NEW:
                await self.opening.open(body, origin, modals.picture_form(Errand(), person.locale))
            case str(name) if name == USAGE:
                await self.taking.take(_usage(origin, user, text(action, "action_ts")))
            case str(name) if name in {ALLOWANCE, GRANT, SETTINGS}:
                await self.opening.open(body, origin, await self._form(name, origin, person))
            case _:
                """A button that only opens an address."""

    async def _form(self, name: str, origin: Origin, person: Person) -> modals.View:
        if not await self.desk.is_admin(person):
            title = sentence("home_admin", person.locale)
            return modals.note_view(title, sentence("not_an_admin", person.locale), person.locale)
        return await self.admin.form(name, origin, person)


def _usage(origin: Origin, user: str, moment: str) -> Heard:
    """The same as `/inkthread usage`, answered in a direct message."""
    heard = Heard(f"slack:{origin.team}:home:{moment}:{user}", InboundKind.SERVICE, origin, user, DIRECT)
    return replace(heard, words=Words("usage"), is_addressed=True)
