"""Collects what answers about the account tell, and has their pictures made.

Owns the reading; `account_cards.py` owns the drawing. Each is read anew when it is sent, so that an answer
that comes late tells the truth.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from core.app import account_cards as cards
from core.app.account import settings_of
from core.app.audit import AdminDropped, AdminNamed, AllowanceChanged, Granted
from core.app.bookkeeping import INSTALLATION, scopes_of
from core.app.outside import look
from core.app.ports import Labelled
from core.app.records import AccountSaying, GallerySaying, QuotaSaying, SettingsSaying, UsageSaying
from core.app.sheets import keep_sheet
from core.app.spending import beginning_of, by_person, days_until
from core.app.standing import standing
from core.app.wording import shorten
from core.app.zones import zones_of
from core.domain.generation import Image
from core.domain.ids import ActorId
from core.domain.quota import Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.app.audit import AuditLine
    from core.app.outside import Outside
    from core.app.records import GalleryItem, MessageRecord
    from core.app.repositories import UnitOfWork
    from core.app.spending import SpendRow
    from core.domain.card import Card

MOST_PICTURES: Final = 8
MOST_CHANGES: Final = 6
NOTE_LETTERS: Final = 40
UNNAMED: Final = "—"
"""Whoever has no name in a chart: every font has it, and the list beside the chart says more."""

CELL_EDGE_PX: Final = 640
"""No cell of a sheet shows more."""


class AccountComposing:
    """Draws the card of an answer about the account."""

    def __init__(self, outside: Outside) -> None:
        """Read and draw with these."""
        self._outside = outside

    async def card(self, message: MessageRecord, saying: AccountSaying) -> Card:
        """The card that the message should show by now. Raises the StorageFault family."""
        match saying:
            case QuotaSaying(roles):
                return await look(self._outside.database, lambda unit: self._quota(unit, message, roles))
            case UsageSaying(days):
                return await self._usage(message, days)
            case GallerySaying():
                return await self._gallery(message)
            case SettingsSaying(is_admin):
                return await look(
                    self._outside.database, lambda unit: self._settings(unit, message, is_admin=is_admin)
                )
            case _:
                assert_never(saying)

    async def _quota(self, unit: UnitOfWork, message: MessageRecord, roles: tuple[str, ...]) -> Card:
        actor = message.private_to or ActorId("")
        scopes = scopes_of(actor, roles, message.channel, message.workspace)
        rows = await standing(unit, self._outside.policy, message.workspace, scopes)
        zones = zones_of(await unit.people.workspace(message.workspace), self._outside.policy)
        return cards.quota(rows, zones.zone, message.locale)

    async def _usage(self, message: MessageRecord, days: int) -> Card:
        until = message.created_at

        async def read(unit: UnitOfWork) -> list[SpendRow]:
            since = beginning_of(until, days)
            workspace = message.workspace
            end = until + timedelta(seconds=1)
            return await unit.quotas.spending(since=since, until=end, workspace=workspace)

        rows = await look(self._outside.database, read)
        spenders = by_person(rows)
        if not rows:
            return cards.usage(spenders, days, None, message.locale)
        words = [cards.chart_words(spenders, locale) for locale in (message.locale, "en")]
        drawn = [replace(row, name=row.name or UNNAMED) for row in rows]
        chart = await self._outside.charts.spending(drawn, days_until(until, days), words)
        sheet = await keep_sheet(self._outside, message, chart)
        return cards.usage(spenders, days, sheet, message.locale)

    async def _gallery(self, message: MessageRecord) -> Card:
        items = await look(
            self._outside.database,
            lambda unit: unit.pictures.gallery(
                message.workspace, actor=message.private_to, before=None, limit=MOST_PICTURES
            ),
        )
        shown = items[:MOST_PICTURES]
        if not shown:
            return cards.gallery((), None, message.locale)
        labelled = [await self._labelled(number, item) for number, item in enumerate(shown, 1)]
        sheet = await self._outside.pictures.contact_sheet(labelled)
        return cards.gallery(shown, await keep_sheet(self._outside, message, sheet), message.locale)

    async def _labelled(self, number: int, item: GalleryItem) -> Labelled:
        record = item.picture
        async with self._outside.hands.holding(record.size_bytes):
            content = await self._outside.blobs.get(record.blob)
            whole = Image(content, record.format, record.size, has_alpha=record.has_alpha)
            small = await self._outside.pictures.thumbnail(whole, edge_px=CELL_EDGE_PX)
        return Labelled(small, str(number), shorten(item.text, NOTE_LETTERS))

    async def _settings(self, unit: UnitOfWork, message: MessageRecord, *, is_admin: bool) -> Card:
        record = await unit.people.workspace(message.workspace)
        if record is None:
            msg = f"message {message.id} belongs to a workspace that was never met"
            raise LookupError(msg)
        policy = self._outside.policy
        scopes = [Scope(ScopeKind.WORKSPACE, message.workspace)]
        audit = await unit.audit.latest(message.workspace, limit=MOST_CHANGES) if is_admin else []
        facts = cards.SettingsFacts(
            settings=await settings_of(unit, record),
            rows=await standing(unit, policy, message.workspace, [*scopes, INSTALLATION]),
            pictures_a_day=policy.pictures_per_person_per_day,
            audit=audit,
            names=await _names(unit, record.named_admins, audit),
            zone=zones_of(record, policy).zone,
        )
        return cards.settings(facts, message.locale)


async def _names(
    unit: UnitOfWork, admins: Iterable[ActorId], lines: Iterable[AuditLine]
) -> dict[ActorId, str]:
    """What the people are called whom those lines speak of, and who were named as admins."""
    wanted = {*admins, *(actor for line in lines for actor in _people_in(line))}
    found = [await unit.people.actor(actor) for actor in sorted(wanted)]
    return {one.id: one.name for one in found if one is not None}


def _people_in(line: AuditLine) -> list[ActorId]:
    match line.change:
        case AllowanceChanged(scope) | Granted(scope) if scope.kind is ScopeKind.ACTOR:
            return [line.actor, ActorId(scope.key)]
        case AdminNamed(admin) | AdminDropped(admin):
            return [line.actor, admin]
        case _:
            return [line.actor]
