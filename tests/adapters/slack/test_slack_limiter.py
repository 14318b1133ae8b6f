"""Calls are kept within Slack's limits, and the right ones go first. Time passes only by the clock."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.limiter import MAX_BUCKETS, RULES, Bucket, Limiter, Rule, Urgency, per_minute
from core.domain.ids import WorkspaceId
from tests.architecture.source_tree import ROOT
from tests.fakes.clock import FakeClock, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE, TWO = WorkspaceId("slack:T1"), WorkspaceId("slack:T2")
UPDATE, POST = "chat.update", "chat.postMessage"
SOURCES = [*(ROOT / "adapters" / "slack").glob("*.py")]
METHOD = re.compile(
    r'"((?:agents|assistant|chat|conversations|files|usergroups|users|views)\.[A-Za-z.]+[a-zA-Z])"'
)
UNRULED = {"usergroups.list"}
PACE_S = 1 / RULES[POST].per_s


# --- the bucket ---------------------------------------------------------------------------------------------


@given(st.integers(1, 200), st.lists(st.floats(0, 10), min_size=1, max_size=300))
def test_no_minute_ever_holds_more_calls_than_the_rule_says(calls: int, pauses: Sequence[float]) -> None:
    """However callers come and go, any sixty seconds see at most so many calls."""
    bucket, now, gone = Bucket(per_minute(calls), 0.0), 0.0, []
    for pause in pauses:
        now += pause
        now += bucket.wait_s(now)
        bucket.take(now)
        gone.append(now)
    for at in gone:
        assert sum(at <= other < at + 60 - 1e-6 for other in gone) <= calls


@given(st.floats(0, 1e6), st.floats(0.1, 600), st.integers(0, 20))
def test_after_a_pause_one_call_goes_and_the_rest_at_the_usual_pace(
    now: float, pause: float, ahead: int
) -> None:
    """Retry-After is waited out, and is not followed by a rush."""
    bucket = Bucket(Rule(10, 2.0), 0.0)
    bucket.pause(now, pause)
    assert bucket.wait_s(now, ahead=ahead) == pytest.approx(pause + ahead / 2.0)


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    """Two answers with 429 in a row: the later end counts."""
    bucket = Bucket(Rule(10, 2.0), 0.0)
    bucket.pause(0.0, 30.0)
    bucket.pause(1.0, 5.0)
    assert bucket.wait_s(1.0) == pytest.approx(29.0)


def test_the_rules_are_the_tiers_of_the_platform() -> None:
    """Fifty changes of messages a minute in a workspace, one new message a second in a channel."""
    assert RULES[UPDATE].burst + 60 * RULES[UPDATE].per_s == pytest.approx(50)
    assert RULES[POST].burst == 1
    assert 0.9 < RULES[POST].per_s < 1.0


@given(st.lists(st.floats(0.0, 1.0), min_size=10, max_size=40))
def test_messages_that_travel_unevenly_arrive_no_faster_than_one_a_second(delays: Sequence[float]) -> None:
    """One may be on its way for nearly as long as the next waits: Slack counts when they arrive."""
    bucket, now, arrived = Bucket(RULES[POST], 0.0), 0.0, []
    for delay in delays:
        now += bucket.wait_s(now)
        bucket.take(now)
        now += delay
        arrived.append(now)
        bucket.answered(now)
    for at in arrived:
        assert sum(at <= other < at + 4.0 for other in arrived) <= 4


def test_every_method_that_is_called_has_its_rule() -> None:
    """And no rule is for one that is not called; the lists of people keep to the rule of those without."""
    sources = [path.read_text(encoding="utf-8") for path in SOURCES if path.name != "limiter.py"]
    called = {name for text in sources for name in METHOD.findall(text)}
    assert called - UNRULED == set(RULES)


# --- the lines ----------------------------------------------------------------------------------------------


class Crowd:
    """Calls that ask to be let through, and the order in which they were."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.limiter = Limiter(self.clock)
        self.gone: list[str] = []
        self.refused: dict[str, float] = {}
        self.tasks: list[asyncio.Task[None]] = []

    def ask(
        self, name: str, urgency: Urgency = Urgency.RESULT, *, at_most_s: float = 20.0
    ) -> asyncio.Task[None]:
        """Somebody wants to change a message."""

        async def go() -> None:
            wait_s = await self.limiter.admit(ONE, UPDATE, urgency=urgency, at_most_s=at_most_s)
            if wait_s is None:
                self.gone.append(name)
            else:
                self.refused[name] = wait_s

        self.tasks.append(asyncio.create_task(go()))
        return self.tasks[-1]

    async def empty(self) -> None:
        """Use up the burst."""
        for _ in range(RULES[UPDATE].burst):
            assert await self.limiter.admit(ONE, UPDATE, at_most_s=0) is None


@pytest.fixture
async def crowd() -> Crowd:
    """Nobody yet, and no room left for the moment."""
    crowd = Crowd()
    await crowd.empty()
    return crowd


async def test_results_go_before_placeholders_that_came_earlier(crowd: Crowd) -> None:
    """A picture that somebody waits for overtakes a note that another one is coming."""
    crowd.ask("placeholder", Urgency.PLACEHOLDER)
    await settle()
    crowd.ask("first result")
    crowd.ask("second result")
    await crowd.clock.pass_time(10)
    assert crowd.gone == ["first result", "second result", "placeholder"]


