"""The fake keeps the rules of channels, threads and rights: each is broken once, by plain HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.discord_server import Kind, NotOffered, Permission

if TYPE_CHECKING:
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.plain import Plain, Reply
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Channel, Json


async def _send(plain: Plain, place: Channel, **body: object) -> Reply:
    return await plain.post(f"/channels/{place.id}/messages", {"content": "x", **body})


async def _thread(plain: Plain, studio: Studio, name: str = "a lighthouse") -> Reply:
    sent = await _send(plain, studio.channel)
    return await plain.post(
        f"/channels/{studio.channel.id}/messages/{sent.body['id']}/threads", {"name": name}
    )


P = Permission
NEEDS: dict[str, tuple[str, Json, Permission]] = {
    "sending": ("POST {channel}/messages", {"content": "x"}, P.SEND_MESSAGES),
    "embeds": ("POST {channel}/messages", {"embeds": [{"title": "x"}]}, P.EMBED_LINKS),
    "typing": ("POST {channel}/typing", {}, P.SEND_MESSAGES),
    "reading one": ("GET {message}", {}, P.READ_MESSAGE_HISTORY),
    "reacting": ("PUT {message}/reactions/x/@me", {}, P.ADD_REACTIONS),
    "a thread at a message": ("POST {message}/threads", {"name": "x"}, P.CREATE_PUBLIC_THREADS),
    "a public thread": ("POST {channel}/threads", {"name": "x", "type": 11}, P.CREATE_PUBLIC_THREADS),
    "a private thread": ("POST {channel}/threads", {"name": "x", "type": 12}, P.CREATE_PRIVATE_THREADS),
}


@pytest.mark.parametrize("name", NEEDS)
async def test_each_right_is_needed(plain: Plain, studio: Studio, name: str) -> None:
    """Without the right the route refuses with 50013 and names it; without View Channel with 50001."""
    route, body, needed = NEEDS[name]
    sent = await _send(plain, studio.channel)
    channel = f"/channels/{studio.channel.id}"
    method, path = route.format(channel=channel, message=f"{channel}/messages/{sent.body['id']}").split(" ")
    studio.fake.deny(studio.channel, studio.guild, needed)
    refused = await plain.ask(method, path, body or None)
    studio.fake.deny(studio.channel, studio.guild, Permission.VIEW_CHANNEL)
    hidden = await plain.ask(method, path, body or None)
    studio.fake.allow(studio.channel, studio.fake.world.bot, Permission.VIEW_CHANNEL, needed)
    allowed = await plain.ask(method, path, body or None)

    assert refused.told == (403, 50013)
    assert str(needed.name) in refused.body["message"]
    assert hidden.told == (403, 50001)
    assert allowed.status in {200, 201, 204}


async def test_files_and_replies_need_their_own(plain: Plain, studio: Studio) -> None:
    """Attach Files also for edits; Read Message History for replies, and without it lists are empty."""
    sent = await _send(plain, studio.channel)
    path = f"/channels/{studio.channel.id}/messages"
    studio.fake.deny(studio.channel, studio.guild, P.ATTACH_FILES, P.READ_MESSAGE_HISTORY)

    assert (await plain.post(path, {}, {"a.png": b"x"})).told == (403, 50013)
    assert (await plain.patch(f"{path}/{sent.body['id']}", {}, {"a.png": b"x"})).told == (403, 50013)
    reference = {"message_id": sent.body["id"]}
    assert (await _send(plain, studio.channel, message_reference=reference)).told == (400, 160002)
    assert (await plain.get(path)).body == []


async def test_roles_owners_and_administrators(plain: Plain, studio: Studio) -> None:
    """A role's overwrite beats everyone's, the person's own beats both, and administrators may all."""
    fake = studio.fake
    role = fake.bot_role(studio.guild)
    fake.deny(studio.channel, studio.guild, P.SEND_MESSAGES)
    fake.allow(studio.channel, role, P.SEND_MESSAGES)
    by_role = await _send(plain, studio.channel)
    fake.deny(studio.channel, fake.world.bot, P.SEND_MESSAGES)
    by_person = await _send(plain, studio.channel)
    fake.set_role(studio.guild, role, P.ADMINISTRATOR)

    assert [by_role.told, by_person.told] == [(200, None), (403, 50013)]
    assert (await _send(plain, studio.channel)).status == 200


async def test_threads(plain: Plain, studio: Studio) -> None:
    """A thread has its message's id, one a message; names are 1 to 100; archive times are four."""
    sent = await _send(plain, studio.channel)
    path = f"/channels/{studio.channel.id}/messages/{sent.body['id']}/threads"
    long = await plain.post(path, {"name": "x" * 101})
    empty = await plain.post(path, {"name": ""})
    odd = await plain.post(path, {"name": "x", "auto_archive_duration": 61})
    made = await plain.post(path, {"name": "x" * 100})
    again = await plain.post(path, {"name": "x"})
    shown = await plain.get(path.removesuffix("/threads"))

    assert [long.fault, empty.fault, odd.fault] == ["name", "name", "auto_archive_duration"]
    assert (made.status, made.body["id"]) == (201, sent.body["id"])
    assert again.told == (400, 160004)
    assert shown.body["thread"]["id"] == sent.body["id"]
    assert shown.body["flags"] & (1 << 5)
    assert (await plain.post(f"/channels/{studio.channel.id}/messages/1/threads", {"name": "x"})).told == (
        404,
        10008,
    )


