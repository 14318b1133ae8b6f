"""What the engine sends, judged by the server's rules and by OpenAI's own schema."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from adapters.openai_images import ModelStatus
from core.domain.engine_profile import estimate, profile_for
from core.domain.generation import Background, GenerationResult, OutputFormat, Quality, Size
from core.domain.ids import Micros
from tests.fakes.openai_server.pricing import Used, output_tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2

    from adapters.openai_images import OpenAIImages
    from core.app.ports import Engine
    from core.domain.generation import GenerationRequest, Image
    from tests.fakes.openai_server import FakeOpenAI

    Ask = Callable[..., GenerationRequest]
    EngineMaker = Callable[..., OpenAIImages]


async def test_a_picture_comes_with_its_price(engine: OpenAIImages, server: FakeOpenAI, ask: Ask) -> None:
    """A generation brings the picture in the size asked for, at exactly what the server billed."""
    request = ask(size=Size(1536, 864), quality=Quality.MEDIUM)

    port: Engine = engine
    result = await port.generate(request)

    assert isinstance(result, GenerationResult)
    assert [image.size for image in result.images] == [Size(1536, 864)]
    assert result.images[0].format is OutputFormat.PNG
    assert (result.cost, result.is_cost_estimated) == (server.billed_micros, False)
    assert result.request_id == f"req_{server.asks[0].number:08d}"
    assert result.cost <= estimate(profile_for("gpt-image-2"), request.plan)


async def test_calls_are_made_in_the_project_that_is_named(
    make_engine: EngineMaker, server: FakeOpenAI, ask: Ask
) -> None:
    """What is bought stands on the bill that the ledger is held against."""
    await make_engine(project="proj_inkthread").generate(ask())
    await make_engine().generate(ask())
    assert [one.headers.get("openai-project") for one in server.asks] == ["proj_inkthread", None]


async def test_a_generation_says_everything_and_no_more(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask
) -> None:
    """Every parameter that is priced or shown is sent, and nothing that the model does not take."""
    await engine.generate(ask(size=Size(1360, 768), count=2, output_format=OutputFormat.WEBP))

    assert server.asks[0].fields == {
        "model": "gpt-image-2",
        "prompt": "a lighthouse at dusk",
        "size": "1360x768",
        "quality": "low",
        "n": 2,
        "output_format": "webp",
        "background": "opaque",
        "safety_identifier": "a" * 64,
    }
    assert server.asks[0].attempt_key == "attempt-1"
    assert "idempotency-key" not in server.asks[0].headers


async def test_an_edit_sends_the_very_bytes(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, drawn: Callable[..., Image]
) -> None:
    """An edit sends the base first and then the references, each byte for byte, and the mask as the mask."""
    base = drawn(Size(96, 64), colour="red")
    references = (drawn(colour="green", shape="JPEG"), drawn(colour="blue", shape="WEBP"))
    mask = drawn(Size(96, 64), colour=(0, 0, 0, 0), mode="RGBA")

    result = await engine.generate(ask("make it stormy", (base, *references), mask))

    sent = server.asks[0]
    assert isinstance(result, GenerationResult)
    assert sent.path == "/v1/images/edits"
    assert [file.content for file in sent.inputs] == [base.content, *(one.content for one in references)]
    assert {file.field for file in sent.inputs} == {"image[]"}
    assert [file.content_type for file in sent.inputs] == ["image/png", "image/jpeg", "image/webp"]
    assert sent.mask is not None
    assert sent.mask.content == mask.content
    assert result.cost == server.billed_micros
    assert result.usage is not None
    assert result.usage.image_input_tokens == 3 * 1020


async def test_one_input_is_still_a_list(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, drawn: Callable[..., Image]
) -> None:
    """A single base goes up under the same repeated field as several."""
    await engine.generate(ask("darker", (drawn(),)))

    assert [file.field for file in server.asks[0].files] == ["image[]"]
    assert set(server.asks[0].fields) == {
        *("model", "prompt", "size", "quality", "n", "output_format", "background", "safety_identifier"),
    }


async def test_transparent_pictures_have_alpha(engine: OpenAIImages, ask: Ask) -> None:
    """A model with an alpha channel is asked for one and delivers it."""
    request = ask(model="gpt-image-2.5-flare", background=Background.TRANSPARENT)

    result = await engine.generate(request)

    assert isinstance(result, GenerationResult)
    assert result.images[0].has_alpha


@pytest.mark.parametrize("model", ["gpt-image-2.6-sunburst", "gpt-image-2.5-flare", "gpt-image-2-2026-04-21"])
@pytest.mark.parametrize("quality", [Quality.LOW, Quality.MEDIUM, Quality.HIGH])
async def test_the_estimate_covers_the_bill(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, model: str, quality: Quality
) -> None:
    """What is reserved is never less than what is billed, for every model and quality."""
    request = ask("漢字 and words", model=model, quality=quality, count=2)

    result = await engine.generate(request)

    assert isinstance(result, GenerationResult)
    assert result.cost == server.billed_micros
    assert 0 < result.cost <= estimate(profile_for(model), request.plan)


async def test_a_compatible_server_is_sent_only_what_it_reads(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask
) -> None:
    """For a model that is not OpenAI's, fields that other servers stumble over are left out, not null."""
    await engine.generate(ask(model="flux-dev"))

    assert set(server.asks[0].fields) == {"model", "prompt", "size", "n", "quality"}


