"""The page in a real browser: a picture and its edits, hostile words, a server that is killed, a phone."""

from __future__ import annotations

import asyncio
import base64
import re
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import expect

from tests.chromium import STILL, chromium
from tests.fakes.web_platform import open_web
from tests.fakes.web_process import WebProcess
from tests.patience import PATIENCE_S
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Browser, FilePayload, Page, Route

    from tests.fakes.desk import FakeDesk


pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
HOSTILE = "/imagine <img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script>"

PIXEL: FilePayload = {
    "name": "pixel.png",
    "mimeType": "image/png",
    "buffer": base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    ),
}

# Two cores may be shared by much else: slow is not wrong.
expect.set_options(timeout=PATIENCE_S * 1000)


def free_socket() -> socket.socket:
    """A port that nobody uses, held."""
    return socket.create_server(("127.0.0.1", 0))


@pytest_asyncio.fixture(loop_scope="module")
async def mortal(tmp_path: Path) -> AsyncIterator[WebProcess]:
    """The platform as a process of its own."""
    server = WebProcess(tmp_path / "web.sqlite", free_port(), pace_s=0.3)
    await server.start()
    yield server
    await server.kill()


@pytest_asyncio.fixture(loop_scope="module")
async def served(tmp_path: Path) -> AsyncIterator[tuple[str, FakeDesk]]:
    """The platform on a port of this machine, served by this process: as real, and quicker to start."""
    async with open_web(tmp_path / "web.sqlite", pace_s=0.9) as web:
        config = uvicorn.Config(web.web.asgi, log_level="warning", ws="none")
        server, held = uvicorn.Server(config), free_socket()
        serving = asyncio.create_task(server.serve(sockets=[held]))
        yield f"http://127.0.0.1:{held.getsockname()[1]}", web.desk
        server.should_exit = True
        web.web.close()
        await serving


@pytest.fixture
def url(served: tuple[str, FakeDesk]) -> str:
    """Where it is."""
    return served[0]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    """A Chromium; each test has a profile of its own in it."""
    async with chromium(chromium_path) as browser:
        yield browser


@asynccontextmanager
async def opened(browser: Browser, url: str, **device: object) -> AsyncIterator[Page]:
    """The page, loaded; it must not have complained when the test is done."""
    context = await browser.new_context(**STILL, **device)  # type: ignore[arg-type]  # a device is a set of its options
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Refused to" in line.text else None)
    await page.goto(url)
    await page.wait_for_selector("body[data-ready]")
    yield page
    assert complaints == []
    await context.close()


async def say(page: Page, words: str, *, where: str = "#composer") -> None:
    """Type and send."""
    await page.fill(where, words)
    await page.press(where, "Enter")


async def test_a_picture_and_its_edits(served: tuple[str, FakeDesk], browser: Browser) -> None:
    """An example is a click away; previews show; replies edit; versions branch; a reload shows the same."""
    url, desk = served
    desk.gate = asyncio.Event()
    async with opened(browser, url) as page:
        await page.click(".example >> nth=0")
        await page.press("#composer", "Enter")
        await expect(page.locator("#channel .making-preview").first).to_be_visible()
        await expect(page.locator("#channel .making-time")).to_have_text(re.compile(r"\d+ s"))
        desk.gate.set()
        await expect(page.locator("#channel .card-result .caption")).to_contain_text("AI-generated")
        await expect(page.locator("#channel .picture img")).to_have_attribute("loading", "lazy")
        await page.click("#channel [data-act=edit]")
        await expect(page.locator("#thread-composer")).to_have_value("v1: ")
        for number, words in ((2, "make it stormy"), (3, "v1: make it snow")):
            await say(page, words, where="#thread-composer")
            await expect(page.locator("#thread .tile")).to_have_count(number)
        await expect(page.locator("#thread .tile.is-head")).to_have_text("v3")
        await expect(page.locator("#quota")).to_contain_text("3 of 20 today")
        alts = await page.locator("#thread .picture img").evaluate_all("all => all.map(one => one.alt)")
        assert len(alts) == 3
        assert all(alts)
        await page.reload()
        await expect(page.locator("#thread .tile")).to_have_count(3)


