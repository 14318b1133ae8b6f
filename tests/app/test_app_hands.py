"""Hands for whole pictures: what they hold never passes their bound, and everybody gets their turn."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from core.app.hands import CALL_BYTES, MOST_BYTES, Hands, for_calls


class Crowd:
    """People who each hold so many bytes of the same hands until they are told to let go."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.inside: list[int] = []
        self.most = 0
        self._gates: dict[int, asyncio.Event] = {}
        self.tasks: dict[int, asyncio.Task[None]] = {}

    def come(self, name: int, size_bytes: int) -> None:
        """One more wants in."""
        self._gates[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._hold(name, size_bytes))

    async def _hold(self, name: int, size_bytes: int) -> None:
        async with self.hands.holding(size_bytes):
            self.inside.append(name)
            self.most = max(self.most, self.hands.held_bytes)
            await self._gates[name].wait()
            self.inside.remove(name)

    async def go(self, name: int) -> None:
        """Let go, wherever they stand."""
        self._gates[name].set()
        await settle()


async def settle() -> None:
    """Let everybody go as far as they can."""
    for _ in range(8):
        await asyncio.sleep(0)


async def test_who_finds_full_hands_waits_and_is_let_in_by_order_of_coming() -> None:
    """A small one stands behind a large one that came before it, or the large one would wait for ever."""
    crowd = Crowd(Hands(10))
    for name, size_bytes in enumerate((6, 5, 1)):
        crowd.come(name, size_bytes)
    await settle()
    assert (crowd.inside, crowd.hands.waiting) == ([0], 2)
    await crowd.go(0)
    assert (crowd.inside, crowd.hands.held_bytes) == ([1, 2], 6)
    await crowd.go(1)
    await crowd.go(2)
    assert (crowd.hands.held_bytes, crowd.hands.waiting) == (0, 0)


async def test_what_is_larger_than_they_hold_has_them_alone() -> None:
    """It is not refused: it waits until nobody else is in, and nobody comes in beside it."""
    crowd = Crowd(Hands(10))
    for name, size_bytes in enumerate((1, 800, 1)):
        crowd.come(name, size_bytes)
    await settle()
    assert crowd.inside == [0]
    await crowd.go(0)
    assert crowd.inside == [1]
    await crowd.go(1)
    assert crowd.inside == [2]
    await crowd.go(2)


async def test_who_goes_away_while_waiting_holds_up_nobody() -> None:
    """A cancelled one leaves the line, or gives back what it was given in the same moment."""
    crowd = Crowd(Hands(10))
    for name, size_bytes in enumerate((10, 9, 4)):
        crowd.come(name, size_bytes)
    await settle()
    crowd.tasks[1].cancel()
    await settle()
    await crowd.go(0)
    assert crowd.inside == [2]
    crowd.come(3, 10)
    await settle()
    # Let in and cancelled before it has run again.
    crowd._gates[2].set()
    await asyncio.sleep(0)
    crowd.tasks[3].cancel()
    await settle()
    assert (crowd.inside, crowd.hands.held_bytes, crowd.hands.waiting) == ([], 0, 0)


async def test_who_goes_away_in_the_moment_of_being_let_in_is_passed_over() -> None:
    """The next in line is let in instead, and whoever made way notices nothing."""
    crowd = Crowd(Hands(10))
    for name, size_bytes in enumerate((10, 9, 4)):
        crowd.come(name, size_bytes)
    await settle()
    crowd._gates[0].set()
    crowd.tasks[1].cancel()
    await settle()
    assert (crowd.tasks[0].exception(), crowd.inside, crowd.hands.held_bytes) == (None, [2], 4)
    await crowd.go(2)


@given(
    st.lists(st.tuples(st.integers(0, 14), st.booleans()), max_size=12),
    st.permutations(range(12)),
)
def test_the_bound_is_never_passed_and_all_is_given_back(
    wishes: list[tuple[int, bool]], order: list[int]
) -> None:
    """Whoever comes, waits, goes or is called off, in whatever order."""

    async def run() -> None:
        crowd = Crowd(Hands(10))
        for name, (size_bytes, _) in enumerate(wishes):
            crowd.come(name, size_bytes)
        await settle()
        for name in order:
            if name < len(wishes):
                if wishes[name][1]:
                    crowd.tasks[name].cancel()
                await crowd.go(name)
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*crowd.tasks.values(), return_exceptions=True)
        assert crowd.most <= 10
        assert (crowd.hands.held_bytes, crowd.hands.waiting) == (0, 0)

    asyncio.run(run())


def test_calls_find_hands_for_as_many_as_the_operator_allows() -> None:
    """Two hundred ordinary edits run at once; four find no fewer than others."""
    assert for_calls(200)._most == 200 * CALL_BYTES
    assert for_calls(4)._most == MOST_BYTES