async def test_the_model_says_until_when_it_lives(engine: OpenAIImages) -> None:
    """The state of a model is listed, listed with an end, or not listed."""
    assert await engine.model_status("gpt-image-2") == ModelStatus(is_listed=True)
    ending = await engine.model_status("gpt-image-1.5")
    assert isinstance(ending, ModelStatus)
    assert str(ending.shutdown_date) == "2026-12-01"
    assert await engine.model_status("dall-e-3") == ModelStatus(is_listed=False)


# --- OpenAI's schema ------------------------------------------------------------------------------------


def _schema(name: str) -> dict[str, Any]:
    folder = os.environ.get("INKTHREAD_SPECS")
    if not folder:
        pytest.skip("INKTHREAD_SPECS does not say where the API descriptions are")
    spec = json.loads((Path(folder) / "openai" / "images.openapi.json").read_text())
    return {"$ref": f"#/components/schemas/{name}", "components": spec["components"]}


async def test_a_generation_fits_the_schema(engine: OpenAIImages, server: FakeOpenAI, ask: Ask) -> None:
    """The body of a generation is what OpenAI's schema describes, also when it is streamed."""
    schema = _schema("CreateImageRequest")

    async def look(_: object) -> None:
        """Have somebody look, so that previews are asked for."""

    await engine.generate(ask(quality=Quality.HIGH, count=3, size=Size(1024, 1024)))
    await engine.generate(ask(quality=Quality.MEDIUM, previews=2), on_preview=look)

    for sent in server.asks:
        jsonschema.validate(sent.fields, schema, jsonschema.Draft202012Validator)
    assert server.asks[1].fields["partial_images"] == 2


async def test_an_edit_fits_the_schema(
    engine: OpenAIImages, server: FakeOpenAI, ask: Ask, drawn: Callable[..., Image]
) -> None:
    """The form of an edit is what the schema describes, once its numbers are read and image[] is image."""
    schema = _schema("CreateImageEditRequest")

    await engine.generate(ask("darker", (drawn(), drawn())))

    fields: dict[str, Any] = dict(server.asks[0].fields)
    fields["n"] = int(fields["n"])
    fields["image"] = ["bytes"] * len(server.asks[0].inputs)
    jsonschema.validate(fields, schema, jsonschema.Draft202012Validator)


async def test_the_fake_answers_as_the_schema_says(server: FakeOpenAI, http: httpx2.AsyncClient) -> None:
    """The fake's own answer keeps OpenAI's schema, in a size that its stale list knows."""
    schema = _schema("ImagesResponse")
    body = {"model": "gpt-image-2", "prompt": "x", "size": "1024x1024", "quality": "low"}

    answer = await http.post(
        f"{server.base_url}/images/generations",
        json=body,
        headers={"authorization": f"Bearer {server.key}"},
    )

    jsonschema.validate(answer.json(), schema, jsonschema.Draft202012Validator)


def test_money_is_counted_in_whole_micros() -> None:
    """The price of a known picture comes out to the micro-dollar: 196 tokens at 30 micros."""
    assert output_tokens("gpt-image-2", "low", 1024, 1024) == 196
    assert Used(0, 0, 196).cost_micros == Micros(5_880)
