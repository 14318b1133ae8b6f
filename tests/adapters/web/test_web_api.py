"""The JSON API: what people do, what they read, and that repeating anything does nothing twice."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image as Pillow
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.doorway import Visitor
from adapters.web.errors import MAX_UNUSED_UPLOADS, Code, Refusal
from adapters.web.listeners import UPLOADS_AT_ONCE, Dropping
from adapters.web.memory import STUDIO, WORKSPACE
from adapters.web.openapi import PATHS
from core.app.errors import Conflict, StorageUnavailable
from core.app.inbound import InboundKind
from core.app.ports import Place
from core.domain.card import Act
from core.domain.ids import ActorId, MessageRef
from tests.fakes.clock import NOON
from tests.fakes.web_platform import PlainTools, browser_of, open_web
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from core.app.inbound import Inbound, Reception
    from tests.fakes.web_platform import WebPlatform


def png(colour: str = "red", size: tuple[int, int] = (20, 12)) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Pillow.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


async def say(
    client: httpx.AsyncClient, text: str, *, key: str = "key-00001", **more: object
) -> httpx.Response:
    """Send a message."""
    return await client.post("/api/messages", json={"key": key, "text": text, **more})


async def channel(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """What that person sees in the channel."""
    found: list[dict[str, Any]] = (await client.get("/api/state")).json()["messages"]
    return found


async def picture_of(web: WebPlatform, client: httpx.AsyncClient) -> dict[str, Any]:
    """A finished picture's message."""
    await say(client, "/imagine a lighthouse --ar 16:9")
    await web.desk.quiet()
    return (await channel(client))[-1]


