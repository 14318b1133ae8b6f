"""A stand-in for Slack that keeps the platform's rules. Shares no code with the adapter.

    async with FakeSlack() as slack:                       # or FakeSlack(clock=FakeClock())
        team = slack.world.add_team()                      # a workspace with our bot in it
        ada = slack.world.add_user(team.id, "ada", locale="en-US", is_admin=True)
        here = slack.world.add_channel(team.id, "pictures", members=(ada.id,))
        client = AsyncWebClient(team.bot_token, base_url=slack.base_url)
        handler = AsyncSocketModeHandler(app, slack.app_token)      # its client made with base_url too
        await handler.connect_async()
        await slack.sockets.until_connected()
        delivery = await slack.slash(ada.id, here.id, "/imagine", "a lighthouse")
        assert delivery.is_in_time
        shown = slack.channel_view(here.id)[0]             # .text .pictures[0].content .buttons .status

HTTP instead of sockets: `slack.use_request_url(asgi_app_or_url, "/slack/events")`.

What people do (each waits for the acknowledgement, three seconds at most): slash, message, broadcast,
edit_message, delete_message, press, press_in, shortcut_on, global_shortcut, submit, close_form, open_home,
invite_bot, remove_bot, stop_session, uninstall, revoke; `add_file` gives a person a file to send along.
Texts are as on the wire: `typed("a < b")` escapes as Slack does.

What they see: channel_view, thread_view, whispers, forms, home. What the app did: calls, calls_of,
ratelimited, unexpected and crashes (both must stay empty). What it was told: deliveries (`latency_s`,
`is_in_time`, `answer`, `attempts`), summed up by `promptness`; redeliver.

A verb returns with the acknowledgement, and bolt goes on after it:
`form = (await slack.until(lambda: slack.forms(ada.id)))[0]` waits for what follows.

What can go wrong: `switches` (when files are ready, shares that appear late, rates, triggers' life, answers
of uploads), `fail(method, *codes)`, `hold`/`let_go`, fields of Team, Channel, File and Token,
`sockets.refresh` and `sockets.drop`.

The injected clock rules rates, triggers, response_urls, files and tokens; nothing in the fake sleeps on it.
Acknowledgements, repetitions and signatures go by real time, because the app's own libraries do.
For measurements and for tests that kill, `process.SlackProcess` runs a fake in a process of its own, driven
by `do(verb, ...)` (see `control.py`); `crowd.populate` and `crowd.rush` make many people type at once.
With INKTHREAD_SPECS set, blocks are also judged by Slack's published shapes.
"""

from __future__ import annotations

from tests.fakes.slack_server.deliveries import Delivery, promptness
from tests.fakes.slack_server.limits import Rates
from tests.fakes.slack_server.running import FakeSlack
from tests.fakes.slack_server.seen import Seen
from tests.fakes.slack_server.signed_http import Signing
from tests.fakes.slack_server.things import Room
from tests.fakes.slack_server.typing_words import typed

__all__ = ["Delivery", "FakeSlack", "Rates", "Room", "Seen", "Signing", "promptness", "typed"]
