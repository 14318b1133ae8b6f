"""What a card needs so that Discord can show it: its components, and the files that are not there yet.

Owns the budget of bytes: a file's limit where it is to stand, and the request's. What would not pass is
refused here, before a byte is sent, with the size that would; a refusal of Discord's is remembered for the
server. Must never learn by which way a message goes.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from adapters.discord import render
from adapters.discord.rest import Upload
from adapters.platforms.monotonic import MonotonicTime
from core.app.ports import SurfaceFault, SurfaceFaultKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.app.ports import BlobStore, Clock
    from core.domain.card import Card
    from core.domain.ids import WorkspaceId

Json = dict[str, Any]

MIB: Final = 1024 * 1024
FLOOR_BYTES: Final = 10 * MIB
"""A file's limit where nothing else is known (2026-08; 20 MiB are announced, but still refused)."""
OLD_FLOOR_BYTES: Final = 8 * MIB
REQUEST_BYTES: Final = 25 * MIB - MIB // 4
"""All files of a request: 25 MiB are documented for the whole of it (2026-08)."""

MAX_KNOWN: Final = 5000
BELIEVED_S: Final = 24 * 3600.0
"""How long a limit is believed that Discord did not tell."""

V2: Final = 1 << 15
SILENT: Final = 1 << 12
PINGS_NOBODY: Final[Json] = {"parse": []}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message ready to be sent. `names` are its pictures' file names; attachments are found by them."""

    body: Json
    uploads: tuple[Upload, ...]
    names: Mapping[str, str]

    @property
    def largest_bytes(self) -> int:
        """The size of the largest file to be sent."""
        return max((len(one.content) for one in self.uploads), default=0)

    def shown_by(self, answer: Json) -> dict[str, str]:
        """Which attachment of the message that Discord answered with shows which picture."""
        files = {str(one.get("filename")): str(one.get("id")) for one in answer.get("attachments") or []}
        return {spot: files[name] for spot, name in self.names.items() if name in files}


class Sizes:
    """How large files may be in each server, where Discord's own words turned out too large.

    What was learnt holds for what Discord had told, which changes with a server's boosts, and for a day:
    Discord may have mended by then what it tells.
    """

    def __init__(self, clock: Clock) -> None:
        self._now_s = MonotonicTime(clock).now_s
        self._refused: OrderedDict[tuple[WorkspaceId, int], _Learnt] = OrderedDict()

    def limit(self, workspace: WorkspaceId, told: int | None) -> int:
        """Bytes a file; `told` is what an interaction said of its place."""
        known = told or FLOOR_BYTES
        learnt = self._refused.get((workspace, known))
        is_fresh = learnt is not None and self._now_s() - learnt.at_s < BELIEVED_S
        return min(known, learnt.limit if learnt is not None and is_fresh else known, REQUEST_BYTES)

    def refused(self, workspace: WorkspaceId, told: int | None, size_bytes: int) -> None:
        """Discord did not take so many there."""
        place = workspace, told or FLOOR_BYTES
        self._refused[place] = _Learnt(lower_than(size_bytes), self._now_s())
        self._refused.move_to_end(place)
        if len(self._refused) > MAX_KNOWN:
            self._refused.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Learnt:
    limit: int
    at_s: float


class Showing:
    """Prepares cards."""

    def __init__(self, blobs: BlobStore, clock: Clock) -> None:
        self._blobs = blobs
        self.sizes = Sizes(clock)

    async def prepare(
        self,
        card: Card,
        *,
        guild: str | None,
        limit: int,
        mark: int | None = None,
        standing: Mapping[str, str] | None = None,
    ) -> Prepared | SurfaceFault:
        """The message. `standing` are attachments that it has already. Raises the StorageFault family."""
        there = standing or {}
        drawn = render.message(card, guild=guild, mark=mark)
        new = {spot: picture for spot, picture in drawn.shown.items() if spot not in there}
        fault = _too_large([one.size_bytes for one in new.values()], limit)
        if fault is not None:
            return fault
        attachments: list[Json] = [{"id": there[spot]} for spot in drawn.names if spot in there]
        uploads: list[Upload] = []
        for spot, picture in new.items():
            name = drawn.names[spot]
            alt_text = picture.alt_text[: render.ALT_LETTERS]
            attachments.append({"id": str(len(uploads)), "filename": name, "description": alt_text})
            uploads.append(Upload(name, await self._blobs.get(picture.blob)))
        for name, text in drawn.texts.items():
            attachments.append({"id": str(len(uploads)), "filename": name})
            uploads.append(Upload(name, text.encode()))
        body: Json = {
            "flags": V2,
            "components": drawn.components,
            "attachments": attachments,
            "allowed_mentions": PINGS_NOBODY,
        }
        return Prepared(body, tuple(uploads), drawn.names)


def lower_than(size_bytes: int) -> int:
    """How many bytes to try after so many were refused."""
    steps = (FLOOR_BYTES, OLD_FLOOR_BYTES)
    return next((one for one in steps if one < size_bytes), size_bytes // 2)


def _too_large(sizes: list[int], limit: int) -> SurfaceFault | None:
    if not sizes:
        return None
    share = REQUEST_BYTES // len(sizes)
    if max(sizes) <= limit and sum(sizes) <= REQUEST_BYTES:
        return None
    most = limit if sum(min(one, limit) for one in sizes) <= REQUEST_BYTES else min(limit, share)
    return SurfaceFault(SurfaceFaultKind.TOO_LARGE, detail="before sending", limit_bytes=most)
