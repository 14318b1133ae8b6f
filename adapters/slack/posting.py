"""The ways in which a message of ours reaches people on Slack: to all in a channel, or to one person.

Owns the calls that post, and what is tried when Slack will not have it the first way: a public channel is
joined once; an answer to one person goes by the response address that came with their wish, or as an
ephemeral message. Nothing is posted twice here: what may stand already is looked for by its key. Must never
learn what a message says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.slack.errors import Trouble
from adapters.slack.refs import is_direct, user_of
from core.app.ports import DIRECT

if TYPE_CHECKING:
    from adapters.slack.client import Json, SlackApi
    from adapters.slack.context import Contexts, ResponseAddress
    from adapters.slack.limiter import Urgency
    from adapters.slack.memory import KeptMessage
    from adapters.slack.render import Message
    from core.app.ports import Place
    from core.domain.ids import ActorId, MessageId, WorkspaceId

EVENT_TYPE: Final = "inkthread_message"
"""The name under which a message carries the core's key of it; anybody in the channel can read that."""

_JOINABLE: Final = frozenset({"not_in_channel", "channel_not_found"})
_BEFORE_S: Final = 60
_AFTER_S: Final = 180
_PAGE: Final = 100
_PAGES: Final = 3
_AS_TYPED: Final = {"parse": "none", "link_names": False}
_NO_CARDS: Final = {"unfurl_links": False, "unfurl_media": False}
_OK: Final = 200
_NO_ADDRESS: Final = "no_address"
"""There is no address, or Slack does not honour it any more: the other way decides."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message is going to stand. `only_to` is set for one that nobody else sees, nor can change."""

    workspace: WorkspaceId
    channel: str
    thread: str
    only_to: str = ""
    address: ResponseAddress | None = None


class Posting:
    """Posts messages, changes them, looks for them, takes them away."""

    def __init__(self, api: SlackApi, contexts: Contexts) -> None:
        self._api = api
        self._contexts = contexts

    async def destination(
        self, place: Place, private_to: ActorId | None, *, has_to_stay: bool
    ) -> Destination | Trouble:
        """Where a message for that place goes. `has_to_stay`: it will be changed later, or shows a picture.

        Slack has neither in messages that one person of a channel sees: those go to the person directly.
        """
        thread = place.thread or ""
        if private_to is None or is_direct(place.channel):
            return Destination(place.workspace, place.channel, thread)
        user = user_of(private_to)
        if place.channel == DIRECT or has_to_stay:
            return await self.directly(place.workspace, user)
        address = self._contexts.open(place.context, user=user)
        return Destination(place.workspace, place.channel, thread, user, address)

    async def directly(self, workspace: WorkspaceId, user: str) -> Destination | Trouble:
        """The conversation of that person and the app."""
        answer = await self._api.call(workspace, "conversations.open", {"users": user})
        if isinstance(answer, Trouble):
            return answer
        return Destination(workspace, str(answer["channel"]["id"]), "")

    # --- to all ---

    async def post(
        self, to: Destination, key: MessageId, message: Message, urgency: Urgency
    ) -> Json | Trouble:
        """Post it, in a public channel also where we have not been before."""
        if to.only_to:
            return await self.whisper(to, message)
        answer = await self._post(to, key, message, urgency)
        if isinstance(answer, Trouble) and answer.code in _JOINABLE and not is_direct(to.channel):
            joined = await self._api.call(to.workspace, "conversations.join", {"channel": to.channel})
            if not isinstance(joined, Trouble):
                return await self._post(to, key, message, urgency)
        return answer

    async def _post(
        self, to: Destination, key: MessageId, message: Message, urgency: Urgency
    ) -> Json | Trouble:
        arguments: Json = {
            "channel": to.channel,
            "thread_ts": to.thread or None,
            "text": message.text,
            "blocks": message.blocks,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            "mrkdwn": False,
            **_AS_TYPED,
            **_NO_CARDS,
        }
        return await self._api.call(to.workspace, "chat.postMessage", arguments, urgency=urgency)

    async def change(
        self, workspace: WorkspaceId, channel: str, ts: str, message: Message, urgency: Urgency
    ) -> Json | Trouble:
        """Make a message of ours another one. Without its blocks Slack would drop them."""
        arguments: Json = {
            "channel": channel,
            "ts": ts,
            "text": message.text,
            "blocks": message.blocks,
            **_AS_TYPED,
        }
        return await self._api.call(workspace, "chat.update", arguments, urgency=urgency)

    async def take_away(self, workspace: WorkspaceId, channel: str, ts: str) -> Trouble | None:
        """Delete a message of ours; one that is not there is no trouble."""
        answer = await self._api.call(workspace, "chat.delete", {"channel": channel, "ts": ts})
        return answer if isinstance(answer, Trouble) and answer.code != "message_not_found" else None

    async def look_for(self, workspace: WorkspaceId, kept: KeptMessage) -> str | Trouble | None:
        """The `ts` of a message that may have been posted, found by its key around the time of the tries."""
        span: Json = {
            "channel": kept.channel,
            "oldest": f"{kept.first_ms / 1000 - _BEFORE_S:.6f}",
            "latest": f"{kept.last_ms / 1000 + _AFTER_S:.6f}",
            "limit": _PAGE,
            "include_all_metadata": True,
        }
        method = "conversations.replies" if kept.thread else "conversations.history"
        cursor = ""
        for _ in range(_PAGES):
            page = (
                span | ({"ts": kept.thread} if kept.thread else {}) | ({"cursor": cursor} if cursor else {})
            )
            answer = await self._api.read(workspace, method, **page)
            if isinstance(answer, Trouble):
                return answer
            found = next(
                (str(one["ts"]) for one in answer.get("messages", ()) if _has_key(one, kept.key)), None
            )
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if found is not None or not cursor:
                return found
        return None

    # --- to one ---

    async def whisper(self, to: Destination, message: Message) -> Json | Trouble:
        """Answer one person. An ephemeral message stands in its thread, an answer by address may not."""
        ways = [self._by_address, self._ephemeral]
        if to.thread:
            ways.reverse()
        answer: Json | Trouble = Trouble("channel_not_found")
        for way in ways:
            now = await way(to, message)
            if not isinstance(now, Trouble):
                return now
            answer = answer if now.code == _NO_ADDRESS else now
        return answer

    async def _ephemeral(self, to: Destination, message: Message) -> Json | Trouble:
        arguments: Json = {
            "channel": to.channel,
            "user": to.only_to,
            "thread_ts": to.thread or None,
            "text": message.text,
            "blocks": message.blocks,
            **_AS_TYPED,
        }
        answer = await self._api.call(to.workspace, "chat.postEphemeral", arguments)
        return answer if isinstance(answer, Trouble) else {"ts": str(answer["message_ts"])}

    async def _by_address(self, to: Destination, message: Message) -> Json | Trouble:
        """Answer by the address that came with the wish: it works where we may not post at all."""
        if to.address is None:
            return Trouble(_NO_ADDRESS)
        body: Json = {"text": message.text, "blocks": message.blocks}
        status = await self._api.respond(
            to.address.url, body | ({"thread_ts": to.thread} if to.thread else {})
        )
        if isinstance(status, Trouble):
            return status
        return {"ts": "response"} if status == _OK else Trouble(_NO_ADDRESS, detail=f"HTTP {status}")


def _has_key(message: Json, key: MessageId) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload", {}).get("key") == key
