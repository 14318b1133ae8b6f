"""The fake keeps the rules of the gateway: each is broken once, by a plain socket."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.fakes.discord_server import Intent, Permission
from tests.fakes.discord_server.plain import GUILD_TALK
from tests.fakes.discord_server.streams import ZLIB_SUFFIX
from tests.fakes.discord_server.studio import text, v2
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.fakes.clock import FakeClock
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.plain import Plain, Socket
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Json


@pytest.fixture(autouse=True)
def _eager(fake: FakeDiscord) -> None:
    """No five seconds between two IDENTIFYs, but where a test asks for them."""
    fake.switches.identify_every_s = 0


async def test_a_session_begins(plain: Plain, studio: Studio) -> None:
    """A heartbeat may come before IDENTIFY; READY names where to resume; the guild comes whole."""
    async with plain.socket() as socket:
        await socket.until("op 10")
        await socket.send(1, None)
        await socket.until("op 11")
        await socket.identify()
        ready, guild = (await socket.until("READY", "GUILD_CREATE"))[-2:]

    assert ready["d"]["resume_gateway_url"] == studio.fake.gateway_url
    assert ready["d"]["guilds"] == [{"id": str(studio.guild.id), "unavailable": True}]
    assert guild["d"]["roles"][0]["name"] == "@everyone"
    assert [one["user"]["id"] for one in guild["d"]["members"]] == [str(studio.fake.world.bot.id)]
    assert [one["name"] for one in guild["d"]["channels"]] == ["art"]


async def _frames(plain: Plain, compress: str) -> list[bytes]:
    url = f"{plain.fake.gateway_url}?v=10&encoding=json&compress={compress}"
    async with plain.session.ws_connect(url) as socket:
        found = [(await socket.receive_bytes(timeout=PATIENCE_S))]
        told = {"token": plain.fake.token, "intents": int(GUILD_TALK), "properties": {}}
        await socket.send_str(json.dumps({"op": 2, "d": told}))
        return [*found, *[await socket.receive_bytes(timeout=PATIENCE_S) for _ in range(2)]]


@pytest.mark.usefixtures("studio")
async def test_zlib_stream(plain: Plain) -> None:
    """One context for the connection, a sync flush behind each message, and a new one after reconnecting."""
    for _ in range(2):
        frames = await _frames(plain, "zlib-stream")
        context = zlib.decompressobj()
        assert all(frame.endswith(ZLIB_SUFFIX) for frame in frames)
        assert [json.loads(context.decompress(frame))["t"] for frame in frames] == [
            None,
            "READY",
            "GUILD_CREATE",
        ]
        with pytest.raises(zlib.error):
            zlib.decompress(frames[1])


@pytest.mark.usefixtures("studio")
async def test_zstd_stream(plain: Plain) -> None:
    """The same with zstd: blocks are flushed and the frame never ends."""
    zstandard = pytest.importorskip("zstandard", reason="zstd-stream wants the package zstandard")
    context = zstandard.ZstdDecompressor().decompressobj()
    frames = await _frames(plain, "zstd-stream")
    assert [json.loads(context.decompress(frame))["t"] for frame in frames] == [None, "READY", "GUILD_CREATE"]


CLOSES: dict[str, tuple[list[tuple[int, object]], int]] = {
    "an unknown opcode": ([(99, None)], 4001),
    "a presence before identifying": ([(3, {})], 4003),
    "a wrong token": ([(2, {"token": "wrong", "intents": 1})], 4004),
    "a shard out of range": ([(2, {"token": "right", "intents": 1, "shard": [2, 2]})], 4010),
    "no intents": ([(2, {"token": "right"})], 4013),
    "intents that do not exist": ([(2, {"token": "right", "intents": 1 << 40})], 4013),
    "a privileged intent that is not granted": ([(2, {"token": "right", "intents": 1 << 1})], 4014),
    "identifying twice": ([(2, {"token": "right", "intents": 1})] * 2, 4005),
    "a large frame": ([(3, {"x": "x" * 4096})], 4002),
    "too many frames a minute": ([(1, None)] * 121, 4008),
}


@pytest.mark.parametrize("name", CLOSES)
async def test_what_closes_a_connection(plain: Plain, name: str) -> None:
    """Each close code."""
    frames, code = CLOSES[name]
    async with plain.socket() as socket:
        for operation, data in frames:
            told = dict(data) if isinstance(data, dict) else data
            if isinstance(told, dict) and told.get("token") == "right":
                told["token"] = plain.fake.token
            await socket.send(operation, told)
        assert await socket.closed() == code


async def test_what_cannot_be_read_closes_too(plain: Plain) -> None:
    """Bytes, broken JSON, and another version of the API."""
    async with plain.socket() as socket:
        await socket.socket.send_bytes(b"{}")
        assert await socket.closed() == 4002
    async with plain.socket() as socket:
        await socket.socket.send_str("{")
        assert await socket.closed() == 4002
    async with plain.socket("v=6") as socket:
        assert await socket.closed() == 4012


async def test_content_wants_its_intent(plain: Plain, studio: Studio) -> None:
    """MESSAGE_CONTENT is refused where the portal does not grant it, and allowed where it does."""
    async with plain.socket() as socket:
        await socket.start(GUILD_TALK | Intent.MESSAGE_CONTENT)
    studio.fake.switches.content_intent = False
    async with plain.socket() as socket:
        await socket.identify(GUILD_TALK | Intent.MESSAGE_CONTENT)
        assert await socket.closed() == 4014


async def _heard(socket: Socket) -> Json:
    return dict((await socket.until("MESSAGE_CREATE"))[-1]["d"])


async def test_what_is_read_without_the_intent(plain: Plain, studio: Studio) -> None:
    """Own messages, mentions, private ones, and replies that ping under a regular message; nothing else."""
    fake = studio.fake
    await plain.ask("PUT", f"/applications/{fake.world.bot.id}/commands", [{"name": "a", "description": "a"}])
    asked = fake.slash(studio.channel, studio.ada, "a")
    await plain.acknowledge(asked, 4, v2(text("from an interaction")))
    answered = asked.original
    assert answered is not None
    async with plain.socket() as socket:
        await socket.start()
        sent = await plain.post(f"/channels/{studio.channel.id}/messages", {"content": "mine"})
        regular = studio.channel.messages[int(sent.body["id"])]
        own = await _heard(socket)
        say = fake.say
        say(studio.channel, studio.ada, "plain", files=[b"x"])
        plain_one = await _heard(socket)
        say(studio.channel, studio.ada, f"<@{fake.world.bot.id}> hi")
        mention = await _heard(socket)
        say(fake.dm(studio.ada), studio.ada, "in private")
        private = await _heard(socket)
        say(studio.channel, studio.ada, "pinged", reply_to=regular)
        reply = await _heard(socket)
        say(studio.channel, studio.ada, "quiet", reply_to=regular, ping=False)
        quiet = await _heard(socket)
        say(studio.channel, studio.ada, "to the interaction", reply_to=answered)
        other = await _heard(socket)

    read = [one["content"] for one in (own, plain_one, mention, private, reply, quiet, other)]
    assert read == ["mine", "", f"<@{fake.world.bot.id}> hi", "in private", "pinged", "", ""]
    assert plain_one["attachments"] == []
    assert other["referenced_message"]["components"][0]["content"] == "from an interaction"


async def test_intents_decide_what_is_heard(plain: Plain, studio: Studio) -> None:
    """Without GUILD_MESSAGES nothing of guilds, without DIRECT_MESSAGES nothing private."""
    fake = studio.fake
    fake.discord.commands[None] = {1: {"id": "1", "name": "a", "type": 1, "options": []}}
    async with plain.socket() as socket:
        await socket.start(Intent.GUILDS)
        fake.say(studio.channel, studio.ada, "unheard")
        fake.say(fake.dm(studio.ada), studio.ada, "unheard")
        fake.slash(studio.channel, studio.ada, "a")
        frames = await socket.until("INTERACTION_CREATE")
    assert [one["t"] for one in frames] == ["GUILD_CREATE", "INTERACTION_CREATE"]


async def test_what_the_bot_cannot_see_is_not_told(plain: Plain, studio: Studio) -> None:
    """Hidden channels, private threads without it, group conversations, and guilds it is not in."""
    fake = studio.fake
    hidden = fake.world.add_channel(studio.guild, "staff")
    fake.deny(hidden, studio.guild, Permission.VIEW_CHANNEL)
    fake.allow(hidden, studio.ada, Permission.VIEW_CHANNEL)
    elsewhere = fake.world.add_guild("Elsewhere", has_bot=False)
    far = fake.world.add_channel(elsewhere, "far")
    fake.join(elsewhere, studio.ada)
    secret = fake.open_thread(studio.channel, studio.ada, is_private=True)
    async with plain.socket() as socket:
        await socket.start()
        for place in (hidden, far, secret, fake.group_dm(studio.ada, studio.ben)):
            fake.say(place, studio.ada, "unheard")
        fake.say(studio.channel, studio.ada, "heard")
        heard = await _heard(socket)
    assert heard["channel_id"] == str(studio.channel.id)


async def test_resuming_replays(plain: Plain, studio: Studio, clock: FakeClock) -> None:
    """What was missed comes again in order, then RESUMED; interactions too, though by then too old."""
    fake = studio.fake
    fake.discord.commands[None] = {1: {"id": "1", "name": "a", "type": 1, "options": []}}
    async with plain.socket() as socket:
        ready = await socket.start()
        await socket.until("GUILD_CREATE")
        fake.gateway.abort()
        assert await socket.closed() == 1006
    asked = fake.slash(studio.channel, studio.ada, "a")
    fake.say(studio.channel, studio.ada, "meanwhile")
    clock.advance(4)
    async with plain.socket() as socket:
        await socket.resume(ready["session_id"], 2)
        frames = await socket.until("RESUMED")

    assert [(one["t"], one["s"]) for one in frames[1:]] == [
        ("INTERACTION_CREATE", 3),
        ("MESSAGE_CREATE", 4),
        ("RESUMED", 5),
    ]
    assert (await plain.acknowledge(asked, 5)).told == (404, 10062)


async def test_sessions_that_are_lost(plain: Plain, studio: Studio) -> None:
    """An unknown session is answered op 9 false, a number from the future closes 4007."""
    async with plain.socket() as socket:
        ready = await socket.start()
    async with plain.socket() as socket:
        await socket.resume(ready["session_id"], 99)
        assert await socket.closed() == 4007
    studio.fake.gateway.forget()
    async with plain.socket() as socket:
        await socket.resume(ready["session_id"], 1)
        lost = (await socket.until("op 9"))[-1]
        await socket.identify()
        await socket.until("READY")
    assert lost["d"] is False


async def test_ways_to_go_wrong(plain: Plain, studio: Studio) -> None:
    """Op 7, op 9 of both kinds, a close with a code, and a connection that is open but dead."""
    gateway = studio.fake.gateway
    async with plain.socket() as socket:
        await socket.start()
        gateway.ask_to_reconnect()
        gateway.invalidate(is_resumable=True)
        frames = await socket.until("op 7", "op 9")
        await gateway.close(4009)
        assert await socket.closed() == 4009
    assert frames[-1]["d"] is True
    async with plain.socket() as socket:
        ready = await socket.start()
        gateway.invalidate(is_resumable=False)
        assert (await socket.until("op 9"))[-1]["d"] is False
        assert gateway.sessions.known == {}
        gateway.go_silent()
        await socket.send(1, None)
        with pytest.raises(TimeoutError):
            await socket.socket.receive(timeout=0.05)
    assert ready["session_id"]


async def test_shards_hear_their_own_guilds(plain: Plain, fake: FakeDiscord, clock: FakeClock) -> None:
    """A guild belongs to the shard of its number; private conversations to the first."""
    guilds = []
    for name in "abcd":
        clock.advance(1)
        guilds.append(fake.world.add_guild(name))
    found = []
    for index in range(2):
        async with plain.socket() as socket:
            ready = await socket.start(shard=[index, 2])
            found += [(int(one["id"]), index) for one in ready["guilds"]]
    assert sorted(found) == sorted((guild.id, (guild.id >> 22) % 2) for guild in guilds)
    sessions = list(fake.gateway.sessions.known.values())
    assert [one.hears(None) for one in sessions] == [True, False]


async def test_identifying_has_a_pace_and_a_budget(plain: Plain, fake: FakeDiscord) -> None:
    """One IDENTIFY a bucket and five seconds, as many buckets as max_concurrency, and a number a day."""
    fake.switches.identify_every_s = 5
    fake.switches.max_concurrency = 2
    told = []
    for index in (0, 1, 2):
        async with plain.socket() as socket:
            await socket.identify(shard=[index, 4])
            frames = await socket.until("op 10", "op 0" if index < 2 else "op 9")
            told.append(frames[-1]["op"])
    fake.switches.identifies_left = 0
    async with plain.socket() as socket:
        await socket.identify()
        assert await socket.closed() == 4004

    assert told == [0, 0, 9]
    bot = (await plain.get("/gateway/bot")).body
    assert (bot["url"], bot["session_start_limit"]["remaining"]) == (fake.gateway_url, 0)
    assert bot["session_start_limit"]["max_concurrency"] == 2


async def test_what_happens_to_a_guild_is_told(plain: Plain, studio: Studio) -> None:
    """Rights, roles, channels and threads; the bot being thrown out and added again."""
    fake = studio.fake
    async with plain.socket() as socket:
        await socket.start()
        thread = fake.open_thread(studio.channel, studio.ada)
        fake.archive(thread)
        role = fake.add_role(studio.guild, "artists")
        fake.set_role(studio.guild, role, Permission.VIEW_CHANNEL)
        fake.deny(studio.channel, role)
        fake.remove_channel(studio.channel)
        fake.kick_bot(studio.guild)
        fake.add_bot(studio.guild)
        order = ["THREAD_CREATE", "THREAD_UPDATE", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE"]
        frames = await socket.until(
            *order, "CHANNEL_UPDATE", "CHANNEL_DELETE", "GUILD_DELETE", "GUILD_CREATE"
        )
    assert frames[-1]["d"]["id"] == str(studio.guild.id)


async def test_a_silent_connection_can_be_ordered_ahead(plain: Plain, fake: FakeDiscord) -> None:
    """The next connection may be dead from its first moment."""
    fake.gateway.next_is_zombie = True
    async with plain.socket() as socket:
        with pytest.raises(TimeoutError):
            await socket.socket.receive(timeout=0.05)
        assert not socket.socket.closed
