"""A workspace took our app away, or its tokens: what was its own is dropped.

Owns the order of forgetting. Turns of that workspace end by themselves: what is not announced yet cannot be
posted any more, so it fails before anything is spent; what is being made is paid for already and stays kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.platforms.payload import inner
from adapters.slack.refs import workspace_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from adapters.slack.people import People
    from adapters.slack.store import SentStore
    from adapters.slack.tokens import TokenBook
    from core.app.reports import Reports


@dataclass(frozen=True, slots=True)
class Departures:
    """Forgets workspaces. Safe to repeat."""

    tokens: TokenBook
    people: People
    sent: SentStore
    reports: Reports

    def of(
        self, event: Mapping[str, Any], whose: str, happened_s: int | None
    ) -> Callable[[], Awaitable[None]]:
        """What the event means for that workspace or organisation, as work still to be done."""

        async def work() -> None:
            if event.get("type") == "app_uninstalled" or inner(event, "tokens").get("bot"):
                await self._forget(whose, happened_s)

        return work

    async def _forget(self, whose: str, happened_s: int | None) -> None:
        # Slack repeats what was not acknowledged for minutes, with "Delayed Events" for a day (2026-11): the
        # app may have been installed again since. It tells whole seconds.
        if happened_s is not None and await self.tokens.has_come_back(
            whose, since_ms=(happened_s + 1) * 1000
        ):
            self.reports.info("slack_app_is_back_already", workspace=whose)
            return
        for team in await self.tokens.forget(whose):
            workspace = workspace_id(team)
            self.people.forget(workspace)
            await self.sent.forget_workspace(workspace)
            self.reports.info("slack_app_removed", workspace=workspace)
