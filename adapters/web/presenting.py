"""Stored messages into the JSON that one person may see of them.

Owns what the page is told of a message beside its card: names, thread summaries, how far it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adapters.web.live import Hub
    from adapters.web.memory import ReplySummary, WebMessage
    from adapters.web.store import WebStore
    from core.domain.ids import ActorId

Json = dict[str, Any]


class Presenter:
    """Makes messages presentable."""

    def __init__(self, store: WebStore, hub: Hub) -> None:
        self._store = store
        self._hub = hub

    async def messages(self, messages: Sequence[WebMessage], viewer: ActorId) -> list[Json]:
        """The messages, each with the summary of its thread as it stands now."""
        summaries: dict[str, ReplySummary] = {}
        for channel in dict.fromkeys(message.channel for message in messages):
            threads = {message.thread_ref for message in messages if message.channel == channel}
            summaries |= await self._store.messages.summaries(channel, list(threads), viewer)
        authors = [author for summary in summaries.values() for author in summary.authors]
        authors += [message.author for message in messages if message.author is not None]
        names = await self._store.people.names_of(authors)
        return [self._message(message, viewer, summaries, names) for message in messages]

    def _message(
        self,
        message: WebMessage,
        viewer: ActorId,
        summaries: Mapping[str, ReplySummary],
        names: Mapping[ActorId, str],
    ) -> Json:
        summary = summaries.get(message.thread_ref)
        is_mine = message.author == viewer
        return {
            "id": message.id,
            "seq": message.seq,
            "key": message.key.removeprefix(f"{viewer}:") if is_mine else None,
            "channel": message.channel,
            "thread": message.thread,
            "author": None if message.author is None else names[message.author],
            "is_mine": is_mine,
            "is_private": message.private_to is not None,
            "is_deleted": message.is_deleted,
            "text": message.text,
            "attachments": [one | {"url": f"/api/uploads/{one['id']}"} for one in message.attachments],
            "card": message.card,
            "live": self._live(message),
            "replies": None if summary is None else _summary(summary, names),
            "created_ms": message.created_ms,
            "updated_ms": message.updated_ms,
        }

    def _live(self, message: WebMessage) -> Json | None:
        if message.card is None or message.card["kind"] != "placeholder":
            return None
        glimpse = self._hub.last_glimpse(message.id)
        return None if glimpse is None else glimpse.json()


def _summary(summary: ReplySummary, names: Mapping[ActorId, str]) -> Json:
    return {
        "count": summary.replies,
        "last_ms": summary.last_ms,
        "authors": [names[author] for author in summary.authors],
        "picture": summary.picture,
    }
