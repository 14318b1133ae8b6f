"""Answers that deviate: addresses for bytes, wrong labels, missing usage, fewer pictures, none at all."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from adapters.openai_images import reading
from core.domain.engine_profile import estimate, profile_for
from core.domain.generation import Failure, FailureKind, GenerationResult, OutputFormat, Size, Usage
from tests.fakes.openai_server import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.openai_images import OpenAIImages
    from core.domain.generation import GenerationRequest, Image
    from tests.adapters.openai_images.conftest import Pauses
    from tests.fakes.openai_server import FakeOpenAI

    Ask = Callable[..., GenerationRequest]

MODEL = profile_for("gpt-image-2")


@pytest.mark.parametrize("marker", ["url", "data_prefix"])
async def test_pictures_come_in_other_wrappings(engine: OpenAIImages, ask: Ask, marker: str) -> None:
    """An address on the engine's own server and a data: prefix both lead to the picture."""
    result = await engine.generate(ask(f"x [[{marker}]]", count=2))

    assert isinstance(result, GenerationResult)
    assert [image.size for image in result.images] == [Size(816, 816)] * 2


async def test_the_bytes_say_what_they_are(engine: OpenAIImages, ask: Ask) -> None:
    """A picture is labelled by its bytes, not by what was asked or what the answer claims."""
    result = await engine.generate(ask("x [[wrong_label]] [[other_size]]", size=Size(1024, 1024)))

    assert isinstance(result, GenerationResult)
    assert (result.images[0].format, result.images[0].size) == (OutputFormat.WEBP, Size(816, 816))


async def test_without_usage_the_estimate_is_booked(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask
) -> None:
    """A server that reports no usage costs the estimate, and the result says so."""
    request = ask("x [[no_usage]]")

    result = await engine.generate(request)

    assert isinstance(result, GenerationResult)
    assert (result.cost, result.is_cost_estimated, result.usage) == (
        estimate(MODEL, request.plan),
        True,
        None,
    )
    assert result.cost >= server.billed_micros


async def test_fewer_pictures_cost_what_was_used(engine: OpenAIImages, server: FakeOpenAI, ask: Ask) -> None:
    """Two of three pictures are a result, at the price of two."""
    result = await engine.generate(ask("x [[fewer_pictures]]", count=3))

    assert isinstance(result, GenerationResult)
    assert len(result.images) == 2
    assert result.cost == server.billed_micros


async def test_more_pictures_than_were_asked_for_are_left_out(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, drawn: Callable[..., Image]
) -> None:
    """A server that ignores the number spends nobody's pictures, and there is no letter for a ninth."""
    picture = base64.b64encode(drawn().content).decode()
    server.script(Reply(200, {"data": [{"b64_json": picture}] * 9}))

    result = await engine.generate(ask(count=2))

    assert isinstance(result, GenerationResult)
    assert len(result.images) == 2


@pytest.mark.parametrize(
    ("body", "is_priced"),
    [
        ({"data": []}, False),
        ({"created": 1}, False),
        ({"id": "task-1", "status": "queued"}, False),
        ({"data": [{"b64_json": None}, {"b64_json": "!!"}, {"b64_json": 7}, "x", {}]}, False),
        ({"data": [{"b64_json": "aGVsbG8="}]}, False),
        ({"data": [{"url": "data:image/png;base64,aGVsbG8="}]}, False),
        (
            {
                "data": [],
                "usage": {
                    "input_tokens_details": {"text_tokens": 10, "image_tokens": 0},
                    "output_tokens": 100,
                },
            },
            True,
        ),
        ("<html>busy</html>", False),
        ('{"data": [{"b64_json": "aGVs', False),
        ("[1, 2]", False),
    ],
)
async def test_an_answer_without_a_picture_says_what_it_cost(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, body: object, *, is_priced: bool
) -> None:
    """A 200 that holds no picture is a failure that was billed: its usage, or the estimate."""
    request = ask()
    server.script(Reply(200, body, {"content-type": "application/json"} if isinstance(body, str) else {}))

    failure = await engine.generate(request)

    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.NO_PICTURE
    assert failure.billed == (10 * 5 + 100 * 30 if is_priced else estimate(MODEL, request.plan))


