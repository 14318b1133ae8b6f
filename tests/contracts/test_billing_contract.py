"""What every Billing promises, the fake and OpenAI's alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from pydantic import SecretStr

from adapters.openai_images import OpenAIBilling, open_http
from core.app.billing import BillingFault, BillingFaultKind
from tests.fakes.billing import FakeBilling
from tests.fakes.openai_server import FakeOpenAI

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from core.app.billing import Billing

    Charge = Callable[[int, datetime], None]

FIRST, LAST = date(2026, 11, 14), date(2026, 11, 20)
DAYS = [FIRST + timedelta(days=number) for number in range(7)]
MORNING = datetime(2026, 11, 14, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[FakeOpenAI]:
    """A server that keeps the organisation's books."""
    with FakeOpenAI().running() as running:
        yield running


@pytest_asyncio.fixture(params=["fake", "openai"])
async def books(
    request: pytest.FixtureRequest, server: FakeOpenAI
) -> AsyncIterator[tuple[Billing, Charge, Billing]]:
    """A Billing, how something is billed, and the same with a key that is refused."""
    if request.param == "fake":
        fake = FakeBilling()
        yield fake, fake.charge, FakeBilling(fault=BillingFault(BillingFaultKind.KEY_REFUSED))
        return
    server.reset()
    async with open_http() as http:

        def opened(key: str) -> OpenAIBilling:
            return OpenAIBilling(admin_key=SecretStr(key), base_url=server.base_url, http=http)

        yield (
            opened(server.admin_key),
            lambda micros, at: server.charge(micros, at.timestamp()),
            opened("sk-nobody"),
        )


Books = tuple["Billing", "Charge", "Billing"]


async def test_every_day_is_told(books: Books) -> None:
    """Each day has its sum, those on which nothing happened have nothing."""
    billing, charge, _ = books
    charge(5_880, MORNING)
    charge(1, MORNING + timedelta(days=6, hours=23, minutes=59, seconds=59))
    assert await billing.spent(FIRST, LAST) == {day: {FIRST: 5_880, LAST: 1}.get(day, 0) for day in DAYS}


async def test_days_outside_are_not_told(books: Books) -> None:
    """The last day is in, the next one and the day before are not."""
    billing, charge, _ = books
    for days in (-1, 0, 1, 2, 3):
        charge(int(10**days) if days > 0 else 7, MORNING + timedelta(days=days))
    assert await billing.spent(FIRST, DAYS[2]) == {DAYS[0]: 7, DAYS[1]: 10, DAYS[2]: 100}
    assert await billing.spent(FIRST, FIRST) == {FIRST: 7}


async def test_many_small_amounts_come_out_to_the_micro_dollar(books: Books) -> None:
    """No dollar is made a float on the way: a thousand odd sums end where integers end."""
    billing, charge, _ = books
    odd = [number * 7_919 % 99_991 for number in range(1_000)]
    for micros in odd:
        charge(micros, MORNING + timedelta(hours=5))
    assert await billing.spent(FIRST, FIRST) == {FIRST: sum(odd)}


async def test_asking_twice_gives_the_same(books: Books) -> None:
    """It is a look, and changes nothing."""
    billing, charge, _ = books
    charge(123_456_789_012, MORNING)
    assert await billing.spent(FIRST, LAST) == await billing.spent(FIRST, LAST)


async def test_a_refused_key_is_a_value(books: Books) -> None:
    """The operator is told what to do; nothing is raised, and no key is repeated."""
    *_, refused = books
    answer = await refused.spent(FIRST, LAST)
    assert isinstance(answer, BillingFault)
    assert answer.kind is BillingFaultKind.KEY_REFUSED
    assert "sk-nobody" not in answer.detail + repr(refused)


async def test_it_says_whose_calls_it_bills(books: Books) -> None:
    """Only attempts at that engine are compared with it."""
    billing, _, _ = books
    assert billing.engine in {"fake", "openai"}
