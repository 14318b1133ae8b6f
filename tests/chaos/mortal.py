"""Ports that kill their own process, for real, at a chosen moment.

`python -m tests.chaos.mortal serve|worker`, with the settings in the environment as for `inkthread`, and
`MORTAL=MOMENT:COUNT`: the process sends itself SIGKILL when that moment comes for the COUNT-th time. A
moment is a place around a commit or around a call to the outside: `commit.before`, `commit.after`,
`engine.before`, `engine.after`, `blob.before`, `blob.after`, `post.before`, `post.after`, `update.before`,
`update.after`. Nothing in the program knows of it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from adapters.logs import configure_logs
from bots import running
from bots.settings import load

if TYPE_CHECKING:
    from types import TracebackType

    from core.app.outside import Outside
    from core.app.repositories import Database, UnitOfWork

MOMENTS = tuple(
    f"{place}.{side}"
    for place in ("commit", "engine", "blob", "post", "update")
    for side in ("before", "after")
)


class Fate:
    """Counts moments, and ends the process at the one that was chosen."""

    def __init__(self, chosen: str) -> None:
        moment, _, count = chosen.partition(":")
        self._moment = moment
        self._left = int(count or "1")
        self._is_awake = False

    def wake(self) -> None:
        """Somebody has said something: from now on moments count."""
        self._is_awake = True

    def meet(self, moment: str) -> None:
        """That moment has come. It counts once somebody has said something: before, nothing can be lost."""
        if self._is_awake and moment == self._moment:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Mortal:
    """Hands everything on to the port within, meeting fate before and after the named calls."""

    def __init__(self, inner: object, fate: Fate, moments: dict[str, str]) -> None:
        self._inner = inner
        self._fate = fate
        self._moments = moments

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        place = self._moments.get(name)
        if place is None:
            return found

        async def call(*args: object, **kwargs: object) -> object:
            self._fate.meet(f"{place}.before")
            answer = await found(*args, **kwargs)
            self._fate.meet(f"{place}.after")
            return answer

        return call


class MortalUnit:
    """A unit of work whose commit may be the last thing the process does."""

    def __init__(self, inner: UnitOfWork, fate: Fate) -> None:
        self._inner = inner
        self._fate = fate

    def __getattr__(self, name: str) -> object:
        if name == "people":  # looked up for everybody who says something, and for nothing else that writes
            self._fate.wake()
        return getattr(self._inner, name)

    async def __aenter__(self) -> Self:
        await self._inner.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._inner.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        self._fate.meet("commit.before")
        await self._inner.commit()
        self._fate.meet("commit.after")


class MortalDatabase:
    """Opens mortal units for writing."""

    def __init__(self, inner: Database, fate: Fate) -> None:
        self._inner = inner
        self._fate = fate

    def unit(self, *, read_only: bool = False, is_urgent: bool = False) -> UnitOfWork:
        """A unit of work; readers are safe."""
        unit = self._inner.unit(read_only=read_only, is_urgent=is_urgent)
        return unit if read_only else MortalUnit(unit, self._fate)  # type: ignore[return-value]  # by __getattr__


def mortal(fate: Fate, outside: Outside) -> Outside:
    """The same ports, each of them able to be the last. `LEASE_S` says how long the dead are waited for."""
    lease_s = float(os.environ.get("LEASE_S", "2"))
    surfaces = {
        platform: Mortal(surface, fate, {"post": "post", "update": "update"})
        for platform, surface in outside.surfaces.items()
    }
    return replace(
        outside,
        database=MortalDatabase(outside.database, fate),
        engine=Mortal(outside.engine, fate, {"generate": "engine"}),  # type: ignore[arg-type]  # by __getattr__
        blobs=Mortal(outside.blobs, fate, {"put": "blob"}),  # type: ignore[arg-type]  # by __getattr__
        surfaces=surfaces,  # type: ignore[arg-type]  # by __getattr__
        policy=replace(
            outside.policy,
            lease_s=lease_s,
            sending_lease_s=lease_s * 1.5,
            sweep_every_s=0.3,
            nudge_again_after_s=0.6,
        ),
    )


def main() -> None:
    """Run one process."""
    settings = load()
    configure_logs(settings.log_format)
    fate = Fate(os.environ.get("MORTAL", "never:1"))
    run = {"serve": running.serve, "worker": running.worker}[sys.argv[1]]
    asyncio.run(run(settings, around=lambda outside: mortal(fate, outside)))


if __name__ == "__main__":
    main()
