"""The ways in which a message of ours reaches people on Discord, and which one is taken.

    the interaction's own answer    fills the "thinking" message, as long as the token lives
    a follow-up                     for one person's eyes, or where the bot is not
    a message of the bot            everywhere else: in threads, in direct messages, and after the token's end

Nothing is posted twice here: the own answer is claimed by one message, a bot's message carries a nonce, and
what may stand already is looked for by its mark. Must never learn what a message says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from adapters.discord.context import Answering, Circumstances, Original, Room
from adapters.discord.errors import NO_WAY, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, Trouble
from adapters.discord.memory import KeptMessage, Opens
from adapters.discord.refs import first_of_ms, guild_of, made_at_s, user_of
from adapters.discord.render import mark_of
from adapters.discord.rest import Route
from adapters.discord.showing import SILENT
from adapters.discord.threads import nonce_of
from core.app.ports import DIRECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.discord.context import Contexts
    from adapters.discord.rest import Json, Rest, Upload
    from adapters.discord.showing import Prepared
    from adapters.discord.store import SentStore
    from adapters.discord.threads import Threads
    from core.app.ports import Place
    from core.domain.ids import ActorId, MessageId, WorkspaceId

EPHEMERAL: Final = 1 << 6
LOADING: Final = 1 << 7
MESSAGES: Final = "/channels/{channel_id}/messages"
_BEFORE_MS: Final = 60_000
_LOOK_AGAIN_S: Final = 0.25
_LOOKS: Final = 12
_YOUNG_LOOKS: Final = 20
"""As long as an interaction is young, also by a clock that is slow: to that one it would be for hours."""
_PAGE: Final = 100
_PAGES: Final = 3
_NEVER: Final = Trouble(NO_WAY, detail="the bot is not there, and the interaction is over")


class Way(StrEnum):
    """By what a message is sent."""

    ORIGINAL = "original"
    FOLLOW_UP = "follow_up"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message is going to stand, and how it gets there.

    `thread` is the message that its thread began with, or empty. `beside` is the message that it replies to
    where there is no Discord thread. `opens` says what is known of threads there.
    """

    workspace: WorkspaceId
    channel: str
    way: Way
    thread: str = ""
    beside: str = ""
    only_to: str = ""
    answering: Answering | None = None
    opens: Opens = Opens.REPLIES
    is_foreign: bool = False

    @property
    def interaction(self) -> str:
        """The interaction that makes the message, if one does."""
        return self.answering.interaction if self.answering and self.way is not Way.BOT else ""

    @property
    def by_bot(self) -> Destination:
        """The same place, by the bot's own token."""
        return replace(self, way=Way.BOT)


