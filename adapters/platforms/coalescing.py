"""Looks many things up in one question, when many ask at the same time.

Owns nothing but that gathering: who asks first asks alone and at once; who comes while a question is out
waits for the next one, which is for all of them. A crowd that is met for the first time so costs a few
questions instead of one each. Must never remember an answer.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

Key = TypeVar("Key")
Found = TypeVar("Found")

MOST_AT_ONCE: Final = 100
"""How many keys one question names: answering it holds nobody up for more than a few milliseconds."""


class CoalescedLookup(Generic[Key, Found]):
    """Finds things by their keys. `look` is given different keys and says what it found of them."""

    def __init__(self, look: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Found]]]) -> None:
        self._look = look
        self._waiting: dict[Key, asyncio.Future[Found | None]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def find(self, key: Key) -> Found | None:
        """What there is under the key when somebody looks next. Raises what `look` raises."""
        waiting = self._waiting.get(key)
        if waiting is None:
            waiting = self._waiting[key] = asyncio.get_running_loop().create_future()
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_for_all(), name="looking up together")
        # Others may wait for the same key: who gives up does not take it from them.
        return await asyncio.shield(waiting)

    async def _look_for_all(self) -> None:
        while self._waiting:
            keys = list(self._waiting)[:MOST_AT_ONCE]
            await self._look_for({key: self._waiting.pop(key) for key in keys})

    async def _look_for(self, asked: Mapping[Key, asyncio.Future[Found | None]]) -> None:
        try:
            found = await self._look(list(asked))
        except Exception as error:  # noqa: BLE001 - it belongs to those who asked
            for waiting in asked.values():
                waiting.set_exception(error)
        except BaseException:
            for waiting in (*asked.values(), *self._waiting.values()):
                waiting.cancel()
            self._waiting.clear()
            raise
        else:
            for key, waiting in asked.items():
                waiting.set_result(found.get(key))
