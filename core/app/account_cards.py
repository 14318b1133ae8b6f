"""Answers about the account as cards: what is left, who spent what, what is set, what was made. Pure.

Owns their lines; pictures of them are made elsewhere, numbers are the ledger's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from core.app.amounts import amount_text, bare_name, number_text, rate_text, scope_text
from core.app.audit import (
    OPERATOR,
    AdminDropped,
    AdminNamed,
    AllowanceChanged,
    AuditLine,
    Granted,
    OpennessChanged,
    ZoneChanged,
)
from core.app.cards import head_name, sheet_picture
from core.app.ports import ChartWords
from core.app.wording import dollars, moment, sentence, shorten
from core.domain.card import Card, CardKind, Line, Link, Tone
from core.domain.ids import ActorId
from core.domain.lineage import Head
from core.domain.quota import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from core.app.audit import Change
    from core.app.records import GalleryItem, PictureRecord
    from core.app.spending import Spender
    from core.app.views import AllowanceView, WorkspaceSettings
    from core.domain.quota import Scope

NAMED: Final = 8
"""How many people a list of spenders names; the chart and the total show the others."""

TEXT_LETTERS: Final = 120


def quota(rows: Sequence[AllowanceView], zone: tzinfo, locale: str) -> Card:
    """What is left of every allowance that applies to a person."""
    text = sentence("quota_text", locale)
    lines = [Line(text, Tone.TITLE), *(Line(_quota_line(row, zone, locale)) for row in rows)]
    return Card(CardKind.NOTICE, text, tuple(lines))


def _quota_line(row: AllowanceView, zone: tzinfo, locale: str) -> str:
    most = row.amount + row.extra
    line = sentence(
        "quota_line_held" if row.held else "quota_line",
        locale,
        whose=sentence(f"whose_{row.scope.kind.value}_{row.period.value}", locale),
        left=number_text(row.metric, max(0, most - row.used - row.held)),
        most=number_text(row.metric, most),
        used=number_text(row.metric, row.used),
        held=number_text(row.metric, row.held),
        back_at=_moment(row.back_at, zone, locale),
    )
    if not row.extra:
        return line
    return sentence("quota_extra", locale, line=line, extra=amount_text(row.metric, row.extra, locale))


# --- usage ---


def chart_words(spenders: Sequence[Spender], locale: str) -> ChartWords:
    """All that the chart says beside names and numbers."""
    return ChartWords(
        title=_spent(spenders, locale),  # what was written off has its own colour
        others=sentence("chart_others", locale),
        written_off=sentence("chart_written_off", locale),
    )


def usage(spenders: Sequence[Spender], days: int, sheet: PictureRecord | None, locale: str) -> Card:
    """Who spent what, as a chart where there is one, and the first of them by name."""
    text = sentence("usage_text", locale, days=days)
    lines = [Line(text, Tone.TITLE)]
    lines += [Line(_usage_line(one, locale)) for one in spenders[:NAMED]]
    if len(spenders) > NAMED:
        lines.append(Line(sentence("usage_more", locale, count=len(spenders) - NAMED), Tone.QUIET))
    lines.append(Line(_total(spenders, locale), Tone.QUIET))
    if sheet is None:
        return Card(CardKind.NOTICE, text, tuple(lines))
    picture = sheet_picture(sheet, sentence("alt_usage", locale, days=days), f"usage.{sheet.format.value}")
    return Card(CardKind.SHEET, text, tuple(lines), (picture,))


def _usage_line(spender: Spender, locale: str) -> str:
    return sentence(
        "usage_line",
        locale,
        name=spender.name or sentence("person_unnamed", locale),
        price=dollars(spender.micros),
        pictures=sentence("amount_pictures", locale, amount=spender.pictures),
    )


def _total(spenders: Sequence[Spender], locale: str) -> str:
    lost = sum(one.written_off for one in spenders)
    if not lost:
        return _spent(spenders, locale)
    price = dollars(sum(one.micros for one in spenders))
    return sentence(
        "usage_total_lost", locale, price=price, pictures=_made(spenders, locale), lost=dollars(lost)
    )


def _spent(spenders: Sequence[Spender], locale: str) -> str:
    if not spenders:
        return sentence("usage_nothing", locale)
    spent = sum(one.micros for one in spenders)
    if not spent:
        return _made(spenders, locale)  # the sandbox is free
    return sentence("usage_total", locale, price=dollars(spent), pictures=_made(spenders, locale))


def _made(spenders: Sequence[Spender], locale: str) -> str:
    return sentence("amount_pictures", locale, amount=sum(one.pictures for one in spenders))


# --- gallery ---


def gallery(items: Sequence[GalleryItem], sheet: PictureRecord | None, locale: str) -> Card:
    """A person's latest pictures, numbered as on the sheet, each with the thread it lives in."""
    if not items or sheet is None:
        text = sentence("gallery_nothing", locale)
        return Card(CardKind.NOTICE, text, (Line(text),))
    text = sentence("gallery_text", locale)
    lines = [
        Line(text, Tone.TITLE),
        *(_gallery_line(number, one, locale) for number, one in enumerate(items, 1)),
    ]
    picture = sheet_picture(sheet, sentence("alt_gallery", locale), f"gallery.{sheet.format.value}")
    return Card(CardKind.SHEET, text, tuple(lines), (picture,), caption=sentence("caption_ai", locale))


