"""What a person asks to be kept from others, on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from tests.fakes.web_platform import WebPlatform


async def say(client: httpx.AsyncClient, text: str, *, key: str, thread: str | None = None) -> None:
    """Send a message."""
    answer = await client.post("/api/messages", json={"key": key, "text": text, "thread": thread})
    assert answer.status_code == 202


async def words_seen_by(client: httpx.AsyncClient, root: str) -> list[str]:
    """What people said in the channel and in that thread."""
    channel = (await client.get("/api/state")).json()["messages"]
    thread = (await client.get(f"/api/threads/{root}")).json()["messages"]
    return [one["text"] for one in (*channel, *thread) if one["text"]]


async def test_words_that_ask_for_privacy_are_shown_to_nobody_else(
    web: WebPlatform, ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    """Also beside what is wrong, in the dashes that phones make, and in a thread; the core gets them all."""
    await say(ada, "/imagine a lighthouse", key="key-00000")
    await web.desk.quiet()
    root = (await ada.get("/api/state")).json()["messages"][-1]["id"]
    await say(ada, "/imagine a gift --qualty high --private", key="key-00001")
    await say(ada, "/imagine a ring —private", key="key-00002")
    await say(ada, "make it gold --private", key="key-00003", thread=root)
    await say(ada, "/imagine a private beach", key="key-00004")
    await web.desk.quiet()
    public = ["/imagine a lighthouse", "/imagine a private beach"]
    assert await words_seen_by(bob, root) == public
    assert len(await words_seen_by(ada, root)) == len(public) + 3
    assert [one.text for one in web.desk.inbounds[1:3]] == [
        "a gift --qualty high --private",
        "a ring —private",
    ]
