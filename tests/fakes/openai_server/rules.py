"""The documented rules of the two image endpoints, each refused as the API would refuse it.

Facts of 2026-11: OpenAI's API reference and image guide, and dated reports where those are silent. Where the
code of a refusal is not known, `invalid_value` or `invalid_request_error` stands for it. The JSON form of
edits, which names files by address, is not served: it is refused as an edit without an image.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from PIL import Image

from tests.fakes.openai_server.models import DEAD, LISTED_ONLY, LIVING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.openai_server.asks import Ask, SentFile

LONGEST_PROMPT = 32_000
MOST_INPUTS = 16
LARGEST_INPUT_BYTES = 50 * 1024 * 1024
LARGEST_MASK_BYTES = 4 * 1024 * 1024
USER_ERROR = "image_generation_user_error"

COMMON_FIELDS = frozenset(
    {
        "prompt",
        "model",
        "n",
        "size",
        "quality",
        "background",
        "output_format",
        "output_compression",
        "stream",
        "partial_images",
        "safety_identifier",
        "user",
    }
)
FIELDS = {"generation": COMMON_FIELDS | {"moderation"}, "edit": COMMON_FIELDS}
FILE_FIELDS = frozenset({"image", "image[]", "mask"})


@dataclass(eq=False)
class Refused(Exception):  # noqa: N818 - a refusal, not an error
    """The error envelope of a request that breaks a rule."""

    message: str
    param: str | None = None
    code: str | None = "invalid_value"
    type: str = "invalid_request_error"
    status: int = 400

    def as_json(self) -> dict[str, object]:
        """The body."""
        return {"error": {"message": self.message, "type": self.type, "param": self.param, "code": self.code}}


def refuse(
    message: str,
    param: str | None = None,
    code: str | None = "invalid_value",
    *,
    kind: str = "invalid_request_error",
    status: int = 400,
) -> NoReturn:
    """End the request with an error envelope."""
    raise Refused(message, param, code, kind, status)


@dataclass(frozen=True, slots=True)
class Job:
    """A request that keeps all rules."""

    kind: str
    model: str
    prompt: str
    size: tuple[int, int]
    quality: str
    background: str
    output_format: str
    count: int
    is_stream: bool
    partials: int
    input_sizes: tuple[tuple[int, int], ...] = ()


def check(ask: Ask, kind: str) -> Job:
    """Read a request as a job, or raise Refused for the first rule that it breaks."""
    if not ask.is_readable:
        refuse("We could not parse the JSON body of your request.", code=None)
    _check_fields(ask, kind)
    model = _model(ask)
    output_format = _choice(ask, "output_format", ("png", "jpeg", "webp"), "png")
    _check_compression(ask, output_format)
    return Job(
        kind=kind,
        model=model,
        prompt=_prompt(ask),
        size=_size(ask),
        quality=_quality(ask, model),
        background=_background(ask, model, output_format),
        output_format=output_format,
        count=_whole(ask, "n", 1, 10, 1),
        is_stream=_flag(ask, "stream"),
        partials=_whole(ask, "partial_images", 0, 3, 0),
        input_sizes=_inputs(ask) if kind == "edit" else (),
    )


def _check_fields(ask: Ask, kind: str) -> None:
    if "input_fidelity" in ask.fields:
        refuse("This model does not take 'input_fidelity'.", "input_fidelity", "invalid_input_fidelity_model")
    for name, value in ask.fields.items():
        if name not in FIELDS[kind]:
            refuse(f"Unknown parameter: '{name}'.", name, "unknown_parameter")
        if value is None and name in {"background", "stream", "partial_images", "safety_identifier"}:
            refuse(f"'{name}' may not be null here; leave it out.", name, "invalid_type")
    for file in ask.files:
        if kind == "generation" or file.field not in FILE_FIELDS:
            refuse(f"Unknown parameter: '{file.field}'.", file.field, "unknown_parameter")
    if len(str(ask.fields.get("safety_identifier", ""))) > 128:
        refuse("'safety_identifier' is too long.", "safety_identifier", "string_above_max_length")


def _model(ask: Ask) -> str:
    model = ask.fields.get("model")
    if not isinstance(model, str):
        refuse("You must provide a model parameter.", "model", "missing_required_parameter")
    if model not in LIVING:
        told = "has been shut down" if model in DEAD | LISTED_ONLY.keys() else "does not exist"
        refuse(f"The model '{model}' {told}.", "model", "model_not_found", status=404)
    return model


def _prompt(ask: Ask) -> str:
    prompt = ask.fields.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        refuse("Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter")
    if len(prompt) > LONGEST_PROMPT:
        refuse("'prompt' has more than 32000 characters.", "prompt", "string_above_max_length")
    return prompt


def _size(ask: Ask) -> tuple[int, int]:
    written = ask.fields.get("size", "auto")
    if written == "auto":
        return (1024, 1024)
    found = re.fullmatch(r"([1-9]\d{0,4})x([1-9]\d{0,4})", str(written))
    if found is None:
        refuse(f"Invalid size '{written}'.", "size")
    width, height = int(found[1]), int(found[2])
    for is_broken, why in SIZE_RULES:
        if is_broken(width, height):
            refuse(f"Invalid size '{written}': {why}.", "size")
    return (width, height)


SIZE_RULES: tuple[tuple[Callable[[int, int], bool], str], ...] = (
    (lambda w, h: w % 16 != 0 or h % 16 != 0, "width and height must both be divisible by 16"),
    (lambda w, h: max(w, h) > 3840, "the longer edge may have at most 3840 pixels"),
    (lambda w, h: max(w, h) > 3 * min(w, h), "the aspect ratio must be between 1:3 and 3:1"),
    (lambda w, h: w * h < 655_360, "below the current minimum pixel budget"),
    (lambda w, h: w * h > 8_294_400, "above the current maximum pixel budget"),
)


def _choice(ask: Ask, name: str, choices: tuple[str, ...], default: str) -> str:
    value = ask.fields.get(name, default)
    if value not in choices:
        refuse(f"Invalid value: '{value}'. Supported values are: {', '.join(choices)}.", name)
    return str(value)


def _quality(ask: Ask, model: str) -> str:
    quality = _choice(ask, "quality", ("auto", *LIVING[model].factors), "auto")
    return "medium" if quality == "auto" else quality


def _background(ask: Ask, model: str, output_format: str) -> str:
    background = _choice(ask, "background", ("auto", "opaque", "transparent"), "auto")
    if background != "transparent":
        return "opaque"
    if not LIVING[model].can_transparent:
        refuse("Transparent background is not supported for this model.", "background", kind=USER_ERROR)
    if output_format == "jpeg":
        refuse("Transparent background needs png or webp.", "background", kind=USER_ERROR)
    return background


def _check_compression(ask: Ask, output_format: str) -> None:
    if "output_compression" not in ask.fields:
        return
    _whole(ask, "output_compression", 0, 100, 100)
    if output_format == "png":
        refuse("Compression is for jpeg and webp only.", "output_compression")


def _whole(ask: Ask, name: str, least: int, most: int, default: int) -> int:
    value: Any = ask.fields.get(name, default)
    is_form = bool(ask.files)
    if is_form and isinstance(value, str) and value.isdecimal():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        refuse(f"'{name}' must be a whole number from {least} to {most}.", name)
    return value


def _flag(ask: Ask, name: str) -> bool:
    value = ask.fields.get(name, False)
    spoken = {"true": True, "false": False} if ask.files else {}
    flag = spoken.get(value, value) if isinstance(value, str) else value
    if not isinstance(flag, bool):
        refuse(f"'{name}' must be true or false.", name, "invalid_type")
    return flag


def _inputs(ask: Ask) -> tuple[tuple[int, int], ...]:
    if not ask.inputs:
        refuse("Missing required parameter: 'image'.", "image", "missing_required_parameter")
    if len(ask.inputs) > MOST_INPUTS:
        refuse("At most 16 images can be sent.", "image", "array_above_max_length")
    sizes = tuple(_input_size(file) for file in ask.inputs)
    if ask.mask is not None:
        _check_mask(ask.mask, sizes[0])
    return sizes


def _opened(file: SentFile) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(file.content))
        picture.load()
    except (OSError, ValueError, SyntaxError):
        refuse("Invalid image file.", file.field, "invalid_image_file")
    return picture


def _input_size(file: SentFile) -> tuple[int, int]:
    if len(file.content) >= LARGEST_INPUT_BYTES:
        refuse("Images must be smaller than 50 MB.", file.field, "image_too_large")
    picture = _opened(file)
    told = file.content_type.removeprefix("image/")
    if picture.format not in {"PNG", "WEBP", "JPEG"} or told not in {"png", "webp", "jpeg"}:
        refuse("Images must be png, webp or jpg.", file.field, "unsupported_image_media_type")
    return picture.size


def _check_mask(mask: SentFile, base: tuple[int, int]) -> None:
    if len(mask.content) >= LARGEST_MASK_BYTES:
        refuse("The mask must be smaller than 4 MB.", "mask", "image_too_large")
    picture = _opened(mask)
    if picture.format != "PNG" or "A" not in picture.getbands():
        refuse("The mask must be a png with an alpha channel.", "mask", "invalid_mask")
    if picture.size != base:
        refuse("The mask must be as large as the first image.", "mask", "invalid_mask")
