"""Every way in which the outside refuses, falls silent or breaks, and that none of them is paid for twice."""

from __future__ import annotations

import asyncio
import logging
import ssl
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from pydantic import SecretStr

from adapters.openai_images import OpenAIImages, open_http
from core.app.errors import SettingsFault
from core.domain.engine_profile import estimate, profile_for
from core.domain.generation import Failure, FailureKind
from tests.fakes.openai_server import KEY, Reply
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.domain.generation import GenerationRequest, GenerationResult
    from core.domain.ids import Micros
    from tests.fakes.openai_server import FakeOpenAI

    Ask = Callable[..., GenerationRequest]
    EngineMaker = Callable[..., OpenAIImages]

K = FailureKind


def _error(code: object = None, kind: object = None, **more: object) -> dict[str, object]:
    return {"error": {"message": "no", "type": kind, "code": code, "param": None} | more}


ROWS: tuple[tuple[int, object, FailureKind], ...] = (
    (400, _error("moderation_blocked", "image_generation_user_error"), K.MODERATED),
    (400, _error("content_policy_violation"), K.MODERATED),
    (451, _error("content_policy_violation"), K.MODERATED),
    (451, "blocked", K.MODERATED),
    (400, _error("invalid_value", "image_generation_user_error"), K.REJECTED),
    (400, _error("invalid_input_fidelity_model"), K.REJECTED),
    (400, _error(None, "something_new"), K.REJECTED),
    (404, _error("model_not_found"), K.REJECTED),
    (404, "", K.REJECTED),
    (409, _error("conflict"), K.REJECTED),
    (413, "too large", K.REJECTED),
    (422, {"detail": [{"loc": ["body", "size"], "msg": "bad"}]}, K.REJECTED),
    (307, "", K.REJECTED),
    (
        403,
        _error(None, "invalid_request_error", message="Your organization must be verified."),
        K.KEY_REFUSED,
    ),
    (403, {"error": "Forbidden: this resource was blocked under the content policy"}, K.KEY_REFUSED),
    (401, _error("invalid_api_key"), K.KEY_REFUSED),
    (401, "nope", K.KEY_REFUSED),
    (429, _error("rate_limit_exceeded", "input-images"), K.RATE_LIMITED),
    (429, _error("error:rate_limit_exceeded"), K.RATE_LIMITED),
    (429, _error(429), K.RATE_LIMITED),
    (429, "slow", K.RATE_LIMITED),
    (429, _error("credit_balance_exhausted", "insufficient_quota"), K.OUT_OF_MONEY),
    (429, _error("organization_spend_limit_exceeded", "insufficient_quota"), K.OUT_OF_MONEY),
    (429, _error("project_spend_limit_exceeded", "insufficient_quota"), K.OUT_OF_MONEY),
    (429, _error("organization_usage_limit_exceeded", "insufficient_quota"), K.OUT_OF_MONEY),
    (429, _error("a_new_limit", "insufficient_quota"), K.OUT_OF_MONEY),
    (429, _error(None, "openai.insufficient_quota"), K.OUT_OF_MONEY),
    (400, _error("billing_hard_limit_reached"), K.OUT_OF_MONEY),
    (402, "pay", K.OUT_OF_MONEY),
    (500, _error("server_error", "server_error"), K.OVERLOADED),
    (500, _error("insufficient_quota"), K.OUT_OF_MONEY),
    (502, "<html>bad gateway</html>", K.OVERLOADED),
    (503, _error("server_is_overloaded", "service_unavailable_error"), K.OVERLOADED),
    (503, _error("slow_down", "service_unavailable_error"), K.OVERLOADED),
    (503, {"error": ["odd"]}, K.OVERLOADED),
    (504, "<html>gateway timeout</html>", K.NO_ANSWER),
    (524, "<html>a timeout occurred</html>", K.NO_ANSWER),
    (408, "", K.NO_ANSWER),
)


@pytest.mark.parametrize(("status", "body", "kind"), ROWS)
async def test_every_refusal_has_its_kind_and_is_asked_once(  # noqa: PLR0913 - fixtures
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, *, status: int, body: object, kind: FailureKind
) -> None:
    """Each row of the table becomes its failure, after a single call, with only the unknown ones booked."""
    request = ask()
    server.script(Reply(status, body, {"x-request-id": "req_7"}))

    failure = await engine.generate(request)

    assert isinstance(failure, Failure)
    assert failure.kind is kind
    assert failure.request_id == "req_7"
    assert len(server.asks) == 1
    price = estimate(profile_for("gpt-image-2"), request.plan)
    assert failure.billed == (price if kind is K.NO_ANSWER else 0)