async def test_hostile_words_stay_words(url: str, browser: Browser) -> None:
    """Markup is shown as typed, in message, card, picture and gallery, and Arabic runs from the right."""
    async with opened(browser, url) as page:
        await say(page, '/imagine منارة "مفتوح" --ar 1:3')
        # A command and options are Latin: the words tell which way it runs, and dashes stay in front.
        await expect(page.locator("#channel .words")).to_have_css("direction", "rtl")
        await expect(page.locator("#channel .words code").last).to_have_css("direction", "ltr")
        # The gallery shows first what was made last.
        await expect(page.locator("#channel .card-result")).to_have_count(1)
        await say(page, HOSTILE)
        await expect(page.locator("#channel .card-result")).to_have_count(2)
        await expect(page.locator("#channel .words").last).to_contain_text("<script>")
        await page.click("#to-gallery")
        await expect(page.locator(".gallery-text").first).to_contain_text("<img src=x")
        await expect(page.locator(".gallery-text .option")).to_have_css("unicode-bidi", "isolate")
        await page.click(".gallery-tile >> nth=0")
        await expect(page.locator(".lightbox-title")).to_contain_text("<script>")
        assert await page.title() == "Inkthread"
        assert await page.locator("img[src=x], main script").count() == 0


async def test_the_page_speaks_arabic_and_folds_long_words(url: str, browser: Browser) -> None:
    """Every word follows the browser's language; long words are folded, unfold by keyboard and stay whole."""
    long = "قصة طويلة عن ميناء قديم " * 80
    async with opened(browser, url, locale="ar-EG") as page:
        assert await page.locator("html").evaluate("one => [one.lang, one.dir]") == ["ar", "rtl"]
        await expect(page.locator("#subtitle")).to_have_text(re.compile("اطلب صورة"))
        await say(page, "/fax")
        await expect(page.locator(".toast")).to_contain_text("لا يوجد أمر")
        await say(page, f"/imagine {long}")
        words, button = page.locator("#channel .words"), page.locator("#channel .fold-button").first
        await expect(words).to_contain_text(long.strip())
        await expect(page.locator("#channel .card-result")).to_be_visible()
        folded = await words.evaluate("one => one.clientHeight")
        await button.focus()
        top = await words.evaluate("one => one.getBoundingClientRect().top")
        await page.keyboard.press("Enter")
        assert await words.evaluate("one => one.clientHeight") > 2 * folded
        assert await words.evaluate("one => one.getBoundingClientRect().top") == pytest.approx(top, abs=1)
        await expect(button).to_be_focused()
        await page.keyboard.press("Enter")
        assert await words.evaluate("one => one.clientHeight") == folded


async def test_an_open_tab_survives_a_killed_server(mortal: WebProcess, browser: Browser) -> None:
    """Words sent while the server is dead wait, go out when it is back, once, without a reload."""
    async with opened(browser, mortal.url) as page:
        await say(page, "before")
        await expect(page.locator("#channel .message:not(.is-pending) .words")).to_have_text(["before"])
        await page.evaluate("window.sameTab = true")
        await mortal.kill()
        await expect(page.locator("#banner")).to_be_visible()
        await say(page, "while it was dead")
        await page.fill("#composer", "half a thou")
        await expect(page.locator("#channel .is-pending .words")).to_have_text(["while it was dead"])
        await mortal.start()
        await expect(page.locator("#banner")).to_be_hidden()
        await expect(page.locator("#channel .is-pending")).to_have_count(0)
        expected = ["before", "while it was dead"]
        await expect(page.locator("#channel .message .words")).to_have_text(expected)
        await expect(page.locator("#composer")).to_have_value("half a thou")
        assert await page.evaluate("window.sameTab") is True
        await say(page, "/imagine a cat")
        await expect(page.locator("#channel .card-result")).to_be_visible()


