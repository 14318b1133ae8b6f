"""Periods: days, weeks and months with the borders that people in a time zone know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.periods import Period, Window, ZoneHistory, window

# Half-hour offsets, daylight saving at midnight, both hemispheres, both sides of the date line.
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/Havana",
    "America/St_Johns",
]

moments = st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of a strategy are naive
zones = st.sampled_from(ZONES).map(ZoneInfo)


def hours(found: Window) -> float:
    """How long the window really lasts."""
    return (found.end - found.start) / timedelta(hours=1)


def at(text: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(period=st.sampled_from(Period), now=moments, tz=zones)
def test_now_lies_within_its_window(period: Period, now: datetime, tz: ZoneInfo) -> None:
    """Every moment belongs to the window that is found for it, which is given in UTC."""
    found = window(period, now, tz)
    assert found.start <= now < found.end
    assert now in found
    assert found.end not in found
    assert (found.start.tzinfo, found.end.tzinfo) == (UTC, UTC)


@given(period=st.sampled_from(Period), now=moments, tz=zones)
def test_windows_follow_each_other_without_gaps(period: Period, now: datetime, tz: ZoneInfo) -> None:
    """The end of one window is the start of the next, and all moments of a window agree on it."""
    found = window(period, now, tz)
    assert window(period, found.start, tz) == found
    assert window(period, found.end - timedelta(microseconds=1), tz) == found
    assert window(period, found.end, tz).start == found.end


@given(now=moments, tz=zones)
def test_weeks_begin_on_monday_and_months_on_the_first(now: datetime, tz: ZoneInfo) -> None:
    """The borders are what a wall calendar in that zone shows."""
    assert window(Period.WEEK, now, tz).start.astimezone(tz).weekday() == 0
    assert window(Period.MONTH, now, tz).start.astimezone(tz).day == 1


@pytest.mark.parametrize(
    ("zone", "now", "length_h"),
    [
        ("Europe/Berlin", "2026-03-29T12:00", 23),
        ("Europe/Berlin", "2026-10-25T12:00", 25),
        ("Europe/Berlin", "2026-06-01T12:00", 24),
        ("America/New_York", "2026-03-08T20:00", 23),
        ("America/New_York", "2026-11-01T20:00", 25),
        ("Australia/Lord_Howe", "2026-04-05T00:00", 24.5),
        ("UTC", "2026-03-29T12:00", 24),
    ],
)
def test_days_have_the_length_that_daylight_saving_gives_them(zone: str, now: str, length_h: float) -> None:
    """A day has 23 or 25 hours when the clocks change, and a half-hour shift counts as such."""
    assert hours(window(Period.DAY, at(now), ZoneInfo(zone))) == length_h


@pytest.mark.parametrize(
    ("zone", "now", "start", "length_h"),
    [
        # Midnight does not exist: the clocks go from 00:00 to 01:00.
        ("Asia/Beirut", "2026-03-29T06:00", "2026-03-28T22:00", 23),
        ("America/Santiago", "2026-09-06T12:00", "2026-09-06T04:00", 23),
        # Midnight comes twice: from 01:00 back to 00:00.
        ("America/Havana", "2026-11-01T12:00", "2026-11-01T04:00", 25),
        # The clocks go back from 00:00 to 23:00 of the day before.
        ("America/Santiago", "2026-04-05T02:30", "2026-04-04T03:00", 25),
    ],
)
def test_a_day_begins_even_where_midnight_is_odd(zone: str, now: str, start: str, length_h: float) -> None:
    """A skipped midnight becomes the moment of the jump, a doubled one counts the first time."""
    found = window(Period.DAY, at(now), ZoneInfo(zone))
    assert found.start == at(start)
    assert hours(found) == length_h


def test_a_date_that_was_left_out_has_no_window() -> None:
    """Samoa skipped 30 December 2011: the 29th is followed by the 31st."""
    apia = ZoneInfo("Pacific/Apia")
    eve = window(Period.DAY, at("2011-12-29T12:00"), apia)
    after = window(Period.DAY, eve.end, apia)
    assert eve.start.astimezone(apia).day == 29
    assert after.start.astimezone(apia).day == 31
    assert hours(eve) == hours(after) == 24


def test_a_day_that_was_left_and_came_again_is_not_counted_twice() -> None:
    """Newfoundland once set its clocks back at 00:01, so that the day before came again for an hour."""
    st_johns = ZoneInfo("America/St_Johns")
    first_minute = at("2010-11-07T02:30:30")
    again_yesterday = at("2010-11-07T02:40:00")
    assert first_minute.astimezone(st_johns).day == 7
    assert again_yesterday.astimezone(st_johns).day == 6
    assert window(Period.DAY, first_minute, st_johns) == window(Period.DAY, again_yesterday, st_johns)


def test_a_year_has_as_many_windows_as_the_calendar() -> None:
    """Walking through a year from window to window counts its days, weeks and months."""
    berlin = ZoneInfo("Europe/Berlin")
    counts = {}
    for period in Period:
        starts = [window(period, at("2025-12-31T23:00"), berlin).start]
        while starts[-1] < at("2026-12-31T23:00"):
            starts.append(window(period, starts[-1], berlin).end)
        assert all(earlier < later for earlier, later in pairwise(starts))
        counts[period] = len(starts) - 1
    assert counts == {Period.DAY: 365, Period.WEEK: 53, Period.MONTH: 12}


def test_a_naive_time_is_refused() -> None:
    """A time without a zone belongs to no period."""
    with pytest.raises(ValueError, match="aware"):
        window(Period.DAY, datetime(2026, 1, 1), UTC)  # noqa: DTZ001 - what is refused here


moves = st.lists(st.tuples(zones, moments), max_size=3, unique_by=lambda move: move[1]).map(
    lambda found: tuple(sorted(found, key=lambda move: move[1]))
)
histories = st.builds(ZoneHistory, zones, moves)


@given(
    period=st.sampled_from(Period), history=histories, before=st.timedeltas(timedelta(0), timedelta(days=40))
)
def test_windows_follow_each_other_through_every_move(
    period: Period, history: ZoneHistory, before: timedelta
) -> None:
    """Whatever zones were lived in, each moment has one window, and no two of them overlap."""
    last_move = history.former[-1][1] if history.former else at("2026-01-01T00:00")
    now = last_move - before
    for _ in range(4):
        found = window(period, now, history)
        assert now in found
        assert window(period, found.start, history) == found
        assert window(period, found.end - timedelta(microseconds=1), history) == found
        now = found.end
        assert window(period, now, history).start == now


@given(period=st.sampled_from(Period), zone=zones, other=zones, now=moments)
def test_a_move_keeps_the_counters_of_the_windows_that_run(
    period: Period, zone: ZoneInfo, other: ZoneInfo, now: datetime
) -> None:
    """What was used before the move is used after it, until the new zone's period ends."""
    moved = ZoneHistory(other, ((zone, now),))
    if window(period, now, other).start == now:
        return  # a new period begins in that very moment
    before = window(period, now - timedelta(microseconds=1), zone)
    assert window(period, now, moved).start == before.start
    assert window(period, now, moved).end == window(period, now, other).end


def test_moving_back_and_forth_fills_no_allowance() -> None:
    """Berlin, Tokyo and Berlin again within an hour: it is the same day all the time."""
    berlin, tokyo = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
    noon = at("2026-11-18T14:30")  # half past eleven at night in Tokyo
    there = ZoneHistory(tokyo, ((berlin, noon),))
    back = ZoneHistory(berlin, ((berlin, noon), (tokyo, noon + timedelta(minutes=20))))
    today = window(Period.DAY, noon, berlin).start
    assert window(Period.DAY, noon + timedelta(minutes=10), there).start == today
    assert window(Period.DAY, noon + timedelta(minutes=40), back).start == today
    assert window(Period.DAY, noon + timedelta(minutes=40), back).end == at("2026-11-18T23:00")