async def test_who_waits_is_let_through_when_there_is_room_and_not_before(crowd: Crowd) -> None:
    """The next call goes after the time that one call takes, the one after it after twice that."""
    crowd.ask("first")
    crowd.ask("second")
    pace_s = 1 / RULES[UPDATE].per_s
    await crowd.clock.pass_time(pace_s * 0.9)
    assert crowd.gone == []
    await crowd.clock.pass_time(pace_s * 0.2)
    assert crowd.gone == ["first"]
    await crowd.clock.pass_time(pace_s)
    assert crowd.gone == ["first", "second"]


async def test_progress_is_dropped_where_it_could_delay_a_result(crowd: Crowd) -> None:
    """Progress never waits: it goes while half of the burst is left, and otherwise not at all."""
    crowd.ask("progress", Urgency.PROGRESS)
    await settle()
    assert crowd.refused["progress"] > 0
    await crowd.clock.pass_time(60)
    for number in range(RULES[UPDATE].burst):
        crowd.ask(f"progress {number}", Urgency.PROGRESS)
    crowd.ask("result")
    await settle()
    assert crowd.gone == [*(f"progress {number}" for number in range(RULES[UPDATE].burst // 2)), "result"]


async def test_a_wait_that_is_too_long_is_not_begun(crowd: Crowd) -> None:
    """With a minute of others in front, the caller is told when to come back and keeps no worker."""
    for number in range(50):
        crowd.ask(f"waiting {number}", at_most_s=100)
    await settle()
    await crowd.ask("late", at_most_s=20)
    assert crowd.refused["late"] == pytest.approx(51 / RULES[UPDATE].per_s)
    for task in crowd.tasks:
        task.cancel()


async def test_who_is_overtaken_for_too_long_is_told_to_come_back(crowd: Crowd) -> None:
    """Results go on coming: a sender that stood in line past its lease would post what another has posted."""
    pace_s = 1 / RULES[UPDATE].per_s
    crowd.ask("placeholder", Urgency.PLACEHOLDER, at_most_s=20)
    crowd.ask("result before")
    await settle()
    for number in range(int(30 / pace_s)):
        crowd.ask(f"result {number}")
        await crowd.clock.pass_time(pace_s)
    assert set(crowd.refused) == {"placeholder"}
    assert len(crowd.gone) == int(30 / pace_s)


async def test_who_gives_up_does_not_keep_the_others_waiting(crowd: Crowd) -> None:
    """The first in line is cancelled, as at shutdown: the second goes in its place."""
    first = crowd.ask("first")
    crowd.ask("second")
    await settle()
    first.cancel()
    await crowd.clock.pass_time(1.1 / RULES[UPDATE].per_s)
    assert crowd.gone == ["second"]


async def test_workspaces_and_methods_do_not_wait_for_each_other(crowd: Crowd) -> None:
    """A crowd in one workspace, or at one method, delays no other."""
    for workspace, method in ((TWO, UPDATE), (ONE, "files.info"), (ONE, POST)):
        assert await crowd.limiter.admit(workspace, method, at_most_s=0) is None


async def test_messages_wait_only_for_others_of_their_channel(crowd: Crowd) -> None:
    """One message a second is the limit of a channel, not of a workspace."""
    assert await crowd.limiter.admit(ONE, POST, channel="C1", at_most_s=0) is None
    assert await crowd.limiter.admit(ONE, POST, channel="C1", at_most_s=0) == pytest.approx(PACE_S)
    assert await crowd.limiter.admit(ONE, POST, channel="C2", at_most_s=0) is None


async def test_a_clock_that_is_set_back_stops_nothing(crowd: Crowd) -> None:
    """After an hour in which the clock went wrong, calls do not wait for that hour to come again."""
    crowd.clock.leap(-3_600)
    pace_s = 1 / RULES[UPDATE].per_s
    assert await crowd.limiter.admit(ONE, UPDATE, at_most_s=0) == pytest.approx(pace_s, abs=0.01)
    crowd.limiter.pause(ONE, UPDATE, seconds=30)
    assert await crowd.limiter.admit(ONE, UPDATE, at_most_s=0) == pytest.approx(30, abs=0.01)


async def test_a_429_makes_everybody_wait(crowd: Crowd) -> None:
    """What Slack says counts for all who wait, also for those who already did."""
    crowd.ask("waiting", at_most_s=60)
    await settle()
    crowd.limiter.pause(ONE, UPDATE, seconds=30)
    await crowd.clock.pass_time(29)
    assert crowd.gone == []
    await crowd.clock.pass_time(1.1)
    assert crowd.gone == ["waiting"]


async def test_buckets_that_are_full_again_are_forgotten() -> None:
    """Years of channels do not fill the memory, and one in use is kept."""
    clock = FakeClock()
    limiter = Limiter(clock)
    for number in range(MAX_BUCKETS):
        await limiter.admit(ONE, POST, channel=f"C{number}", at_most_s=0)
    clock.advance(10)
    await limiter.admit(ONE, POST, channel="C in use", at_most_s=0)
    await limiter.admit(ONE, POST, channel="C new", at_most_s=0)
    assert len(limiter._lines) == 2
    assert await limiter.admit(ONE, POST, channel="C in use", at_most_s=0) == pytest.approx(PACE_S)
