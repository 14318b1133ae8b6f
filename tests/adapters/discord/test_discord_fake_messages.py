"""The fake keeps the rules of messages: each is broken once, by plain HTTP, and refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.fakes.discord_server import MIB, Permission
from tests.fakes.discord_server.studio import button, gallery, row, text, v2

if TYPE_CHECKING:
    from tests.fakes.clock import FakeClock
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.plain import Plain, Reply
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Json, Message


def png(size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture."""
    file = io.BytesIO()
    Image.new("RGB", size).save(file, "PNG")
    return file.getvalue()


async def _send(plain: Plain, studio: Studio, body: Json, files: dict[str, bytes] | None = None) -> Reply:
    return await plain.post(f"/channels/{studio.channel.id}/messages", body, files)


def _message(studio: Studio, reply: Reply) -> Message:
    return studio.channel.messages[int(reply.body["id"])]


def _path(studio: Studio, reply: Reply) -> str:
    return f"/channels/{studio.channel.id}/messages/{reply.body['id']}"


REFUSED: dict[str, tuple[Json, str]] = {
    "too long": ({"content": "x" * 2001}, "content"),
    "content beside newer components": (v2(text("x"), content="x"), "content"),
    "embeds beside newer components": (v2(text("x"), embeds=[{"title": "x"}]), "embeds"),
    "a long embed": ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
    "embeds too long together": ({"embeds": [{"description": "x" * 4000}] * 2}, "embeds"),
    "eleven embeds": ({"embeds": [{"title": "x"}] * 11}, "embeds"),
    "a long nonce": ({"content": "x", "nonce": "x" * 26}, "nonce"),
    "contradictory mentions": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
    "ephemeral": ({"content": "x", "flags": 64}, "flags"),
    "an answer to nothing": ({"content": "x", "message_reference": {"message_id": 1}}, "message_reference"),
    "an attachment that is not sent": ({"content": "x", "attachments": [{"id": 0}]}, "attachments"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_refused(plain: Plain, studio: Studio, name: str) -> None:
    """Each rule of a message's body."""
    body, fault = REFUSED[name]
    reply = await _send(plain, studio, body)
    assert reply.told == (400, 50035)
    assert reply.fault == fault


async def test_nothing_and_nowhere(plain: Plain, studio: Studio) -> None:
    """An empty message, an unknown channel, an unknown message, another's message: each with its own code."""
    theirs = studio.fake.say(studio.channel, studio.ada, "hello")
    path = f"/channels/{studio.channel.id}/messages"

    assert (await _send(plain, studio, {"content": ""})).told == (400, 50006)
    assert (await plain.post("/channels/1/messages", {"content": "x"})).told == (404, 10003)
    assert (await plain.patch(f"{path}/1", {"content": "x"})).told == (404, 10008)
    assert (await plain.patch(f"{path}/{theirs.id}", {"content": "x"})).told == (403, 50005)
    assert (await plain.ask("DELETE", f"{path}/{theirs.id}")).told == (403, 50013)
    assert (await plain.get("/channels/x/messages")).told == (400, 50035)


async def test_a_quiet_reference(plain: Plain, studio: Studio) -> None:
    """With fail_if_not_exists false a message under a deleted one is a plain message."""
    reference = {"message_id": 1, "fail_if_not_exists": False}
    reply = await _send(plain, studio, {"content": "x", "message_reference": reference})
    assert reply.status == 200
    assert "message_reference" not in reply.body


async def test_files(plain: Plain, studio: Studio) -> None:
    """Ten at most; names lose what Discord takes out; the bytes come back from the CDN unchanged."""
    content = png()
    many = {f"{n}.png": b"x" for n in range(11)}
    listed = {"content": "x", "attachments": [{"id": 0, "description": "alt"}]}
    sent = await _send(plain, studio, listed, {"a b(1).png": content})
    (attachment,) = sent.body["attachments"]

    assert (await _send(plain, studio, {}, many)).fault == "attachments"
    assert attachment["filename"] == "a_b_1_.png"
    assert (attachment["description"], attachment["width"], attachment["height"]) == ("alt", 64, 48)
    assert attachment["content_type"] == "image/png"
    async with plain.session.get(attachment["url"]) as answer:
        assert await answer.read() == content
    async with plain.session.get(attachment["url"].partition("?")[0]) as answer:
        assert answer.status == 404


async def test_addresses_end(plain: Plain, studio: Studio, clock: FakeClock) -> None:
    """A day later the address is dead, and the message fetched again has a fresh one."""
    sent = await _send(plain, studio, v2(gallery("a.png")), {"a.png": png()})
    clock.advance(24 * 3600 + 1)
    again = await plain.get(_path(studio, sent))

    async with plain.session.get(sent.body["attachments"][0]["url"]) as answer:
        assert answer.status == 404
    for url in (again.body["attachments"][0]["url"], again.body["components"][0]["items"][0]["media"]["url"]):
        async with plain.session.get(url) as answer:
            assert answer.status == 200


async def test_sizes(plain: Plain, studio: Studio) -> None:
    """A file by the guild's boosts, a request of 25 MiB, and the variant where less is true than is told."""
    eleven, ten = {"a.png": b"x" * (11 * MIB)}, {"a.png": b"x" * (10 * MIB)}
    three = {f"{n}.png": b"x" * (9 * MIB) for n in range(3)}

    assert (await _send(plain, studio, {}, eleven)).told == (413, 40005)
    assert (await _send(plain, studio, {}, ten)).status == 200
    assert (await _send(plain, studio, {}, three)).told == (413, 40005)
    studio.guild.tier = 2
    assert (await _send(plain, studio, {}, eleven)).status == 200
    studio.fake.switches.real_file_limit = MIB
    assert (await _send(plain, studio, {}, {"a.png": b"x" * (2 * MIB)})).told == (413, 40005)


async def test_newer_components_show_files_by_name(plain: Plain, studio: Studio) -> None:
    """A gallery names files sent along; an unknown name is refused, a file shown nowhere is written down."""
    wrong = await _send(plain, studio, v2(gallery("b.png")), {"a.png": png()})
    assert wrong.fault.startswith("components.0.media")
    right = await _send(plain, studio, v2(gallery("a.png")), {"a.png": png()})
    assert studio.fake.violations == []
    await _send(plain, studio, v2(text("look")), {"a.png": png()})

    (shown,) = studio.fake.channel_view(studio.channel)[:1]
    media = right.body["components"][0]["items"][0]["media"]
    assert media["attachment_id"] == right.body["attachments"][0]["id"]
    assert [(one.name, one.alt_text, one.content) for one in shown.pictures] == [
        ("a.png", "a lighthouse", png())
    ]
    assert [one.what for one in studio.fake.violations] == ["attachment a.png is shown nowhere"]


async def test_what_an_edit_keeps(plain: Plain, studio: Studio) -> None:
    """`attachments` is the full list to keep; without it everything stays; alt texts may be changed."""
    sent = await _send(plain, studio, {"content": "x"}, {"a.png": png(), "b.png": png()})
    first, _ = sent.body["attachments"]
    path = _path(studio, sent)
    same = await plain.patch(path, {"content": "y"})
    kept = await plain.patch(path, {"attachments": [{"id": first["id"], "description": "alt"}]})
    added = await plain.patch(path, {"attachments": [{"id": first["id"]}, {"id": 0}]}, {"c.png": png()})
    none = await plain.patch(path, {"attachments": []})

    def names(reply: Reply) -> list[str]:
        return [one["filename"] for one in reply.body["attachments"]]

    assert [names(one) for one in (same, kept, added, none)] == [
        ["a.png", "b.png"],
        ["a.png"],
        ["a.png", "c.png"],
        [],
    ]
    assert kept.body["attachments"][0]["description"] == "alt"
    assert (await plain.patch(path, {"attachments": [{"id": first["id"]}]})).fault == "attachments"


async def test_the_flag_of_newer_components_stays(plain: Plain, studio: Studio) -> None:
    """It stays, an old message has to lose its content first, and a refused edit changes nothing."""
    new = await _send(plain, studio, v2(text("new")))
    old = await _send(plain, studio, {"content": "old"})
    path = _path(studio, old)
    refused = await plain.patch(path, v2(text("x")))
    unchanged = await plain.get(path)
    converted = await plain.patch(path, v2(text("x"), content=None))

    assert (await plain.patch(_path(studio, new), {"flags": 0})).fault == "flags"
    assert (await plain.patch(_path(studio, new), {"content": "x"})).fault == "content"
    assert refused.fault == "content"
    assert unchanged.body["flags"] == 0
    assert converted.body["content"] == ""


async def test_a_nonce_sends_once(plain: Plain, studio: Studio, clock: FakeClock) -> None:
    """The same nonce within minutes is the same message; without enforcing it is another."""
    body: Json = {"content": "x", "nonce": "job-1", "enforce_nonce": True}
    first, again = await _send(plain, studio, body), await _send(plain, studio, body)
    loose = await _send(plain, studio, {"content": "x", "nonce": "job-1"})
    clock.advance(301)
    later = await _send(plain, studio, body)

    assert again.body["id"] == first.body["id"]
    assert len({reply.body["id"] for reply in (first, loose, later)}) == 3


async def test_edits_of_old_messages(plain: Plain, studio: Studio, clock: FakeClock) -> None:
    """After an hour a cap of their own holds; fresh messages do not count."""
    studio.fake.switches.old_edits_cap = 2
    sent = await _send(plain, studio, {"content": "x"})
    for _ in range(5):
        assert (await plain.patch(_path(studio, sent), {"content": "y"})).status == 200
    clock.advance(3601)
    told = [(await plain.patch(_path(studio, sent), {"content": "z"})).told for _ in range(3)]
    clock.advance(3601)

    assert told == [(200, None), (200, None), (429, 30046)]
    assert (await plain.patch(_path(studio, sent), {"content": "z"})).status == 200


async def test_who_is_pinged(plain: Plain, studio: Studio) -> None:
    """Words and replies ping unless allowed_mentions says no; @everyone wants permission."""
    theirs = studio.fake.say(studio.channel, studio.ben, "hello")
    words = f"<@{studio.ada.id}> @everyone"
    reply: Json = {"content": "x", "message_reference": {"message_id": theirs.id}}
    nobody = {"parse": [], "replied_user": False}
    await _send(plain, studio, {"content": words, "allowed_mentions": nobody})
    await _send(plain, studio, {**reply, "allowed_mentions": nobody})
    await _send(plain, studio, v2(text(words), allowed_mentions=nobody))
    assert studio.fake.pings == []

    await _send(plain, studio, {"content": words})
    await _send(plain, studio, v2(text(words), flags=1 << 15 | 1 << 12))
    await _send(plain, studio, {**reply, "allowed_mentions": {"parse": [], "replied_user": True}})
    assert [one.user_id for one in studio.fake.pings] == [studio.ada.id, studio.ben.id]
    studio.fake.set_role(studio.guild, studio.fake.bot_role(studio.guild), Permission.MENTION_EVERYONE)
    await _send(plain, studio, {"content": words})
    assert len({one.user_id for one in studio.fake.pings[2:]}) == 3


async def test_reading(plain: Plain, studio: Studio) -> None:
    """Messages come newest first, a hundred at most, before and after a given one."""
    sent = [await _send(plain, studio, {"content": str(n)}) for n in range(4)]
    path = f"/channels/{studio.channel.id}/messages"
    third = sent[2].body["id"]

    async def words(query: str) -> list[str]:
        return [one["content"] for one in (await plain.get(path + query)).body]

    assert await words("") == ["3", "2", "1", "0"]
    assert await words(f"?before={third}&limit=1") == ["1"]
    assert await words(f"?after={third}") == ["3"]
    assert await words(f"?around={third}&limit=1") == ["2"]
    assert (await plain.get(path + "?limit=101")).told == (400, 50035)


async def test_reactions_typing_and_taking_away(plain: Plain, studio: Studio) -> None:
    """The bot reacts, types and deletes what is its own; buttons stay with the message."""
    sent = await _send(plain, studio, {"content": "x", "components": [row(button("v1:a:1"))]})
    path = _path(studio, sent)
    assert (await plain.ask("PUT", f"{path}/reactions/%E2%9C%85/@me")).status == 204
    reacted = await plain.get(path)
    assert (await plain.ask("DELETE", f"{path}/reactions/%E2%9C%85/@me")).status == 204
    assert (await plain.post(f"/channels/{studio.channel.id}/typing")).status == 204

    assert reacted.body["reactions"][0]["emoji"]["name"] == "✅"
    assert [where for where, _ in studio.fake.discord.typing] == [studio.channel.id]
    assert (await plain.ask("DELETE", path)).status == 204
    assert (await plain.get(path)).told == (404, 10008)


async def test_what_cannot_be_read_is_hidden_from_routes_too(plain: Plain, studio: Studio) -> None:
    """Without the content intent GET brings no words of others, and a forward is refused."""
    studio.fake.switches.content_intent = False
    theirs = studio.fake.say(studio.channel, studio.ada, "secret", files=[png()])
    path = f"/channels/{studio.channel.id}/messages/{theirs.id}"
    read = await plain.get(path)
    reference = {"type": 1, "channel_id": studio.channel.id, "message_id": theirs.id}

    assert (read.body["content"], read.body["attachments"]) == ("", [])
    assert (await _send(plain, studio, {"message_reference": reference})).told == (400, 160014)


async def test_unknown_routes_are_written_down(plain: Plain, fake: FakeDiscord) -> None:
    """A route that the fake does not know is a violation, and a wrong token is unauthorised."""
    assert (await plain.get("/stickers")).status == 404
    assert [one.what for one in fake.violations] == ["this server has no such route"]
    plain.token = "wrong"
    assert (await plain.get("/users/@me")).told == (401, 0)
