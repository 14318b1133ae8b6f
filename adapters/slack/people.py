"""Who is behind a Slack user id: name, language, admin or not, user groups.

Owns what is remembered of people and when it is asked for again. An acknowledgement never waits for Slack's
answer about somebody, except a moment for somebody who was never seen. Who wants to be forgotten is, here by
`drop` and in the database by `keeping.py`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

from sqlalchemy import select

from adapters.platforms.coalescing import CoalescedLookup
from adapters.platforms.inserting import put
from adapters.slack.errors import Trouble
from adapters.slack.refs import actor_id, team_of, user_of
from adapters.slack.tables_people import SlackPersonRow
from core.app.inbound import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Row

    from adapters.platforms.transactions import Transactions
    from adapters.slack.client import Json, SlackApi
    from core.app.background import Background
    from core.app.ports import Clock
    from core.domain.ids import ActorId, WorkspaceId

FIRST_WAIT_S: Final = 0.15
"""How long the first acknowledgement of a person may wait to learn their language."""

FRESH_MS: Final = 15 * 60 * 1000
GROUPS_FRESH_MS: Final = 10 * 60 * 1000
MOST_REMEMBERED: Final = 5_000
"""People kept in memory; the others are read from the database, which is as true but not as quick."""

_PERSON = SlackPersonRow.__table__.c  # type: ignore[attr-defined]  # SQLModel tables have one; its stubs do not say so


@dataclass(frozen=True, slots=True)
class Known:
    """What Slack said of a person, and when."""

    name: str
    locale: str
    is_admin: bool
    roles: tuple[str, ...]
    known_ms: int


@dataclass(frozen=True, slots=True)
class _Groups:
    """The user groups of a workspace: who is in which, and what they are called."""

    members: dict[str, tuple[str, ...]]
    names: dict[str, str]
    known_ms: int


class People:
    """Remembers people, in memory and in the database, and asks Slack about them in the background."""

    def __init__(
        self, api: SlackApi, transactions: Transactions, *, clock: Clock, background: Background
    ) -> None:
        self._api = api
        self._transactions = transactions
        self._clock = clock
        self._background = background
        self._remembered: dict[ActorId, Known] = {}
        self._stored = CoalescedLookup(self._look)
        self._asking: dict[ActorId, asyncio.Event] = {}
        self._unsaved: dict[ActorId, dict[str, Any]] = {}
        self._is_saving = False
        self._groups: dict[WorkspaceId, _Groups] = {}
        self._listing: WeakValueDictionary[WorkspaceId, asyncio.Lock] = WeakValueDictionary()

    async def person(self, workspace: WorkspaceId, user: str, *, called: str = "") -> Person:
        """The person, as far as known now; `called` is what Slack's delivery calls them."""
        actor = actor_id(workspace, user)
        known = self._remembered.get(actor) or await self._stored.find(actor)
        if known is None:
            known = await self._first_seen(workspace, actor)
        elif known.known_ms < self._now_ms() - FRESH_MS:
            self._ask(workspace, actor)
        if known is None:
            return Person(actor, workspace, called or user)
        return Person(actor, workspace, known.name, known.locale, known.roles, known.is_admin)

    def locale_of(self, actor: ActorId) -> str:
        """The person's language as far as it is in memory, for when nothing else can be asked."""
        known = self._remembered.get(actor)
        return "en" if known is None else known.locale

    async def _first_seen(self, workspace: WorkspaceId, actor: ActorId) -> Known | None:
        asked = self._ask(workspace, actor)
        try:
            async with asyncio.timeout(FIRST_WAIT_S):
                await asked.wait()
        except TimeoutError:
            return None
        return self._remembered.get(actor)

    def _ask(self, workspace: WorkspaceId, actor: ActorId) -> asyncio.Event:
        """Ask Slack about somebody, once at a time; the event says that an answer or none has come."""
        known = self._asking.get(actor)
        if known is None:
            known = self._asking[actor] = asyncio.Event()
            self._background.start(self._refresh(workspace, actor, known), "slack person")
        return known

    async def _refresh(self, workspace: WorkspaceId, actor: ActorId, done: asyncio.Event) -> None:
        try:
            user = user_of(actor)
            said, all_groups = await asyncio.gather(
                self._api.read(workspace, "users.info", user=user, include_locale=True),
                self._all_groups(workspace),
            )
            if isinstance(said, Trouble) or self._asking.get(actor) is not done:
                return  # forgotten meanwhile
            groups = all_groups.members.get(user, ())
            known = replace(_known(said, user, team_of(workspace)), roles=groups, known_ms=self._now_ms())
            self._remember(actor, known)
            done.set()
            await self._store(workspace, actor, known)
        finally:
            if self._asking.get(actor) is done:
                del self._asking[actor]
            done.set()

    async def groups(self, workspace: WorkspaceId) -> dict[str, str]:
        """The user groups of a workspace, their names by their ids."""
        return (await self._all_groups(workspace)).names

    async def _all_groups(self, workspace: WorkspaceId) -> _Groups:
        """One list of all of them serves everybody for a while, also a crowd that asks before it is there.

        Slack gives few lists a minute (tier 2): who was refused one would be in no group for a while.
        """
        listing = self._listing.setdefault(workspace, asyncio.Lock())
        async with listing:
            known = self._groups.get(workspace)
            if known is None or known.known_ms < self._now_ms() - GROUPS_FRESH_MS:
                known = self._groups[workspace] = await self._listed(workspace, known)
            return known

    async def _listed(self, workspace: WorkspaceId, known: _Groups | None) -> _Groups:
        # Only an organisation's token needs the team, and the others take it (Slack, 2026-11).
        team = team_of(workspace)
        said = await self._api.read(workspace, "usergroups.list", include_users=True, team_id=team)
        if not isinstance(said, Trouble):
            return _Groups(_members(said), _names(said), self._now_ms())
        return _Groups({}, {}, self._now_ms()) if known is None else replace(known, known_ms=self._now_ms())

    def drop(self, actor: ActorId) -> None:
        """Remember nothing of a person, and do not listen to what is being asked about them."""
        self._remembered.pop(actor, None)
        self._unsaved.pop(actor, None)
        self._asking.pop(actor, None)

    def forget(self, workspace: WorkspaceId) -> None:
        """Drop what is remembered of a workspace's people."""
        for actor in [one for one in self._remembered if one.startswith(f"{workspace}:")]:
            del self._remembered[actor]
        for actor in [one for one in self._unsaved if one.startswith(f"{workspace}:")]:
            del self._unsaved[actor]
        self._groups.pop(workspace, None)

    async def _look(self, actors: Sequence[ActorId]) -> dict[ActorId, Known]:
        async with self._transactions.read() as connection:
            rows = await connection.execute(select(*_PERSON).where(_PERSON.actor.in_(actors)))
            found = {row.actor: _of_row(row) for row in rows}
        for actor, known in found.items():
            self._remember(actor, known)
        return found

    async def _store(self, workspace: WorkspaceId, actor: ActorId, known: Known) -> None:
        """Write it down. When a crowd comes, one transaction writes down many, and holds nobody up."""
        self._unsaved[actor] = {
            "actor": actor,
            "team": team_of(workspace),
            "name": known.name,
            "locale": known.locale,
            "is_admin": known.is_admin,
            "roles": list(known.roles),
            "known_ms": known.known_ms,
        }
        if self._is_saving:
            return
        self._is_saving = True
        try:
            while self._unsaved:
                await self._save()
        finally:
            self._is_saving = False

    async def _save(self) -> None:
        async with self._transactions.write() as connection:
            rows, self._unsaved = self._unsaved, {}
            for row in rows.values():
                await put(connection, SlackPersonRow, row, "actor")

    def _remember(self, actor: ActorId, known: Known) -> None:
        self._remembered.pop(actor, None)
        self._remembered[actor] = known
        if len(self._remembered) > MOST_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)


def _of_row(row: Row[Any]) -> Known:
    return Known(row.name, row.locale, row.is_admin, tuple(row.roles), row.known_ms)


def _known(said: Json, user: str, team: str) -> Known:
    found = said.get("user") or {}
    profile = found.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or found.get("real_name") or user
    is_admin = any(found.get(key) for key in ("is_admin", "is_owner", "is_primary_owner"))
    # Slack Connect brings people who are admins elsewhere.
    teams = {found.get("team_id"), *((found.get("enterprise_user") or {}).get("teams") or ())}
    locale = str(found.get("locale") or "en")
    return Known(str(name)[:255], locale[:35], is_admin and team in teams, (), 0)


def _members(said: Json) -> dict[str, tuple[str, ...]]:
    members: dict[str, tuple[str, ...]] = {}
    for group in said.get("usergroups") or ():
        for user in group.get("users") or ():
            members[user] = (*members.get(user, ()), str(group.get("id")))
    return members


def _names(said: Json) -> dict[str, str]:
    return {
        str(one.get("id")): str(one.get("name") or one.get("handle")) for one in said.get("usergroups") or ()
    }
