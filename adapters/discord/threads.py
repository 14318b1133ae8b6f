"""Discord threads: made from the message that a picture began with, and woken when they sleep.

Owns what is tried and what each refusal means. A thread that is there already is success. Must never learn
what is said in it beside its first message.
"""

from __future__ import annotations

from hashlib import blake2s
from typing import TYPE_CHECKING, Final

from adapters.discord import render
from adapters.discord.errors import ARCHIVED, THREAD_EXISTS, Trouble
from adapters.discord.memory import Opens
from adapters.discord.render_text import one_line
from adapters.discord.rest import Route
from adapters.discord.showing import PINGS_NOBODY, SILENT, V2
from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.discord.memory import KeptMessage
    from adapters.discord.rest import Json, Rest, Upload
    from adapters.discord.store import SentStore
    from core.app.ports import SurfaceFault

NAME_LETTERS: Final = 100
UNNAMED: Final = "Inkthread"
_FEW: Final = "10"
_SAID: Final = frozenset({0, 19, 20, 23})
"""Kinds of messages in which somebody says something. Others are Discord's own: every thread begins with one,
which points to the message that it was made from (21; Discord, 2026-08)."""


def nonce_of(key: str) -> str:
    """By this Discord knows a post that is repeated within a few minutes: 25 letters at most (2026-08)."""
    return blake2s(key.encode(), digest_size=12).hexdigest()


class Threads:
    """Makes and wakes threads."""

    def __init__(self, rest: Rest, store: SentStore) -> None:
        self._rest = rest
        self._store = store

    async def open(self, kept: KeptMessage, *, name: str, locale: str) -> Opens:
        """Have a thread at the message; NOT_ASKED when that could not be told now. Remembered."""
        if kept.opens is not Opens.NOT_ASKED:
            return kept.opens
        route = Route(
            "POST",
            "/channels/{channel_id}/messages/{message_id}/threads",
            {"channel_id": kept.channel, "message_id": kept.message},
        )
        answer = await self._rest.ask(route, {"name": one_line(name, NAME_LETTERS) or UNNAMED})
        opens = _opens(answer)
        has_said = opens is not Opens.THREAD or await self._say_how(
            kept, locale, is_new=not isinstance(answer, Trouble)
        )
        # What is noted is not asked again; where nothing could be said now, it is asked for once more.
        if opens is not Opens.NOT_ASKED and has_said:
            await self._store.opened(kept.key, opens)
        return opens

    async def _say_how(self, kept: KeptMessage, locale: str, *, is_new: bool) -> bool:
        """Say how the picture is changed, in a message of the bot's own; False where that may work later.

        A reply to it can be read even without the intent for the content of messages, which a reply to an
        interaction's answer cannot (2026-08).
        """
        key = f"{kept.key} hint"
        place = {"channel_id": kept.message}
        route = Route("POST", "/channels/{channel_id}/messages", place)
        if not is_new:
            found = await self._rest.ask(Route("GET", route.path, place, {"limit": _FEW}))
            if isinstance(found, Trouble):
                return not found.fault.is_passing
            if any(one.get("type") in _SAID for one in found or ()):
                return True
        body: Json = {
            "flags": V2 | SILENT,
            "components": render.hint(sentence("thread_hint", locale), render.mark_of(key)),
            "allowed_mentions": PINGS_NOBODY,
            "nonce": nonce_of(key),
            "enforce_nonce": True,
        }
        answer = await self._rest.ask(route, body)
        return not (isinstance(answer, Trouble) and answer.fault.is_passing)

    async def wake(self, channel: str) -> Trouble | None:
        """Take a thread out of the archive, so that messages in it can be changed."""
        answer = await self._rest.ask(
            Route("PATCH", "/channels/{channel_id}", {"channel_id": channel}), {"archived": False}
        )
        return answer if isinstance(answer, Trouble) else None

    async def unname(self, thread: str, *, locale: str) -> SurfaceFault | None:
        """Take the words out of the thread's name; a fault where it may work later.

        Whoever made a thread may rename it, unless it is locked (2026-08): then its name stays.
        """
        route = Route("PATCH", "/channels/{channel_id}", {"channel_id": thread})
        answer = await self.woken(thread, route, {"name": sentence("forgotten", locale)[:NAME_LETTERS]})
        return answer.fault if isinstance(answer, Trouble) and answer.fault.is_passing else None

    async def woken(
        self, channel: str, route: Route, body: Json | None = None, *, files: Sequence[Upload] = ()
    ) -> object:
        """Make a call on a message in a thread; where the thread is archived, wake it and try once more."""
        answer = await self._rest.ask(route, body, files=files)
        if isinstance(answer, Trouble) and answer.code == ARCHIVED and await self.wake(channel) is None:
            return await self._rest.ask(route, body, files=files)
        return answer


def _opens(answer: object) -> Opens:
    match answer:
        case Trouble(code=code) if code == THREAD_EXISTS:
            return Opens.THREAD
        case Trouble() as trouble if trouble.fault.is_passing:
            return Opens.NOT_ASKED
        case Trouble():
            # Not allowed, too many, or no place for threads: people can still reply beside the picture.
            return Opens.REPLIES
        case _:
            return Opens.THREAD