class Delivery:
    """Sends messages."""

    def __init__(self, rest: Rest, store: SentStore, contexts: Contexts, threads: Threads) -> None:
        self._rest = rest
        self._store = store
        self._contexts = contexts
        self._threads = threads

    # --- choosing ---

    async def destination(
        self, place: Place, key: MessageId, private_to: ActorId | None, *, name: str
    ) -> Destination | Trouble:
        """Where a message for that place goes. `name` is for a thread that has to be made first."""
        told = self._contexts.open(place.context)
        if place.channel == DIRECT and private_to is not None:
            return await self._direct(place.workspace, user_of(private_to))
        if private_to is not None and _room(place, told) is not Room.DIRECT:
            return await self._private(place, key, user_of(private_to), told)
        return await self._public(place, key, told, name)

    async def _public(
        self, place: Place, key: MessageId, told: Circumstances | None, name: str
    ) -> Destination | Trouble:
        room = _room(place, told)
        to = await self._spot(place, room, told, name)
        answering = self._contexts.alive(told)
        if told is not None and answering is not None and await self._may_fill(answering, key):
            if told.channel == to.channel and (room is Room.FOREIGN or answering.original is Original.SHOWN):
                return replace(to, way=Way.ORIGINAL, answering=answering)
            await self._dismiss(answering)
        if room is not Room.FOREIGN:
            return to
        return _NEVER if answering is None else replace(to, way=Way.FOLLOW_UP, answering=answering)

    async def _spot(self, place: Place, room: Room, told: Circumstances | None, name: str) -> Destination:
        """The channel or thread, as if the bot posted there."""
        here = told.channel if told is not None and room is Room.THREAD else str(place.channel)
        to = Destination(place.workspace, here, Way.BOT, is_foreign=room is Room.FOREIGN)
        if place.thread is None:
            return replace(to, opens=Opens.NOT_ASKED if room is Room.CHANNEL else Opens.REPLIES)
        to = replace(to, thread=place.thread)
        root = await self._store.at(place.thread)
        if root is None:
            return to if room in {Room.DIRECT, Room.FOREIGN} else replace(to, channel=place.thread)
        opens = await self._threads.open(root, name=name, locale=told.locale if told else "en")
        if opens is Opens.THREAD:
            return replace(to, channel=root.message)
        return replace(to, channel=root.channel, beside=root.message)

    async def _private(
        self, place: Place, key: MessageId, user: str, told: Circumstances | None
    ) -> Destination | Trouble:
        answering = self._contexts.alive(told)
        if told is None or answering is None or told.user != user:
            return await self._direct(place.workspace, user)
        to = Destination(
            place.workspace,
            told.channel,
            Way.FOLLOW_UP,
            thread=place.thread or "",
            only_to=user,
            answering=answering,
            is_foreign=told.room is Room.FOREIGN,
        )
        # A picture's message comes to fill what all see: what is said beside it leaves that alone.
        is_taken = place.is_aside and (to.is_foreign or answering.original is Original.SHOWN)
        if not is_taken and await self._may_fill(answering, key):
            if answering.original is Original.HIDDEN:
                return replace(to, way=Way.ORIGINAL)
            # All see that one; and the first follow-up would fill it, whatever it is meant for (2026-08).
            await self._dismiss(answering)
        elif await self._still_thinks(answering):
            return await self._direct(place.workspace, user)
        return to

    async def _may_fill(self, answering: Answering, key: MessageId) -> bool:
        return answering.original is not Original.KEPT and await self._store.claim(answering.interaction, key)

    async def _still_thinks(self, answering: Answering) -> bool:
        """Whether the answer that another message has claimed is still empty, after a while.

        A follow-up would fill it, and all would see what is meant for one.
        """
        if answering.original is Original.KEPT:
            return False
        for _ in range(_LOOKS):
            answer = await self._by_token(answering, hook("GET", answering, "@original"))
            if isinstance(answer, Trouble) or not isinstance(answer, dict):
                return False
            if not int(answer.get("flags") or 0) & LOADING:
                return False
            await self._contexts.clock.sleep(_LOOK_AGAIN_S)
        return True

    async def _direct(self, workspace: WorkspaceId, user: str) -> Destination | Trouble:
        answer = await self._rest.ask(Route("POST", "/users/@me/channels"), {"recipient_id": user})
        if isinstance(answer, Trouble):
            return answer
        return Destination(workspace, str(answer["id"]), Way.BOT)

    async def _dismiss(self, answering: Answering) -> None:
        """Take the "thinking" message away; where that fails, Discord does so when the token ends."""
        await self._by_token(answering, hook("DELETE", answering, "@original"))

    # --- sending ---

    async def send(
        self, to: Destination, kept: KeptMessage, prepared: Prepared
    ) -> tuple[Destination, object]:
        """Send it, by another way where the first is closed: the way that was taken, and the answer."""
        answer = await self._sent(to, kept, prepared)
        while isinstance(answer, Trouble):
            other = await self._other_way(to, answer)
            if other is None or isinstance(other, Trouble):
                return to, other or answer
            to = other
            answer = await self._sent(to, kept, prepared)
        return to, answer

    async def _other_way(self, to: Destination, closed: Trouble) -> Destination | Trouble | None:
        """What is left when Discord would not take it: None for nothing, with the refusal as it was."""
        # A follow-up is refused so where the "thinking" that it would fill is gone. Discord did so in 2021 to
        # whoever had deleted it, and meant to mend that; simcord (3.2.1) still has it so. Nothing was posted.
        is_taken_away = closed.code == UNKNOWN_MESSAGE
        if to.way is Way.BOT or not (closed.token_is_gone or is_taken_away):
            return None
        if is_taken_away and to.way is Way.ORIGINAL and (to.is_foreign or to.only_to):
            return replace(to, way=Way.FOLLOW_UP)
        if to.only_to:
            return await self._direct(to.workspace, to.only_to)
        return _NEVER if to.is_foreign else to.by_bot

    async def _sent(self, to: Destination, kept: KeptMessage, prepared: Prepared) -> object:
        body, files = dict(prepared.body), prepared.uploads
        if to.way is Way.BOT:
            # The same for each try of this post, another for one after the message was deleted.
            body |= {"nonce": nonce_of(f"{kept.key} {kept.first_ms}"), "enforce_nonce": True}
            if to.thread:
                # In a thread of many small steps only people's own words should ring.
                body["flags"] = int(body["flags"]) | SILENT
            if to.beside:
                body["message_reference"] = {"message_id": to.beside, "fail_if_not_exists": False}
            return await self._rest.ask(
                Route("POST", MESSAGES, {"channel_id": to.channel}), body, files=files
            )
        if to.answering is None:
            return _NEVER
        if to.way is Way.ORIGINAL:
            route = hook("PATCH", to.answering, "@original")
            return await self._by_token(to.answering, route, body, files=files)
        if to.only_to:
            body["flags"] = int(body["flags"]) | EPHEMERAL
        return await self._by_token(to.answering, hook("POST", to.answering), body, files=files)

    async def _by_token(
        self, answering: Answering, route: Route, body: Json | None = None, *, files: Sequence[Upload] = ()
    ) -> object:
        """Make a call by the interaction's token, patiently while it may not have been acknowledged yet.

        A wish is stored before it is acknowledged, and a worker may be faster: Discord does not know the
        token until then (10015).
        """
        answer = await self._rest.ask(route, body, files=files)
        for _ in range(_YOUNG_LOOKS):
            is_unknown = isinstance(answer, Trouble) and answer.code == UNKNOWN_WEBHOOK
            if not is_unknown or not self._contexts.is_young(answering):
                break
            await self._contexts.clock.sleep(_LOOK_AGAIN_S)
            answer = await self._rest.ask(route, body, files=files)
        return answer

    # --- looking ---

    async def look_for(self, kept: KeptMessage) -> Json | Trouble | None:
        """The message that may have been posted, known by its mark among those since the first try."""
        began_ms = kept.first_ms
        if kept.interaction:
            # Its own answer stands since it was acknowledged.
            began_ms = min(began_ms, int(made_at_s(kept.interaction) * 1000))
        mark, after = mark_of(kept.key), first_of_ms(began_ms - _BEFORE_MS)
        for _ in range(_PAGES):
            page = {"after": after, "limit": str(_PAGE)}
            answer = await self._rest.ask(Route("GET", MESSAGES, {"channel_id": kept.channel}, page))
            if isinstance(answer, Trouble):
                return answer
            found = next((one for one in answer if _is_marked(one, mark)), None)
            if found is not None or len(answer) < _PAGE:
                return found
            after = max((str(one["id"]) for one in answer), key=int)
        return None


def _room(place: Place, told: Circumstances | None) -> Room:
    if told is not None:
        return told.room
    return Room.DIRECT if guild_of(place.workspace) is None else Room.CHANNEL


def _is_marked(message: Json, mark: int) -> bool:
    return any(component.get("id") == mark for component in message.get("components") or [])


def hook(method: str, answering: Answering, message: str = "") -> Route:
    """A route of the interaction's token: for a message of its, or for a new one."""
    ids = {"webhook_id": answering.application, "webhook_token": answering.token}
    path = "/webhooks/{webhook_id}/{webhook_token}"
    if message:
        return Route(method, f"{path}/messages/{{message_id}}", {**ids, "message_id": message})
    return Route(method, path, ids, {"wait": "true"} if method == "POST" else {})
