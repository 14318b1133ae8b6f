"""Allowances, counters and holds, in SQL; the ledger's lines stand in `ledger.py`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, or_, select, update

from adapters.database.repositories.ledger import SqlLedger
from adapters.database.rows import record_of
from adapters.database.statements import param
from adapters.database.tables import ALLOWANCE, COUNTER, RESERVATION
from core.domain.quota import Allowance, AllowanceName, Cost, Counter, Reservation, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping, Select

    from adapters.database.transaction import Fields, Transaction
    from core.domain.ids import ReservationId


# Scopes and windows are a handful; a query for more is built anew.
_REMEMBERED = 16
_COUNTER_KEYS = tuple(COUNTER.primary_key.columns)

_REMOVE_ALLOWANCE = delete(ALLOWANCE).where(
    *(column == param(column.name) for column in ALLOWANCE.primary_key.columns)
)
_RESERVATION = select(RESERVATION).where(RESERVATION.c.id == param("which"))
_END_RESERVATION = (
    update(RESERVATION)
    .where(RESERVATION.c.id == param("which"), RESERVATION.c.ended_at.is_(None))
    .returning(*RESERVATION.c)
)


@lru_cache(maxsize=_REMEMBERED)
def _allowances_of(count: int) -> Select[Any]:
    is_of_one = (
        (ALLOWANCE.c.scope_kind == param(f"kind_{each}")) & (ALLOWANCE.c.scope_key == param(f"key_{each}"))
        for each in range(count)
    )
    return select(ALLOWANCE).where(or_(*is_of_one))


@lru_cache(maxsize=_REMEMBERED)
def _counters_of(count: int) -> Select[Any]:
    is_one = (
        and_(*(column == param(f"{column.name}_{each}") for column in _COUNTER_KEYS)) for each in range(count)
    )
    return select(COUNTER).where(or_(*is_one)).order_by(*_COUNTER_KEYS)


class SqlQuotas(SqlLedger):
    """A row an allowance, a row for what is used of it in each window, a row a hold."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction)
        self._transaction = transaction

    async def allowances(self, scopes: Sequence[Scope]) -> list[Allowance]:
        """The allowances that are set for those scopes, in the fixed order."""
        if not scopes:
            return []
        given: Fields = {f"kind_{each}": scope.kind for each, scope in enumerate(scopes)}
        given |= {f"key_{each}": scope.key for each, scope in enumerate(scopes)}
        rows = await self._transaction.all(_allowances_of(len(scopes)), given)
        found = [_allowance(row) for row in rows]
        return sorted(found, key=lambda allowance: allowance.order)

    async def set_allowance(self, allowance: Allowance) -> None:
        """Insert or replace the allowance of that scope, metric and period."""
        await self._transaction.put(ALLOWANCE, {**_name_of(allowance.name), "amount": allowance.amount})

    async def remove_allowance(self, name: AllowanceName) -> bool:
        """Remove the allowance of that name; False when there was none."""
        return await self._transaction.change(_REMOVE_ALLOWANCE, _name_of(name)) == 1

    async def counters(self, wanted: Sequence[tuple[Allowance, datetime]]) -> tuple[Counter, ...]:
        """The counters, made where missing and locked in key order, in the order asked."""
        # Mostly all are there. Making them first would write each again, in every unit.
        rows = await self._rows(wanted, for_change=True)
        if len(rows) < len(wanted):
            # Everybody makes and locks in the same order, so that no two units wait for each other.
            ordered = sorted(wanted, key=lambda pair: _key(*pair))
            empty = (_counter_row(Counter(allowance, start)) for allowance, start in ordered)
            await self._transaction.insert_missing(COUNTER, *empty)
            rows = await self._rows(wanted, for_change=True)
        return _in_order(wanted, rows)

    async def peek(self, wanted: Sequence[tuple[Allowance, datetime]]) -> tuple[Counter, ...]:
        """The same without making or locking anything."""
        return _in_order(wanted, await self._rows(wanted, for_change=False))

    async def save_counters(self, counters: Sequence[Counter]) -> None:
        """Store them."""
        ordered = sorted(counters, key=lambda each: _key(each.allowance, each.window_start))
        await self._transaction.put(COUNTER, *map(_counter_row, ordered))

    async def add_reservation(self, reservation: Reservation) -> None:
        """Write that a hold was taken."""
        await self._transaction.insert(
            RESERVATION,
            {
                "id": reservation.id,
                "turn": reservation.turn,
                "actor": reservation.actor,
                "workspace": reservation.workspace,
                "pictures": reservation.cost.pictures,
                "micros": reservation.cost.micros,
                "windows": reservation.windows,
                "ended_at": None,
            },
        )

    async def reservation(self, reservation: ReservationId) -> Reservation | None:
        """The hold, whether open or ended."""
        row = await self._transaction.one(_RESERVATION, {"which": reservation})
        return None if row is None else _reservation(row)

    async def end_reservation(self, reservation: ReservationId) -> Reservation | None:
        """End the hold; None when it had ended before."""
        given = {"which": reservation, "ended_at": await self._transaction.now()}
        row = await self._transaction.one(_END_RESERVATION, given)
        return None if row is None else _reservation(row)

    async def _rows(
        self, wanted: Sequence[tuple[Allowance, datetime]], *, for_change: bool
    ) -> Sequence[RowMapping]:
        if not wanted:
            return ()
        query = _counters_of(len(wanted))
        if for_change:
            query = self._transaction.locked(query)
        return await self._transaction.all(query, _given_counters(wanted))


def _reservation(row: RowMapping) -> Reservation:
    return record_of(Reservation, row, cost=Cost(row["pictures"], row["micros"]))


def _in_order(
    wanted: Sequence[tuple[Allowance, datetime]], rows: Iterable[RowMapping]
) -> tuple[Counter, ...]:
    found = {_key(_allowance(row), row["window_start"]): row for row in rows}
    return tuple(_counter(allowance, start, found.get(_key(allowance, start))) for allowance, start in wanted)


def _counter(allowance: Allowance, start: datetime, row: RowMapping | None) -> Counter:
    if row is None:
        return Counter(allowance, start)
    return Counter(allowance, start, used=row["used"], held=row["held"], extra=row["extra"])


def _allowance(row: RowMapping) -> Allowance:
    scope = Scope(row["scope_kind"], row["scope_key"])
    # A counter's row names its allowance without the amount.
    return Allowance(scope, row["metric"], row["period"], amount=row.get("amount", 0))


def _counter_row(counter: Counter) -> Fields:
    sums = {"used": counter.used, "held": counter.held, "extra": counter.extra}
    return {**_name_of(counter.allowance.name), "window_start": counter.window_start, **sums}


def _name_of(name: AllowanceName) -> Fields:
    scope, metric, period = name
    return {"scope_kind": scope.kind, "scope_key": scope.key, "metric": metric, "period": period}


def _key(allowance: Allowance, start: datetime) -> tuple[str, str, str, str, datetime]:
    return (
        allowance.scope.kind.value,
        allowance.scope.key,
        allowance.metric.value,
        allowance.period.value,
        start,
    )


def _given_counters(wanted: Sequence[tuple[Allowance, datetime]]) -> Fields:
    return {
        f"{name}_{each}": value
        for each, (allowance, start) in enumerate(wanted)
        for name, value in {**_name_of(allowance.name), "window_start": start}.items()
    }
