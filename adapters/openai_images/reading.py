"""Takes in the body of an accepted call: one JSON document, or a stream of events.

Owns the order of things while bytes arrive, the bound on how many, and the handing over of heavy work
to threads. A partial picture is never a result, and a stream that ends without its completed event is
broken off.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from adapters.openai_images.answers import Answer, answer_in, picture_in
from adapters.openai_images.event_stream import EventSplitter
from adapters.openai_images.payload import read_document

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from openai import AsyncAPIResponse

    from adapters.openai_images.event_stream import Event

LARGEST_PICTURE_BYTES: Final = 96 * 1024 * 1024
"""Bytes of an answer for each picture in it: an uncompressed 4K one as base64, with room."""

# A generation and an edit have different names (OpenAI, 2026-11), and relays confuse them. Waiting for the
# one that never comes would look like silence, so both are known.
PARTIAL: Final = frozenset({"image_generation.partial_image", "image_edit.partial_image"})
COMPLETED: Final = frozenset({"image_generation.completed", "image_edit.completed"})


@dataclass(frozen=True, slots=True)
class ToldError:
    """An error that came after the call had been accepted; `body` is as the server wrote it."""

    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An answer that ended without what was asked for; `is_cut` where it stopped in the middle."""

    reason: str
    is_cut: bool


class AnswerReader:
    """Reads one answer. `on_partial` is handed the index and the bytes of each partial picture.

    `decoding` is held while a large body is decoded in a thread: several at once would not be faster, and
    would take turns with the event loop for the interpreter.
    """

    def __init__(
        self,
        response: AsyncAPIResponse[Any],
        *,
        pictures: int,
        decoding: asyncio.Lock,
        on_partial: Callable[[int, bytes], Awaitable[None]],
    ) -> None:
        self._response = response
        self._request_id = response.headers.get("x-request-id")
        self._largest_bytes = pictures * LARGEST_PICTURE_BYTES
        self._decoding = decoding
        self._on_partial = on_partial

    async def read(self) -> Answer | ToldError | Unfinished:
        """Read to the end; raises what the network raises."""
        kind = self._response.headers.get("content-type", "")
        # Some servers ignore that a stream was asked for.
        is_stream = kind.partition(";")[0].strip().lower() == "text/event-stream"
        return await (self._read_stream() if is_stream else self._read_body())

    async def _read_body(self) -> Answer | ToldError | Unfinished:
        body = bytearray()
        async for chunk in self._response.iter_bytes():
            body += chunk
            if len(body) > self._largest_bytes:
                return Unfinished("the answer is too large", is_cut=False)
        document = await self._parse(body)
        if document is None:
            return Unfinished("the answer is not JSON", is_cut=False)
        return ToldError(document) if document.get("error") else answer_in(document, self._request_id)

    async def _parse(self, body: bytearray) -> dict[str, object] | None:
        async with self._decoding:
            return await asyncio.to_thread(read_document, body)

    async def _read_stream(self) -> Answer | ToldError | Unfinished:
        async for event in self._events():
            if event is None:
                return Unfinished("the stream is too large", is_cut=False)
            if event.is_end:
                break
            outcome = await self._take(event)
            if outcome is not None:
                return outcome
        return Unfinished("the stream ended without a picture", is_cut=True)

    async def _events(self) -> AsyncIterator[Event | None]:
        """The events as they arrive; None where there is too much of them."""
        splitter = EventSplitter()
        received_bytes = 0
        async for chunk in self._response.iter_bytes():
            received_bytes += len(chunk)
            if received_bytes > self._largest_bytes:
                yield None
                return
            for event in splitter.feed(chunk):
                yield event
        for event in splitter.finish():
            yield event

    async def _take(self, event: Event) -> Answer | ToldError | None:
        """What an event brings; None where the stream goes on."""
        document = await self._parse(event.data)
        if document is None:
            return None
        name = document.get("type") or event.name
        if document.get("error") or name == "error":
            return ToldError(document)
        if name in COMPLETED:
            return answer_in(document, self._request_id)
        if name in PARTIAL:
            await self._show(document)
        return None

    async def _show(self, document: Mapping[str, object]) -> None:
        picture = picture_in(document)
        index = document.get("partial_image_index")
        if isinstance(picture, bytes):
            await self._on_partial(index if isinstance(index, int) else 0, picture)
