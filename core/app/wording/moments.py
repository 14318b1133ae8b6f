"""Dates and times as people of a language write them.

Owns the names of months and the order of a date's parts. Always absolute, with the zone said: who reads may
be elsewhere than the workspace.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Calendar:
    """How a language writes a moment; `months` are the twelve names, empty where months are numbers."""

    pattern: str
    months: tuple[str, ...] = ()


_CALENDARS: Final[Mapping[str, _Calendar]] = MappingProxyType(
    {
        "en": _Calendar(
            "{day} {month} {year}, {time} {zone}",
            ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        ),
        "zh-Hans": _Calendar("{year}年{month}月{day}日 {time} {zone}"),
        "zh-Hant": _Calendar("{year}年{month}月{day}日 {time} {zone}"),
        "ja": _Calendar("{year}年{month}月{day}日 {time} {zone}"),
        "ko": _Calendar("{year}년 {month}월 {day}일 {time}({zone})"),
        "es": _Calendar(
            "{day} {month} {year}, {time} ({zone})",
            ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
        ),
        "de": _Calendar(
            "{day}. {month} {year}, {time} Uhr ({zone})",
            (
                "Januar", "Februar", "März", "April", "Mai", "Juni",
                "Juli", "August", "September", "Oktober", "November", "Dezember",
            ),
        ),
        "fr": _Calendar(
            "{day} {month} {year} à {time} ({zone})",
            (
                "janvier", "février", "mars", "avril", "mai", "juin",
                "juillet", "août", "septembre", "octobre", "novembre", "décembre",
            ),
        ),
        "pt": _Calendar(
            "{day} de {month} de {year}, {time} ({zone})",
            (
                "janeiro", "fevereiro", "março", "abril", "maio", "junho",
                "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
            ),
        ),
        "ar": _Calendar(
            "{day} {month} {year}، {time} \u2068({zone})\u2069",
            (
                "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
                "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
            ),
        ),
    }
)  # fmt: skip


def moment(iso: str, locale: str) -> str:
    """Say an ISO date and time in the locale's language: `24 Nov 2026, 00:00 UTC+1`.

    The hour is the one written, in the zone written beside it. A text that is no such moment comes back as
    it is, as does one without a zone: a sentence must not fail for it, nor guess.
    """
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    offset = at.utcoffset()
    if offset is None:
        return iso
    calendar = _CALENDARS[language_of(locale)]
    month = calendar.months[at.month - 1] if calendar.months else str(at.month)
    return calendar.pattern.format(
        day=at.day, month=month, year=at.year, time=at.strftime("%H:%M"), zone=_zone(offset)
    )


def _zone(offset: timedelta) -> str:
    """`UTC`, `UTC+1`, `UTC−3:30`."""
    minutes = offset // _MINUTE
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
