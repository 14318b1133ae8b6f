"""The fake limits rates, bans, and goes wrong as it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.fakes.discord_server.limits import Limits
from tests.fakes.discord_server.studio import text, v2

if TYPE_CHECKING:
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.plain import Plain, Reply
    from tests.fakes.discord_server.studio import Studio

SEND = "POST /channels/{channel_id}/messages"
ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"


async def _send(plain: Plain, studio: Studio) -> Reply:
    return await plain.post(f"/channels/{studio.channel.id}/messages", {"content": "x"})


async def test_a_bucket(plain: Plain, studio: Studio) -> None:
    """Every answer says how much is left; the one too many is 429 with Via and when to come again."""
    studio.fake.limits.table[SEND] = (2, 60.0)
    replies = [await _send(plain, studio) for _ in range(3)]
    other = studio.fake.world.add_channel(studio.guild, "other")
    elsewhere = await plain.post(f"/channels/{other.id}/messages", {"content": "x"})
    headers = replies[2].headers

    assert [one.status for one in (*replies, elsewhere)] == [200, 200, 429, 200]
    assert [one.headers["X-RateLimit-Remaining"] for one in replies] == ["1", "0", "0"]
    assert replies[2].body["global"] is False
    assert 0 < replies[2].body["retry_after"] <= 60
    assert headers["Via"]
    assert headers["X-RateLimit-Scope"] == "user"
    assert headers["X-RateLimit-Bucket"] == elsewhere.headers["X-RateLimit-Bucket"]
    assert studio.fake.limits.hits == 1


async def test_everything_together(plain: Plain, studio: Studio) -> None:
    """The bot's own cap is for all routes, and not for those of interactions."""
    studio.fake.limits.nominal()
    studio.fake.limits.global_a_second = 1
    await plain.get("/users/@me")
    second = await plain.get("/gateway")
    hook = await plain.get("/webhooks/1/x/messages/@original")

    assert (second.status, second.body["global"]) == (429, True)
    assert second.headers["X-RateLimit-Scope"] == "global"
    assert hook.told == (404, 10015)


async def test_too_many_invalid_requests(plain: Plain, studio: Studio) -> None:
    """401, 403 and 429 count towards the ban; shared limits do not; then Cloudflare answers everything."""
    studio.fake.limits.banned_after = 4
    studio.fake.faults.add(SEND, "429-shared:0.01", "429:0.01", "50013", "50001", "50027")
    told = [(await _send(plain, studio)).status for _ in range(5)]
    banned = await _send(plain, studio)

    assert told == [429, 429, 403, 403, 401]
    assert banned.status == 429
    assert "1015" in banned.body
    assert "Via" not in banned.headers
    assert Limits().banned_after == 10_000


async def test_told_to_go_wrong(plain: Plain, studio: Studio) -> None:
    """Steps are taken one a request, in order, for the routes that they name."""
    studio.fake.faults.add("POST /channels/*/messages", "502", "429-bare", "pass", "slow:0.01", "50083")
    assert (await plain.get("/users/@me")).status == 200
    replies = [await _send(plain, studio) for _ in range(6)]

    assert [one.status for one in replies] == [502, 429, 200, 200, 400, 200]
    assert "Via" not in replies[1].headers
    assert replies[4].code == 50083
    with pytest.raises(ValueError, match="no such fault: 99"):
        studio.fake.faults.add(SEND, "99")
    studio.fake.faults.add(SEND, "500")
    studio.fake.faults.clear()
    assert (await _send(plain, studio)).status == 200


@pytest.mark.usefixtures("commands")
async def test_connections_that_break(plain: Plain, studio: Studio) -> None:
    """Reset in the middle nothing was done; reset behind the work it was; a hanging one never answers."""
    asked = studio.imagine()
    await plain.acknowledge(asked, 5)
    files = {"a.png": b"x" * 900_000}
    body = v2(text("done"), {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]})
    studio.fake.faults.add(ORIGINAL, "reset", "reset_after", "hang")

    with pytest.raises(aiohttp.ClientError):
        await plain.patch(plain.original(asked), body, files)
    assert [one.is_thinking for one in studio.fake.channel_view(studio.channel)] == [True]
    with pytest.raises(aiohttp.ClientError):
        await plain.patch(plain.original(asked), body, files)
    assert [len(one.pictures) for one in studio.fake.channel_view(studio.channel)] == [1]
    plain.session._timeout = aiohttp.ClientTimeout(total=0.05)
    with pytest.raises(TimeoutError):
        await plain.patch(plain.original(asked), body, files)
    assert [call.status for call in studio.fake.calls_to(ORIGINAL)] == [-1, -1, 0]


async def test_what_was_called(plain: Plain, studio: Studio) -> None:
    """Every call is written down with its body, files and outcome."""
    await plain.post(f"/channels/{studio.channel.id}/messages", {"content": "x"}, {"a.png": b"bytes"})
    await _send(plain, studio)
    first, second = studio.fake.calls_to(SEND)

    assert (first.fields["content"], [one.content for one in first.files]) == ("x", [b"bytes"])
    assert first.files[0].content_type == "application/octet-stream"
    assert (second.status, second.code, second.params) == (200, None, {"channel_id": str(studio.channel.id)})
    assert second.took_s >= 0


async def test_broken_bodies(plain: Plain, fake: FakeDiscord, studio: Studio) -> None:
    """A body that is no JSON is refused as such."""
    headers = {"Authorization": f"Bot {fake.token}", "Content-Type": "application/json"}
    url = f"{fake.api_url}/channels/{studio.channel.id}/messages"
    async with plain.session.post(url, data=b"{", headers=headers) as answer:
        assert answer.status == 400
        assert (await answer.json())["code"] == 50035