def _price(request: GenerationRequest) -> Micros:
    return estimate(profile_for(request.plan.model), request.plan)


@pytest.mark.parametrize(
    ("stage", "told", "is_booked"),
    [
        ("input", "input", False),
        ("output", "output", True),
        ("unknown", "unknown", True),
        ("bare", None, False),
    ],
)
async def test_a_moderated_request_says_its_stage_and_is_never_repeated(  # noqa: PLR0913 - fixtures
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, stage: str, told: str | None, *, is_booked: bool
) -> None:
    """A block keeps its stage and categories, also when a relay dropped them; a late one counts as billed."""
    request = ask(f"something bad [[moderated:{stage}]]")

    failure = await engine.generate(request)

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.stage) == (K.MODERATED, told)
    assert failure.categories == ("violence", "self-harm")
    assert not failure.kind.is_safe_to_repeat
    assert failure.billed == (_price(request) if is_booked else 0)
    assert failure.billed >= server.billed_micros
    assert len(server.asks) == 1


@pytest.mark.parametrize(
    ("headers", "message", "wait_s"),
    [
        ({"retry-after": "12"}, "", 12.0),
        ({"retry-after-ms": "1500", "retry-after": "99"}, "", 1.5),
        ({}, "Limit 5, Used 5. Please try again in 12s.", 12.0),
        ({}, "try again in 1m30s", 90.0),
        ({}, "try again in 250ms", 0.25),
        ({"retry-after": "soon"}, "", None),
        ({"retry-after": "99999999999999999999"}, "", 86_400.0),
    ],
)
async def test_a_rate_limit_says_how_long_to_wait(  # noqa: PLR0913 - fixtures
    engine: OpenAIImages,
    server: FakeOpenAI,
    ask: Ask,
    *,
    headers: dict[str, str],
    message: str,
    wait_s: float | None,
) -> None:
    """The wait comes from the headers, and from the words only where they are all there is."""
    server.script(Reply(429, _error("rate_limit_exceeded", message=message), headers))

    failure = await engine.generate(ask())

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.retry_after_s) == (K.RATE_LIMITED, wait_s)


async def test_the_scripted_families_of_429_differ(engine: OpenAIImages, ask: Ask) -> None:
    """A rate limit may be waited out; an empty account stops the engine."""
    limited = await engine.generate(ask("x [[rate_limited:7]]"))
    broke = await engine.generate(ask("x [[out_of_money]]"))

    assert isinstance(limited, Failure)
    assert isinstance(broke, Failure)
    assert (limited.kind.is_safe_to_repeat, limited.retry_after_s) == (True, 7.0)
    assert (broke.kind.pauses_engine, broke.retry_after_s) == (True, None)


async def test_silence_is_no_answer_and_never_asked_again(
    make_engine: EngineMaker, server: FakeOpenAI, ask: Ask
) -> None:
    """A server that never answers costs its estimate, and the call is not repeated."""
    request = ask("x [[hang]]")

    failure = await make_engine(answer_s=1.0).generate(request)

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.billed) == (K.NO_ANSWER, _price(request))
    assert [line.outcome for line in server.bill] == ["hung"]
    assert failure.billed >= server.billed_micros


async def test_one_call_cannot_last_for_ever(make_engine: EngineMaker, ask: Ask) -> None:
    """The whole call has an end, whatever the server does to keep it alive."""
    failure = await make_engine(deadline_s=0.2).generate(ask("x [[hang]]"))

    assert isinstance(failure, Failure)
    assert failure.kind is K.NO_ANSWER


@pytest.mark.parametrize("marker", ["drop", "drop_before_answer"])
async def test_a_cut_connection_is_broken_off(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, marker: str
) -> None:
    """A connection that is lost after sending may have cost the picture: it is booked and not repeated."""
    request = ask(f"x [[{marker}]]")

    failure = await engine.generate(request)

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.billed) == (K.BROKEN_OFF, _price(request))
    assert len(server.asks) == len(server.bill) == 1


async def test_nobody_at_the_address_is_safe_to_repeat(make_engine: EngineMaker, ask: Ask) -> None:
    """Where no connection could be made, nothing was sent and nothing can have been billed."""
    failure = await make_engine(base_url=f"http://127.0.0.1:{free_port()}/v1").generate(ask())

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.billed) == (K.UNREACHABLE, 0)
    assert failure.kind.is_safe_to_repeat