async def test_where_no_thread_can_be(plain: Plain, studio: Studio) -> None:
    """Not in threads, not in private conversations, not in a forum's post; and only so many at once."""
    fake = studio.fake
    thread = (await _thread(plain, studio)).body["id"]
    inside = await _send(plain, fake.world.channels[int(thread)])
    private = await _send(plain, fake.dm(studio.ada))
    studio.guild.active_threads_cap = 1
    full = await _thread(plain, studio)

    path = f"/channels/{thread}/messages/{inside.body['id']}/threads"
    assert (await plain.post(path, {"name": "x"})).told == (400, 50024)
    dm = f"/channels/{fake.dm(studio.ada).id}/messages/{private.body['id']}/threads"
    assert (await plain.post(dm, {"name": "x"})).told == (400, 50024)
    assert full.told == (400, 160006)


async def test_forums_and_announcements(plain: Plain, studio: Studio) -> None:
    """A forum takes posts, not messages; a thread of an announcement is of its own kind."""
    forum = studio.fake.world.add_channel(studio.guild, "forum", Kind.FORUM)
    news = studio.fake.world.add_channel(studio.guild, "news", Kind.NEWS)
    sent = await _send(plain, news)
    thread = await plain.post(f"/channels/{news.id}/messages/{sent.body['id']}/threads", {"name": "x"})
    post = await plain.post(f"/channels/{forum.id}/threads", {"name": "x", "message": {"content": "hi"}})
    wrong = await plain.post(f"/channels/{studio.channel.id}/threads", {"name": "x", "type": 0})

    assert (await _send(plain, forum)).told == (400, 50008)
    assert thread.body["type"] == 10
    assert (await plain.post(f"/channels/{forum.id}/threads", {"name": "x"})).fault == "message"
    assert post.body["message"]["id"] == post.body["id"]
    assert wrong.told == (400, 50035)


async def test_archived_and_locked(plain: Plain, studio: Studio) -> None:
    """Sending wakes an archived thread; edits and deletions there are refused; locked ones stay shut."""
    fake = studio.fake
    made = await _thread(plain, studio)
    thread = fake.world.channels[int(made.body["id"])]
    sent = await _send(plain, thread)
    path = f"/channels/{thread.id}/messages/{sent.body['id']}"
    fake.archive(thread)
    told = [await plain.patch(path, {"content": "y"}), await plain.ask("DELETE", path)]
    told.append(await plain.ask("PUT", f"/channels/{thread.id}/thread-members/@me"))
    told.append(await plain.patch(f"/channels/{thread.id}", {"name": "y"}))
    assert [one.told for one in told] == [(400, 50083)] * 4

    assert (await _send(plain, thread)).status == 200
    assert not thread.is_archived
    fake.lock(thread)
    assert (await _send(plain, thread)).told == (400, 160005)
    fake.archive(thread, is_locked=True)
    assert (await _send(plain, thread)).told == (400, 50083)
    with pytest.raises(NotOffered, match="50083"):
        fake.say(thread, studio.ada, "hello?")
    fake.set_role(studio.guild, fake.bot_role(studio.guild), P.MANAGE_THREADS)
    assert (await _send(plain, thread)).status == 200


async def test_threads_have_rights_of_their_own(plain: Plain, studio: Studio) -> None:
    """Writing in threads is another right than in channels; a thread inherits what its channel denies."""
    made = await _thread(plain, studio)
    thread = studio.fake.world.channels[int(made.body["id"])]
    studio.fake.deny(studio.channel, studio.guild, P.SEND_MESSAGES)
    quiet = await _send(plain, thread)
    studio.fake.deny(studio.channel, studio.guild, P.SEND_MESSAGES_IN_THREADS)

    assert quiet.status == 200
    assert (await _send(plain, thread)).told == (403, 50013)


async def test_changing_and_deleting_threads(plain: Plain, studio: Studio) -> None:
    """The bot renames and archives its own; locking and deleting want Manage Threads; gone is unknown."""
    made = await _thread(plain, studio)
    path = f"/channels/{made.body['id']}"
    renamed = await plain.patch(path, {"name": "y", "archived": True})
    locked = await plain.patch(path, {"archived": False, "locked": True})
    theirs = studio.fake.open_thread(studio.channel, studio.ada)
    other = await plain.patch(f"/channels/{theirs.id}", {"name": "y"})
    refused = await plain.ask("DELETE", path)
    studio.fake.remove_channel(studio.fake.world.channels[int(made.body["id"])])

    assert (renamed.body["name"], renamed.body["thread_metadata"]["archived"]) == ("y", True)
    assert [locked.told, other.told, refused.told] == [(403, 50013)] * 3
    assert (await plain.get(path)).told == (404, 10003)
    assert (await plain.patch(f"/channels/{studio.channel.id}", {"name": "y"})).told == (403, 50013)


