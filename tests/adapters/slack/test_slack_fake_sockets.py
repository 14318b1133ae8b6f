"""The fake's Socket Mode and signed HTTP keep Slack's rules on acknowledgements, repetitions and ends."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.fakes.slack_server import FakeSlack, Signing, promptness
from tests.fakes.slack_server.payloads import url_verification
from tests.fakes.slack_server.signed_http import encoded
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from tests.adapters.slack.conftest import Studio
    from tests.adapters.slack.slack_raw import Raw

Json = dict[str, Any]


class Listener:
    """A bare client of one socket that acknowledges only when it is told to."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, hello: Json) -> None:
        self.socket = socket
        self.hello = hello

    @classmethod
    async def connect(cls, slack: FakeSlack, http: aiohttp.ClientSession) -> Listener:
        """Open a connection and hear the hello."""
        headers = {"Authorization": f"Bearer {slack.app_token}"}
        async with http.post(slack.base_url + "apps.connections.open", headers=headers) as response:
            url = (await response.json())["url"]
        socket = await http.ws_connect(url)
        return cls(socket, await socket.receive_json(timeout=PATIENCE_S))

    async def hear(self) -> Json:
        """The next frame."""
        frame: Json = await self.socket.receive_json(timeout=PATIENCE_S)
        return frame

    async def acknowledge(self, envelope: Json, **payload: object) -> None:
        """Say that it arrived."""
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], "payload": payload})


async def test_only_the_apps_token_opens_a_connection(slack: FakeSlack, raw: Raw) -> None:
    """A bot's token is refused; an address is good for one connection."""
    assert (await raw("apps.connections.open")).error == "not_allowed_token_type"
    slack.world.tokens[slack.app_token].scopes = frozenset()
    raw.token = slack.app_token
    assert (await raw("apps.connections.open")).error == "missing_scope"
    slack.world.tokens[slack.app_token].scopes = frozenset({"connections:write"})
    url = (await raw("apps.connections.open"))["url"]
    assert url.startswith("ws://127.0.0.1:")
    first = await raw.http.ws_connect(url)
    assert (await first.receive_json())["type"] == "hello"
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await raw.http.ws_connect(url)


async def test_each_envelope_goes_to_one_of_ten_connections(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """The eleventh is turned away; two commands reach two connections."""
    listeners = [await Listener.connect(slack, raw.http) for _ in range(10)]
    assert listeners[0].hello["num_connections"] == 1
    turned_away = await Listener.connect(slack, raw.http)
    assert (turned_away.hello["type"], turned_away.hello["reason"]) == ("disconnect", "too_many_websockets")
    typed = [
        asyncio.create_task(slack.slash(studio.ada.id, studio.here.id, "/imagine", str(number)))
        for number in range(2)
    ]
    heard = [asyncio.create_task(listener.hear()) for listener in listeners]
    done: set[asyncio.Task[Json]] = set()
    while len(done) < 2:
        found, _ = await asyncio.wait(heard, return_when=asyncio.FIRST_COMPLETED)
        done |= found
        heard = [task for task in heard if task not in found]
    for task in heard:
        task.cancel()
    assert {task.result()["payload"]["text"] for task in done} == {"0", "1"}
    for task in done:
        await listeners[0].acknowledge(
            task.result()
        )  # on whichever connection: whether Slack minds is unknown
    assert [delivery.is_acknowledged for delivery in await asyncio.gather(*typed)] == [True, True]


async def test_what_is_not_acknowledged_comes_again(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """Events are repeated three times with the same id and a reason; commands never are."""
    slack.office.ack_limit_s, slack.office.retry_gaps_s = 0.0, (0.0, 0.0, 0.0)
    listener = await Listener.connect(slack, raw.http)
    said = await slack.message(studio.ada.id, studio.here.id, "hello")
    await slack.office.quiet()
    envelopes = [await listener.hear() for _ in range(4)]
    assert [each["retry_attempt"] for each in envelopes] == [0, 1, 2, 3]
    assert {each["retry_reason"] for each in envelopes} == {"", "timeout"}
    assert len({each["payload"]["event_id"] for each in envelopes}) == 1
    (delivery,) = said.deliveries
    assert (len(delivery.attempts), delivery.is_acknowledged) == (4, False)
    command = await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat")
    await slack.office.quiet()
    assert (len(command.attempts), command.shown[:8]) == (1, "/imagine")
    await listener.acknowledge(envelopes[0])
    await slack.sockets.until_acknowledged(delivery)


async def test_a_late_acknowledgement_is_counted_as_late(slack: FakeSlack, raw: Raw, studio: Studio) -> None:
    """In time, late and never: the sum tells them apart."""
    slack.office.retry_gaps_s = ()
    listener = await Listener.connect(slack, raw.http)
    prompt = asyncio.create_task(slack.slash(studio.ada.id, studio.here.id, "/imagine", "quick"))
    await listener.acknowledge(await listener.hear(), text="On it")
    assert (await prompt).shown == "On it"
    slack.office.ack_limit_s = 0.0
    late = await slack.slash(studio.ada.id, studio.here.id, "/imagine", "late")
    await listener.acknowledge(await listener.hear())
    await slack.sockets.until_acknowledged(late)
    await slack.slash(studio.ada.id, studio.here.id, "/imagine", "never")
    told = promptness(slack.deliveries)
    assert (told.count, told.missed, told.late) == (3, 1, 1)
    assert 0 < told.p50_s <= told.worst_s < 3


async def test_the_same_envelope_may_reach_two_connections(
    slack: FakeSlack, raw: Raw, studio: Studio
) -> None:
    """A test can hand one delivery to another connection, ids and all."""
    slack.office.retry_gaps_s = ()
    slack.office.ack_limit_s = 0.0
    first, second = [await Listener.connect(slack, raw.http) for _ in range(2)]
    (delivery,) = (await slack.message(studio.ada.id, studio.here.id, "hello")).deliveries
    used = int(delivery.attempts[0].via.split()[1]) - 1
    await slack.redeliver(delivery, to=1 - used)
    heard = [await first.hear(), await second.hear()]
    assert heard[0]["payload"] == heard[1]["payload"]
    assert sorted(each["retry_attempt"] for each in heard) == [0, 1]


async def test_nobody_connected_means_nobody_told(slack: FakeSlack, studio: Studio) -> None:
    """A command without any connection fails before the person's eyes."""
    delivery = await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat")
    assert (delivery.attempts[0].via, delivery.is_acknowledged) == ("nobody", False)
    assert "operation_timeout" in delivery.shown


@pytest.mark.usefixtures("real_client")
@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "link_disabled"])
async def test_the_real_client_comes_back_after_a_disconnect(
    slack: FakeSlack, studio: Studio, reason: str
) -> None:
    """A disconnect frame makes slack_sdk open a second connection, and deliveries go on there."""
    await slack.sockets.refresh(reason)
    await slack.sockets.until_opened(2)
    delivery = await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat")
    assert delivery.attempts[-1].via == "socket 2"
    assert delivery.is_in_time


