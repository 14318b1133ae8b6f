"""Whose turn is carried out next: start-time fair queueing over workspaces, then over people in one.

Owns the choice and its bookkeeping. Must never learn how turns are stored, nor the time: only
the order in which turns were queued matters.

How it works (Goyal, Vin and Cheng, 1996). Each workspace has a finish tag: how many pictures it has been
given, on a scale that all share. The one whose next turn would start lowest goes first, and its tag
moves on by what the turn costs. The virtual time is the start of the turn that went last. Who has been
away starts at the virtual time: nothing is saved up by not asking, and nobody who comes new has to catch up.
Within a workspace the same goes on between its people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.domain.ids import ActorId, TurnId, WorkspaceId


@dataclass(frozen=True, slots=True)
class Flow:
    """One person's turns that wait for the engine, by the oldest of them. `turns` is how many there are."""

    workspace: WorkspaceId
    actor: ActorId
    oldest_turn: TurnId
    queued_at: datetime
    turns: int = 1


@dataclass(frozen=True, slots=True)
class Level:
    """One round of sharing, in pictures. Who has no finish tag starts at the virtual time."""

    virtual_time: int = 0
    finish: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def start_of(self, key: str) -> int:
        """Where the next turn of that one would start."""
        return max(self.virtual_time, self.finish.get(key, 0))


@dataclass(frozen=True, slots=True)
class Tags:
    """The share so far: between workspaces, and within each workspace between its people."""

    workspaces: Level = Level()
    actors: Mapping[WorkspaceId, Level] = field(default_factory=lambda: MappingProxyType({}))


def choose(flows: Sequence[Flow], tags: Tags) -> Flow | None:
    """Pick the flow whose oldest turn goes next, or None where nothing waits.

    Between equals the one that was queued first, then the turn's id, so that every worker picks the same.
    """
    if not flows:
        return None
    workspace = min(flows, key=lambda flow: (tags.workspaces.start_of(flow.workspace), *_age(flow))).workspace
    within = tags.actors.get(workspace, Level())
    of_workspace = (flow for flow in flows if flow.workspace == workspace)
    return min(of_workspace, key=lambda flow: (within.start_of(flow.actor), *_age(flow)))


def charge(tags: Tags, flow: Flow, cost: int) -> Tags:
    """Book that a turn of the flow was carried out, at its cost in pictures.

    Raises:
        ValueError: the cost is below one; a turn for nothing would go first for ever.

    """
    if cost < 1:
        message = f"a turn costs at least one picture, not {cost}"
        raise ValueError(message)
    workspaces = _charged(tags.workspaces, flow.workspace, cost)
    within = _charged(tags.actors.get(flow.workspace, Level()), flow.actor, cost)
    actors = {**tags.actors, flow.workspace: within}
    # Whoever has fallen behind the virtual time has been away; forgetting them keeps the tags small.
    present = {key: level for key, level in actors.items() if key in workspaces.finish}
    return Tags(workspaces, MappingProxyType(present))


def _age(flow: Flow) -> tuple[datetime, str]:
    return flow.queued_at, flow.oldest_turn


def _charged(level: Level, key: str, cost: int) -> Level:
    """Move one tag on, and drop those that the virtual time has passed: they say what no tag says."""
    start = level.start_of(key)
    finish = {**level.finish, key: start + cost}
    return Level(start, MappingProxyType({other: tag for other, tag in finish.items() if tag >= start}))
