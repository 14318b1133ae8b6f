"""The bot tokens of workspaces: at hand, changed in time, given up when Slack takes them no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from adapters.sealing import Seal
from adapters.slack.errors import Trouble
from adapters.slack.installations import InstallationStore, Installed
from adapters.slack.refs import workspace_id
from adapters.slack.tokens import REFRESHED_BEFORE_MS, Single, TokenBook
from tests.adapters.slack.slack_installed import ACME, kept
from tests.fakes.clock import FakeClock
from tests.fakes.reports import FakeReports

if TYPE_CHECKING:
    from tests.adapters.slack.conftest import Studio


class Rotation:
    """Gives fresh tokens, counted; or none."""

    def __init__(self) -> None:
        self.asked = 0
        self.trouble: Trouble | None = None

    async def refreshed(self, installed: Installed, *, now_ms: int) -> Installed | Trouble:
        self.asked += 1
        lives = 12 * 60 * 60 * 1000
        return self.trouble or replace(
            installed, token=f"fresh-{self.asked}", refresh_token="next", expires_ms=now_ms + lives
        )


async def test_a_token_is_changed_before_it_runs_out(sqlite_url: str) -> None:
    """Once, however many ask, and the next process finds the new one."""
    clock, rotation = FakeClock(), Rotation()
    now_ms = int(clock.now().timestamp() * 1000)
    soon = replace(ACME, refresh_token="once", expires_ms=now_ms + REFRESHED_BEFORE_MS - 1)
    async with kept(sqlite_url) as transactions:
        store = InstallationStore(transactions, Seal([b"key"], purpose="slack"))
        await store.save(soon, now_ms=now_ms)
        for _ in range(2):
            book = TokenBook(store, clock=clock, reports=FakeReports(), rotation=rotation)
            assert await book.token(workspace_id("T1")) == "fresh-1"
        assert rotation.asked == 1


async def test_a_token_that_cannot_be_changed_is_used_on(sqlite_url: str) -> None:
    """Slack may be out of reach for long: that is no sign that the app was taken away.

    Without a token a picture that waits to be shown would be given up; after `token_expired` it waits on.
    """
    clock, rotation, reports = FakeClock(), Rotation(), FakeReports()
    rotation.trouble = Trouble("no_answer")
    now_ms = int(clock.now().timestamp() * 1000)
    async with kept(sqlite_url) as transactions:
        store = InstallationStore(transactions, Seal([b"key"], purpose="slack"))
        await store.save(replace(ACME, refresh_token="once", expires_ms=now_ms + 3_600_000), now_ms=now_ms)
        book = TokenBook(store, clock=clock, reports=reports, rotation=rotation)
        assert await book.token(workspace_id("T1")) == "xoxb-hush"
        clock.advance(2 * 3600)
        assert await book.token(workspace_id("T1")) == "xoxb-hush"
        assert [what for what, _ in reports.told] == ["slack_token_not_refreshed"] * 2
        rotation.trouble = None
        clock.advance(61)
        assert await book.token(workspace_id("T1")) == "fresh-3"


async def test_a_token_that_another_process_is_changing_is_used_meanwhile(sqlite_url: str) -> None:
    """Both begin after a night, with a token that has run out: the second has the fresh one in seconds."""
    clock, rotation = FakeClock(), Rotation()
    now_ms = int(clock.now().timestamp() * 1000)
    async with kept(sqlite_url) as transactions:
        store = InstallationStore(transactions, Seal([b"key"], purpose="slack"))
        await store.save(replace(ACME, refresh_token="once", expires_ms=now_ms - 1), now_ms=now_ms)
        assert await store.claim_refresh("T1", now_ms=now_ms, until_ms=now_ms + 60_000)
        book = TokenBook(store, clock=clock, reports=FakeReports(), rotation=rotation)
        assert await book.token(workspace_id("T1")) == "xoxb-hush"
        await store.save(replace(ACME, token="xoxb-anew"), now_ms=now_ms)
        clock.advance(6)
        assert await book.token(workspace_id("T1")) == "xoxb-anew"
        assert rotation.asked == 0


async def test_a_token_is_remembered_and_its_absence_only_for_a_minute(sqlite_url: str) -> None:
    """What another process changes is found a quarter of an hour later, and when the token ends."""
    clock = FakeClock()
    now_ms = int(clock.now().timestamp() * 1000)
    async with kept(sqlite_url) as transactions:
        store = InstallationStore(transactions, Seal([b"key"], purpose="slack"))
        book = TokenBook(store, clock=clock, reports=FakeReports())
        assert await book.token(workspace_id("T1")) is None
        await store.save(ACME, now_ms=now_ms)
        assert await book.token(workspace_id("T1")) is None
        clock.advance(61)
        assert await book.token(workspace_id("T1")) == "xoxb-hush"
        await store.save(replace(ACME, token="xoxb-anew"), now_ms=now_ms)
        clock.advance(14 * 60)
        assert await book.token(workspace_id("T1")) == "xoxb-hush"
        clock.advance(61)
        assert await book.token(workspace_id("T1")) == "xoxb-anew"
        ends = now_ms + 17 * 60_000
        await book.save(replace(ACME, token="xoxb-short", expires_ms=ends))
        assert await book.token(workspace_id("T1")) == "xoxb-short"
        await store.save(ACME, now_ms=now_ms)
        clock.advance(2 * 60)
        assert await book.token(workspace_id("T1")) == "xoxb-hush"


async def test_the_operators_own_token_serves_its_workspace_alone(sqlite_url: str, studio: Studio) -> None:
    """Beside installations it speaks nowhere else; alone it is for whatever Slack says."""
    del studio
    async with kept(sqlite_url) as transactions:
        store = InstallationStore(transactions, Seal([b"key"], purpose="slack"))
        single = Single("xoxb-own", Installed("T1", bot_user="UBOT"))
        beside = TokenBook(
            store, clock=FakeClock(), reports=FakeReports(), single=single, rotation=Rotation()
        )
        assert await beside.token(workspace_id("T1")) == "xoxb-own"
        assert await beside.token(workspace_id("T2")) is None
        alone = TokenBook(store, clock=FakeClock(), reports=FakeReports(), single=Single("xoxb-own"))
        assert await alone.token(workspace_id("T2")) == "xoxb-own"


async def test_a_token_that_slack_refuses_is_left_alone_for_a_while(sqlite_url: str) -> None:
    """Nobody asks with it again and again; a minute later it is looked for anew."""
    clock, reports = FakeClock(), FakeReports()
    async with kept(sqlite_url) as transactions:
        store = InstallationStore(transactions, Seal([b"key"], purpose="slack"))
        await store.save(ACME, now_ms=1)
        book = TokenBook(store, clock=clock, reports=reports)
        assert not await book.refused(workspace_id("T1"), "xoxb-hush", "token_revoked")
        assert await book.token(workspace_id("T1")) is None
        clock.advance(61)
        assert await book.token(workspace_id("T1")) == "xoxb-hush"
        assert "hush" not in str(reports.told)