async def test_private_threads(plain: Plain, studio: Studio) -> None:
    """A private thread is unknown territory until the bot is a member; listings leave it out."""
    secret = studio.fake.open_thread(studio.channel, studio.ada, is_private=True)
    hidden = await plain.get(f"/channels/{secret.id}")
    listed = await plain.get(f"/guilds/{studio.guild.id}/threads/active")
    await plain.ask("PUT", f"/channels/{secret.id}/thread-members/@me")

    assert hidden.told == (403, 50001)
    assert listed.body["threads"] == []
    assert (await plain.get(f"/channels/{secret.id}")).body["type"] == 12
    members = (await plain.get(f"/channels/{secret.id}/thread-members")).body
    assert {one["user_id"] for one in members} == {str(studio.ada.id), str(studio.fake.world.bot.id)}


async def test_private_conversations(plain: Plain, studio: Studio) -> None:
    """One a person, opened by id; who takes none is refused with 50007, group conversations with 50001."""
    opened = await plain.post("/users/@me/channels", {"recipient_id": str(studio.ada.id)})
    again = await plain.post("/users/@me/channels", {"recipient_id": str(studio.ada.id)})
    dm = studio.fake.dm(studio.ada)
    sent = await _send(plain, dm)
    studio.ada.takes_dms = False

    assert opened.body["id"] == again.body["id"] == str(dm.id)
    assert sent.status == 200
    assert (await _send(plain, dm)).told == (403, 50007)
    assert (await _send(plain, studio.fake.group_dm(studio.ada, studio.ben))).told == (403, 50001)
    theirs = studio.fake.say(dm, studio.ada, "x")
    assert (await plain.ask("DELETE", f"/channels/{dm.id}/messages/{theirs.id}")).told == (403, 50003)
    assert (await plain.post("/users/@me/channels", {"recipient_id": "x"})).told == (400, 50035)


async def test_what_can_be_asked_about_guilds(plain: Plain, studio: Studio, fake: FakeDiscord) -> None:
    """Guild, roles, channels, members, users and the app itself; what is not there has its own code."""
    elsewhere = fake.world.add_guild("Elsewhere", has_bot=False)
    guild = f"/guilds/{studio.guild.id}"

    assert (await plain.get(guild)).body["name"] == "Studio"
    assert [one["name"] for one in (await plain.get(f"{guild}/channels")).body] == ["art"]
    assert (await plain.get(f"{guild}/roles")).body[0]["name"] == "@everyone"
    assert (await plain.get(f"{guild}/members/{studio.ada.id}")).body["user"]["username"] == "ada"
    assert (await plain.get(f"/users/{studio.ada.id}")).body["id"] == str(studio.ada.id)
    assert [one["id"] for one in (await plain.get("/users/@me/guilds")).body] == [str(studio.guild.id)]
    assert (await plain.get("/applications/@me")).body["flags"] == 1 << 19
    fake.leave(studio.guild, studio.ada)
    assert (await plain.get(f"{guild}/members/{studio.ada.id}")).told == (404, 10007)
    assert (await plain.get(f"/guilds/{elsewhere.id}")).told == (404, 10004)
    assert (await plain.get("/users/1")).told == (404, 10013)


async def test_what_a_person_cannot_do(fake: FakeDiscord, studio: Studio) -> None:
    """Write where they may not, use what they do not see, upload what is too large."""
    theirs = fake.say(studio.channel, studio.ada, "hello")
    stranger = fake.world.add_user("stranger")
    fake.deny(studio.channel, studio.ben, P.SEND_MESSAGES)
    with pytest.raises(NotOffered, match="ben cannot write"):
        fake.say(studio.channel, studio.ben, "hello")
    with pytest.raises(NotOffered, match="stranger cannot write"):
        fake.say(studio.channel, stranger, "hello")
    with pytest.raises(NotOffered, match="too large"):
        fake.say(studio.channel, studio.ada, files=[b"x" * (10 * 1024 * 1024 + 1)])
    fake.edit(theirs, "good bye")
    assert [one.text for one in fake.channel_view(studio.channel)] == ["good bye"]
    fake.delete(theirs)
    with pytest.raises(NotOffered, match="does not see"):
        fake.menu(theirs, studio.ada, "Edit this picture")
    fake.remove_channel(studio.channel)
    with pytest.raises(NotOffered, match="gone"):
        fake.say(studio.channel, studio.ada, "hello")
