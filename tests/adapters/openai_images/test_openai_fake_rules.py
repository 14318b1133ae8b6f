"""The fake server keeps the documented rules: each is broken once, by plain HTTP, and refused."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow

from core.domain.engine_profile import output_tokens as our_output_tokens
from core.domain.engine_profile import profile_for
from core.domain.generation import Quality, Size
from tests.fakes.openai_server.models import LIVING
from tests.fakes.openai_server.pricing import input_picture_tokens, output_tokens

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx2

    from tests.fakes.openai_server import FakeOpenAI

    MakePictures = Callable[..., Awaitable[list[bytes]]]

GOOD = {
    "model": "gpt-image-2",
    "prompt": "a lighthouse",
    "size": "816x816",
    "quality": "low",
    "n": 1,
    "output_format": "png",
}


async def _generate(server: FakeOpenAI, http: httpx2.AsyncClient, **changed: object) -> httpx2.Response:
    body = {name: value for name, value in (GOOD | changed).items() if value != "LEFT OUT"}
    headers = {"authorization": f"Bearer {server.key}"}
    return await http.post(f"{server.base_url}/images/generations", json=body, headers=headers)


def _file(size: tuple[int, int] = (64, 64), mode: str = "RGB", shape: str = "PNG") -> bytes:
    file = io.BytesIO()
    Pillow.new(mode, size).save(file, shape)
    return file.getvalue()


Part = tuple[str, tuple[str, bytes, str]]


def _part(content: bytes, field: str = "image[]", kind: str = "image/png") -> Part:
    return (field, ("picture.png", content, kind))


async def _edit(
    server: FakeOpenAI, http: httpx2.AsyncClient, parts: list[Part], **changed: str
) -> httpx2.Response:
    fields = {name: str(value) for name, value in GOOD.items()} | changed
    headers = {"authorization": f"Bearer {server.key}"}
    return await http.post(f"{server.base_url}/images/edits", data=fields, files=parts, headers=headers)


async def test_what_keeps_the_rules_is_served(server: FakeOpenAI, http: httpx2.AsyncClient) -> None:
    """The request that the others are changed from succeeds, as a generation and as an edit."""
    assert (await _generate(server, http)).status_code == 200
    assert (await _edit(server, http, [_part(_file())])).status_code == 200


BROKEN: tuple[tuple[dict[str, object], int, str | None], ...] = (
    ({"model": "LEFT OUT"}, 400, "missing_required_parameter"),
    ({"model": "dall-e-3"}, 404, "model_not_found"),
    ({"model": "gpt-image-1"}, 404, "model_not_found"),
    ({"model": "gpt-image-2.5"}, 404, "model_not_found"),
    ({"prompt": "LEFT OUT"}, 400, "missing_required_parameter"),
    ({"prompt": "x" * 32_001}, 400, "string_above_max_length"),
    ({"size": "1920x1080"}, 400, "invalid_value"),
    ({"size": "3856x1024"}, 400, "invalid_value"),
    ({"size": "3072x1008"}, 400, "invalid_value"),
    ({"size": "800x800"}, 400, "invalid_value"),
    ({"size": "3840x2176"}, 400, "invalid_value"),
    ({"size": "large"}, 400, "invalid_value"),
    ({"quality": "xhigh"}, 400, "invalid_value"),
    ({"quality": "hd"}, 400, "invalid_value"),
    ({"n": 0}, 400, "invalid_value"),
    ({"n": 11}, 400, "invalid_value"),
    ({"n": "2"}, 400, "invalid_value"),
    ({"output_format": "gif"}, 400, "invalid_value"),
    ({"output_compression": 50}, 400, "invalid_value"),
    ({"output_compression": 101, "output_format": "jpeg"}, 400, "invalid_value"),
    ({"background": "transparent"}, 400, "invalid_value"),
    (
        {"background": "transparent", "model": "gpt-image-2.5-flare", "output_format": "jpeg"},
        400,
        "invalid_value",
    ),
    ({"background": None}, 400, "invalid_type"),
    ({"input_fidelity": "high"}, 400, "invalid_input_fidelity_model"),
    ({"response_format": "b64_json"}, 400, "unknown_parameter"),
    ({"style": "vivid"}, 400, "unknown_parameter"),
    ({"seed": 7}, 400, "unknown_parameter"),
    ({"stream": "true"}, 400, "invalid_type"),
    ({"stream": True, "partial_images": 4}, 400, "invalid_value"),
    ({"safety_identifier": "x" * 129}, 400, "string_above_max_length"),
)


@pytest.mark.parametrize(("changed", "status", "code"), BROKEN)
async def test_a_broken_rule_is_refused_and_not_billed(
    server: FakeOpenAI, http: httpx2.AsyncClient, changed: dict[str, object], status: int, code: str | None
) -> None:
    """Each rule of a generation refuses what breaks it, with an envelope, and charges nothing."""
    answer = await _generate(server, http, **changed)

    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["code"] == code
    assert server.bill == ()
    assert answer.headers["x-request-id"]


EDITS: tuple[tuple[list[Part], str], ...] = (
    ([_part(_file(), "mask")], "missing_required_parameter"),
    ([_part(_file())] * 17, "array_above_max_length"),
    ([_part(b"hello")], "invalid_image_file"),
    ([_part(_file(shape="GIF"))], "unsupported_image_media_type"),
    ([_part(_file(), kind="text/plain")], "unsupported_image_media_type"),
    ([_part(_file()), _part(_file(mode="RGB"), "mask")], "invalid_mask"),
    ([_part(_file()), _part(_file((32, 64), "RGBA"), "mask")], "invalid_mask"),
    ([_part(_file()), _part(_file(mode="RGBA", shape="WEBP"), "mask")], "invalid_mask"),
    ([_part(_file()), _part(_file(mode="RGBA") + bytes(4 * 1024 * 1024), "mask")], "image_too_large"),
    ([_part(_file()), _part(_file(), "mask_image")], "unknown_parameter"),
)


@pytest.mark.parametrize(("parts", "code"), EDITS)
async def test_an_edit_that_breaks_a_rule_is_refused(
    server: FakeOpenAI, http: httpx2.AsyncClient, parts: list[Part], code: str
) -> None:
    """Each rule about inputs and masks refuses what breaks it, and charges nothing."""
    answer = await _edit(server, http, parts)

    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["code"] == code
    assert server.bill == ()


@pytest.mark.parametrize("name", ["input_fidelity", "moderation", "style"])
async def test_an_edit_does_not_take_every_field(
    server: FakeOpenAI, http: httpx2.AsyncClient, name: str
) -> None:
    """Fields that the multipart form does not have are refused."""
    assert (await _edit(server, http, [_part(_file())], **{name: "low"})).status_code == 400


async def test_only_the_right_key_is_let_in(server: FakeOpenAI, http: httpx2.AsyncClient) -> None:
    """A missing or wrong key is refused before anything else is looked at."""
    for headers in ({}, {"authorization": "Bearer sk-wrong"}, {"api-key": server.key}):
        answer = await http.post(f"{server.base_url}/images/generations", json=GOOD, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")


async def test_a_body_that_is_not_json_is_refused(server: FakeOpenAI, http: httpx2.AsyncClient) -> None:
    """Broken JSON is an error of the request."""
    headers = {"authorization": f"Bearer {server.key}", "content-type": "application/json"}
    answer = await http.post(f"{server.base_url}/images/generations", content=b"{", headers=headers)
    assert answer.status_code == 400


async def test_a_generation_and_an_edit_name_their_events_differently(
    server: FakeOpenAI, http: httpx2.AsyncClient
) -> None:
    """The two endpoints stream under different names, and usage has no output details there."""
    made = await _generate(server, http, stream=True, partial_images=1)
    edited = await _edit(server, http, [_part(_file())], stream="true", partial_images="1")

    for answer, kind in ((made, "image_generation"), (edited, "image_edit")):
        names = [
            line.removeprefix("event: ") for line in answer.text.splitlines() if line.startswith("event")
        ]
        assert names == [f"{kind}.partial_image", f"{kind}.completed"]
        assert "output_tokens_details" not in answer.text


@pytest.mark.parametrize(
    ("shape", "background", "mode"),
    [
        ("png", "opaque", "RGB"),
        ("png", "transparent", "RGBA"),
        ("webp", "transparent", "RGBA"),
        ("jpeg", "opaque", "RGB"),
    ],
)
async def test_pictures_are_real_and_distinct(
    make_pictures: MakePictures, shape: str, background: str, mode: str
) -> None:
    """Every picture decodes in the format and size asked for, and no two are alike."""
    contents = await make_pictures(output_format=shape, background=background)

    assert len(set(contents)) == 4
    for content in contents:
        picture = Pillow.open(io.BytesIO(content))
        picture.load()
        assert (picture.format, picture.size, picture.mode) == (shape.upper(), (816, 816), mode)
        if mode == "RGBA":
            assert picture.getchannel("A").getextrema() == (0, 255)


@pytest.fixture
def make_pictures(server: FakeOpenAI, http: httpx2.AsyncClient) -> MakePictures:
    """Make two requests of two pictures each."""

    async def make(**changed: str) -> list[bytes]:
        answers = [
            await _generate(server, http, model="gpt-image-2.5-flare", n=2, **changed) for _ in range(2)
        ]
        return [base64.b64decode(one["b64_json"]) for answer in answers for one in answer.json()["data"]]

    return make


async def test_a_picture_weighs_what_real_ones_do(server: FakeOpenAI, http: httpx2.AsyncClient) -> None:
    """A PNG of 1024 x 1024 has between one and two megabytes."""
    answer = await _generate(server, http, size="1024x1024")
    assert 1_000_000 < len(answer.json()["data"][0]["b64_json"]) * 3 / 4 < 2_000_000


TABLE = (
    ("gpt-image-2", "low", (1024, 1024), 196),
    ("gpt-image-2", "medium", (1536, 1024), 1372),
    ("gpt-image-2", "high", (3840, 2160), 13342),
    ("gpt-image-2.5-flare", "medium", (1024, 1024), 439),
    ("gpt-image-2.5-flare", "xhigh", (1024, 1024), 3122),
    ("gpt-image-2.5-flare", "max", (1024, 1024), 7024),
    ("gpt-image-2.5-sunburst", "high", (816, 816), 1536),
)


@pytest.mark.parametrize(("model", "quality", "size", "tokens"), TABLE)
def test_the_fake_counts_by_the_published_table(
    model: str, quality: str, size: tuple[int, int], tokens: int
) -> None:
    """The fake's own count of tokens is the published one."""
    assert output_tokens(model, quality, *size) == tokens


@pytest.mark.parametrize("model", sorted(LIVING))
def test_two_counts_made_apart_agree(model: str) -> None:
    """Our prices and the fake's, written apart, agree; for 2.6 ours is the higher."""
    for quality in LIVING[model].factors:
        for width, height in ((1024, 1024), (1536, 864), (864, 1536), (2880, 2880), (3072, 1024)):
            ours = our_output_tokens(profile_for(model), Size(width, height), Quality(quality))
            theirs = output_tokens(model, quality, width, height)
            assert ours >= theirs if "2.6" in model else ours == theirs


@pytest.mark.parametrize(
    ("size", "tokens"), [((64, 64), 1020), ((1024, 1024), 1024), ((1536, 1024), 1530), ((1152, 1024), 1152)]
)
def test_inputs_are_counted_within_what_was_seen(size: tuple[int, int], tokens: int) -> None:
    """A picture that is sent costs 1,024 tokens a megapixel, within the range that was reported."""
    assert input_picture_tokens(*size) == tokens