def _gallery_line(number: int, item: GalleryItem, locale: str) -> Line:
    name = head_name(Head(item.revision, item.letter))
    text = sentence("gallery_line", locale, number=number, head=name, text=shorten(item.text, TEXT_LETTERS))
    return Line(text, link=None if item.thread_ref is None else Link(item.channel, item.thread_ref))


# --- settings ---


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """What a card of settings tells. `audit` is newest first.

    `names` are of the people it speaks of as far as they were ever met; who was forgotten has an empty one.
    """

    settings: WorkspaceSettings
    rows: Sequence[AllowanceView]
    pictures_a_day: int
    audit: Sequence[AuditLine]
    names: Mapping[ActorId, str]
    zone: tzinfo


def settings(facts: SettingsFacts, locale: str) -> Card:
    """What is set here, who may set it, and who set what."""
    text = sentence("settings_text", locale)
    is_open = facts.settings.is_open_to_all
    told = [
        sentence("settings_zone", locale, zone=facts.settings.time_zone),
        sentence("settings_open" if is_open else "settings_closed", locale),
        _admins(facts, locale),
        sentence("settings_everybody", locale, amount=facts.pictures_a_day),
        *(
            sentence(
                "settings_limit",
                locale,
                whose=_whose(row.scope, facts, locale),
                rate=rate_text(row.metric, row.period, row.amount, locale),
            )
            for row in facts.rows
        ),
    ]
    lines = [Line(text, Tone.TITLE), *(Line(one) for one in told)]
    if facts.audit:
        lines.append(Line(sentence("settings_changes", locale)))
        lines += [Line(_audit_line(one, facts, locale), Tone.QUIET) for one in facts.audit]
    return Card(CardKind.NOTICE, text, tuple(lines))


def _admins(facts: SettingsFacts, locale: str) -> str:
    if not facts.settings.admins:
        return sentence("settings_no_admins", locale)
    names = (one.name or _unnamed(one.actor, facts, locale) for one in facts.settings.admins)
    return sentence("settings_admins", locale, names=", ".join(names))


def _audit_line(line: AuditLine, facts: SettingsFacts, locale: str) -> str:
    name = sentence("audit_operator", locale) if line.actor == OPERATOR else _name(line.actor, facts, locale)
    return sentence(
        "audit_line",
        locale,
        at=_moment(line.at, facts.zone, locale),
        name=name,
        what=_change(line.change, facts, locale),
    )


def _change(change: Change, facts: SettingsFacts, locale: str) -> str:
    match change:
        case AllowanceChanged(scope, metric, period, amount):
            code = "audit_limit_removed" if amount is None else "audit_limit"
            whose = _whose(scope, facts, locale)
            return sentence(code, locale, whose=whose, rate=rate_text(metric, period, amount or 0, locale))
        case Granted(scope, metric, amount):
            whose = _whose(scope, facts, locale)
            return sentence("audit_grant", locale, whose=whose, amount=amount_text(metric, amount, locale))
        case ZoneChanged(zone):
            return sentence("settings_zone", locale, zone=zone)
        case OpennessChanged(is_open):
            return sentence("settings_open" if is_open else "settings_closed", locale)
        case AdminNamed(admin):
            return sentence("audit_admin_named", locale, admin=_name(admin, facts, locale))
        case AdminDropped(admin):
            return sentence("audit_admin_dropped", locale, admin=_name(admin, facts, locale))
        case _:
            assert_never(change)


def _whose(scope: Scope, facts: SettingsFacts, locale: str) -> str:
    is_person = scope.kind is ScopeKind.ACTOR
    name = _name(ActorId(scope.key), facts, locale) if is_person else bare_name(scope)
    return scope_text(scope.kind, name, locale)


def _name(actor: ActorId, facts: SettingsFacts, locale: str) -> str:
    return facts.names.get(actor) or _unnamed(actor, facts, locale)


def _unnamed(actor: ActorId, facts: SettingsFacts, locale: str) -> str:
    """Who was never met is told apart by their id; who was met and has no name was forgotten."""
    return sentence("person_unnamed", locale) if actor in facts.names else actor


def _moment(at: datetime, zone: tzinfo, locale: str) -> str:
    return moment(at.astimezone(zone).isoformat(timespec="minutes"), locale)
