"""From what was heard to what is stored: hands it to the core, then answers Discord.

Owns how long an acknowledgement waits for the core, and the order of messages in one channel. Nothing here
raises: an exception in a listener would end the connection to Discord (discord.py 2.7.1).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakValueDictionary

from adapters.discord.callbacks import Answered
from adapters.discord.context import Original
from adapters.platforms.monotonic import MonotonicTime
from core.app.errors import Conflict, StorageFault
from core.app.inbound import ReceiptKind
from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping

    from adapters.discord.asked import Asked
    from adapters.discord.callbacks import Callbacks
    from adapters.discord.context import Contexts
    from adapters.discord.read import Heard
    from core.app.inbound import Inbound, TakenIn
    from core.app.reports import Reports
    from core.app.views import Desk

Done = TypeVar("Done")

SOON_S: Final = 1.0
"""How long an acknowledgement waits for the commit: Discord gives up after three seconds."""

PATIENCE_S: Final = 30.0
"""How long a message waits for our storage, from when it was told; those behind it wait no longer than it."""

TRY_AGAIN_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the person is told at once, as a sentence of the wording: there is nothing for the core to do."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    def words(self, locale: str) -> str:
        """In their language."""
        return sentence(self.code, locale, **self.values)


NOT_STORED: Final = Told("not_stored")
_NOTHING_CAME: Final = frozenset({ReceiptKind.REPEATED, ReceiptKind.IGNORED})


class Taking:
    """Stores what people do."""

    def __init__(self, desk: Desk, contexts: Contexts, callbacks: Callbacks, reports: Reports) -> None:
        self._desk = desk
        self._contexts = contexts
        self._callbacks = callbacks
        self._reports = reports
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._going: set[asyncio.Task[Any]] = set()

    # --- interactions ---

    async def asked(
        self, asked: Asked, hear: Callable[[], Awaitable[Heard | Told]], leaves: Original
    ) -> None:
        """Store it, then acknowledge; the other way round where storing takes longer than there is patience.

        `leaves` is what the acknowledgement leaves standing.
        """
        storing = self._kept_going(self._store(asked, hear, leaves))
        done, _ = await asyncio.wait({storing}, timeout=SOON_S)
        if done and isinstance(told := storing.result(), Told):
            await self._kept_going(self._callbacks.say(asked, told.words(asked.locale)))
            return
        answered = await self._kept_going(self._acknowledge(asked, leaves))
        # One that came late or twice was answered before: what stands there belongs to that answer.
        if answered is Answered.TAKEN:
            await self._set_right(asked, await storing, leaves)

    def _kept_going(self, work: Coroutine[object, object, Done]) -> asyncio.Task[Done]:
        """Run it as something that the end of the process waits for."""
        task = asyncio.create_task(work, name="discord taking")
        self._going.add(task)
        task.add_done_callback(self._going.discard)
        return task

    async def _acknowledge(self, asked: Asked, leaves: Original) -> Answered:
        if leaves is Original.KEPT:
            return await self._callbacks.noted(asked)
        return await self._callbacks.think(asked, is_hidden=leaves is Original.HIDDEN)

    async def _set_right(self, asked: Asked, came: TakenIn | Told, leaves: Original) -> None:
        """What was acknowledged before it was known that nothing comes of it."""
        if isinstance(came, Told):
            await self._callbacks.tell_late(asked, came.words(asked.locale), leaves)
            return
        if came.kind is ReceiptKind.REPEATED:
            # Another process heard it too, and was first: the message is where its picture comes.
            return
        outcome = await came.outcome
        if outcome is not None and outcome.kind in _NOTHING_CAME and leaves is not Original.KEPT:
            # The same wish a moment ago is being worked on, in a message of its own.
            await self._callbacks.dismiss(asked)

    async def _store(
        self, asked: Asked, hear: Callable[[], Awaitable[Heard | Told]], leaves: Original
    ) -> TakenIn | Told:
        try:
            heard = await hear()
            if isinstance(heard, Told):
                return heard
            context = self._contexts.close(asked.circumstances(leaves))
            return await self._desk.take_in(heard.inbound(asked.person, context))
        except Exception as error:  # noqa: BLE001 - the last net: the person is told, the operator too
            self._reports.fault("discord_not_taken", error, delivery=asked.key)
            return NOT_STORED

    # --- messages ---

    async def said(self, said: Inbound) -> None:
        """Store what somebody said."""
        await self._desk.take_in(said)

    async def in_line(
        self,
        channel: str,
        message: str,
        take: Callable[[], Awaitable[None]],
        lost: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Take in what is told of one channel in the order in which Discord told it.

        Discord tells it once: while our storage is away for a moment, what was said waits for it. `take` is
        safe to repeat; `lost` is done where it has been given up.
        """
        await self._kept_going(self._in_line(channel, message, take, lost))

    async def _in_line(
        self,
        channel: str,
        message: str,
        take: Callable[[], Awaitable[None]],
        lost: Callable[[], Awaitable[None]] | None,
    ) -> None:
        now_s = MonotonicTime(self._contexts.clock).now_s
        give_up_s = now_s() + PATIENCE_S
        async with self._lines.setdefault(channel, asyncio.Lock()):
            while (error := await self._tried(take)) is not None:
                is_passing = isinstance(error, (StorageFault, Conflict))
                if not is_passing or now_s() >= give_up_s:
                    break
                await self._contexts.clock.sleep(TRY_AGAIN_S)
        if error is None:
            return
        self._reports.fault("discord_message_failed", error, message=message)
        if lost is not None and (error := await self._tried(lost)) is not None:
            self._reports.fault("discord_loss_not_told", error, message=message)

    async def _tried(self, take: Callable[[], Awaitable[None]]) -> Exception | None:
        try:
            await take()
        except Exception as error:  # noqa: BLE001 - the last net before the connection, which it would end
            return error
        return None

    async def settle(self) -> None:
        """Wait until everything that was heard is stored and answered; for the end of the process."""
        while self._going:
            await asyncio.wait(self._going)
