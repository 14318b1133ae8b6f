"""The fake keeps Slack's rules on files: three steps, a wait, downloads for those with the right token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.adapters.slack.slack_raw import Json, Raw, png, words
from tests.fakes.clock import FakeClock
from tests.fakes.slack_server import FakeSlack, Room

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.adapters.slack.conftest import Studio


def _image(file: str, **more: object) -> Json:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": "a boat", **more}


REFUSED_UPLOADS: tuple[tuple[dict[str, object], str], ...] = (
    ({"filename": "a.png", "length": 0}, "missing_argument"),
    ({"length": 3}, "invalid_arguments"),
    ({"filename": "a.png", "length": 1_000_000_001}, "file_upload_size_restricted"),
    ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
)


@pytest.mark.parametrize(("args", "code"), REFUSED_UPLOADS)
async def test_an_upload_is_promised_by_the_rules(raw: Raw, args: dict[str, object], code: str) -> None:
    """Name, length and description are judged before any bytes travel."""
    assert (await raw("files.getUploadURLExternal", **args)).error == code


async def test_a_workspace_may_take_no_files(raw: Raw, studio: Studio) -> None:
    """Uploads switched off and storage full are told apart."""
    studio.team.is_full = True
    assert (
        await raw("files.getUploadURLExternal", filename="a.png", length=3)
    ).error == "storage_limit_reached"
    studio.team.has_uploads = False
    assert (
        await raw("files.getUploadURLExternal", filename="a.png", length=3)
    ).error == "file_uploads_disabled"


async def test_the_bytes_are_taken_once_and_without_our_token(raw: Raw) -> None:
    """A second POST, a token, a wrong length and an unknown address are refused."""
    promised = await raw("files.getUploadURLExternal", filename="boat.png", length=3)
    url = promised["upload_url"]

    async def post(content: bytes, to: str = url, **headers: str) -> int:
        async with raw.http.post(to, data=content, headers=headers) as response:
            return response.status

    assert await post(b"four") == 400
    assert await post(b"abc", Authorization=f"Bearer {raw.token}") == 400
    assert await post(b"abc") == 200
    assert await post(b"abc") == 409
    assert await post(b"abc", to=url + "x") == 404


async def test_bytes_may_come_in_a_form(slack: FakeSlack, raw: Raw) -> None:
    """A multipart upload is the same file."""
    promised = await raw("files.getUploadURLExternal", filename="boat.png", length=len(png()))
    form = aiohttp.FormData()
    form.add_field("filename", png(), filename="boat.png", content_type="image/png")
    async with raw.http.post(promised["upload_url"], data=form) as response:
        assert response.status == 200
    assert slack.world.files[promised["file_id"]].content == png()


async def test_an_upload_may_time_out_and_stand_all_the_same(slack: FakeSlack, raw: Raw) -> None:
    """408 comes back, the bytes are there, and completing works."""
    slack.switches.upload_answers.append(408)
    promised = await raw("files.getUploadURLExternal", filename="boat.png", length=3)
    async with raw.http.post(promised["upload_url"], data=b"abc") as response:
        assert response.status == 408
    assert (await raw.complete(promised["file_id"])).error == "ok"


async def test_completing_needs_uploaded_files(raw: Raw) -> None:
    """Files without bytes, unknown ones, ones completed before and too many are refused."""
    promised = await raw("files.getUploadURLExternal", filename="boat.png", length=3)
    file = await raw.upload(b"abc")
    assert (await raw.complete(promised["file_id"])).error == "file_not_found"
    assert (await raw.complete("F404")).error == "file_not_found"
    assert (await raw.complete()).error == "invalid_arguments"
    assert (await raw.complete(*["F1"] * 21)).error == "invalid_arguments"
    assert (await raw("files.info", file=file)).error == "file_not_found"
    assert (await raw.complete(file)).error == "ok"
    assert (await raw.complete(file)).error == "file_update_failed"


async def test_sharing_needs_conversations_that_the_bot_is_in(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """A share fails before anything happens to the file, which can then be completed elsewhere."""
    away = slack.world.add_channel(studio.team.id, "away", has_bot=False)
    hidden = slack.world.add_channel(studio.team.id, "hidden", room=Room.PRIVATE, has_bot=False)
    file = await raw.upload(png())
    assert (await raw.complete(file, channel_id=away.id)).error == "not_in_channel"
    assert (await raw.complete(file, channel_id=hidden.id)).error == "channel_not_found"
    assert (await raw.complete(file, channel_id=studio.here.id, thread_ts="1.1")).error == "invalid_thread_ts"
    assert (await raw.complete(file, thread_ts="1.1")).error == "invalid_arguments"
    crowd = ",".join(["C1"] * 101)
    assert (await raw.complete(file, channels=crowd)).error == "channels_limit_exceeded"
    studio.here.is_archived = True
    assert (await raw.complete(file, channel_id=studio.here.id)).error == "is_archived"
    studio.here.is_archived = False
    assert (await raw.complete(file, channel_id=studio.here.id)).error == "ok"


async def test_a_share_takes_a_comment_or_blocks_but_no_markdown(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """The comment wins over the blocks; a markdown block breaks Slack (python-slack-sdk#1756)."""
    file = await raw.upload(png())
    broken = await raw.complete(file, channel_id=studio.here.id, blocks=[{"type": "markdown", "text": "x"}])
    assert broken.error == "internal_error"
    await raw.complete(file, channel_id=studio.here.id, blocks=[words("under it")])
    (seen,) = slack.channel_view(studio.here.id)
    assert (seen.text, [each.content for each in seen.shared]) == ("under it", [png()])
    other = await raw.upload(png())
    await raw.complete(other, channel_id=studio.here.id, blocks=[words()], initial_comment="A boat")
    assert slack.channel_view(studio.here.id)[1].text == "A boat"
    info = (await raw("files.info", file=file))["file"]
    assert info["shares"]["public"][studio.here.id][0]["ts"] == seen.ts


# --- the wait ----------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> FakeClock:
    """Time that a test moves."""
    return FakeClock()


@pytest.fixture
async def slow(clock: FakeClock) -> AsyncIterator[FakeSlack]:
    """A fake Slack on that clock whose files take a second, and their messages two."""
    async with FakeSlack(clock=clock) as fake:
        fake.switches.ready_after_s, fake.switches.share_after_s = 1.0, 2.0
        yield fake


async def test_a_file_is_ready_a_while_after_its_completion(
    slow: FakeSlack, clock: FakeClock, raw: Raw
) -> None:
    """Its type is empty and it cannot be shown until Slack has looked at it; `never` is never."""
    team = slow.world.add_team()
    here = slow.world.add_channel(team.id, "here").id
    raw = Raw(slow, raw.http, team.bot_token)
    file = await raw.upload(png())
    done = await raw.complete(file)
    assert done["files"][0]["mimetype"] == ""
    early = await raw("chat.postMessage", channel=here, text="x", blocks=[words(), _image(file)])
    assert early.error == "invalid_blocks"
    assert early["errors"] == ["invalid slack file [json-pointer:/blocks/1/slack_file]"]
    clock.advance(1)
    told = (await raw("files.info", file=file))["file"]
    assert (told["mimetype"], told["filetype"], told["original_w"]) == ("image/png", "png", 8)
    assert (await raw("chat.postMessage", channel=here, text="x", blocks=[_image(file)])).error == "ok"
    slow.switches.ready_after_s = None
    never = await raw.upload(png())
    await raw.complete(never)
    clock.advance(100_000)
    assert (await raw("files.info", file=never))["file"]["mimetype"] == ""


async def test_a_share_appears_after_later_messages(slow: FakeSlack, clock: FakeClock, raw: Raw) -> None:
    """The file's message has no timestamp at first and stands below what was posted after it."""
    team = slow.world.add_team()
    here = slow.world.add_channel(team.id, "here").id
    raw = Raw(slow, raw.http, team.bot_token)
    file = await raw.upload(png())
    await raw.complete(file, channel_id=here, initial_comment="A boat")
    await raw("chat.postMessage", channel=here, text="later")
    assert (await raw("files.info", file=file))["file"]["shares"] == {}
    assert [seen.text for seen in slow.channel_view(here)] == ["later"]
    clock.advance(2)
    assert [seen.text for seen in slow.channel_view(here)] == ["later", "A boat"]
    assert (await raw("files.info", file=file))["file"]["shares"]["public"][here]


UNSHOWABLE = ("boat.webp", "boat.heic", "boat.txt")


@pytest.mark.parametrize("name", UNSHOWABLE)
async def test_only_png_jpg_and_gif_are_shown(raw: Raw, studio: Studio, name: str) -> None:
    """Other formats are files, but no pictures in a block."""
    file = await raw.upload(b"abc", name)
    await raw.complete(file)
    answer = await raw("chat.postMessage", channel=studio.here.id, text="x", blocks=[_image(file)])
    assert answer["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]


async def test_a_picture_is_named_in_one_way_and_is_ones_own(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """By id or by url, not both; another workspace's and a deleted one are invalid."""
    file = await raw.upload(png())
    await raw.complete(file)
    url = (await raw("files.info", file=file))["file"]["url_private"]
    here = studio.here.id

    async def show(named: Json) -> str:
        block = {"type": "image", "slack_file": named, "alt_text": "a boat"}
        return (await raw("chat.postMessage", channel=here, text="x", blocks=[block])).error

    assert await show({"url": url}) == "ok"
    assert await show({"url": url, "id": file}) == "invalid_blocks"
    foreign = slack.world.add_team()
    stranger = slack.world.add_user(foreign.id, "eve")
    assert await show({"id": slack.add_file(stranger.id, "eve.png", png())}) == "invalid_blocks"
    assert (await raw("files.delete", file=file)).error == "ok"
    assert await show({"id": file}) == "invalid_blocks"
    assert (await raw("files.info", file=file)).error == "file_deleted"
    assert slack.channel_view(here)[0].pictures[0].content == b""


async def test_only_own_files_are_deleted(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Somebody else's file stays."""
    theirs = slack.add_file(studio.ada.id, "a.png", png())
    assert (await raw("files.delete", file=theirs)).error == "cant_delete_file"


# --- downloads ---------------------------------------------------------------------------------------


async def _get(raw: Raw, url: str, token: str = "") -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with raw.http.get(url, headers=headers) as response:
        return response.status, response.content_type, await response.read()


async def test_bytes_are_for_those_with_the_scope(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Without a token, without `files:read` or from elsewhere the answer is a sign-in page with HTTP 200."""
    file = slack.add_file(studio.ada.id, "a.png", png())
    url = (await raw("files.info", file=file))["file"]["url_private_download"]
    assert await _get(raw, url, raw.token) == (200, "image/png", png())
    other = slack.world.add_team()
    for token in ("", other.bot_token):
        status, kind, page = await _get(raw, url, token)
        assert (status, kind) == (200, "text/html")
        assert b"Sign in" in page
    slack.world.tokens[raw.token].scopes = frozenset({"chat:write"})
    assert (await _get(raw, url, raw.token))[1] == "text/html"
    slack.world.tokens[raw.token].scopes = frozenset({"files:read"})
    slack.world.files[file].is_page = True
    assert (await _get(raw, url, raw.token))[1] == "text/html"
    slack.world.files[file].stage = slack.world.files[file].stage.DELETED
    assert (await _get(raw, url, raw.token))[0] == 404


async def test_a_download_may_lead_to_another_host(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """What that host was sent is remembered, so that a test can see whether a token went along."""
    file = slack.add_file(studio.ada.id, "a.png", png(), moved_to=f"{slack.foreign_origin}/elsewhere/a.png")
    url = f"{slack.origin}/files-pri/{studio.team.id}-{file}/a.png"
    status, _, content = await _get(raw, url, raw.token)
    assert (status, content) == (200, b"somebody else's bytes")
    (call,) = slack.calls_of("(elsewhere)")
    assert call.args == {"authorization": ""}


async def test_a_slack_connect_file_must_be_looked_up(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """The event names only its id; files.info tells the rest, to those in the conversation."""
    partner = slack.world.add_team("partner")
    eve = slack.world.add_user(partner.id, "eve")
    studio.here.is_shared = True
    file = slack.add_file(eve.id, "eve.png", png(), access="check_file_info")
    assert (await raw("files.info", file=file)).error == "file_not_found"
    said = await slack.message(eve.id, studio.here.id, "ours", files=[file])
    (told,) = said.deliveries[0].event["files"]
    assert (told["file_access"], "url_private" in told) == ("check_file_info", False)
    info = (await raw("files.info", file=file))["file"]
    assert (await _get(raw, info["url_private"], raw.token))[2] == png()


@pytest.mark.parametrize("mode", ["tombstone", "hidden_by_limit"])
async def test_files_that_are_no_more_keep_only_their_id(
    slack: FakeSlack, raw: Raw, studio: Studio, mode: str
) -> None:
    """Deleted files and those past the plan's limit have neither name nor address."""
    file = slack.add_file(studio.ada.id, "a.png", png(), mode=mode)
    said = await slack.message(studio.ada.id, studio.here.id, files=[file])
    assert said.deliveries[0].event["files"] == [{"id": file, "mode": mode}]
    assert (await raw("files.info", file=file))["file"] == {"id": file, "mode": mode}