async def test_four_ideas_and_one_of_them(url: str, browser: Browser) -> None:
    """Several pictures come with letters and a button each; Enter opens one large and Esc closes it."""
    async with opened(browser, url) as page:
        await say(page, "/imagine paper boats -n 4")
        await expect(page.locator("#channel .letter")).to_have_text(["a", "b", "c", "d"])
        await page.locator("#channel .picture-open").nth(1).press("Enter")
        await expect(page.locator(".lightbox")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator(".lightbox")).to_have_count(0)
        await page.get_by_role("button", name="Use b").click()
        await expect(page.locator("#thread .tile.is-head")).to_have_text("v1b")


async def test_pictures_can_be_dropped_and_taken_back(url: str, browser: Browser) -> None:
    """Two files become two thumbnails; one is removed; a text called .png is refused in words."""
    async with opened(browser, url) as page:
        pixel = await page.evaluate(
            "() => { const c = document.createElement('canvas'); c.width = c.height = 8;"
            " return c.toDataURL('image/png').split(',')[1] }"
        )
        await page.evaluate(
            """pixel => {
                const bytes = Uint8Array.from(atob(pixel), (one) => one.charCodeAt(0));
                const drop = new DataTransfer();
                const type = "image/png";
                const add = (content, name) => drop.items.add(new File([content], name, { type }));
                add(bytes, "one.png");
                add(bytes, "two.png");
                add("words", "notes.png");
                const event = new DragEvent("drop", { dataTransfer: drop, bubbles: true });
                document.querySelector("#channel").dispatchEvent(event);
            }""",
            pixel,
        )
        await expect(page.locator(".toast")).to_contain_text("notes.png is not a picture")
        await expect(page.locator(".tray li:not(.is-loading)")).to_have_count(2)
        await page.get_by_label("Remove one.png").click()
        await expect(page.locator("#composer")).to_have_value("/imagine ")
        await page.locator("#composer").press_sequentially("like this")
        await page.press("#composer", "Enter")
        await expect(page.locator("#channel .attachment img")).to_have_attribute(
            "alt", "Reference picture: two.png"
        )
        await expect(page.locator("#channel .card-result")).to_be_visible()


async def test_a_phone_shows_one_thing_at_a_time(url: str, browser: Browser) -> None:
    """On a phone the thread covers the channel, Back returns, and nothing is wider than the screen."""
    async with opened(browser, url, **PHONE) as page:
        await say(page, "/imagine a lighthouse --ar 16:9")
        await page.click("#channel .thread-link")
        await expect(page.locator("#thread")).to_be_in_viewport(ratio=0.99)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        await page.get_by_label("Back to the channel").click()
        await expect(page.locator("#thread")).to_be_hidden()
        await page.click("#open-sidebar")
        await expect(page.locator("#engine")).to_contain_text("Sandbox – free")


async def test_the_keyboard_is_enough(url: str, browser: Browser) -> None:
    """`/` goes to the composer and lists commands, arrows and Enter choose, ↑ brings the last words back."""
    async with opened(browser, url) as page:
        await page.locator("#theme").focus()
        await page.keyboard.press("/")
        await expect(page.locator("#slash [role=option]")).to_have_count(6)
        await page.keyboard.press("Enter")
        await expect(page.locator("#composer")).to_have_value("/imagine ")
        await page.keyboard.type("a fox")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("in snow")
        await page.keyboard.press("Enter")
        await expect(page.locator("#composer")).to_have_value("")
        await page.keyboard.press("ArrowUp")
        await expect(page.locator("#composer")).to_have_value("/imagine a fox\nin snow")
        await expect(page.locator("#channel .card-result")).to_be_visible()
        await page.get_by_role("button", name="More").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("menuitem", name="History")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="More")).to_be_focused()


