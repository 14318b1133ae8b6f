"""OpenAI's costs, read to the micro-dollar; and the fake's own rules of them, by plain HTTP."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import httpx2
import pytest
from pydantic import SecretStr

from adapters.openai_images import OpenAIBilling, open_http
from core.app.billing import BillingFault, BillingFaultKind
from core.app.errors import SettingsFault
from tests.fakes.openai_server import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.openai_server import FakeOpenAI

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
START = int(datetime(2026, 11, 20, tzinfo=UTC).timestamp())


@pytest.fixture
def make_billing(server: FakeOpenAI, http: httpx2.AsyncClient) -> Callable[..., OpenAIBilling]:
    """Make one that asks the server; nothing is waited for."""

    def make(project: str | None = None, *, key: str | None = None, retries: int = 0) -> OpenAIBilling:
        return OpenAIBilling(
            admin_key=SecretStr(key or server.admin_key),
            base_url=server.base_url,
            http=http,
            project=project,
            retries=retries,
        )

    return make


def page(*amounts: object, more: str | None = None) -> Reply:
    """A page with one bucket of these results."""
    results = [{"object": "organization.costs.result", "amount": amount} for amount in amounts]
    bucket = {"object": "bucket", "start_time": START, "end_time": START + 86_400, "results": results}
    return Reply(200, {"object": "page", "data": [bucket], "has_more": bool(more), "next_page": more})


def usd(value: object) -> dict[str, object]:
    """An amount of dollars."""
    return {"value": value, "currency": "usd"}


async def test_only_the_project_named_is_counted(
    server: FakeOpenAI, make_billing: Callable[..., OpenAIBilling]
) -> None:
    """What others in the organisation spend is theirs."""
    server.charge(5_000, NOON)
    server.charge(70_000, NOON, project="proj_other")
    assert await make_billing().spent(DAY, DAY) == {DAY: 75_000}
    assert await make_billing("proj_inkthread").spent(DAY, DAY) == {DAY: 5_000}
    assert await make_billing("proj_nobody").spent(DAY, DAY) == {DAY: 0}


async def test_amounts_are_added_exactly_and_rounded_once(
    server: FakeOpenAI, make_billing: Callable[..., OpenAIBilling]
) -> None:
    """Numbers and strings, fractions of a micro-dollar and results without an amount."""
    server.script(page(usd(0.1), usd(0.2), usd("0.0000004"), usd("0.0000004"), None, usd(None), usd(1)))
    assert await make_billing().spent(DAY, DAY) == {DAY: 1_300_001}


async def test_what_the_ordinary_key_may_do_is_not_asked_with_the_admin_key(
    server: FakeOpenAI, make_billing: Callable[..., OpenAIBilling], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SDK looks into the environment on its own; the key that was given is the one that is sent."""
    monkeypatch.setenv("OPENAI_API_KEY", server.key)
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-another")
    assert await make_billing().spent(DAY, DAY) == {DAY: 0}
    refused = await make_billing(key=server.key).spent(DAY, DAY)
    assert isinstance(refused, BillingFault)
    assert refused.kind is BillingFaultKind.KEY_REFUSED


async def test_asking_is_repeated_because_it_is_free(
    server: FakeOpenAI, make_billing: Callable[..., OpenAIBilling]
) -> None:
    """An overloaded moment is waited out by the SDK itself."""
    server.charge(5_000, NOON)
    server.script(Reply(503, {"error": {}}, {"retry-after-ms": "1"}))
    assert await make_billing(retries=1).spent(DAY, DAY) == {DAY: 5_000}


REFUSALS = (
    (Reply(401, {"error": {"message": "no"}}), BillingFaultKind.KEY_REFUSED),
    (Reply(403, {"error": {"message": "no"}}), BillingFaultKind.KEY_REFUSED),
    (Reply(404, "<html>"), BillingFaultKind.NOT_OFFERED),
    (Reply(429, {"error": {}}), BillingFaultKind.BUSY),
    (Reply(500, "oh"), BillingFaultKind.UNREACHABLE),
    (Reply(400, {"error": {"message": "unsupported combination"}}), BillingFaultKind.NOT_UNDERSTOOD),
    (Reply(200, "<html>hello</html>"), BillingFaultKind.NOT_UNDERSTOOD),
    (Reply(200, []), BillingFaultKind.NOT_UNDERSTOOD),
    (Reply(200, {"data": [{}], "has_more": False}), BillingFaultKind.NOT_UNDERSTOOD),
    (Reply(200, {"data": [], "has_more": True, "next_page": None}), BillingFaultKind.NOT_UNDERSTOOD),
    (Reply(200, {"data": [], "has_more": True, "next_page": 7}), BillingFaultKind.NOT_UNDERSTOOD),
    (page({"value": 1, "currency": "eur"}), BillingFaultKind.NOT_UNDERSTOOD),
    (page(usd("much")), BillingFaultKind.NOT_UNDERSTOOD),
    (page(usd("nan")), BillingFaultKind.NOT_UNDERSTOOD),
    (page("free"), BillingFaultKind.NOT_UNDERSTOOD),
)


