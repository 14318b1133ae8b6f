"""The gate: never more at once or a minute than allowed, pauses kept, and nothing waits for ever."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.gate import Admitted, GateLimits, GateState, WaitReason, WaitUntil, admit, images_of
from core.domain.generation import GenerationPlan, Quality, Size

LIMITS = GateLimits(concurrency=3, images_per_minute=5)
NOW_S = 1_000.0


def test_an_idle_gate_lets_a_call_through() -> None:
    """Nothing runs, nothing was asked for: go."""
    assert admit(GateState(), LIMITS, 1, NOW_S) == Admitted()


def test_a_full_gate_waits_for_a_call_to_come_home() -> None:
    """When as many calls run as may, nobody knows when one ends."""
    assert admit(GateState(in_flight=2), LIMITS, 1, NOW_S) == Admitted()
    assert admit(GateState(in_flight=3), LIMITS, 1, NOW_S) == WaitUntil(None, WaitReason.BUSY)


def test_a_full_minute_waits_until_enough_has_left_it() -> None:
    """Two more fit when the first two of five are a minute old; three more when the next is."""
    state = GateState(recent=((NOW_S - 50, 2), (NOW_S - 30, 1), (NOW_S - 10, 2)))
    assert admit(state, LIMITS, 1, NOW_S) == WaitUntil(NOW_S + 10, WaitReason.MINUTE_FULL)
    assert admit(state, LIMITS, 2, NOW_S) == WaitUntil(NOW_S + 10, WaitReason.MINUTE_FULL)
    assert admit(state, LIMITS, 3, NOW_S) == WaitUntil(NOW_S + 30, WaitReason.MINUTE_FULL)
    assert admit(state, LIMITS, 5, NOW_S) == WaitUntil(NOW_S + 50, WaitReason.MINUTE_FULL)


def test_exactly_as_many_as_allowed_go_through() -> None:
    """The fifth picture of five is allowed, the sixth is not."""
    state = GateState(recent=((NOW_S - 1, 4),))
    assert admit(state, LIMITS, 1, NOW_S) == Admitted()
    assert isinstance(admit(state, LIMITS, 2, NOW_S), WaitUntil)


def test_what_is_a_minute_old_no_longer_counts() -> None:
    """Calls that started 60 seconds ago or more have left the minute, whether or not they are listed."""
    assert admit(GateState(recent=((NOW_S - 60, 5), (NOW_S - 300, 5))), LIMITS, 5, NOW_S) == Admitted()
    assert admit(GateState(recent=((NOW_S - 60, 3), (NOW_S - 10, 3))), LIMITS, 2, NOW_S) == Admitted()


def test_the_order_of_the_recent_calls_does_not_matter() -> None:
    """A database may return them in any order."""
    calls = ((NOW_S - 10, 2), (NOW_S - 50, 2), (NOW_S - 30, 1))
    assert admit(GateState(recent=calls), LIMITS, 2, NOW_S) == WaitUntil(NOW_S + 10, WaitReason.MINUTE_FULL)


def test_a_call_larger_than_the_limit_goes_out_alone() -> None:
    """Eight pictures with a limit of five: not beside others, but once the minute is empty."""
    assert admit(GateState(), LIMITS, 8, NOW_S) == Admitted()
    state = GateState(recent=((NOW_S - 20, 1),))
    assert admit(state, LIMITS, 8, NOW_S) == WaitUntil(NOW_S + 40, WaitReason.MINUTE_FULL)


def test_after_an_oversized_call_the_next_waits_a_minute() -> None:
    """Its eight pictures fill the minute until it has passed."""
    state = GateState(recent=((NOW_S, 8),))
    assert admit(state, LIMITS, 1, NOW_S) == WaitUntil(NOW_S + 60, WaitReason.MINUTE_FULL)


def test_a_pause_holds_everything_until_its_end() -> None:
    """A rate limit's Retry-After is honoured to the second."""
    state = GateState(paused_until_s=NOW_S + 12, pause_reason="rate_limited")
    assert admit(state, LIMITS, 1, NOW_S) == WaitUntil(NOW_S + 12, WaitReason.PAUSED, "rate_limited")
    assert admit(state, LIMITS, 1, NOW_S + 12) == Admitted()


