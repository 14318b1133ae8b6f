"""What the server says of a model, for `doctor`: whether it is listed, and until when.

Being listed is not proof that the key may use it (reported, 2026-11).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from adapters.openai_images.payload import read_document

if TYPE_CHECKING:
    from openai import AsyncOpenAI

ASK_S: Final = 20.0
"""How long the list of models may take."""


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A model as the server lists it. `shutdown_date` is None where no end is announced."""

    is_listed: bool
    shutdown_date: date | None = None


async def ask_for_model(client: AsyncOpenAI, model: str) -> ModelStatus:
    """Ask for one model; raises what the SDK raises. Needs a key that may list models."""
    asked = client.models.with_streaming_response.retrieve(model, timeout=ASK_S)
    async with asyncio.timeout(ASK_S), asked as response:
        document = read_document(bytearray(await response.read()))
    if document is None:
        return ModelStatus(is_listed=False)
    return ModelStatus(is_listed=True, shutdown_date=_day(document.get("shutdown_date")))


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
