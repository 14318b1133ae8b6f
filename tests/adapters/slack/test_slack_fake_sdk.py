"""The real slack_sdk and slack-bolt drive the fake, unmodified."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack


def _png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), (200, 30, 60)).save(file, "PNG")
    return file.getvalue()


async def upload(
    client: AsyncWebClient, content: bytes, name: str = "picture.png", alt: str = "a boat"
) -> str:
    """The three steps, by the SDK's own hands; the id of the file."""
    promised = await client.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=alt)
    await client._upload_file(
        url=promised["upload_url"],
        data=content,
        logger=client.logger,
        timeout=int(PATIENCE_S),
        proxy=None,
        ssl=None,
    )
    await client.files_completeUploadExternal(files=[{"id": promised["file_id"], "title": name}])
    return str(promised["file_id"])


async def test_a_picture_is_uploaded_shown_and_seen(
    slack: FakeSlack, studio: Studio, client: AsyncWebClient
) -> None:
    """Placeholder, three steps, update: the picture stands in the message with its bytes and its alt text."""
    posted = await client.chat_postMessage(channel=studio.here.id, text="Painting a boat")
    file = await upload(client, _png())
    shown = [{"type": "image", "slack_file": {"id": file}, "alt_text": "a boat"}]
    await client.chat_update(channel=studio.here.id, ts=posted["ts"], text="A boat", blocks=shown)

    (seen,) = slack.channel_view(studio.here.id)
    assert [picture.content for picture in seen.pictures] == [_png()]
    assert (seen.pictures[0].alt, seen.fallback) == ("a boat", "A boat")
    assert [call.outcome for call in slack.calls] == ["ok"] * 5


def _app(slack: FakeSlack, token: str) -> tuple[AsyncApp, list[Any]]:
    """A tiny real app: a command that whispers, a mention that is answered, a button, a form."""
    heard: list[Any] = []
    client = AsyncWebClient(token, base_url=slack.base_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)

    @app.command("/imagine")
    async def imagine(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(text=f"You said {body['text']}")

    @app.event("app_mention")
    async def mention(event: dict[str, Any], say: AsyncSay) -> None:
        press = {"type": "button", "text": {"type": "plain_text", "text": "Again"}, "action_id": "again"}
        await say(text="Here", blocks=[{"type": "actions", "elements": [press]}], thread_ts=event["ts"])
        heard.append(event)

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event)

    @app.action("again")
    async def again(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        field = {"type": "plain_text_input", "action_id": "words"}
        block = {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Words"},
            "element": field,
        }
        title = {"type": "plain_text", "text": "Again"}
        view = {"type": "modal", "callback_id": "again", "title": title, "submit": title, "blocks": [block]}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("again")
    async def sent(ack: AsyncAck, view: dict[str, Any]) -> None:
        heard.append(view["state"]["values"])
        await ack(response_action="errors", errors={"words": "More, please"})

    return app, heard


@pytest.fixture(params=["socket", "http"])
async def heard(request: pytest.FixtureRequest, slack: FakeSlack, studio: Studio) -> AsyncIterator[list[Any]]:
    """The tiny app over each transport; what it heard."""
    app, heard = _app(slack, studio.team.bot_token)
    if request.param == "http":
        slack.use_request_url(AsyncSlackRequestHandler(app))
        yield heard
        return
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # not annotated
    await slack.sockets.until_connected()
    yield heard
    await handler.close_async()  # type: ignore[no-untyped-call]  # not annotated


async def test_a_conversation_with_a_real_bolt_app(
    slack: FakeSlack, studio: Studio, heard: list[Any]
) -> None:
    """Command, mention, answer, button, form and its errors, the same over sockets and over HTTP."""
    delivery = await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat & a <tree>")
    assert delivery.is_in_time
    assert [seen.text for seen in slack.whispers(studio.here.id, studio.ada.id)] == [
        "You said a boat & a <tree>"
    ]
    assert slack.whispers(studio.here.id, studio.bob.id) == []

    said = await slack.message(studio.ada.id, studio.here.id, f"<@{studio.team.bot_user}> hello")
    assert [each.event["type"] for each in said.deliveries] == ["message", "app_mention"]
    await slack.until(lambda: len(slack.thread_view(studio.here.id, said.ts)) == 2)
    root, answer = slack.thread_view(studio.here.id, said.ts)
    assert (root.replies, answer.buttons[0].label) == (1, "Again")

    assert (await slack.press(studio.bob.id, studio.here.id, answer.ts, "Again")).is_in_time
    (form,) = await slack.until(lambda: slack.forms(studio.bob.id))
    await slack.submit(form, {"words": {"value": "no"}})
    assert form.is_open
    assert form.errors == {"words": "More, please"}
    assert heard[-1] == {"words": {"words": {"type": "plain_text_input", "value": "no"}}}


async def test_a_refusal_reaches_the_sdk(client: AsyncWebClient) -> None:
    """The SDK raises what the fake refuses, with the code."""
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C404", text="hello")
    assert refused.value.response["error"] == "channel_not_found"
