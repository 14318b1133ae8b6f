"""The fake as a process of its own: driven by control calls, with the real client on its socket."""

from __future__ import annotations

import base64
from typing import Any

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack.slack_raw import png
from tests.fakes.slack_server import FakeSlack
from tests.fakes.slack_server.process import SlackProcess


async def _acknowledge(client: Any, request: Any) -> None:  # noqa: ANN401 - the SDK's own types are loose
    await client.send_socket_mode_response({"envelope_id": request.envelope_id})


async def _rush(slack: SlackProcess) -> None:
    client = SocketModeClient(FakeSlack.app_token, web_client=AsyncWebClient(base_url=slack.base_url))
    client.socket_mode_request_listeners.append(_acknowledge)
    await client.connect()  # type: ignore[no-untyped-call]  # not annotated
    await slack.do("until_connected")
    pairs = await slack.do("populate", 10)
    rush = await slack.do("rush", pairs, commands=30, over_s=0.1)
    assert (rush["promptness"]["count"], rush["promptness"]["missed"]) == (30, 0)
    assert 0 < rush["promptness"]["p50_s"] <= rush["promptness"]["worst_s"]
    assert rush["lag_s"] > 0
    await client.close()  # type: ignore[no-untyped-call]  # not annotated


async def _show(slack: SlackProcess) -> None:
    await slack.do("set", "ready_after_s", 0)
    team = await slack.do("add_team", "studio")
    ada = await slack.do("add_user", team["id"], "ada")
    here = await slack.do("add_channel", team["id"], "here", members=[ada["id"]])
    file = await slack.do("add_file", ada["id"], "a.png", base64.b64encode(png()).decode())
    client = AsyncWebClient(team["bot_token"], base_url=slack.base_url, retry_handlers=[])
    block = {"type": "image", "slack_file": {"id": file}, "alt_text": "a boat"}
    await client.chat_postMessage(channel=here["id"], text="A boat", blocks=[block])
    (seen,) = await slack.do("channel_view", here["id"])
    assert base64.b64decode(seen["pictures"][0]["content"]) == png()
    assert [call["outcome"] for call in await slack.do("calls", "chat.postMessage")] == ["ok"]


async def test_a_fake_of_its_own_is_driven_and_measured_from_outside() -> None:
    """Thirty commands over ten workspaces are acknowledged and summed up; what is shown can be asked for."""
    async with SlackProcess() as slack:
        await _rush(slack)
        await _show(slack)
        assert await slack.do("unexpected") == await slack.do("crashes") == []
