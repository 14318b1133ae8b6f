"""Everything the application was given, and the rules the operator set. Composed once, in `bots/wiring.py`.

Owns no behaviour but the running of one unit of work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from core.app.errors import Conflict
from core.app.hands import Hands
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from core.app.billing import Billing
    from core.app.ports import (
        BlobStore,
        Charts,
        Clock,
        Engine,
        Ids,
        Keeper,
        Links,
        PictureTools,
        Surface,
        TurnQueue,
    )
    from core.app.reports import Reports
    from core.app.repositories import Database, UnitOfWork
    from core.domain.engine_profile import EngineProfile
    from core.domain.gate import GateLimits
    from core.domain.ids import Platform

Answer = TypeVar("Answer")

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator decided.

    `lease_s` is how long a worker may be silent before others take over its turn, `sending_lease_s` how long
    sending one message may take before another sender tries. `give_up_after_s` is how long, from its first
    call, a turn may wait for an engine that is busy or out of reach. `actor_key_secret` keys the hash that
    stands for a person towards the engine. Who was refused by the safety system `moderated_limit` times
    within `moderated_within_s` waits for `waiting_period_s` from the last of them.
    """

    gate: GateLimits
    pictures_per_person_per_day: int = 20
    monthly_budget: Micros = Micros(50_000_000)
    lease_s: float = 30.0
    sending_lease_s: float = 60.0
    give_up_after_s: float = 900.0
    sweep_every_s: float = 5.0
    nudge_again_after_s: float = 10.0
    keep_blobs_s: float = 86_400.0
    moderated_limit: int = 3
    moderated_within_s: float = 86_400.0
    waiting_period_s: float = 3_600.0
    time_zone: str = "UTC"
    actor_key_secret: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Outside:
    """The ports, filled.

    `billing` is None where nobody can be asked what was billed, `links` where people cannot reach us by web.
    `hands` are shared by all that hold whole pictures for a moment, `hands_for_calls` by the engine's calls.
    """

    database: Database
    queue: TurnQueue
    engine: Engine
    profile: EngineProfile
    blobs: BlobStore
    pictures: PictureTools
    charts: Charts
    clock: Clock
    ids: Ids
    surfaces: Mapping[Platform, Surface]
    policy: Policy
    reports: Reports
    keepers: tuple[Keeper, ...] = ()
    billing: Billing | None = None
    links: Links | None = None
    hands: Hands = field(default_factory=Hands)
    hands_for_calls: Hands = field(default_factory=Hands)


async def transact(
    database: Database, work: Callable[[UnitOfWork], Awaitable[Answer]], *, is_urgent: bool = False
) -> Answer:
    """Run the work in one transaction, again from its start when somebody else wrote first.

    Raises Conflict when that happens too often. The work must change nothing outside the unit.
    """
    for _ in range(_TRIES - 1):
        try:
            return await _once(database, work, is_urgent=is_urgent)
        except Conflict:
            continue
    return await _once(database, work, is_urgent=is_urgent)


async def _once(
    database: Database, work: Callable[[UnitOfWork], Awaitable[Answer]], *, is_urgent: bool
) -> Answer:
    async with database.unit(is_urgent=is_urgent) as unit:
        answer = await work(unit)
        await unit.commit()
        return answer


async def look(database: Database, work: Callable[[UnitOfWork], Awaitable[Answer]]) -> Answer:
    """Read in one transaction that takes no locks."""
    async with database.unit(read_only=True) as unit:
        return await work(unit)
