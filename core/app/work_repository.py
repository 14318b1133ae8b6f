"""Edit threads, turns, calls to the engine and its gate, seen from the application.

Owns the persistence ports of the work itself; the other repositories stand in `repositories.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.app.inbound import Left
    from core.app.records import AttemptRecord, Stage, ThreadRecord, TurnRecord
    from core.domain.fair_share import Flow, Tags
    from core.domain.gate import GateState
    from core.domain.ids import (
        ActorId,
        AttemptId,
        ChannelRef,
        MessageRef,
        Micros,
        Platform,
        ThreadId,
        ThreadRef,
        TurnId,
        WorkspaceId,
    )


class Threads(Protocol):
    """Edit threads with their revisions. Reading one for change locks it until the unit ends."""

    async def get(self, thread: ThreadId, *, for_change: bool = True) -> ThreadRecord | None:
        """The thread, locked where `for_change`."""
        ...

    async def find(
        self,
        workspace: WorkspaceId,
        platform: Platform,
        channel: ChannelRef,
        ref: ThreadRef,
        *,
        for_change: bool = True,
    ) -> ThreadRecord | None:
        """The thread that lives there."""
        ...

    async def add(self, record: ThreadRecord) -> None:
        """A new thread."""
        ...

    async def save(self, record: ThreadRecord) -> None:
        """Store the machine's state and the ref; new revisions are added, none is changed."""
        ...

    async def revision_turn(self, thread: ThreadId, revision: int) -> TurnRecord | None:
        """The turn that made that revision, with its pictures."""
        ...

    async def asked(self, thread: ThreadId, revisions: Sequence[int]) -> dict[int, str]:
        """What was typed for each of those revisions, by number, where it was not forgotten."""
        ...


class Turns(Protocol):
    """Turns and who holds them."""

    async def get(self, turn: TurnId, *, for_change: bool = False) -> TurnRecord | None:
        """The turn."""
        ...

    async def add(self, record: TurnRecord) -> None:
        """A new turn."""
        ...

    async def save(self, record: TurnRecord, *, stage: Stage, holder: str | None = None) -> bool:
        """Store the turn if it is still at that stage (and held by that holder, if given); else False.

        The lease is only written by claim, renew and release, and a cancel that was requested is never
        taken back: the record may be older than both. Pictures are added once.
        """
        ...

    async def claim(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Take the turn's lease, or return None.

        It is given if nobody has it, its time (`not_before`) has come, and it is neither waiting nor over.
        """
        ...

    async def renew(self, turn: TurnId, *, holder: str, lease_s: float) -> TurnRecord | None:
        """Lengthen the lease; None when it was lost. The record tells whether a cancel was requested."""
        ...

    async def release(self, turn: TurnId, *, holder: str, not_before: datetime | None = None) -> None:
        """Give the lease back, to be looked at again not before that time; without one, its time stays."""
        ...

    async def announce(self, turn: TurnId, *, holder: str) -> bool:
        """The placeholder of a queued turn stands: announce it and give the lease back, in one change.

        False when it is not queued any more, or not held by that holder.
        """
        ...

    async def break_leases(self) -> int:
        """Take every lease away, whoever holds it; returns how many. Only for a process that is alone."""
        ...

    async def stale(self, *, nudged_before: datetime, limit: int) -> list[TurnId]:
        """Unfinished turns that nobody looks after; marks them nudged now.

        Not waiting, without a living lease, their time has come, and not nudged since `nudged_before`.
        """
        ...

    async def of_thread(self, thread: ThreadId, *, stages: Sequence[Stage] = ()) -> list[TurnRecord]:
        """The thread's turns in order, of those stages where given."""
        ...

    async def last_position(self, thread: ThreadId) -> int:
        """Where the thread's last turn stands; 0 when there is none. The thread must be held."""
        ...

    async def twin(
        self, workspace: WorkspaceId, actor: ActorId, twin_key: str, *, since: datetime
    ) -> TurnRecord | None:
        """The same wish of the same person since then whose placeholder is not posted yet.

        Until the unit ends nobody else is told that there is none.
        """
        ...

    async def by_source(
        self, workspace: WorkspaceId, channel: ChannelRef, source: MessageRef
    ) -> TurnRecord | None:
        """The latest turn that came from that message of a person."""
        ...

    async def unfinished_in(self, left: Left) -> list[ThreadId]:
        """The threads in that place in which a turn is not over, the oldest turn's first."""
        ...

    async def threads_of(self, workspace: WorkspaceId, actor: ActorId) -> list[ThreadId]:
        """The threads with turns of that person of which something is left, the oldest turn's first."""
        ...

    async def forget(self, record: TurnRecord) -> None:
        """Store what is left of a turn that is over.

        Pictures and references that it does not have any more are not referred to, and its attempts keep
        nothing that was derived from what was asked.
        """
        ...

    async def ahead_of(self, turn: TurnId) -> int:
        """How many turns that wait for the engine were queued before this one."""
        ...

    async def moderated(self, actor: ActorId, *, since: datetime) -> list[datetime]:
        """When turns of that person were refused by the safety system since then, oldest first."""
        ...

    async def flows(self) -> list[Flow]:
        """For each workspace and actor the oldest announced, unheld turn whose time has come."""
        ...


class Attempts(Protocol):
    """Calls to the engine."""

    async def add(self, record: AttemptRecord) -> None:
        """A call is about to be made."""
        ...

    async def get(self, attempt: AttemptId) -> AttemptRecord | None:
        """The attempt."""
        ...

    async def of_turn(self, turn: TurnId) -> list[AttemptRecord]:
        """All attempts of the turn, in order."""
        ...

    async def close(self, record: AttemptRecord) -> bool:
        """Store an attempt's outcome if it is still open; False otherwise."""
        ...

    async def correct(self, record: AttemptRecord) -> bool:
        """Store what a LOST attempt turned out to have cost; once; False when it is not LOST any more."""
        ...

    async def reprice(self, attempt: AttemptId, *, was: Micros, cost: Micros) -> bool:
        """Store another estimate of what a call cost; False when it is none, or not `was` any more."""
        ...


class Gate(Protocol):
    """The one gate to the engine, shared by all workers."""

    async def state(self) -> GateState:
        """Lock the gate and read it: living calls, the pictures of the last minute, the pause."""
        ...

    async def pause(self, *, until: datetime | None, reason: str | None) -> None:
        """Pause the engine (until None with a reason: until an operator acts); reason None ends the pause."""
        ...

    async def tags(self) -> Tags:
        """The fair share's tags."""
        ...

    async def save_tags(self, tags: Tags) -> None:
        """Store them."""
        ...