async def test_a_command_is_shown_and_handed_over(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """The person's words stand in the channel, the core gets them, and the answer opens a thread."""
    answer = await say(ada, "/imagine a lighthouse")
    assert (answer.status_code, answer.json()["received"]) == (202, "accepted")
    await web.desk.quiet()
    mine, ours = await channel(ada)
    assert (mine["text"], mine["is_mine"], ours["card"]["kind"]) == ("/imagine a lighthouse", True, "result")
    inbound = web.desk.inbounds[0]
    assert (inbound.kind, inbound.text, inbound.thread) == (InboundKind.COMMAND, "a lighthouse", None)
    assert inbound.person.workspace == "web:demo"


async def test_a_message_sent_twice_is_one_message(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """A browser that never saw the answer sends again: one message, one Inbound, one picture."""
    first, second = [await say(ada, "/imagine a lighthouse") for _ in range(2)]
    await web.desk.quiet()
    assert first.json()["message"]["id"] == second.json()["message"]["id"]
    assert second.json()["received"] == "repeated"
    assert (len(web.desk.inbounds), len(await channel(ada))) == (1, 2)


async def test_a_message_that_the_core_could_not_take_is_taken_on_the_second_try(
    web: WebPlatform, ada: httpx.AsyncClient
) -> None:
    """When storage fails the answer invites to try again, and the second try is not mistaken for a repeat."""
    receive, problems = web.desk.receive, [StorageUnavailable("disk"), Conflict("busy")]

    async def failing(inbound: Inbound) -> Reception:
        if problems:
            raise problems.pop()
        return await receive(inbound)

    web.desk.receive = failing  # type: ignore[method-assign]  # the fake breaks down for a moment
    answers = [await say(ada, "/imagine a lighthouse") for _ in range(3)]
    await web.desk.quiet()
    assert [answer.status_code for answer in answers] == [503, 503, 202]
    ((what, fault),) = web.reports.faults
    assert (what, str(fault)) == ("page_request_failed", "disk")
    assert web.reports.told == [(what, {"method": "POST", "route": "/api/messages"})]
    assert all("Retry-After" in answer.headers for answer in answers[:2])
    assert len(await channel(ada)) == 2


async def test_a_reply_goes_to_its_thread(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """A reply stands in the thread only, carries the thread to the core, and the versions grow."""
    root = await picture_of(web, ada)
    await say(ada, "make it stormy", key="key-00002", thread=root["id"])
    await web.desk.quiet()
    assert web.desk.inbounds[-1].thread == root["id"]
    assert not web.desk.inbounds[-1].is_addressed
    page = (await ada.get(f"/api/threads/{root['id']}")).json()
    assert [message["text"] for message in page["messages"]] == ["make it stormy", ""]
    assert [one["number"] for one in page["versions"]["revisions"]] == [1, 2]
    assert page["versions"]["revisions"][1]["parent"] == {"revision": 1, "letter": "a"}
    assert (await channel(ada))[-1]["replies"]["count"] == 2
    alone = (await ada.get(f"/api/threads/{root['id']}/versions")).json()
    assert alone["versions"] == page["versions"]


async def test_imagine_in_a_thread_starts_a_new_picture(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """`/imagine` always stands in the channel, wherever it was typed."""
    root = await picture_of(web, ada)
    await say(ada, "/imagine a fox", key="key-00002", thread=root["id"])
    await web.desk.quiet()
    assert web.desk.inbounds[-1].thread is None
    assert len(await channel(ada)) == 4


async def test_a_press_reaches_the_core_once(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """A button says what it does and where it stands; the same press twice is one."""
    root = await picture_of(web, ada)
    press = {"key": "press-0001", "message": root["id"], "act": "again", "subject": "v1"}
    answers = [(await ada.post("/api/presses", json=press)).json() for _ in range(2)]
    assert [answer["received"] for answer in answers] == ["accepted", "repeated"]
    inbound = web.desk.inbounds[-1]
    assert inbound.press is not None
    assert (inbound.press.act, inbound.thread, inbound.reply_to) == (Act.AGAIN, root["id"], root["id"])


async def test_a_deleted_message_has_no_buttons(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """A press that was on its way is not found, and nothing of the message is given out."""
    message = await picture_of(web, ada)
    await web.surface.delete(Place(WORKSPACE, STUDIO), MessageRef(message["id"]))
    press = {"key": "key-00009", "message": message["id"], "act": "undo", "subject": "v1"}
    answer = await ada.post("/api/presses", json=press)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert [one["text"] for one in await channel(ada)] == ["/imagine a lighthouse --ar 16:9"]
    thread = (await ada.get(f"/api/threads/{message['id']}")).json()
    assert (thread["root"]["is_deleted"], thread["root"]["card"], thread["root"]["text"]) == (True, None, "")


async def test_a_forgotten_version_is_a_gap(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """Its number stays among the versions, without words and pictures."""
    message = await picture_of(web, ada)
    revisions = web.desk.threads[message["id"]].revisions
    revisions[0] = replace(revisions[0], text="", pictures=(), is_forgotten=True)
    versions = (await ada.get(f"/api/threads/{message['id']}/versions")).json()["versions"]
    (gap,) = versions["revisions"]
    assert (gap["number"], gap["is_forgotten"], gap["pictures"]) == (1, True, [])


async def test_what_is_private_stays_with_one_person(
    web: WebPlatform, ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    """Others neither read, nor count, nor press, nor answer a private message."""
    root = await picture_of(web, ada)
    await say(ada, "secret", key="key-00002", thread=root["id"])
    await web.desk.quiet()
    path = f"/api/threads/{root['id']}"
    hers = (await ada.get(path)).json()["messages"]
    his = (await bob.get(path)).json()["messages"]
    assert [message["is_private"] for message in hers] == [False, True]
    assert [message["text"] for message in his] == ["secret"]
    press = {"key": "press-0001", "message": hers[-1]["id"], "act": "undo"}
    assert (await bob.post("/api/presses", json=press)).status_code == 404


async def test_a_thread_that_is_not_there_is_not_found(ada: httpx.AsyncClient) -> None:
    """Unknown threads, and messages inside threads, are no threads."""
    assert (await ada.get("/api/threads/nope")).status_code == 404
    assert (await say(ada, "hello", thread="nope")).status_code == 404


async def test_a_channel_is_read_page_by_page(ada: httpx.AsyncClient) -> None:
    """Older messages come when asked for, without gaps or repeats."""
    for number in range(45):
        await say(ada, f"word {number}", key=f"key-{number:05}")
    newest = (await ada.get("/api/state")).json()
    older = (await ada.get(f"/api/state?before={newest['messages'][0]['seq']}")).json()
    texts = [message["text"] for message in older["messages"] + newest["messages"]]
    assert texts == [f"word {number}" for number in range(45)]
    assert (newest["has_more"], older["has_more"]) == (True, False)


async def test_a_name_is_friendly_until_it_is_chosen(ada: httpx.AsyncClient, bob: httpx.AsyncClient) -> None:
    """Everybody starts with a name of two words; a chosen one shows on old messages too."""
    me = (await ada.get("/api/me")).json()
    assert len(me["name"].split()) == 2
    await say(ada, "hello")
    assert (await ada.post("/api/me", json={"name": "  Ada   Lovelace "})).json() == {"name": "Ada Lovelace"}
    assert (await channel(bob))[0]["author"] == "Ada Lovelace"


async def test_the_browsers_language_reaches_the_core(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """The language wanted most goes along with what a person does."""
    await ada.post(
        "/api/messages",
        json={"key": "key-00001", "text": "/imagine 猫"},
        headers={"Accept-Language": "en;q=0.4, zh-Hant-TW, de;q=0.9"},
    )
    assert web.desk.inbounds[0].person.locale == "zh-Hant-TW"


async def test_uploads_become_attachments(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """A dropped picture is kept, sent along by its id, shown to others, and fetched by the core."""
    sent = (await ada.post("/api/uploads?name=caf%C3%A9.png", content=png())).json()
    assert sent["name"] == "café.png"
    await say(ada, "/imagine like this", attachments=[sent["id"]])
    await web.desk.quiet()
    attachment = web.desk.inbounds[0].attachments[0]
    assert await web.surface.fetch(attachment, max_bytes=1_000_000) == png()
    shown = (await channel(ada))[0]["attachments"][0]
    answer = await ada.get(shown["url"])
    assert (answer.headers["content-type"], answer.content) == ("image/png", png())


async def test_bad_uploads_are_refused_with_their_names(ada: httpx.AsyncClient) -> None:
    """A text called .png and an animated file are refused at once, in words."""
    text = await ada.post("/api/uploads?name=notes.png", content=b"not a picture at all")
    frames = [Pillow.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    animated = await ada.post("/api/uploads?name=dance.gif", content=out.getvalue())
    codes = [answer.json()["error"]["code"] for answer in (text, animated)]
    assert codes == ["not_a_picture", "animated"]
    assert "notes.png" in text.json()["error"]["message"]


async def test_an_upload_over_the_limit_is_refused_before_it_is_read(ada: httpx.AsyncClient) -> None:
    """The announced length is enough to refuse."""
    answer = await ada.post("/api/uploads?name=big.png", content=b"x", headers={"Content-Length": "50000001"})
    assert answer.status_code == 413
    assert "50 MB" in answer.json()["error"]["message"]


async def test_pictures_that_were_added_and_never_sent_stand_in_nobodys_way(
    web: WebPlatform, ada: httpx.AsyncClient
) -> None:
    """Who takes them back, or loads the page anew, goes on adding: the oldest that waits makes room."""
    sent: list[str] = []
    for number in range(MAX_UNUSED_UPLOADS + 1):
        web.clock.fixed = NOON + timedelta(seconds=number)
        sent.append((await ada.post("/api/uploads?name=a.png", content=png())).json()["url"])
    assert [(await ada.get(sent[number])).status_code for number in (0, 1, -1)] == [404, 200, 200]


async def test_an_upload_that_stalls_holds_up_nobody(web: WebPlatform) -> None:
    """A phone that lost its network half-way gives its place back; others can add pictures."""

    def request(*chunks: bytes) -> Request:
        arriving = iter(chunks)

        async def receive() -> dict[str, object]:
            chunk = next(arriving, None)
            if chunk is None:
                await asyncio.Event().wait()
            return {"type": "http.request", "body": chunk, "more_body": chunk != b""}

        scope = {"type": "http", "method": "POST", "query_string": b"name=a.png", "headers": []}
        return Request(scope, receive)

    ada = Visitor(ActorId("web:demo:ada"), "en", is_admin=False)
    dropping = Dropping(web.store, blobs=web.blobs, tools=PlainTools(), patience_s=0.02)
    stalled = [dropping.upload(request(png()[:9]), ada) for _ in range(UPLOADS_AT_ONCE)]
    ended = await asyncio.wait_for(
        asyncio.gather(*stalled, dropping.upload(request(png(), b""), ada), return_exceptions=True),
        PATIENCE_S,
    )
    codes = [one.code for one in ended if isinstance(one, Refusal)]
    assert codes == [Code.STALLED] * UPLOADS_AT_ONCE
    assert isinstance(ended[-1], Response)
    assert ended[-1].status_code == 201


async def test_another_persons_upload_cannot_be_used(ada: httpx.AsyncClient, bob: httpx.AsyncClient) -> None:
    """An upload goes along only with its own person's messages."""
    sent = (await ada.post("/api/uploads?name=a.png", content=png())).json()
    assert (await say(bob, "/imagine", attachments=[sent["id"]])).json()["error"]["code"] == "upload_gone"


async def test_seventeen_pictures_are_refused(ada: httpx.AsyncClient) -> None:
    """Sixteen go with a message; one more is refused with both numbers."""
    answer = await say(ada, "/imagine", attachments=[f"upload-{number}" for number in range(17)])
    assert answer.status_code == 422
    assert "16" in answer.json()["error"]["message"]
    assert "17" in answer.json()["error"]["message"]


async def test_a_picture_is_given_out_byte_for_byte(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """The bytes are the engine's own; browsers may keep them, and a download is a file."""
    picture = (await picture_of(web, ada))["card"]["pictures"][0]
    answer = await ada.get(picture["url"])
    assert answer.content in web.blobs.kept.values()
    assert "immutable" in answer.headers["cache-control"]
    again = await ada.get(picture["url"], headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    file = await ada.get(f"{picture['url']}?download=1&name=inkthread-v1.png")
    assert file.headers["content-disposition"] == "attachment; filename*=UTF-8''inkthread-v1.png"
    small = await ada.get(f"{picture['url']}?w=160")
    assert max(Pillow.open(io.BytesIO(small.content)).size) == 160


async def test_only_this_workspaces_pictures_are_given_out(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """Bytes that are no picture of the workspace are not found, though the blob store has them."""
    await web.blobs.put("slack:T1/abc", b"theirs")  # type: ignore[arg-type]  # a key like any other
    assert (await ada.get("/api/pictures/slack:T1/abc")).status_code == 404
    assert (await ada.get("/api/previews/abc.png")).status_code == 404


async def test_what_is_left_what_was_made_and_by_which_engine(
    web: WebPlatform, ada: httpx.AsyncClient
) -> None:
    """Quota, gallery and engine come from the desk."""
    root = await picture_of(web, ada)
    rows = (await ada.get("/api/quota")).json()["rows"]
    assert [(row["metric"], row["used"], row["amount"]) for row in rows] == [
        ("pictures", 1, 20),
        ("micros", 50_000, 50_000_000),
    ]
    items = (await ada.get("/api/gallery")).json()["items"]
    assert [(item["text"], item["thread"]) for item in items] == [("a lighthouse --ar 16:9", root["id"])]
    for no_time in ("yesterday", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"):
        assert (await ada.get(f"/api/gallery?before={no_time}")).status_code == 400
    assert (await ada.get("/api/engine")).json()["is_sandbox"] is True


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    """Messages, threads, uploads' rows and names outlive the program."""
    path = tmp_path / "web.sqlite"
    async with open_web(path) as web, browser_of(web) as client:
        await client.get("/")
        root = await picture_of(web, client)
        before, cookies = await channel(client), client.cookies
    async with open_web(path) as web, browser_of(web) as client:
        client.cookies = cookies
        assert await channel(client) == before
        assert (await client.get(f"/api/threads/{root['id']}")).json()["root"] == before[-1]


async def test_old_uploads_and_events_are_tidied_away(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """An upload that no message showed goes after a day, one that is shown stays; old events go too."""
    kept, dropped = [
        (await ada.post("/api/uploads?name=a.png", content=png(colour))).json()["id"]
        for colour in ("red", "blue")
    ]
    await say(ada, "look", attachments=[kept])
    web.clock.fixed = web.clock.now().replace(year=2035)
    await web.store.tidy()
    assert [await web.store.uploads.get(one) is not None for one in (kept, dropped)] == [True, False]
    assert await web.store.messages.event_span() == (0, 0)
    assert len(await channel(ada)) == 1


async def test_the_description_names_every_route(web: WebPlatform) -> None:
    """/openapi.json and the routes list the same paths and methods."""
    routed: dict[str, set[str]] = {}
    for route in web.web.asgi.routes:
        methods = getattr(route, "methods", None) or set()
        if methods:
            routed.setdefault(route.path.replace(":path", ""), set()).update(methods - {"HEAD"})  # type: ignore[attr-defined]  # a Route has one
    described = {path: {method.upper() for method in methods} for path, methods in PATHS.items()}
    assert routed == described


async def test_it_says_when_it_is_not_ready(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """Health is the process, readiness is what is behind it."""
    web.is_ready = False
    assert (await ada.get("/healthz")).status_code == 200
    assert (await ada.get("/readyz")).status_code == 503
