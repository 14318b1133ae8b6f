"""Files that people sent: fetched with the token, from Slack alone, and refused in words that help."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from adapters.slack.fetching import Fetching
from adapters.slack.refs import FileRef, read_file_ref
from core.app.inbound import Attachment
from core.app.ports import AttachmentFault
from core.domain.ids import WorkspaceId
from tests.fakes.slack_platform import SlackPlatform, open_slack
from tests.fakes.slack_server.things import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CAT = b"\x89PNG" + bytes(range(256))
LIMIT = 10_000


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[SlackPlatform]:
    """Slack on a fresh database."""
    async with open_slack(tmp_path / "slack.sqlite") as platform:
        yield platform


@asynccontextmanager
async def other_host(asked: list[str]) -> AsyncIterator[str]:
    """A web server that is not Slack; `asked` is what it was asked for."""

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=CAT)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://localhost:{runner.addresses[0][1]}"
    await runner.cleanup()


async def code_of(platform: SlackPlatform, attachment: Attachment) -> str:
    """Why the file cannot be had."""
    found = await platform.surface.fetch(attachment, max_bytes=LIMIT)
    assert isinstance(found, AttachmentFault), found
    assert found.file_name == attachment.file_name
    return found.code


async def test_a_file_is_asked_for_where_slack_told_only_its_id(platform: SlackPlatform) -> None:
    """A file from the other side of a shared channel is looked up first, then fetched."""
    attachment = platform.attachment(CAT, access="check_file_info", needs_asking=True)
    assert await platform.surface.fetch(attachment, max_bytes=LIMIT) == CAT
    assert len(platform.slack.calls_of("files.info")) == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"mode": "external"}, "forbidden"),
        ({"mode": "hidden_by_limit"}, "forbidden"),
        ({"mode": "tombstone"}, "gone"),
        ({"is_page": True}, "forbidden"),
    ],
)
async def test_what_is_no_file_is_refused(platform: SlackPlatform, facts: dict[str, Any], code: str) -> None:
    """Links to elsewhere, files behind a plan, deleted ones and sign-in pages are not fetched as pictures."""
    assert await code_of(platform, platform.attachment(CAT, **facts)) == code


async def test_a_sign_in_page_under_a_pictures_name_is_refused(platform: SlackPlatform) -> None:
    """A page that calls itself a picture is known by how it begins."""
    page = platform.attachment(b"  <!DOCTYPE html><html>Sign in</html>", mimetype="image/png")
    assert await code_of(platform, page) == "forbidden"


async def test_a_page_is_refused_however_it_begins(platform: SlackPlatform) -> None:
    """What Slack itself calls a page is none of a person's pictures."""
    assert (
        await code_of(platform, platform.attachment(b"<!-- hello -->", mimetype="text/html")) == "forbidden"
    )


async def test_a_token_without_the_scope_gets_nothing(platform: SlackPlatform) -> None:
    """Slack answers with its sign-in page and 200: that is said to be forbidden."""
    token = platform.slack.world.tokens[platform.team.bot_token]
    token.scopes -= {"files:read"}
    assert await code_of(platform, platform.attachment(CAT)) == "forbidden"
    assert await code_of(platform, platform.attachment(CAT, needs_asking=True)) == "forbidden"


async def test_a_deleted_file_is_gone(platform: SlackPlatform) -> None:
    """A file that was deleted after it was sent is gone, whether we ask for it or fetch it."""
    for needs_asking in (False, True):
        attachment = platform.attachment(CAT, needs_asking=needs_asking)
        ref = read_file_ref(attachment.ref)
        assert ref is not None
        platform.slack.world.files[ref.id].stage = Stage.DELETED
        assert await code_of(platform, attachment) == "gone"


async def test_the_token_follows_no_redirect_away_from_slack(platform: SlackPlatform) -> None:
    """A file that has moved to another host is refused, and that host hears nothing from us."""
    asked: list[str] = []
    async with other_host(asked) as address:
        moved = platform.attachment(CAT, moved_to=f"{address}/cat.png")
        assert await code_of(platform, moved) == "forbidden"
    assert asked == []


async def test_a_redirect_within_slack_is_followed(platform: SlackPlatform) -> None:
    """A file that has moved on the same host comes all the same."""
    there = read_file_ref(platform.attachment(CAT).ref)
    assert there is not None
    moved = platform.attachment(b"old", moved_to=there.url)
    assert await platform.surface.fetch(moved, max_bytes=LIMIT) == CAT


async def test_redirects_in_a_circle_end(platform: SlackPlatform) -> None:
    """A file that has moved to itself is given up."""
    attachment = platform.attachment(CAT)
    ref = read_file_ref(attachment.ref)
    assert ref is not None
    platform.slack.world.files[ref.id].moved_to = ref.url
    assert await code_of(platform, attachment) == "forbidden"


async def test_the_token_travels_only_as_the_api_is_reached(platform: SlackPlatform) -> None:
    """Not in the clear, either, to the very host that is reached over TLS."""
    platform.outlet.api.base_url = "https://slack-proxy.example/api/"
    fetching = Fetching(platform.outlet.api)
    url = "http://slack-proxy.example/cat.png"
    attachment = Attachment(FileRef(platform.workspace, "F0000001", url).ref, "cat.png")
    assert await fetching.fetch(attachment, max_bytes=LIMIT) == AttachmentFault("forbidden", "cat.png")


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/cat.png",
        "https://files.slack.com.evil.example/cat.png",
        "https://evilslack.com/cat.png",
        "https://files.slack.com@evil.example/cat.png",
        "file:///etc/passwd",
        "https://169.254.169.254/latest",
        "https://[",
    ],
)
async def test_the_token_goes_to_slack_alone(platform: SlackPlatform, url: str) -> None:
    """An address that is not Slack's own, or not safe on the way, is never asked."""
    attachment = Attachment(FileRef(platform.workspace, "F0000001", url).ref, "cat.png")
    # Without a session there is nothing that could ask.
    platform.outlet.surface._fetching._api.session = None  # type: ignore[assignment]
    assert await code_of(platform, attachment) in {"forbidden", "unreachable"}


async def test_a_broken_connection_may_pass(platform: SlackPlatform) -> None:
    """With Slack out of reach, the file is not called gone."""
    attachment = platform.attachment(CAT, needs_asking=True)
    platform.break_down()
    assert await code_of(platform, attachment) == "unreachable"


async def test_a_workspace_that_has_taken_us_away_gives_nothing(platform: SlackPlatform) -> None:
    """Without a token nothing is asked."""
    ref = FileRef(WorkspaceId("slack:T9"), "F0000001", f"{platform.slack.origin}/files/x")
    assert await code_of(platform, Attachment(ref.ref, "cat.png")) == "forbidden"


@pytest.mark.parametrize("ref", ["", "null", "[]", "{}", '["slack:T1", 5, "", "", false]', "[" * 50])
async def test_a_reference_that_is_none_is_gone(platform: SlackPlatform, ref: str) -> None:
    """Whatever stands in a stored reference, it breaks nothing."""
    assert await code_of(platform, Attachment(ref, "cat.png")) == "gone"


def test_a_reference_holds_no_token() -> None:
    """What is stored of a file is its id and its address; both need a token to be of use."""
    ref = FileRef(
        WorkspaceId("slack:T1"), "F0000001", "https://files.slack.com/x", "hosted", needs_asking=True
    )
    assert read_file_ref(ref.ref) == ref
    assert "xox" not in ref.ref
