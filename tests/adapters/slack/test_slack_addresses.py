"""Links to messages of ours lead to the very message, whichever way the app came to its workspace."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from adapters.slack.addresses import Addresses
from adapters.slack.installations import Installed
from adapters.slack.refs import At, read_message_ref, workspace_id
from core.app.ports import Place, Posted
from core.domain.card import Card, CardKind
from core.domain.ids import ChannelRef, MessageId
from tests.adapters.slack.slack_ears import Ears, open_ears
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack

ASKED = "chat.getPermalink"


async def posted(ears: Ears, studio: Studio, key: str) -> At:
    """Where a message of ours stands."""
    place = Place(workspace_id(studio.team.id), ChannelRef(studio.here.id))
    found = await ears.parts.outlet.surface.post(place, Card(CardKind.RESULT, "v1"), key=MessageId(key))
    assert isinstance(found, Posted)
    at = read_message_ref(found.message)
    assert at is not None
    return at


async def identified(ears: Ears) -> None:
    """Wait until the program knows whose the operator's token is."""
    async with asyncio.timeout(PATIENCE_S):
        while "slack_workspace" not in [what for what, _ in ears.reports.told]:  # noqa: ASYNC110 - reports tell nobody
            await asyncio.sleep(0.01)


def link(studio: Studio, at: At) -> str:
    """What "Copy link" gives for that message."""
    return f"https://{studio.team.domain}.slack.com/archives/{at.channel}/p{at.ts.replace('.', '')}"


async def test_links_are_right_before_and_after_slack_has_said_whose_the_token_is(
    slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """Until then it is asked for each message, once; as soon as it has, for none."""
    slack.hold("auth.test")
    async with open_ears(slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token) as ears:
        addresses = Addresses(ears.parts.outlet.api, ears.parts.tokens)
        workspace = workspace_id(studio.team.id)
        early, late = await posted(ears, studio, "m1"), await posted(ears, studio, "m2")
        for _ in range(2):
            assert await addresses.of(workspace, [early]) == {early: link(studio, early)}
        assert len(slack.calls_of(ASKED)) == 1
        slack.let_go("auth.test")
        await identified(ears)
        assert await addresses.of(workspace, [late]) == {late: link(studio, late)}
        assert len(slack.calls_of(ASKED)) == 1


async def test_an_organisations_address_is_not_taken_for_its_workspaces(
    slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """The token of a whole organisation says where that lives, and Slack knows better for each message."""
    studio.team.enterprise, studio.team.is_org_install = "E01", True
    async with open_ears(slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token) as ears:
        await identified(ears)
        at = await posted(ears, studio, "m1")
        addresses = Addresses(ears.parts.outlet.api, ears.parts.tokens)
        assert await addresses.of(workspace_id(studio.team.id), [at]) == {at: link(studio, at)}


async def test_a_message_that_is_gone_has_no_address(
    slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str
) -> None:
    """The others have theirs all the same."""
    async with open_ears(slack, tmp_path, sqlite_url, slack_client_id="1.2", slack_client_secret="hush",
                         public_url="https://ink.example") as ears:  # fmt: skip
        await ears.parts.tokens.save(Installed(studio.team.id, token=studio.team.bot_token))
        at = await posted(ears, studio, "m1")
        gone = At(studio.here.id, "1700000000.000001")
        addresses = Addresses(ears.parts.outlet.api, ears.parts.tokens)
        found = await addresses.of(workspace_id(studio.team.id), [gone, at])
        assert found == {at: link(studio, at)}