@pytest.mark.parametrize("kind", ["application/json", "text/event-stream"])
async def test_an_answer_without_end_is_not_kept(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, *, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """An answer that is larger than its pictures can be is dropped instead of filling the memory."""
    monkeypatch.setattr(reading, "LARGEST_PICTURE_BYTES", 1_000)
    server.script(Reply(200, "x" * 5_000, {"content-type": kind}))

    failure = await engine.generate(ask())

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.billed > 0) == (FailureKind.NO_PICTURE, True)
    assert "too large" in failure.detail


async def test_an_error_inside_a_200_is_an_error(engine: OpenAIImages, server: FakeOpenAI, ask: Ask) -> None:
    """A gateway that reports an error with status 200 is believed, and not asked again."""
    server.script(
        Reply(200, {"error": {"code": "insufficient_quota"}}),
        Reply(200, {"error": "overloaded, try later"}),
    )

    broke = await engine.generate(ask())
    busy = await engine.generate(ask())

    assert isinstance(broke, Failure)
    assert isinstance(busy, Failure)
    assert (broke.kind, busy.kind) == (FailureKind.OUT_OF_MONEY, FailureKind.BROKEN_OFF)
    assert len(server.asks) == 2


@pytest.mark.parametrize(
    "usage",
    [
        {"output_tokens": 196},
        {"input_tokens_details": {"text_tokens": 1, "image_tokens": 0}, "output_tokens": 0},
        {"input_tokens_details": {"text_tokens": -1, "image_tokens": 0}, "output_tokens": 5},
        {"input_tokens_details": {"text_tokens": "9", "image_tokens": 0}, "output_tokens": 5},
        {"input_tokens_details": {"text_tokens": 9, "image_tokens": 0}, "output_tokens": 10**25},
        "free",
        None,
    ],
)
async def test_usage_that_makes_no_sense_is_not_believed(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, drawn: Callable[..., Image], usage: object
) -> None:
    """A picture that is said to have cost nothing, or nonsense, is booked at the estimate."""
    picture = base64.b64encode(drawn().content).decode()
    server.script(Reply(200, {"data": [{"b64_json": picture}], "usage": usage}))
    request = ask()

    result = await engine.generate(request)

    assert isinstance(result, GenerationResult)
    assert (result.cost, result.is_cost_estimated) == (estimate(MODEL, request.plan), True)


async def test_output_details_go_before_the_sum(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, drawn: Callable[..., Image]
) -> None:
    """Text that a model writes beside the picture is not billed as picture."""
    usage = {
        "input_tokens_details": {"text_tokens": 10, "image_tokens": 20},
        "output_tokens": 300,
        "output_tokens_details": {"image_tokens": 196, "text_tokens": 104},
    }
    picture = base64.b64encode(drawn().content).decode()
    server.script(Reply(200, {"data": [{"b64_json": picture}], "usage": usage}))

    result = await engine.generate(ask())

    assert isinstance(result, GenerationResult)
    assert result.usage == Usage(10, 20, 196)
    assert result.cost == 10 * 5 + 20 * 8 + 196 * 30


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/x.png",
        "http://localhost:1/x.png",
        "http://[::ffff:10.0.0.1]/x.png",
        "file:///etc/passwd",
        "http://user:pass@127.0.0.1/x.png",
        "not an address",
        "http://",
    ],
)
async def test_no_answer_leads_into_the_private_network(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, pauses: Pauses, address: str
) -> None:
    """An address in an answer reaches the open internet or the engine's own server, and nothing else."""
    server.script(Reply(200, {"data": [{"url": address}]}))

    failure = await engine.generate(ask())

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.billed > 0) == (FailureKind.NO_PICTURE, True)
    assert "picture not fetched" in failure.detail
    assert pauses.asked_s == []


async def test_a_redirect_is_judged_like_an_address(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask
) -> None:
    """The engine's own server cannot send us on to a private address either."""
    server.script(Reply(200, {"data": [{"url": f"{server.origin}/away?to=http://192.168.0.1/x.png"}]}))

    failure = await engine.generate(ask())

    assert isinstance(failure, Failure)
    assert "not a public address" in failure.detail


async def test_the_download_is_tried_again_but_not_the_picture(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, pauses: Pauses
) -> None:
    """A picture that is not there yet is fetched again; it is not made again."""
    server.script("url", Reply(503, "later"), Reply(500, "later"))

    result = await engine.generate(ask())

    assert isinstance(result, GenerationResult)
    assert pauses.asked_s == [1.0, 2.0]
    assert len(server.bill) == 1
