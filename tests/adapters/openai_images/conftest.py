"""A fake OpenAI server that keeps the rules, and the engine that talks to it through the real SDK."""

from __future__ import annotations

import io
import ssl
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from PIL import Image as Pillow

from adapters.openai_images import OpenAIImages, open_http
from core.domain.generation import (
    GenerationPlan,
    GenerationRequest,
    Image,
    OutputFormat,
    Quality,
    Size,
)
from tests.fakes.openai_server import FakeOpenAI

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    EngineMaker = Callable[..., OpenAIImages]

ACTOR = "a" * 64
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture(scope="module")
def running_server() -> Iterator[FakeOpenAI]:
    """One server for the tests of a file."""
    with FakeOpenAI().running() as server:
        yield server


@pytest.fixture
def server(running_server: FakeOpenAI) -> FakeOpenAI:
    """The server with a clean slate."""
    running_server.reset()
    return running_server


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    """The connection as the program opens it, but for certificates, which take 50 ms to load."""
    async with open_http(transport=httpx2.AsyncHTTPTransport(verify=NO_CERTIFICATES)) as client:
        yield client


class Pauses:
    """Time that does not pass, and how much of it was asked for."""

    def __init__(self) -> None:
        self.asked_s: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked_s.append(seconds)


async def sniff(content: bytes) -> Image | str:
    """What bytes really are, by their header."""
    try:
        picture = Pillow.open(io.BytesIO(content))
    except OSError:
        return "not_a_picture"
    shape = OutputFormat(str(picture.format).lower())
    return Image(content, shape, Size(*picture.size), has_alpha="A" in picture.getbands())


@pytest.fixture
def pauses() -> Pauses:
    """The pauses that the engine made."""
    return Pauses()


@pytest.fixture
def make_engine(server: FakeOpenAI, http: httpx2.AsyncClient, pauses: Pauses) -> EngineMaker:
    """Make an engine that talks to the server; keyword arguments replace what it is made with."""

    def make(**changed: Any) -> OpenAIImages:  # noqa: ANN401 - whatever the engine takes
        parts: dict[str, Any] = {
            "api_key": server.key,
            "base_url": server.base_url,
            "http": http,
            "sniff": sniff,
            "pause": pauses,
        }
        return OpenAIImages(**(parts | changed))

    return make


@pytest.fixture
def engine(make_engine: EngineMaker) -> OpenAIImages:
    """The engine as the program makes it."""
    return make_engine()


@pytest.fixture
def ask() -> Callable[..., GenerationRequest]:
    """Make a request for a picture; keyword arguments change its plan."""

    def make(
        prompt: str = "a lighthouse at dusk",
        inputs: tuple[Image, ...] = (),
        mask: Image | None = None,
        **plan: Any,  # noqa: ANN401 - fields of the plan
    ) -> GenerationRequest:
        fields: dict[str, Any] = {
            "model": "gpt-image-2",
            "size": Size(816, 816),
            "quality": Quality.LOW,
        }
        made = GenerationPlan(prompt=prompt, input_count=len(inputs), **(fields | plan))
        return GenerationRequest(made, inputs, mask, actor_key=ACTOR, attempt_key="attempt-1")

    return make


def drawn(size: Size = Size(96, 64), *, colour: str = "navy", shape: str = "PNG", mode: str = "RGB") -> Image:  # noqa: B008 - frozen
    """A small real picture to send."""
    file = io.BytesIO()
    Pillow.new(mode, (size.width, size.height), colour).save(file, shape)
    return Image(file.getvalue(), OutputFormat(shape.lower()), size, has_alpha=mode == "RGBA")


@pytest.fixture(name="drawn")
def drawn_fixture() -> Callable[..., Image]:
    """Draw a small picture."""
    return drawn
