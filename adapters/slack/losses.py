"""What was acknowledged and then could not be stored: whoever asked is told, without our storage.

Owns the words and the way: the address that came with what they did, or with what opened the form that they
sent, which needs no token. What came without one is delivered again by Slack, because it was not acknowledged
(2026-11). Must never learn what was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.app.wording import sentence

if TYPE_CHECKING:
    from adapters.slack.client import SlackApi
    from adapters.slack.context import Contexts
    from adapters.slack.people import People
    from adapters.slack.read import Heard


@dataclass(frozen=True, slots=True)
class Losses:
    """Tells people what was lost."""

    api: SlackApi
    people: People
    contexts: Contexts

    async def tell(self, heard: Heard) -> None:
        """Say to them alone that nothing was spent. Best effort."""
        address = self._address(heard)
        if not address:
            return
        await self.api.respond(address, {"text": sentence("not_stored", self.people.locale_of(heard.actor))})

    def _address(self, heard: Heard) -> str:
        if heard.response_url:
            return heard.response_url
        opened = self.contexts.open(heard.context, user=heard.user)
        return "" if opened is None else opened.url