@pytest.mark.usefixtures("real_client")
async def test_the_real_client_comes_back_after_an_abrupt_end(slack: FakeSlack, studio: Studio) -> None:
    """A cut connection is noticed within a ping, and replaced."""
    slack.sockets.drop()
    await slack.sockets.until_opened(2)
    assert (await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat")).is_in_time


@pytest.fixture
async def real_client(slack: FakeSlack) -> AsyncIterator[SocketModeClient]:
    """slack_sdk's own client, which acknowledges everything."""
    web = AsyncWebClient(base_url=slack.base_url)
    client = SocketModeClient(slack.app_token, web_client=web, ping_interval=0.05)

    async def acknowledge(client: Any, request: Any) -> None:  # noqa: ANN401 - the SDK's own types are loose
        await client.send_socket_mode_response({"envelope_id": request.envelope_id})

    client.socket_mode_request_listeners.append(acknowledge)
    await client.connect()  # type: ignore[no-untyped-call]  # not annotated
    await slack.sockets.until_connected()
    yield client
    await client.close()  # type: ignore[no-untyped-call]  # not annotated


# --- signed HTTP -------------------------------------------------------------------------------------


class Inbox:
    """A bare app behind a Request URL that answers what it is told to."""

    def __init__(self, *answers: Response) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self._answers = list(answers)
        self.app = Starlette(routes=[Route("/slack/events", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        self.requests.append((dict(request.headers), await request.body()))
        return self._answers.pop(0) if self._answers else Response()


async def test_a_request_is_signed_over_time_and_body(slack: FakeSlack, studio: Studio) -> None:
    """The SDK's verifier accepts what the fake signs, and nothing that was broken on purpose."""
    inbox = Inbox()
    slack.use_request_url(inbox.app)
    verifier = SignatureVerifier(slack.signing_secret)
    await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat")
    assert [verifier.is_valid_request(body, headers) for headers, body in inbox.requests] == [True]
    url = slack.office.request_url
    assert url is not None
    content, kind = encoded("events_api", {"type": "event_callback", "text": "x"})
    for wrong in (
        Signing("another secret"),
        Signing(slack.signing_secret, skew_s=-301),
        Signing(slack.signing_secret, skew_s=302),
        Signing(slack.signing_secret, is_tampered=True),
        Signing(slack.signing_secret, has_signature=False),
    ):
        await url.post(content, kind, signing=wrong)
        headers, body = inbox.requests[-1]
        assert not verifier.is_valid_request(body, headers), wrong


async def test_kinds_travel_as_slack_sends_them(slack: FakeSlack, studio: Studio) -> None:
    """Events as JSON, commands as a form, interactions as JSON in a form; a challenge is an event too."""
    inbox = Inbox()
    slack.use_request_url(inbox.app)
    await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat")
    await slack.global_shortcut(studio.ada.id, "new")
    await slack.message(studio.ada.id, studio.here.id, "hello")
    url = slack.office.request_url
    assert url is not None
    await url.post(*encoded("events_api", url_verification("abc")))
    kinds = [headers["content-type"] for headers, _ in inbox.requests]
    form = "application/x-www-form-urlencoded"
    assert kinds == [form, form, "application/json", "application/json"]
    assert inbox.requests[0][1].startswith(b"token=")
    assert inbox.requests[1][1].startswith(b"payload=")
    assert json.loads(inbox.requests[3][1])["challenge"] == "abc"


async def test_a_failed_request_is_repeated_with_its_reason(slack: FakeSlack, studio: Studio) -> None:
    """An event that met 500 comes again with headers; what the third try answers counts."""
    inbox = Inbox(PlainTextResponse("", 500), PlainTextResponse("", 404))
    slack.use_request_url(inbox.app)
    slack.office.retry_gaps_s = (0.0, 0.0, 0.0)
    (delivery,) = (await slack.message(studio.ada.id, studio.here.id, "hello")).deliveries
    await slack.office.quiet()
    assert [headers.get("x-slack-retry-num") for headers, _ in inbox.requests] == [None, "1", "2"]
    assert inbox.requests[1][0]["x-slack-retry-reason"] == "http_error"
    assert [attempt.status for attempt in delivery.attempts] == [500, 404, 200]
    assert inbox.requests[0][1] == inbox.requests[2][1]


async def test_a_refusal_to_hear_it_again_is_respected(slack: FakeSlack, studio: Studio) -> None:
    """`x-slack-no-retry` on a failure ends the repetitions."""
    inbox = Inbox(PlainTextResponse("", 500, {"x-slack-no-retry": "1"}))
    slack.use_request_url(inbox.app)
    slack.office.retry_gaps_s = (0.0, 0.0, 0.0)
    await slack.message(studio.ada.id, studio.here.id, "hello")
    await slack.office.quiet()
    assert len(inbox.requests) == 1


async def test_an_answer_to_a_command_is_shown(slack: FakeSlack, studio: Studio) -> None:
    """Plain text and JSON alike; in_channel is for all."""
    inbox = Inbox(
        PlainTextResponse("On it"),
        JSONResponse({"text": "For all", "response_type": "in_channel"}),
        Response(),
    )
    slack.use_request_url(inbox.app)
    for _ in range(3):
        await slack.slash(studio.ada.id, studio.here.id, "/imagine", "a boat")
    assert [seen.text for seen in slack.whispers(studio.here.id, studio.ada.id)] == ["On it"]
    assert [seen.text for seen in slack.channel_view(studio.here.id)] == ["For all"]


FORM: Json = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "New"},
    "submit": {"type": "plain_text", "text": "Paint"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Words"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}

ASKED_BACK = FORM | {"title": {"type": "plain_text", "text": "Sure?"}}

AFTER_SENDING: tuple[tuple[Json, list[str]], ...] = (
    ({}, []),
    ({"response_action": "clear"}, []),
    ({"response_action": "errors", "errors": {"words": "More"}}, ["New"]),
    ({"response_action": "update", "view": ASKED_BACK}, ["Sure?"]),
    ({"response_action": "push", "view": ASKED_BACK}, ["New", "Sure?"]),
)


@pytest.mark.parametrize(("answer", "titles"), AFTER_SENDING)
async def test_a_form_becomes_what_its_answer_says(
    slack: FakeSlack, raw: Raw, studio: Studio, answer: Json, titles: list[str]
) -> None:
    """Nothing closes it, clear closes all, errors stay, update changes and push stacks."""
    trigger = slack.world.new_trigger(studio.team.id, studio.ada.id)
    await raw("views.open", trigger_id=trigger, view=FORM)
    slack.use_request_url(Inbox(JSONResponse(answer) if answer else Response()).app)
    await slack.submit(slack.forms(studio.ada.id)[0], {"words": {"value": "a boat"}})
    assert [form.content["title"]["text"] for form in slack.forms(studio.ada.id)] == titles


@pytest.mark.parametrize(
    "answer", [{"response_action": "errors", "errors": {"wards": "x"}}, {"response_action": "go"}]
)
async def test_a_wrong_answer_to_a_form_fails_the_test(
    slack: FakeSlack, raw: Raw, studio: Studio, answer: Json
) -> None:
    """Errors for blocks that are not there, and actions that are none."""
    trigger = slack.world.new_trigger(studio.team.id, studio.ada.id)
    await raw("views.open", trigger_id=trigger, view=FORM)
    slack.use_request_url(Inbox(JSONResponse(answer)).app)
    with pytest.raises(AssertionError):
        await slack.submit(slack.forms(studio.ada.id)[0], {"words": {"value": "a boat"}})