def test_a_pause_without_an_end_waits_for_an_operator() -> None:
    """When the account is out of money, no time is promised."""
    state = GateState(pause_reason="out_of_money")
    assert admit(state, LIMITS, 1, NOW_S) == WaitUntil(None, WaitReason.PAUSED, "out_of_money")


def test_a_pause_is_told_before_a_full_gate() -> None:
    """People learn the reason that matters to them."""
    state = GateState(in_flight=3, recent=((NOW_S, 5),), pause_reason="key_refused")
    verdict = admit(state, LIMITS, 1, NOW_S)
    assert isinstance(verdict, WaitUntil)
    assert verdict.reason is WaitReason.PAUSED


def test_a_time_without_a_reason_is_no_pause() -> None:
    """Ending a pause clears its reason; what is left of its time is meaningless."""
    assert admit(GateState(paused_until_s=NOW_S + 99), LIMITS, 1, NOW_S) == Admitted()


@pytest.mark.parametrize(("concurrency", "images"), [(0, 5), (3, 0), (-1, 5)])
def test_limits_that_nothing_can_pass_are_refused(concurrency: int, images: int) -> None:
    """A gate that never opens is a wrong setting, not a limit."""
    with pytest.raises(ValueError, match="at least 1"):
        GateLimits(concurrency, images)


def test_inputs_count_like_pictures() -> None:
    """Four pictures from three inputs draw seven from the limit."""
    plan = GenerationPlan("gpt-image-2", "x", Size(1024, 1024), Quality.LOW, count=4, input_count=3)
    assert images_of(plan) == 7


recent_calls = st.lists(st.tuples(st.floats(NOW_S - 120, NOW_S), st.integers(1, 20)), max_size=12)


@given(recent=recent_calls, images=st.integers(1, 30), limit=st.integers(1, 12))
def test_at_the_time_it_names_a_waiting_call_goes_through(
    recent: list[tuple[float, int]], images: int, limit: int
) -> None:
    """The time given is late enough, lies ahead, and no earlier departure would have done."""
    limits, state = GateLimits(1, limit), GateState(recent=tuple(recent))
    verdict = admit(state, limits, images, NOW_S)
    if isinstance(verdict, Admitted):
        return
    assert verdict.at_s is not None
    assert verdict.at_s > NOW_S
    assert admit(state, limits, images, verdict.at_s) == Admitted()
    earlier = [started + 60 for started, _ in recent if NOW_S < started + 60 < verdict.at_s]
    assert not any(isinstance(admit(state, limits, images, moment), Admitted) for moment in earlier)


@dataclass
class Engine:
    """An engine behind the gate, in simulated time."""

    limits: GateLimits
    now_s: float = NOW_S
    calls: list[tuple[float, int]] = field(default_factory=list)
    ends_at_s: list[float] = field(default_factory=list)

    def call(self, images: int, lasts_s: float) -> None:
        """Wait as the gate says, then call."""
        for _ in range(1_000):
            self.ends_at_s = [end for end in self.ends_at_s if end > self.now_s]
            state = GateState(in_flight=len(self.ends_at_s), recent=tuple(self.calls))
            verdict = admit(state, self.limits, images, self.now_s)
            if isinstance(verdict, Admitted):
                self.calls.append((self.now_s, images))
                self.ends_at_s.append(self.now_s + lasts_s)
                return
            self.now_s = min(self.ends_at_s) if verdict.at_s is None else verdict.at_s
        pytest.fail("a call waited for ever")


@settings(max_examples=60, deadline=None)
@given(
    calls=st.lists(st.tuples(st.integers(1, 12), st.integers(1, 180)), max_size=25),
    concurrency=st.integers(1, 4),
    limit=st.integers(1, 10),
)
def test_no_minute_ever_holds_more_than_allowed(
    calls: list[tuple[int, int]], concurrency: int, limit: int
) -> None:
    """In any 60 seconds: at most the limit, or one oversized call alone. And every call gets through."""
    engine = Engine(GateLimits(concurrency, limit))
    for images, lasts_s in calls:
        engine.call(images, float(lasts_s))
        assert len(engine.ends_at_s) <= concurrency
    assert len(engine.calls) == len(calls)
    for started_at_s, _ in engine.calls:
        within = [images for at_s, images in engine.calls if started_at_s - 60 < at_s <= started_at_s]
        assert sum(within) <= limit or len(within) == 1
