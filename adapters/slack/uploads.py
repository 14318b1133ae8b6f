"""Brings pictures to Slack, each exactly once, whatever breaks on the way.

Owns the steps from bytes to a file that can be shown: an id is asked for and stored before the bytes go up,
so that after a crash, a timeout or a 408 that hides a success Slack is asked what became of that very file. A
file is uploaded without a channel, so that nobody sees it until a message of ours shows it. Must never learn
what a message looks like.

    getUploadURLExternal > stored as RESERVED > bytes > completeUploadExternal > STORED > files.info > READY
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp

from adapters.platforms.monotonic import MonotonicTime
from adapters.slack.errors import NO_ANSWER, NOT_CONNECTED, Trouble
from adapters.slack.memory import FileState, KeptFile
from core.app.wording import shorten

if TYPE_CHECKING:
    from adapters.slack.client import Json, SlackApi
    from adapters.slack.store import SentStore
    from core.app.ports import BlobStore, Clock
    from core.domain.card import Picture
    from core.domain.ids import WorkspaceId

READY_WITHIN_S: Final = 15.0
"""The hard end of every wait for a file: a stuck one must not block others."""

FIRST_LOOK_S: Final = 0.3
_GROWTH: Final = 1.6

ALT_LETTERS: Final = 1000
FILE_NAME_LETTERS: Final = 200
TIMEOUT: Final = aiohttp.ClientTimeout(total=60, connect=8)

_UNKNOWN: Final = frozenset({"file_not_found", "file_deleted"})

AT_ONCE: Final = 4
"""Uploads at the same time in one process: each holds its picture in memory."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Which message a file is for: the core's key of it, or its place where the key is not known any more."""

    workspace: WorkspaceId
    name: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A thread in which a file can stand as a message of its own."""

    channel: str
    thread: str


class NotReady:
    """Slack has the file and has not finished looking at it in all the time there was."""


class Uploads:
    """Uploads pictures."""

    def __init__(self, api: SlackApi, store: SentStore, *, blobs: BlobStore, clock: Clock) -> None:
        self._api = api
        self._store = store
        self._blobs = blobs
        self._clock = clock
        self._now_s = MonotonicTime(clock).now_s
        self._places = asyncio.Semaphore(AT_ONCE)

    async def ready(self, owner: Owner, picture: Picture) -> str | NotReady | Trouble:
        """The id of a file that can be shown in a message. Raises the StorageFault family."""
        known = await self._store.file(owner.workspace, owner.name, picture.blob)
        if known is not None and known.state is FileState.READY:
            return known.file_id
        file = await self._stored(owner, picture, known)
        return file if isinstance(file, Trouble) else await self._looked_at(owner, picture, file.file_id)

    async def is_ready(self, owner: Owner, picture: Picture) -> bool:
        """Whether a message can show the picture, as far as is known."""
        file = await self._store.file(owner.workspace, owner.name, picture.blob)
        return file is not None and file.state is FileState.READY

    async def is_shared(self, owner: Owner, picture: Picture) -> bool:
        """Whether the picture stands in the thread as a file of its own, or was about to."""
        file = await self._store.file(owner.workspace, owner.name, picture.blob)
        return file is not None and file.state in {FileState.SHARING, FileState.SHARED}

    async def share(self, owner: Owner, picture: Picture, spot: Spot) -> Trouble | None:
        """Let the picture stand in the thread as a file of its own, once."""
        file = await self._store.file(owner.workspace, owner.name, picture.blob)
        if file is not None and file.state is FileState.SHARED:
            return None
        if file is not None and file.state is FileState.SHARING:
            is_known = await self._is_known(owner, file.file_id)
            if isinstance(is_known, Trouble):
                return is_known
            if is_known:
                await self._keep(owner, picture, file.file_id, FileState.SHARED)
                return None
        done = await self._sent_up(owner, picture, FileState.SHARING, spot)
        if isinstance(done, Trouble):
            return done
        await self._keep(owner, picture, done, FileState.SHARED)
        if file is not None and file.state in {FileState.STORED, FileState.READY}:
            # Of the one that no message shows nobody would know any more, and it would outlive the picture.
            await self._api.call(owner.workspace, "files.delete", {"file": file.file_id})
        return None

    async def waiting_s(self, waited_s: float, wait_s: float) -> float | None:
        """Wait a little longer than last time; None when there is no time left."""
        if waited_s >= READY_WITHIN_S:
            return None
        await self._clock.sleep(min(wait_s, READY_WITHIN_S - waited_s))
        return wait_s * _GROWTH

    # --- the steps ---

    async def _stored(self, owner: Owner, picture: Picture, known: KeptFile | None) -> KeptFile | Trouble:
        """Have the bytes on Slack, asking first what an earlier try left there."""
        if known is not None and known.state is FileState.STORED:
            return known
        if known is not None and known.state is FileState.RESERVED:
            taken_up = await self._taken_up(owner, picture, known.file_id)
            if taken_up is not None:
                return taken_up
        done = await self._sent_up(owner, picture, FileState.RESERVED, None)
        if isinstance(done, Trouble):
            return done
        return await self._keep(owner, picture, done, FileState.STORED)

    async def _taken_up(self, owner: Owner, picture: Picture, file_id: str) -> KeptFile | Trouble | None:
        """Go on with a file that an earlier try began; None when nothing of it arrived."""
        is_known = await self._is_known(owner, file_id)
        if isinstance(is_known, Trouble):
            return is_known
        # Its bytes may be there and wait for their completion, which takes no bytes and shows nothing.
        if not is_known and isinstance(await self._complete(owner, picture, file_id, None), Trouble):
            return None
        return await self._keep(owner, picture, file_id, FileState.STORED)

    async def _sent_up(
        self, owner: Owner, picture: Picture, state: FileState, spot: Spot | None
    ) -> str | Trouble:
        """The file id of a whole upload: address, bytes, completion."""
        reserved = await self._api.read(
            owner.workspace,
            "files.getUploadURLExternal",
            filename=picture.file_name[:FILE_NAME_LETTERS],
            length=picture.size_bytes,
            alt_txt=shorten(picture.alt_text, ALT_LETTERS),
        )
        if isinstance(reserved, Trouble):
            return reserved
        file_id = str(reserved["file_id"])
        await self._keep(owner, picture, file_id, state)
        sent = await self._send_bytes(str(reserved["upload_url"]), picture)
        if sent is not None and not sent.may_have_worked:
            return sent
        done = await self._complete(owner, picture, file_id, spot)
        if isinstance(done, Trouble):
            return await self._despite(owner, file_id, sent or done)
        return file_id

    async def _despite(self, owner: Owner, file_id: str, trouble: Trouble) -> str | Trouble:
        """An upload may answer 408, or nothing, and have succeeded (Slack SDK issue 1165, 2022): ask."""
        is_known = await self._is_known(owner, file_id) if trouble.may_have_worked else False
        return file_id if is_known is True else trouble

    async def _send_bytes(self, address: str, picture: Picture) -> Trouble | None:
        """Send the picture to the address that Slack named, which takes no token and works once."""
        async with self._places:
            content = io.BytesIO(await self._blobs.get(picture.blob))
            try:
                async with self._api.session.post(
                    address,
                    data=content,
                    headers={"Content-Type": "application/octet-stream"},
                    allow_redirects=False,
                    timeout=TIMEOUT,
                ) as response:
                    return _judged(response.status)
            except aiohttp.ClientConnectorError as error:
                return Trouble(NOT_CONNECTED, detail=type(error).__name__)
            except (TimeoutError, aiohttp.ClientError, OSError) as error:
                return Trouble(NO_ANSWER, detail=type(error).__name__)

    async def _complete(
        self, owner: Owner, picture: Picture, file_id: str, spot: Spot | None
    ) -> Json | Trouble:
        arguments: Json = {"files": [{"id": file_id, "title": picture.file_name[:FILE_NAME_LETTERS]}]}
        if spot is not None:
            arguments |= {"channel_id": spot.channel, "thread_ts": spot.thread}
        return await self._api.call(owner.workspace, "files.completeUploadExternal", arguments)

    async def _is_known(self, owner: Owner, file_id: str) -> bool | Trouble:
        """Whether Slack knows the file, which it does once its upload is complete."""
        answer = await self._api.read(owner.workspace, "files.info", file=file_id)
        if not isinstance(answer, Trouble):
            return True
        return False if answer.code in _UNKNOWN else answer

    async def _looked_at(self, owner: Owner, picture: Picture, file_id: str) -> str | NotReady | Trouble:
        """Wait until Slack has found out what the file is: before that it cannot be shown (2026-11)."""
        began_s, wait_s = self._now_s(), FIRST_LOOK_S
        while True:
            next_s = await self.waiting_s(self._now_s() - began_s, wait_s)
            if next_s is None:
                return NotReady()
            wait_s = next_s
            answer = await self._api.read(owner.workspace, "files.info", file=file_id)
            if isinstance(answer, Trouble):
                return answer
            if answer.get("file", {}).get("mimetype"):
                await self._keep(owner, picture, file_id, FileState.READY)
                return file_id

    async def _keep(self, owner: Owner, picture: Picture, file_id: str, state: FileState) -> KeptFile:
        file = KeptFile(file_id, state)
        await self._store.keep_file(owner.workspace, owner.name, picture.blob, file)
        return file


def _judged(status: int) -> Trouble | None:
    """What the answer to the bytes means: 408 and 5xx leave open whether they arrived."""
    match status:
        case 200:
            return None
        case 408:
            return Trouble(NO_ANSWER, detail="HTTP 408")
        case 413:
            return Trouble("file_too_large", detail="HTTP 413")
        case _ if status >= 500:  # noqa: PLR2004 - a fault of the server's own
            return Trouble(NO_ANSWER, detail=f"HTTP {status}")
        case _:
            return Trouble("upload_refused", detail=f"HTTP {status}")
