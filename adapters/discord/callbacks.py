"""The first answer to an interaction: taken in, a form, a word, or choices. Due within three seconds.

Owns the answers and what Discord's refusals of them mean. An interaction that comes late or twice is refused
by Discord (10062, 40060): that is counted and nobody's fault, since after a broken connection Discord
delivers again what was answered long ago. What is answered twice is answered once, so an answer may be
repeated until its time is over. Must never learn what the interaction asks for.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from adapters.discord.asked import EPHEMERAL
from adapters.discord.context import Original
from adapters.discord.rest import USER_AGENT, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.discord.asked import Asked
    from adapters.discord.rest import Json, Rest

DUE_S: Final = 3.0
"""How long Discord waits for the first answer (2026-08)."""

AGAIN_S: Final = 0.2
_TIMEOUT: Final = aiohttp.ClientTimeout(total=DUE_S)
_LATE: Final = 10062
_TWICE: Final = 40060
_SERVER_ERRORS: Final = 500
_TOO_MANY: Final = 429
_OK: Final = range(200, 300)
_WORD_LETTERS: Final = 2000
MOST_CHOICES: Final = 25


class Answer(IntEnum):
    """The kinds of a first answer."""

    SAY = 4
    THINK = 5
    NOTED = 6
    CHOICES = 8
    FORM = 9


class Answered(StrEnum):
    """What became of a first answer."""

    TAKEN = "taken"
    LATE = "late"
    TWICE = "twice"
    REFUSED = "refused"
    UNHEARD = "unheard"


class Callbacks:
    """Answers interactions. `counts` says how many answers ended in which way."""

    def __init__(self, rest: Rest, session: aiohttp.ClientSession) -> None:
        self._rest = rest
        self._session = session
        self.counts: Counter[Answered] = Counter()

    async def think(self, asked: Asked, *, is_hidden: bool = False) -> Answered:
        """Say that it is being worked on, in a message that is filled later; hidden ones only they see."""
        return await self._answer(asked, Answer.THINK, {"flags": EPHEMERAL} if is_hidden else None)

    async def noted(self, asked: Asked) -> Answered:
        """Say that the button was pressed; nothing is shown for it."""
        return await self._answer(asked, Answer.NOTED)

    async def say(self, asked: Asked, told: str) -> Answered:
        """Say something to them alone."""
        return await self._answer(asked, Answer.SAY, _word(told) | {"flags": EPHEMERAL})

    async def form(self, asked: Asked, form: Json) -> Answered:
        """Open a form before them."""
        return await self._answer(asked, Answer.FORM, form)

    async def choices(self, asked: Asked, choices: Sequence[tuple[str, str]]) -> Answered:
        """Offer these values, each with its label, for what they are typing."""
        listed = [{"name": label, "value": value} for value, label in choices[:MOST_CHOICES]]
        return await self._answer(asked, Answer.CHOICES, {"choices": listed})

    async def _answer(self, asked: Asked, kind: Answer, data: Json | None = None) -> Answered:
        body: Json = {"type": int(kind), **({} if data is None else {"data": data})}
        answered = Answered.UNHEARD
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DUE_S):
                answered = await self._once(asked, body)
                while answered is Answered.UNHEARD:
                    await asyncio.sleep(AGAIN_S)
                    answered = await self._once(asked, body)
                    if answered is Answered.TWICE:
                        # What was not heard of was taken all the same.
                        answered = Answered.TAKEN
        self.counts[answered] += 1
        return answered

    async def _once(self, asked: Asked, body: Json) -> Answered:
        route = Route(
            "POST",
            "/interactions/{id}/{webhook_token}/callback",
            {"id": asked.id, "webhook_token": asked.token},
        )
        # Outside the bot's limits (Discord, 2026-08), and on connections that no upload keeps busy.
        try:
            async with self._session.post(
                self._rest.base_url + route.address,
                json=body,
                headers={"User-Agent": USER_AGENT},
                timeout=_TIMEOUT,
                allow_redirects=False,
            ) as response:
                if response.status in _OK:
                    return Answered.TAKEN
                told = await _told(response)
                is_passing = response.status >= _SERVER_ERRORS or response.status == _TOO_MANY
                if is_passing or told is None:
                    # Discord explains what it refuses; a page is of something in between.
                    return Answered.UNHEARD
                return _REFUSALS.get(told, Answered.REFUSED)
        except (TimeoutError, aiohttp.ClientError, OSError):
            return Answered.UNHEARD

    # --- afterwards ---

    async def change(self, asked: Asked, told: str) -> None:
        """Put a word into the message that said it was being worked on."""
        await self._rest.ask(_hook("PATCH", asked, "@original"), _word(told))

    async def tell_late(self, asked: Asked, told: str, leaves: Original) -> None:
        """Say something to them alone, after all."""
        if leaves is Original.HIDDEN:
            await self.change(asked, told)
            return
        if leaves is Original.SHOWN:
            await self.dismiss(asked)
        await self._rest.ask(_hook("POST", asked), _word(told) | {"flags": EPHEMERAL})

    async def dismiss(self, asked: Asked) -> None:
        """Take that message away."""
        await self._rest.ask(_hook("DELETE", asked, "@original"))


_REFUSALS: Final = {_LATE: Answered.LATE, _TWICE: Answered.TWICE}


async def _told(response: aiohttp.ClientResponse) -> Any:  # noqa: ANN401 - whatever Discord's code is
    try:
        answer = await response.json(content_type=None)
    except ValueError:
        return None
    return answer.get("code") if isinstance(answer, dict) else None


def _word(told: str) -> Json:
    return {"content": told[:_WORD_LETTERS], "allowed_mentions": {"parse": []}}


def _hook(method: str, asked: Asked, message: str = "") -> Route:
    ids = {"webhook_id": asked.application, "webhook_token": asked.token, "message_id": message}
    path = "/webhooks/{webhook_id}/{webhook_token}"
    return Route(method, f"{path}/messages/{{message_id}}" if message else path, ids)
