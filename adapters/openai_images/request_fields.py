"""A GenerationRequest as the fields of OpenAI's image endpoints.

Owns which fields are sent. What a server is not known to read is left out, never sent as null. Must
never change the bytes of a picture.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from core.domain.generation import Background

if TYPE_CHECKING:
    from core.domain.engine_profile import EngineProfile
    from core.domain.generation import GenerationRequest, Image

ATTEMPT_HEADER: Final = "X-Client-Request-Id"
"""OpenAI keeps this header beside its own request id, for support (API reference, 2026-11)."""


def is_edit(request: GenerationRequest) -> bool:
    """Whether the request goes to the edits endpoint."""
    return bool(request.inputs)


def request_fields(request: GenerationRequest, profile: EngineProfile, *, is_stream: bool) -> dict[str, Any]:
    """Arguments for the SDK's `images.generate`, or for `images.edit` where there are inputs."""
    plan = request.plan
    fields: dict[str, Any] = {
        "model": plan.model,
        "prompt": plan.prompt,
        "size": str(plan.size),
        "n": plan.count,
        **_optional_fields(request, profile),
    }
    if is_stream:
        fields |= {"stream": True, "partial_images": plan.previews}
    if is_edit(request):
        fields["image"] = [_file(image, f"image-{index}") for index, image in enumerate(request.inputs)]
        if request.mask is not None:
            fields["mask"] = _file(request.mask, "mask")
    if request.attempt_key:
        fields["extra_headers"] = {ATTEMPT_HEADER: request.attempt_key}
    return fields


def _optional_fields(request: GenerationRequest, profile: EngineProfile) -> dict[str, str]:
    plan = request.plan
    is_transparent = plan.background is Background.TRANSPARENT
    offered = {
        "quality": (profile.sends_quality, plan.quality.value),
        "output_format": (profile.sends_format, plan.output_format.value),
        # Somebody who asks for transparency is better refused by the server than given an opaque picture.
        "background": (profile.sends_background or is_transparent, plan.background.value),
        "safety_identifier": (profile.sends_actor_key and bool(request.actor_key), request.actor_key),
    }
    return {name: value for name, (is_sent, value) in offered.items() if is_sent}


def _file(image: Image, name: str) -> tuple[str, io.BytesIO, str]:
    """The exact bytes, read in small pieces, so that encrypting 50 MB never holds the event loop."""
    return (f"{name}.{image.format.value}", io.BytesIO(image.content), image.format.media_type)
