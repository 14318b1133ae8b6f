"""The whole road, once, in a real Chromium at a real demo: made, changed, undone, killed, nothing lost."""

from __future__ import annotations

import asyncio
import base64
import io
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.chromium import STILL, chromium
from tests.patience import PATIENCE_S
from tests.road.road_house import Demo, living, size_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Locator, Page

# It takes minutes where others keep both cores busy.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# Two cores may be shared by much else: slow is not wrong.
expect.set_options(timeout=PATIENCE_S * 1000)

PACE = 0.1
"""A picture takes half a second, and one that says `sandbox:slow` over six."""

WATCH = """() => {
    const look = () => { window.hadPreview ||= document.querySelector("#channel .making-preview") !== null; };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}"""
"""A preview may be gone before a busy machine looks for it."""

DROP = """files => {
    const drop = new DataTransfer();
    for (const [name, content] of Object.entries(files)) {
        const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
        drop.items.add(new File([bytes], name, { type: "image/png" }));
    }
    const event = new DragEvent("drop", { dataTransfer: drop, bubbles: true });
    document.querySelector("#channel").dispatchEvent(event);
}"""


@asynccontextmanager
async def opened(chromium_path: str, url: str) -> AsyncIterator[Page]:
    """The page in a browser of its own; it must not have complained when the test is done."""
    async with chromium(chromium_path) as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 800}, **STILL)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(url)
        await page.wait_for_selector("body[data-ready]")
        yield page
        assert complaints == []


