"""What the organisation was billed, day by day, from its own books.

Owns the reading of OpenAI's costs (`GET /organization/costs`: days in UTC, in pages, for an admin key;
openai 3.54 and its reference, 2026-11). Amounts are decimal numbers of dollars and never become floats.
Asking is free, so the SDK's own retries are on here.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from openai import APIStatusError, AsyncOpenAI, OpenAIError

from adapters.openai_images.connection import checked_base_url, checked_key, timeouts
from adapters.openai_images.engine import OpenAIImages
from adapters.openai_images.verdicts import TRANSPORT_FAULTS
from core.app.billing import BillingFault, BillingFaultKind
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx2
    from pydantic import SecretStr

ANSWER_S: Final = 30.0
DEADLINE_S: Final = 120.0
RETRIES: Final = 3
MOST_PAGES: Final = 20
"""A server that never ends its pages is not understood."""

MICROS_A_DOLLAR: Final = 1_000_000

_DAY: Final = timedelta(days=1)
_KINDS: Final = {
    401: BillingFaultKind.KEY_REFUSED,
    403: BillingFaultKind.KEY_REFUSED,
    404: BillingFaultKind.NOT_OFFERED,
    429: BillingFaultKind.BUSY,
}
_FIRST_SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class _Page:
    days: Mapping[date, Decimal]
    next_page: str | None


class _NotUnderstood(Exception):  # noqa: N818 - becomes a value before it leaves this file
    """The answer is not what the reference describes; the text says which part."""


class OpenAIBilling:
    """Reads the organisation's costs. `project` restricts them to that one.

    `http` comes from `open_http` and is closed by whoever opened it. Raises SettingsFault where the key or
    the address can never work.
    """

    engine: Final = OpenAIImages.name

    def __init__(
        self,
        *,
        admin_key: SecretStr,
        base_url: str,
        http: httpx2.AsyncClient,
        project: str | None = None,
        retries: int = RETRIES,
    ) -> None:
        home = checked_base_url(base_url)
        self._client = AsyncOpenAI(
            # Empty, or the SDK would look for another key in the environment and send that one instead.
            api_key="",
            admin_api_key=checked_key(admin_key.get_secret_value(), setting="OPENAI_ADMIN_KEY"),
            base_url=str(home),
            http_client=http,
            max_retries=retries,
            timeout=timeouts(ANSWER_S),
        )
        # Taken from the environment by the SDK. The organisation's books belong to no project.
        self._client.project = None
        self._host = home.host
        self._project = project

    def __repr__(self) -> str:
        """Where it asks; never the key."""
        return f"OpenAIBilling(host={self._host!r})"

    async def spent(self, first: date, last: date) -> Mapping[date, Micros] | BillingFault:
        """What each UTC day from the first to the last has cost."""
        try:
            async with asyncio.timeout(DEADLINE_S):
                dollars = await self._dollars(first, last)
        except APIStatusError as error:
            return BillingFault(_kind_of(error.status_code), f"status {error.status_code}")
        except _NotUnderstood as error:
            return BillingFault(BillingFaultKind.NOT_UNDERSTOOD, str(error))
        except (*TRANSPORT_FAULTS, TimeoutError, OpenAIError) as error:
            return BillingFault(BillingFaultKind.UNREACHABLE, type(error).__name__)
        return {day: _micros(dollars.get(day, Decimal(0))) for day in _days(first, last)}

    async def _dollars(self, first: date, last: date) -> dict[date, Decimal]:
        found: dict[date, Decimal] = {}
        page: str | None = None
        for _ in range(MOST_PAGES):
            read = await self._page(first, last, page)
            for day, amount in read.days.items():
                found[day] = found.get(day, Decimal(0)) + amount
            page = read.next_page
            if page is None:
                return found
        msg = "the pages do not end"
        raise _NotUnderstood(msg)

    async def _page(self, first: date, last: date, page: str | None) -> _Page:
        # What is not asked for is left away.
        more: dict[str, Any] = {} if page is None else {"page": page}
        if self._project is not None:
            more["project_ids"] = [self._project]
        answer = await self._client.admin.organization.usage.with_raw_response.costs(
            start_time=_moment(first),
            end_time=_moment(last + _DAY),
            bucket_width="1d",
            limit=(last - first).days + 1,
            **more,
        )
        return _read_page(answer.content)


def _read_page(content: bytes) -> _Page:
    """Read one page; the SDK's own reading would make floats of the amounts."""
    try:
        document = json.loads(content, parse_float=Decimal, parse_int=Decimal)
        days: dict[date, Decimal] = {}
        for bucket in document["data"]:
            day = datetime.fromtimestamp(int(bucket["start_time"]), UTC).date()
            days[day] = sum(map(_amount, bucket["results"]), days.get(day, Decimal(0)))
        has_more, page = document["has_more"], document.get("next_page")
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as error:
        msg = f"the answer is no page of costs ({type(error).__name__})"
        raise _NotUnderstood(msg) from None
    if not has_more:
        return _Page(days, None)
    if not isinstance(page, str):
        msg = "the next page has no name"
        raise _NotUnderstood(msg)
    return _Page(days, page)


def _amount(result: Mapping[str, Mapping[str, object] | None]) -> Decimal:
    """One amount in dollars. A result without one says that nothing was billed."""
    amount = result.get("amount")
    if amount is None or amount.get("value") is None:
        return Decimal(0)
    currency = str(amount.get("currency") or "usd").lower()
    if currency != "usd":
        msg = f"amounts in {currency[:8]!r} cannot be compared with ours"
        raise _NotUnderstood(msg)
    value = Decimal(str(amount["value"]))
    if not value.is_finite():
        raise InvalidOperation
    return value


def _micros(dollars: Decimal) -> Micros:
    """Whole micro-dollars; the sum of a day is rounded, not its parts."""
    return Micros(int((dollars * MICROS_A_DOLLAR).to_integral_value(ROUND_HALF_EVEN)))


def _kind_of(status: int) -> BillingFaultKind:
    is_theirs = status >= _FIRST_SERVER_ERROR
    fallback = BillingFaultKind.UNREACHABLE if is_theirs else BillingFaultKind.NOT_UNDERSTOOD
    return _KINDS.get(status, fallback)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + number * _DAY for number in range((last - first).days + 1))


def _moment(day: date) -> int:
    return int(datetime.combine(day, time.min, UTC).timestamp())
