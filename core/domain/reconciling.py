"""Does what we booked for a day equal what the provider billed for it, and if not, what has to be corrected.

Owns the arithmetic between the two sums. Only calls whose price nobody told us may be corrected: those that a
crash of ours cut, that ended in silence, or that a server answered without usage. Must never learn who the
provider is, nor how a correction is booked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from core.domain.ids import AttemptId, Micros, TurnId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class EstimatedCall:
    """A call whose price was never told. `booked` is what stands in the ledger for it now."""

    attempt: AttemptId
    turn: TurnId
    estimate: Micros
    booked: Micros

    @property
    def most(self) -> int:
        """What it can have cost: an estimate is an upper bound, unless more was booked with good reason."""
        return max(self.estimate, self.booked)


@dataclass(frozen=True, slots=True)
class DayBooks:
    """What was booked for the calls that began on one UTC day.

    `booked` is settled, written off and corrected together, `estimated` the calls of it whose price was
    never told, `over_midnight` what is in it for told calls that ended on a later day, and `unfinished` how
    many calls are not booked yet.
    """

    day: date
    booked: Micros
    estimated: tuple[EstimatedCall, ...] = ()
    over_midnight: Micros = Micros(0)
    unfinished: int = 0


@dataclass(frozen=True, slots=True)
class Repriced:
    """A call and what it shall be booked at, so that its day's sum is right."""

    call: EstimatedCall
    cost: Micros

    @property
    def difference(self) -> int:
        """What has to be added to what is booked, less than zero where it was too much."""
        return self.cost - self.call.booked


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one day came out.

    `booked` counts the calls over midnight on the day on which the provider seems to count them.
    `repriced` mends the whole difference, or is empty: then a `difference` that is not zero is unexplained.
    """

    day: date
    billed: Micros
    booked: int
    unfinished: int = 0
    repriced: tuple[Repriced, ...] = ()

    @property
    def difference(self) -> int:
        """What was billed beyond what was booked; less than zero where too much was booked."""
        return self.billed - self.booked

    @property
    def is_right(self) -> bool:
        """Whether booked equals billed, with the corrections."""
        return bool(self.repriced) or self.difference == 0


class Counted(Enum):
    """On which day a call over midnight is billed. The provider does not say (2026-11), so both are tried."""

    WHEN_BEGUN = "when_begun"
    WHEN_ENDED = "when_ended"


def judge(books: Sequence[DayBooks], billed: Mapping[date, Micros]) -> tuple[Verdict, ...]:
    """Compare each billed day with its books, which come in order, one for each day and for the day before.

    Calls over midnight are counted for all days in the one way that explains more of them.
    """
    readings = [_reading(books, billed, counted) for counted in Counted]
    # Of equals the first is taken: a call belongs to the day on which it was made.
    return max(readings, key=lambda verdicts: sum(verdict.is_right for verdict in verdicts))


def spread(total: int, calls: Sequence[EstimatedCall]) -> tuple[Micros, ...] | None:
    """Share a sum among calls, each in proportion to what it can have cost; None where they cannot have.

    Shares are whole, add up to the total exactly, and depend on nothing but the total and the calls' bounds
    in their order: what rounding leaves over goes to the largest remainders, of equals to the first.
    """
    most = sum(call.most for call in calls)
    if not 0 <= total <= most:
        return None
    if most == 0:
        return tuple(Micros(0) for _ in calls)
    shares = [divmod(call.most * total, most) for call in calls]
    left_over = total - sum(whole for whole, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda place: -shares[place][1])
    lucky = frozenset(by_remainder[:left_over])
    return tuple(Micros(whole + (place in lucky)) for place, (whole, _) in enumerate(shares))


def _reading(
    books: Sequence[DayBooks], billed: Mapping[date, Micros], counted: Counted
) -> tuple[Verdict, ...]:
    carried = 0
    verdicts = []
    for day in books:
        moved = day.over_midnight if counted is Counted.WHEN_ENDED else 0
        if day.day in billed:
            verdicts.append(_verdict(day, day.booked - moved + carried, billed[day.day]))
        carried = moved
    return tuple(verdicts)


def _verdict(day: DayBooks, booked: int, billed: Micros) -> Verdict:
    difference = billed - booked
    if difference == 0 or day.unfinished:
        return Verdict(day.day, billed, booked, day.unfinished)
    shares = spread(sum(call.booked for call in day.estimated) + difference, day.estimated)
    if shares is None:
        return Verdict(day.day, billed, booked)
    repriced = (Repriced(call, share) for call, share in zip(day.estimated, shares, strict=True))
    return Verdict(day.day, billed, booked, repriced=tuple(one for one in repriced if one.difference != 0))