class Walker:
    """A person's hands on the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.thread = page.locator("#thread")

    async def say(self, words: str) -> None:
        """In the channel."""
        await self.page.fill("#composer", words)
        await self.page.press("#composer", "Enter")

    async def reply(self, words: str) -> None:
        """In the open thread."""
        await self.page.fill("#thread-composer", words)
        await self.page.press("#thread-composer", "Enter")

    async def open_last_thread(self) -> None:
        """The thread of the newest picture in the channel."""
        await self.page.locator("#channel .thread-link").last.click()
        await expect(self.page.locator("#thread-composer")).to_be_visible()

    async def has_version(self, number: int, caption: str) -> None:
        """A new version stands in the thread, and says where it is from."""
        await expect(self.thread.locator(".tile")).to_have_count(number)
        await expect(self.thread.locator(".card-result .caption").last).to_contain_text(caption)

    async def has_head(self, name: str) -> None:
        """The strip shows that the thread goes on from there."""
        await expect(self.thread.locator(".tile.is-head")).to_have_text(name)

    async def versions(self) -> dict[str, Any]:
        """The thread as the API tells it."""
        ref = self.page.url.rsplit("/", 1)[1]
        answer = await self.page.request.get(f"{self.page.url.split('#')[0]}api/threads/{ref}/versions")
        versions: dict[str, Any] = (await answer.json())["versions"]
        return versions

    async def check_sizes(self, cards: Locator, count: int) -> None:
        """What each caption says is what the bytes are."""
        assert await cards.count() == count
        for card in await cards.all():
            said = size_in(await card.locator(".caption").inner_text())
            source = await card.locator(".picture img").first.evaluate("image => image.src.split('?')[0]")
            content = await (await self.page.request.get(source)).body()
            assert Image.open(io.BytesIO(content)).size == said


def png(colour: str) -> str:
    """A small picture, as text."""
    file = io.BytesIO()
    Image.new("RGB", (96, 64), colour).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


async def test_the_road(tmp_path: Path, chromium_path: str) -> None:
    """A newcomer makes a picture, changes it every way there is, and no kill of the server loses anything."""
    with living(Demo(tmp_path), pace=PACE) as demo:
        async with opened(chromium_path, demo.url) as page:
            walker = Walker(page)
            await make_and_edit(walker)
            await look_at_versions(walker)
            ref = page.url
            await take_references(walker)
            await delete_it(walker)
            await choose_one_of_four(walker)
            await cancel_a_running_one(walker)
            await page.goto(ref)
            await survive_a_kill(walker, demo)


async def make_and_edit(walker: Walker) -> None:
    """`/imagine`, two edits, undo, and a branch from the first version."""
    page = walker.page
    await page.evaluate(WATCH)
    await walker.say('/imagine a lighthouse at dusk, "OPEN" on a sign --ar 16:9')
    caption = page.locator("#channel .card-result .caption")
    await expect(caption).to_have_text(
        re.compile(r"^v1 · 1360×768 · medium · \d+ s · free · .*sandbox, not a real model$")
    )
    await expect(caption).to_contain_text("you 1 of 20 today")
    assert await page.evaluate("window.hadPreview")
    await walker.open_last_thread()
    await walker.reply("make it stormy")
    await walker.has_version(2, "v2 from v1 · 1360×768")
    await walker.reply("add a red umbrella")
    await walker.has_version(3, "v3 from v2 · 1360×768")
    await walker.reply("undo")
    await walker.has_head("v2")
    await walker.reply("v1: make it snow")
    await walker.has_version(4, "v4 from v1 · 1360×768")
    await walker.check_sizes(walker.thread.locator(".card-result"), 4)
    versions = await walker.versions()
    parents = [one["parent"] and one["parent"]["revision"] for one in versions["revisions"]]
    assert parents == [None, 1, 2, 1]
    assert versions["head"]["revision"] == 4


async def look_at_versions(walker: Walker) -> None:
    """`compare` and `history` show what they say, and cost nothing."""
    sheets = walker.thread.locator(".card-sheet")
    await walker.reply("compare")
    await expect(sheets.last.locator("img")).to_have_attribute("alt", re.compile("v1 and v4 side by side"))
    await walker.reply("history")
    await expect(sheets).to_have_count(2)
    await expect(sheets.last).to_contain_text("v3 from v2: add a red umbrella")
    await expect(sheets.last).to_contain_text("v4 from v1: make it snow")
    await expect(sheets.last).to_contain_text("the thread goes on from here")
    await expect(walker.page.locator("#quota")).to_contain_text("4 of 20 today")


async def take_references(walker: Walker) -> None:
    """Two files dropped on the composer go with the words."""
    page = walker.page
    await page.evaluate(DROP, {"blue.png": png("blue"), "gold.png": png("gold")})
    await expect(page.locator("#channel .tray li:not(.is-loading)")).to_have_count(2)
    await page.locator("#composer").press_sequentially("a poster like these --draft")
    await page.press("#composer", "Enter")
    await expect(page.locator("#channel .attachment img")).to_have_count(2)
    await expect(page.locator("#channel .card-result")).to_have_count(2)
    await walker.open_last_thread()
    await walker.reply("why")
    await expect(walker.thread.locator(".rows")).to_contain_text("References: 2.")


async def delete_it(walker: Walker) -> None:
    """Delete asks back, then the picture is gone everywhere at once, and after a reload too."""
    page, thread = walker.page, walker.thread
    await thread.locator(".card-result .is-more").click()
    await page.get_by_role("menuitem", name="Delete…").click()
    question = thread.locator(".is-private", has_text="Forget v1 for good?")
    await expect(question).to_contain_text("its pictures (1)")
    await question.get_by_role("button", name="Yes, forget it").click()
    await expect(thread.locator(".rows")).to_contain_text("Forgotten. Gone: pictures 1")
    await expect(thread.locator(".card-result")).to_have_count(0)
    await expect(question).to_have_count(0)
    await page.reload()
    await expect(thread.locator(".tile.is-gone")).to_have_text("v1")
    await expect(page.locator("#channel .is-deleted")).to_have_count(1)
    await expect(thread.locator(".card-result")).to_have_count(0)
    await page.click("#to-gallery")
    await expect(page.locator(".gallery-text", has_text="a lighthouse")).to_have_count(1)
    await expect(page.locator(".gallery-text", has_text="a poster")).to_have_count(0)
    await page.click("#to-studio")


async def choose_one_of_four(walker: Walker) -> None:
    """Four come with letters; `use b` goes on with the second, and the next edit starts there."""
    await walker.say("/imagine paper boats on a pond -n 4 --draft")
    await expect(walker.page.locator("#channel .letter")).to_have_text(["a", "b", "c", "d"])
    await walker.open_last_thread()
    await walker.reply("use b")
    await walker.has_head("v1b")
    await walker.reply("at night")
    await walker.has_version(2, "v2 from v1b")
    versions = await walker.versions()
    assert versions["revisions"][1]["parent"] == {"revision": 1, "letter": "b"}


async def cancel_a_running_one(walker: Walker) -> None:
    """The button says at once that it is being cancelled; the version that people work on stays."""
    await walker.reply("make them red sandbox:slow")
    await walker.thread.locator("[data-act=cancel]").click()
    await expect(walker.thread.locator(".making-state")).to_contain_text("Cancelling.")
    await walker.has_head("v2")


async def survive_a_kill(walker: Walker, demo: Demo) -> None:
    """Killed while it paints: the open tab shows the end without a reload; what was typed goes out once."""
    page = walker.page
    await page.evaluate("window.sameTab = true")
    await walker.reply("make it foggy sandbox:slow")
    await expect(walker.thread.locator(".making[data-began]")).to_have_count(1)
    demo.kill()
    await expect(page.locator("#banner")).to_be_visible()
    await walker.say("/imagine a kite --draft")
    await expect(page.locator("#channel .is-pending .words")).to_have_text("/imagine a kite --draft")
    await asyncio.to_thread(demo.start, pace=0.01)
    await expect(page.locator("#banner")).to_be_hidden()
    await walker.has_version(5, "v5 from v4")
    await expect(page.locator("#channel .is-pending")).to_have_count(0)
    await expect(page.locator("#channel .words", has_text="a kite")).to_have_count(1)
    await expect(page.locator("#channel .message", has_text="a kite").last).to_contain_text(
        "sandbox, not a real model"
    )
    await walker.reply("make it stormy again")
    await walker.has_version(6, "v6 from v5")
    assert await page.evaluate("window.sameTab") is True
    assert len([one for one in (await walker.versions())["revisions"] if one["parent"]]) == 5
