"""Makes one message show a card: its pictures are brought to Slack first, then the message is sent.

Owns what happens when Slack does not take a message as it is: it is sent again while a picture is not ready
yet, with fewer words where it is too long, and without a picture that Slack will not show in a message, which
then stands in the thread as a file. Must never learn how a message is posted or changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.platforms.monotonic import MonotonicTime
from adapters.slack.errors import Trouble
from adapters.slack.render import ROOMY, TIGHT, message
from adapters.slack.uploads import FIRST_LOOK_S, NotReady, Spot
from core.domain.generation import OutputFormat

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from adapters.slack.client import Json
    from adapters.slack.render import Message
    from adapters.slack.uploads import Owner, Uploads
    from core.app.ports import Clock, Ids
    from core.domain.card import Card, Picture
    from core.domain.ids import BlobKey

    Send = Callable[[Message], Awaitable[Json | Trouble]]
    """Gives a message to Slack; the answer names its `ts`."""

SHOWN_FORMATS: Final = frozenset({OutputFormat.PNG, OutputFormat.JPEG})
"""What Slack shows within a message; a webp can only be a file (Slack, 2026-11)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a card is to be shown. `thread` is empty for a message that opens a thread of its own.

    `may_share` says that whoever sees the message may see a file beside it, too.
    """

    owner: Owner
    channel: str
    thread: str
    may_share: bool = True


@dataclass(frozen=True, slots=True)
class _Brought:
    """Pictures on Slack: those that a message can show, by their file ids, and those that become files."""

    files: Mapping[BlobKey, str]
    apart: tuple[Picture, ...]


class Showing:
    """Shows cards."""

    def __init__(self, uploads: Uploads, *, clock: Clock, ids: Ids) -> None:
        self._uploads = uploads
        self._now_s = MonotonicTime(clock).now_s
        self._ids = ids

    async def show(self, card: Card, target: Target, send: Send) -> Json | Trouble:
        """Slack's answer to the message once all of it is shown. Raises the StorageFault family."""
        brought = await self._bring(card, target)
        if isinstance(brought, Trouble):
            return brought
        answer = await self._patiently(card, brought.files, send)
        if isinstance(answer, Trouble) and answer.is_file_not_ready:
            brought = _Brought({}, card.pictures)
            answer = await self._sent(card, {}, send)
        if isinstance(answer, Trouble) or not target.may_share:
            return answer
        spot = Spot(target.channel, target.thread or str(answer["ts"]))
        return await self._share(brought.apart, target.owner, spot) or answer

    async def share_the_rest(self, card: Card, target: Target) -> Trouble | None:
        """For a message that stands: let those pictures stand beside it that it cannot show itself."""
        shown = [await self._uploads.is_ready(target.owner, picture) for picture in card.pictures]
        apart = [picture for picture, is_shown in zip(card.pictures, shown, strict=True) if not is_shown]
        return await self._share(apart, target.owner, Spot(target.channel, target.thread))

    async def _share(self, pictures: Sequence[Picture], owner: Owner, spot: Spot) -> Trouble | None:
        for picture in pictures:
            trouble = await self._uploads.share(owner, picture, spot)
            if trouble is not None:
                return trouble
        return None

    async def _bring(self, card: Card, target: Target) -> _Brought | Trouble:
        """Have every picture on Slack, one after the other: each is in memory while it goes up."""
        files: dict[BlobKey, str] = {}
        apart: list[Picture] = []
        for picture in card.pictures:
            if picture.format not in SHOWN_FORMATS or await self._uploads.is_shared(target.owner, picture):
                apart.append(picture)
                continue
            match await self._uploads.ready(target.owner, picture):
                case Trouble() as trouble:
                    return trouble
                case NotReady():
                    apart.append(picture)
                case file_id:
                    files[picture.blob] = file_id
        return _Brought(files, tuple(apart))

    async def _patiently(self, card: Card, files: Mapping[BlobKey, str], send: Send) -> Json | Trouble:
        """Send it again while Slack calls a picture invalid that it has only not looked at yet (2026-11)."""
        began_s, wait_s = self._now_s(), FIRST_LOOK_S
        while True:
            answer = await self._sent(card, files, send)
            if not isinstance(answer, Trouble) or not answer.is_file_not_ready:
                return answer
            next_s = await self._uploads.waiting_s(self._now_s() - began_s, wait_s)
            if next_s is None:
                return answer
            wait_s = next_s

    async def _sent(self, card: Card, files: Mapping[BlobKey, str], send: Send) -> Json | Trouble:
        answer = await send(message(card, files, iteration=self._ids.new(), letters=ROOMY))
        if isinstance(answer, Trouble) and answer.is_too_long:
            answer = await send(message(card, files, iteration=self._ids.new(), letters=TIGHT))
        return answer