def held_until(gate: asyncio.Event) -> Callable[[Route], Awaitable[None]]:
    """What lets requests wait on their way."""

    async def hold(route: Route) -> None:
        await gate.wait()
        await route.continue_()

    return hold


async def cut(route: Route) -> None:
    """An answer that breaks off."""
    await route.fulfill(status=200, content_type="application/json", body='{"na')


async def test_what_is_done_before_the_page_is_ready_is_kept_and_done_once(
    url: str, browser: Browser
) -> None:
    """The network is slow and its first answer breaks off. Words and pictures are not lost meanwhile.

    Nor does Enter, again and again while a picture goes up, send them twice: each would be paid for.
    """
    async with opened(browser, url) as page:
        gate = asyncio.Event()
        for slow in ("**/api/me", "**/api/uploads?*"):
            await page.route(slow, held_until(gate))
        await page.route("**/api/me", cut, times=1)
        await page.reload()
        await page.set_input_files("#channel [type=file]", [PIXEL])
        for _ in range(3):
            await say(page, "/imagine a fox")
        gate.set()
        await page.wait_for_selector("body[data-ready]")
        await expect(page.locator("#channel .card-result")).to_be_visible()
        await expect(page.locator("#channel .attachment")).to_have_count(1)
        await expect(page.locator("#composer")).to_have_value("")


async def test_two_tabs_keep_each_others_unsent_words(url: str, browser: Browser) -> None:
    """What one tab could not send yet outlives a reload, though another tab has sent or kept words since.

    And though something lies beside it that this version of the page cannot read.
    """
    async with opened(browser, url) as one:
        other = await one.context.new_page()
        await other.goto(url)
        await other.wait_for_selector("body[data-ready]")
        await one.context.route("**/api/messages", lambda route: route.abort())
        for page, words in ((one, "from one"), (other, "from the other")):
            await say(page, words)
            await expect(page.locator("#channel .is-pending")).to_have_count(1)
        await other.close()
        for number, left in enumerate(('{"kind": "mes', '{"kind": "poll"}', "null")):
            await one.evaluate(f"localStorage.setItem('inkthread.outbox.{number}', {left!r})")
        await one.reload()
        await one.context.unroute("**/api/messages")
        await expect(one.locator("#channel .message:not(.is-pending) .words")).to_have_text(
            ["from one", "from the other"]
        )


async def test_a_page_that_may_not_enter_any_more_goes_to_the_door(url: str, browser: Browser) -> None:
    """After a new password the stream is refused: the page asks for it, and does not wait for the network."""
    async with opened(browser, url) as page:
        # The page is at rest: nothing but the stream will tell it.
        await expect(page.locator("#quota")).to_contain_text("of 20 today")
        refused = {"status": 401, "json": {"error": {"code": "no_entry", "message": ""}}}
        await page.route("**/login", lambda route: route.fulfill(body="The door."))
        await page.route("**/api/**", lambda route: route.fulfill(**refused))
        await page.evaluate("dispatchEvent(new Event('online'))")
        await page.wait_for_url("**/login")


async def test_a_thread_that_could_not_be_read_is_read_when_the_line_is_back(
    url: str, browser: Browser
) -> None:
    """It does not stay empty. And the Escape that ends a choice of characters does not close it."""
    async with opened(browser, url) as page:
        await say(page, "/imagine a lighthouse")
        await expect(page.locator("#channel .card-result")).to_be_visible()
        await page.route("**/api/threads/**", lambda route: route.abort())
        await page.click("#channel .thread-link")
        await expect(page.locator(".toast")).to_be_visible()
        await page.unroute("**/api/threads/**")
        await page.evaluate("dispatchEvent(new Event('online'))")
        await expect(page.locator("#thread .card-result")).to_be_visible()
        await page.locator("#thread-composer").dispatch_event(
            "keydown", {"key": "Escape", "isComposing": True, "bubbles": True}
        )
        await expect(page.locator("#thread")).to_be_visible()
        assert "/t/" in page.url
