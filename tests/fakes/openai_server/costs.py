"""The organisation's books: the bill in days of UTC, in pages, as `GET /organization/costs` tells it.

Facts of openai 3.54 and OpenAI's reference, 2026-11. This server never puts more than three days on a page,
whatever limit is asked for, so that clients have to turn pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.openai_server.rules import refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import QueryParams

    from tests.fakes.openai_server.bill import Charge

DAY_S = 86_400
LARGEST_LIMIT = 180
DEFAULT_LIMIT = 7
DAYS_A_PAGE = 3
MICROS_A_DOLLAR = 1_000_000

PROJECT = "proj_inkthread"
"""The project that the key belongs to."""

FIELDS = frozenset(
    {"start_time", "end_time", "bucket_width", "limit", "page", "project_ids", "project_ids[]"}
)


def costs_page(asked: QueryParams, bill: Sequence[Charge]) -> dict[str, object]:
    """One page. Raises Refused for what the API would not take."""
    for name in asked:
        if name not in FIELDS:
            refuse(f"Unknown parameter: '{name}'.", name, "unknown_parameter")
    start = _number(asked, "start_time")
    if start is None:
        refuse("Missing required parameter: 'start_time'.", "start_time", "missing_required_parameter")
    if asked.get("bucket_width", "1d") != "1d":
        refuse("Only '1d' is supported.", "bucket_width")
    limit = _number(asked, "limit")
    if limit is not None and not 1 <= limit <= LARGEST_LIMIT:
        refuse("limit must be from 1 to 180.", "limit")
    days = _days(start, _number(asked, "end_time"))
    begin = _number(asked, "page") or 0
    end = begin + min(limit or DEFAULT_LIMIT, DAYS_A_PAGE)
    projects = [*asked.getlist("project_ids"), *asked.getlist("project_ids[]")]
    return {
        "object": "page",
        "data": [_bucket(day, bill, projects) for day in days[begin:end]],
        "has_more": end < len(days),
        "next_page": str(end) if end < len(days) else None,
    }


def _number(asked: QueryParams, name: str) -> int | None:
    text = asked.get(name)
    if text is None:
        return None
    if not text.isdecimal():
        refuse(f"'{name}' must be a whole number.", name, "invalid_type")
    return int(text)


def _days(start: int, end: int | None) -> range:
    first = start - start % DAY_S
    return range(first, first + DEFAULT_LIMIT * DAY_S if end is None else end, DAY_S)


def _bucket(day: int, bill: Sequence[Charge], projects: Sequence[str]) -> dict[str, object]:
    lines = [
        line
        for line in bill
        if day <= line.at < day + DAY_S and (not projects or (line.project or PROJECT) in projects)
    ]
    result = {
        "object": "organization.costs.result",
        "amount": {"value": sum(line.micros for line in lines) / MICROS_A_DOLLAR, "currency": "usd"},
        "line_item": None,
        "project_id": None,
    }
    results = [result] if lines else []
    return {"object": "bucket", "start_time": day, "end_time": day + DAY_S, "results": results}
