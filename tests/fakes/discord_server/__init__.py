"""A stand-in for Discord that keeps its rules: gateway, REST, interactions and CDN on the loopback.

discord.py runs against it unmodified, and so does plain HTTP. It shares no code with the program, so that the
two can disagree. Rules come from Discord's pages of 2026-08; where the wild differs, a switch says so
(`core.Switches`).

Start it
    async with FakeDiscord(clock=clock, specs=specs).running() as fake:    on the loop of the test
    with FakeDiscord().in_thread() as fake:                                on its own loop; then use `Remote`
    python -m tests.fakes.discord_server --port 8098                       a process; then use `Remote`
`specs` is the fixture of that name (INKTHREAD_SPECS): with it every body is held to Discord's OpenAPI file.
A fake clock makes fifteen minutes pass at once: deadlines, tokens, nonces and old edits ask it. The gateway's
pace and the rate limits run in real seconds, because discord.py waits for those in real seconds.

Point a client at it
    Give the program DISCORD_API_URL=fake.api_url, DISCORD_GATEWAY_URL=fake.gateway_url, and TOKEN.
    discord.py 2.7.1 has no setting per client: `Route` reads its class's BASE when it is made (also for the
    routes of interactions), and a fresh IDENTIFY goes to `DiscordWebSocket.DEFAULT_GATEWAY`, a resume to the
    `resume_gateway_url` of READY. The cleanest way is one function in adapters/discord/client.py that sets
    both class attributes from the two settings, for the whole process, before a client is made. Overriding
    `HTTPClient.request` and `ws_connect` of one instance misses the webhook adapter, which interactions use
    and which makes its own requests. `fake.redirecting()` does the same for tests and takes it back.

Make a world
    guild = fake.world.add_guild("Studio", tier=2)        has_bot=False: there by user installation only
    channel = fake.world.add_channel(guild, "art")        kind=Kind.FORUM, Kind.NEWS, …
    ada = fake.join(guild, "ada", locale="de")
    fake.dm(ada); fake.group_dm(ada, ben); fake.open_thread(channel, ada)

Do what people do (`people.py`); each verb happens at once
    asked = fake.slash(channel, ada, "imagine", {"prompt": "a lighthouse"}, files={"image1": png})
    await asked.acknowledged(); asked.answer, asked.original, asked.modal, asked.choices
    fake.autocomplete(channel, ada, "imagine", "aspect", "16"); fake.menu(message, ada, "Edit this picture")
    fake.press(message, ada, "Edit…")                     by custom_id or by the label people read
    fake.submit(asked, {"what": "greener"}, files={"refs": [png]})
    fake.say(place, ada, "greener", reply_to=message, ping=True, files=[png]); fake.edit(…); fake.delete(…)
    What Discord's client would not let a person do raises `NotOffered`.
Change the guild (`moderators.py`)
    fake.deny(channel, guild, Permission.ATTACH_FILES); fake.archive(thread); fake.kick_bot(guild)
Go wrong
    fake.faults.add("POST /channels/*/messages", "502", "reset", "429-bare", "pass", "50013")    `faults.py`
    fake.gateway.abort(), .ask_to_reconnect(), .invalidate(is_resumable=False), .close(4009), .go_silent()
    fake.limits.nominal()                                 the sizes of the wild instead of wide ones
    fake.switches.told_file_limit = 500 * MIB             and the other switches
    fake.deliver(asked)                                   the same interaction once more, as after a resume
    fake.receive_over_http(url, app)                      signed POSTs instead of the gateway

See what people see, and what happened
    fake.channel_view(channel, ada), fake.thread_view(message), fake.ephemerals(ada), fake.open_modals(ada)
    await fake.until(lambda: …)                           waits for anything, in real seconds
    fake.pings, fake.calls, fake.calls_to("POST /channels/{channel_id}/messages"), fake.ack_latencies()
    assert fake.violations == []                          at the end of every test
Latencies have this server's own lag taken off; they mean something only where bot and
fake do not share a loop.
"""

from __future__ import annotations

from tests.fakes.discord_server.bits import MIB, Intent, Kind, Permission
from tests.fakes.discord_server.choosing import NotOffered
from tests.fakes.discord_server.remote import Remote
from tests.fakes.discord_server.running import TOKEN, FakeDiscord

__all__ = ["MIB", "TOKEN", "FakeDiscord", "Intent", "Kind", "NotOffered", "Permission", "Remote"]