CUTS: tuple[tuple[Exception, FailureKind], ...] = (
    (httpx2.ConnectError("x"), K.UNREACHABLE),
    (httpx2.ConnectTimeout("x"), K.UNREACHABLE),
    (httpx2.PoolTimeout("x"), K.UNREACHABLE),
    (httpx2.ProxyError("x"), K.UNREACHABLE),
    (httpx2.WriteTimeout("x"), K.NO_ANSWER),
    (httpx2.ReadTimeout("x"), K.NO_ANSWER),
    (httpx2.WriteError("x"), K.BROKEN_OFF),
    (httpx2.ReadError("x"), K.BROKEN_OFF),
    (httpx2.RemoteProtocolError("x"), K.BROKEN_OFF),
    (httpx2.DecodingError("x"), K.BROKEN_OFF),
    (ssl.SSLError("x"), K.BROKEN_OFF),
    (OSError("x"), K.BROKEN_OFF),
)


@pytest.mark.parametrize(("error", "kind"), CUTS)
async def test_only_what_comes_before_sending_is_safe(
    make_engine: EngineMaker, ask: Ask, error: Exception, kind: FailureKind
) -> None:
    """Of all that a network can do, only what comes before the first byte may be repeated unasked."""

    def fail(_: httpx2.Request) -> httpx2.Response:
        raise error

    request = ask()
    async with open_http(transport=httpx2.MockTransport(fail)) as http:
        failure = await make_engine(http=http).generate(request)

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.detail) == (kind, type(error).__name__)
    assert failure.billed == (0 if kind is K.UNREACHABLE else _price(request))


async def test_cancelling_passes_through_and_is_billed_all_the_same(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask
) -> None:
    """A cancelled task ends as cancelled; the server has begun by then, and charges."""
    task = asyncio.create_task(engine.generate(ask("x [[hang]]")))
    while not server.bill:  # noqa: ASYNC110 - the server is another thread
        await asyncio.sleep(0.005)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(server.bill) == 1


async def test_a_wrong_key_never_shows(
    make_engine: EngineMaker, server: FakeOpenAI, ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    """The key is in no repr, failure or log line, even when the server repeats it in its refusal."""
    caplog.set_level(logging.DEBUG)
    secret = "sk-very-secret-9876543210"
    engine = make_engine(api_key=SecretStr(secret))
    server.script(Reply(401, _error("invalid_api_key", message=f"Incorrect API key provided: {secret}.")))

    failure = await engine.generate(ask())
    refused = await engine.generate(ask())

    assert isinstance(failure, Failure)
    assert isinstance(refused, Failure)
    assert (failure.kind, refused.kind) == (K.KEY_REFUSED, K.KEY_REFUSED)
    for text in (repr(engine), repr(vars(engine)), str(failure), repr(refused), caplog.text):
        assert secret not in text


@pytest.mark.parametrize("key", ["", "   ", "sk-one\nsk-two", "sk-ключ"])
def test_a_key_that_can_never_work_is_refused_at_once(key: str, http: httpx2.AsyncClient) -> None:
    """A key with strange characters is refused when the engine is made, without being repeated."""
    with pytest.raises(SettingsFault) as fault:
        OpenAIImages(api_key=key, base_url="https://api.example/v1", http=http, sniff=_never)
    assert not key.strip() or key not in str(fault.value)


@pytest.mark.parametrize("address", ["", "localhost:8080", "ftp://x/v1", "https://", "http://[::1"])
def test_an_address_that_can_never_work_is_refused_at_once(address: str, http: httpx2.AsyncClient) -> None:
    """A base URL that leads nowhere is refused when the engine is made."""
    with pytest.raises(SettingsFault, match="OPENAI_BASE_URL"):
        OpenAIImages(api_key=KEY, base_url=address, http=http, sniff=_never)


async def _never(_: bytes) -> None:
    """Nothing is ever a picture."""


async def test_model_status_fails_as_a_value(make_engine: EngineMaker, server: FakeOpenAI) -> None:
    """A wrong key, a busy server or nobody at home is a failure, not an exception."""
    wrong = await make_engine(api_key="sk-wrong").model_status("gpt-image-2")
    server.script(Reply(503, "busy"))
    busy = await make_engine().model_status("gpt-image-2")
    gone = await make_engine(base_url="http://127.0.0.1:1/v1").model_status("gpt-image-2")

    kinds = [found.kind for found in (wrong, busy, gone) if isinstance(found, Failure)]
    assert kinds == [K.KEY_REFUSED, K.OVERLOADED, K.UNREACHABLE]


async def test_many_calls_at_once_do_not_mix(engine: OpenAIImages, server: FakeOpenAI, ask: Ask) -> None:
    """Calls that run side by side each get their own picture and price."""
    results: list[GenerationResult | Failure] = await asyncio.gather(
        *(engine.generate(ask(f"picture {number}")) for number in range(8))
    )

    contents: set[Any] = {found.images[0].content for found in results if not isinstance(found, Failure)}
    assert len(contents) == 8
    assert len(server.bill) == 8
