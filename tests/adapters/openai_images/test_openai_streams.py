"""Streamed calls: previews on the way, one picture at the end, and every way in which that goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.domain.engine_profile import estimate, profile_for
from core.domain.generation import Failure, FailureKind, GenerationResult, Preview, Quality
from tests.fakes.openai_server import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.openai_images import OpenAIImages
    from core.domain.generation import GenerationRequest, Image
    from tests.fakes.openai_server import FakeOpenAI

    Ask = Callable[..., GenerationRequest]


class Looker:
    """Somebody who looks at previews."""

    def __init__(self) -> None:
        self.seen: list[Preview] = []

    async def __call__(self, preview: Preview) -> None:
        self.seen.append(preview)


@pytest.fixture
def looker() -> Looker:
    """Somebody who looks at previews."""
    return Looker()


@pytest.mark.parametrize("is_edit", [False, True])
async def test_previews_come_before_the_picture(  # noqa: PLR0913 - fixtures
    engine: OpenAIImages,
    server: FakeOpenAI,
    ask: Ask,
    looker: Looker,
    drawn: Callable[..., Image],
    *,
    is_edit: bool,
) -> None:
    """A generation and an edit, whose events have different names, both show previews and bill them."""
    inputs = (drawn(),) if is_edit else ()
    request = ask("a sunrise", inputs, quality=Quality.MEDIUM, previews=2)

    result = await engine.generate(request, on_preview=looker)

    assert isinstance(result, GenerationResult)
    assert [preview.index for preview in looker.seen] == [0, 1]
    shown = {preview.image.content for preview in looker.seen}
    assert len(shown | {result.images[0].content}) == 3
    assert result.cost == server.billed_micros <= estimate(profile_for("gpt-image-2"), request.plan)
    assert not result.is_cost_estimated


@pytest.mark.parametrize(
    ("plan", "has_looker"),
    [({"previews": 0}, True), ({"previews": 2, "count": 2}, True), ({"previews": 2}, False)],
)
async def test_a_stream_is_asked_for_only_where_it_helps(  # noqa: PLR0913 - fixtures
    engine: OpenAIImages,
    server: FakeOpenAI,
    ask: Ask,
    looker: Looker,
    plan: dict[str, Any],
    *,
    has_looker: bool,
) -> None:
    """No previews wanted, several pictures, or nobody looking: the call is a plain one."""
    await engine.generate(ask(**plan), on_preview=looker if has_looker else None)

    assert "stream" not in server.asks[0].fields
    assert "partial_images" not in server.asks[0].fields


async def test_fewer_previews_than_asked_is_normal(engine: OpenAIImages, ask: Ask, looker: Looker) -> None:
    """A preview that never comes takes nothing away."""
    result = await engine.generate(ask("x [[fewer_partials]]", previews=2), on_preview=looker)

    assert isinstance(result, GenerationResult)
    assert len(looker.seen) == 1


@pytest.mark.parametrize(
    "marker", ["drop", "eof", "error_event:server_error", "error_event:rate_limit_exceeded"]
)
async def test_a_stream_without_its_picture_is_broken_off(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, looker: Looker, marker: str
) -> None:
    """A partial picture is never a result; the call is booked, and its kind forbids a repetition."""
    request = ask(f"x [[{marker}]]", previews=2)

    failure = await engine.generate(request, on_preview=looker)

    assert isinstance(failure, Failure)
    assert len(looker.seen) == 2
    assert failure.kind is FailureKind.BROKEN_OFF
    assert failure.billed == estimate(profile_for("gpt-image-2"), request.plan) >= server.billed_micros
    assert failure.retry_after_s is None
    assert len(server.asks) == 1


async def test_an_error_in_a_stream_keeps_its_meaning(engine: OpenAIImages, ask: Ask, looker: Looker) -> None:
    """An error event is classified by its code, like a refusal."""
    blocked = await engine.generate(
        ask("x [[error_event:moderation_blocked]]", previews=1), on_preview=looker
    )
    broke = await engine.generate(ask("x [[error_event:insufficient_quota]]", previews=1), on_preview=looker)

    assert isinstance(blocked, Failure)
    assert isinstance(broke, Failure)
    assert (blocked.kind, broke.kind) == (FailureKind.MODERATED, FailureKind.OUT_OF_MONEY)
    assert blocked.billed > 0


async def test_a_model_that_cannot_stream_is_asked_plainly(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, looker: Looker
) -> None:
    """A refused stream costs nothing, so the same call goes out once without it, and is remembered."""
    server.script("no_stream")
    first = await engine.generate(ask(previews=2), on_preview=looker)
    second = await engine.generate(ask(previews=2), on_preview=looker)

    assert isinstance(first, GenerationResult)
    assert isinstance(second, GenerationResult)
    assert [sent.fields.get("stream") for sent in server.asks] == [True, None, None]
    assert len(server.bill) == 2


@pytest.mark.parametrize("body", ["stream", {"error": {"message": "stream?", "param": "prompt"}}])
async def test_any_other_refusal_is_not_asked_again(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, looker: Looker, body: object
) -> None:
    """Only a refusal that names the stream leads to a plain call."""
    server.script(Reply(400, body))

    failure = await engine.generate(ask(previews=2), on_preview=looker)

    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.REJECTED
    assert len(server.asks) == 1


async def test_a_server_that_ignores_the_stream_is_understood(
    engine: OpenAIImages, ask: Ask, looker: Looker
) -> None:
    """An answer in one piece is taken where a stream was asked for."""
    result = await engine.generate(ask("x [[ignore_stream]]", previews=2), on_preview=looker)

    assert isinstance(result, GenerationResult)
    assert looker.seen == []


async def test_a_preview_that_fails_costs_nothing_else(engine: OpenAIImages, ask: Ask) -> None:
    """A fault of whoever looks at previews never loses the picture."""

    async def stumble(_: Preview) -> None:
        told = "the page was closed"
        raise RuntimeError(told)

    result = await engine.generate(ask(previews=2), on_preview=stumble)

    assert isinstance(result, GenerationResult)


async def test_frames_of_any_shape_are_read(engine: OpenAIImages, server: FakeOpenAI, ask: Ask) -> None:
    """Frames of other servers are read: no blank after the colon, CRLF, comments, the other name."""
    picture = "data:image/png;base64,iVBORw0KGgo="
    text = (
        ": hello\r\n\r\n"
        "event: ping\r\ndata:{}\r\n\r\n"
        "data: not json\r\n\r\n"
        f'data:{{"type": "image_edit.completed",\r\ndata: "b64_json": "{picture}"}}\r\n\r\n'
        "data: [DONE]\r\n\r\n"
    )
    server.script(Reply(200, text, {"content-type": "text/event-stream; charset=utf-8"}))

    failure = await engine.generate(ask(previews=1), on_preview=Looker())

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.detail) == (FailureKind.NO_PICTURE, "not a picture: not_a_picture")


async def test_an_end_mark_without_a_picture_is_broken_off(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask
) -> None:
    """A stream that says it is done without having brought a picture is broken off."""
    server.script(Reply(200, "data: [DONE]\n\n", {"content-type": "text/event-stream"}))

    failure = await engine.generate(ask(previews=1), on_preview=Looker())

    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.BROKEN_OFF
