"""Days, weeks and months as people in a time zone live them.

Owns the borders of a period. Must never learn what time it is: `now` is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

if TYPE_CHECKING:
    from datetime import tzinfo


class Period(StrEnum):
    """How long an allowance lasts until it is full again."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Window:
    """One period in time, aware and in UTC: `start` belongs to it, `end` to the next."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        """Whether the moment lies within."""
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class ZoneHistory:
    """The time zone that somebody lives in, and those before it, each with its end, oldest first.

    Windows that run when the zone changes keep their start, and with it their counter; they end where the new
    zone says. So nothing that was counted is lost, and nobody's allowance is full twice for a move.
    """

    zone: tzinfo
    former: tuple[tuple[tzinfo, datetime], ...] = ()

    def window(self, period: Period, now: datetime) -> Window:
        """Find the period that `now` lies in, across all zones."""
        ends = (number for number, (_, until) in enumerate(self.former) if now < until)
        era = next(ends, len(self.former))
        return Window(self._start(period, now, era), self._end(period, now, era))

    def _zone(self, era: int) -> tzinfo:
        return self.former[era][0] if era < len(self.former) else self.zone

    def _start(self, period: Period, now: datetime, era: int) -> datetime:
        start = window(period, now, self._zone(era)).start
        if era == 0 or start >= self.former[era - 1][1]:
            return start
        return self._start(period, self.former[era - 1][1] - _TICK, era - 1)

    def _end(self, period: Period, now: datetime, era: int) -> datetime:
        end = window(period, now, self._zone(era)).end
        if era == len(self.former) or end < self.former[era][1]:
            return end
        moved_at = self.former[era][1]
        begins_there = window(period, moved_at, self._zone(era + 1)).start == moved_at
        return moved_at if begins_there else self._end(period, moved_at, era + 1)


_TICK: Final = timedelta(microseconds=1)


def window(period: Period, now: datetime, tz: tzinfo | ZoneHistory) -> Window:
    """Find the period that `now` lies in, from local midnight to local midnight.

    Weeks begin on Monday. Around daylight saving a day has 23 or 25 hours; where midnight does not exist
    the day begins when the clock jumps, where it comes twice it begins the first time.

    Raises:
        ValueError: `now` has no time zone.

    """
    if now.tzinfo is None:
        message = "now must be aware: a naive time belongs to no period"
        raise ValueError(message)
    if isinstance(tz, ZoneHistory):
        return tz.window(period, now)
    first_day = _first_day(period, now.astimezone(tz).date())
    next_day = _next_first_day(period, first_day)
    if now >= _midnight(next_day, tz):
        # The clock was set back across midnight, so that yesterday's date came again: the new
        # period has begun all the same.
        first_day, next_day = next_day, _next_first_day(period, next_day)
    return Window(_midnight(first_day, tz), _midnight(next_day, tz))


def _first_day(period: Period, day: date) -> date:
    match period:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case _:
            assert_never(period)


def _next_first_day(period: Period, first_day: date) -> date:
    match period:
        case Period.DAY:
            return first_day + timedelta(days=1)
        case Period.WEEK:
            return first_day + timedelta(weeks=1)
        case Period.MONTH:
            return (first_day + timedelta(days=31)).replace(day=1)
        case _:
            assert_never(period)


def _midnight(day: date, tz: tzinfo) -> datetime:
    """Turn the first local midnight of a day into UTC; a skipped one becomes the moment of the jump."""
    return datetime(day.year, day.month, day.day, tzinfo=tz, fold=0).astimezone(UTC)