@pytest.mark.parametrize(("reply", "kind"), REFUSALS)
async def test_what_is_no_answer_is_a_value(
    server: FakeOpenAI, make_billing: Callable[..., OpenAIBilling], reply: Reply, kind: BillingFaultKind
) -> None:
    """A sum that is not sure is never taken for one: it would be booked."""
    server.script(reply)
    answer = await make_billing().spent(DAY, DAY)
    assert isinstance(answer, BillingFault)
    assert answer.kind is kind


async def test_pages_that_never_end_are_left(
    server: FakeOpenAI, make_billing: Callable[..., OpenAIBilling]
) -> None:
    """A server that hands out the same page for ever is asked a bounded number of times."""
    server.script(*[page(usd(1), more="again")] * 20)
    answer = await make_billing().spent(DAY, DAY)
    assert answer == BillingFault(BillingFaultKind.NOT_UNDERSTOOD, "the pages do not end")


async def test_a_server_out_of_reach_is_a_value() -> None:
    """No network, no sum."""

    def refuse(request: httpx2.Request) -> httpx2.Response:
        msg = "no route"
        raise httpx2.ConnectError(msg, request=request)

    async with open_http(transport=httpx2.MockTransport(refuse)) as http:
        billing = OpenAIBilling(
            admin_key=SecretStr("sk-admin"), base_url="http://nowhere.test/v1", http=http, retries=0
        )
        answer = await billing.spent(DAY, DAY)
    assert isinstance(answer, BillingFault)
    assert answer.kind is BillingFaultKind.UNREACHABLE


async def test_a_key_that_is_none_is_refused_by_its_setting(http: httpx2.AsyncClient) -> None:
    """The sentence names the setting, not the key."""
    with pytest.raises(SettingsFault, match="OPENAI_ADMIN_KEY") as caught:
        OpenAIBilling(admin_key=SecretStr("sk with blanks"), base_url="http://x.test/v1", http=http)
    assert "blanks" not in str(caught.value)


# --- the fake's own rules, by plain HTTP ---


async def _costs(
    server: FakeOpenAI, http: httpx2.AsyncClient, asked: dict[str, object], key: str | None = None
) -> httpx2.Response:
    return await http.get(
        f"{server.base_url}/organization/costs",
        params={name: str(value) for name, value in asked.items()},
        headers={"authorization": f"Bearer {key or server.admin_key}"},
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "missing_required_parameter"),
        ({"start_time": "today"}, "invalid_type"),
        ({"start_time": START, "bucket_width": "1h"}, "invalid_value"),
        ({"start_time": START, "limit": 181}, "invalid_value"),
        ({"start_time": START, "limit": 0}, "invalid_value"),
        ({"start_time": START, "day": 1}, "unknown_parameter"),
    ],
)
async def test_the_fake_refuses_what_breaks_a_rule(
    server: FakeOpenAI, http: httpx2.AsyncClient, asked: dict[str, object], code: str
) -> None:
    """As the reference says."""
    answer = await _costs(server, http, asked)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code


async def test_the_fake_shows_its_books_to_the_admin_key_alone(
    server: FakeOpenAI, http: httpx2.AsyncClient
) -> None:
    """The key that buys pictures may not read what they cost."""
    assert (await _costs(server, http, {"start_time": START}, server.key)).status_code == 401
    assert (await _costs(server, http, {"start_time": START})).status_code == 200


async def test_the_fake_turns_pages(server: FakeOpenAI, http: httpx2.AsyncClient) -> None:
    """Days come oldest first, a few a page, each once, and the last page says that it is the last."""
    days: list[int] = []
    asked: dict[str, object] = {"start_time": START, "end_time": START + 7 * 86_400, "limit": 180}
    while True:
        document = json.loads((await _costs(server, http, asked)).content)
        days += [bucket["start_time"] for bucket in document["data"]]
        if not document["has_more"]:
            break
        asked["page"] = document["next_page"]
    assert days == [START + number * 86_400 for number in range(7)]
    assert document["next_page"] is None
