"""No other site can read or spend, nobody enters without the password, and text stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from adapters.web.sessions import TRIES, Tries, WebAccess, locale_of
from tests.fakes.clock import FakeClock
from tests.fakes.web_platform import browser_of, open_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.web_platform import WebPlatform

GUARDED = WebAccess(secret="a secret for tests", password="open sesame", hosts=frozenset({"ink.example"}))
SAY = {"key": "key-00001", "text": "/imagine a cat"}


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[WebPlatform]:
    """The platform with a password, under a name of its own."""
    async with open_web(tmp_path / "web.sqlite", access=GUARDED) as platform:
        yield platform


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", ""])
async def test_other_names_for_this_machine_are_refused(ada: httpx.AsyncClient, host: str) -> None:
    """A name that another site points at this machine (DNS rebinding) gets nothing."""
    answer = await ada.get("/api/state", headers={"Host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
async def test_the_loopbacks_names_are_known(ada: httpx.AsyncClient, host: str) -> None:
    """The page opens under every name of the own machine, whatever the port."""
    assert (await ada.get("/healthz", headers={"Host": host})).status_code == 200
    assert (await ada.get("/", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    ],
)
async def test_other_sites_cannot_spend(
    web: WebPlatform, ada: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    """A request that another site made is not carried out, nor may it listen."""
    for path in ("/api/messages", "/api/presses", "/api/uploads", "/api/me", "/login"):
        assert (await ada.post(path, json=SAY, headers=headers)).status_code == 403
    assert (await ada.get("/api/events", headers=headers)).status_code == 403
    assert web.desk.inbounds == []


async def test_the_page_itself_may(ada: httpx.AsyncClient) -> None:
    """What our own page sends is taken."""
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert (await ada.post("/api/messages", json=SAY, headers=headers)).status_code == 202


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_json(ada: httpx.AsyncClient, content_type: str) -> None:
    """What a form of another site could send without asking is not read as JSON."""
    body = b'{"key": "key-00001", "text": "/imagine a cat"}'
    answer = await ada.post("/api/messages", content=body, headers={"Content-Type": content_type})
    assert answer.status_code == 415


async def test_endless_and_broken_bodies_are_refused(ada: httpx.AsyncClient) -> None:
    """A body over the limit is not read, nor is one that nests without end or is no object."""
    json_type = {"Content-Type": "application/json"}
    for body, status in ((b"x" * 300_001, 413), (b"[" * 100_000, 400), (b"[]", 400), (b'{"key": ', 400)):
        assert (await ada.post("/api/messages", content=body, headers=json_type)).status_code == status


async def test_every_answer_carries_the_headers(ada: httpx.AsyncClient) -> None:
    """The page, the API, files and errors all tell browsers to be strict."""
    for path in ("/", "/api/me", "/static/js/main.js", "/nothing", "/api/threads/nope"):
        headers = (await ada.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


async def test_the_cookie_is_out_of_reach_of_scripts_and_sites(web: WebPlatform) -> None:
    """HttpOnly and SameSite=Lax always; a forged or foreign cookie is nobody."""
    async with browser_of(web) as client:
        cookie = (await client.get("/")).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        client.cookies.clear()
        client.cookies.set("inkthread", cookie.partition("=")[2].partition(";")[0][:-2] + "xx")
        assert (await client.get("/api/me")).json()["error"]["code"] == "no_person"


async def test_with_https_the_cookie_is_secure(tmp_path: Path) -> None:
    """Behind TLS the cookie never travels in the open, and cannot be set by a subdomain."""
    access = WebAccess(secret="a secret for tests", is_https=True)
    async with open_web(tmp_path / "web.sqlite", access=access) as web, browser_of(web) as client:
        cookie = (await client.get("/")).headers["set-cookie"]
        assert cookie.startswith("__Host-inkthread=")
        assert "Secure" in cookie


async def test_without_the_password_there_is_nothing(guarded: WebPlatform) -> None:
    """The page leads to the form, and the API gives nothing away; health does not tell anything either."""
    async with browser_of(guarded, "http://ink.example") as client:
        assert (await client.get("/")).headers["location"] == "/login"
        for path in ("/api/me", "/api/state", "/api/gallery", "/api/events", "/api/pictures/web:demo/a"):
            assert (await client.get(path)).json()["error"]["code"] == "no_entry"
        assert (await client.post("/api/messages", json=SAY)).status_code == 401
        assert (await client.get("/healthz")).status_code == 200


async def test_the_password_opens_the_door(guarded: WebPlatform) -> None:
    """The right password gives a cookie that works; a wrong one says so."""
    async with browser_of(guarded, "http://ink.example") as client:
        wrong = await client.post("/login", data={"password": "open sesam"})
        assert wrong.headers["location"] == "/login?problem=wrong_password"
        right = await client.post("/login", data={"password": "open sesame"})
        assert right.headers["location"] == "/"
        assert (await client.get("/api/me")).status_code == 200
        assert (await client.get("/login")).headers["location"] == "/"


async def test_a_new_password_sends_everybody_out(guarded: WebPlatform, tmp_path: Path) -> None:
    """A cookie made with the old password does not enter, nor does one from before there was a password."""
    async with browser_of(guarded, "http://ink.example") as client:
        await client.post("/login", data={"password": "open sesame"})
        cookies = client.cookies
    changed = WebAccess(secret=GUARDED.secret, password="something else", hosts=GUARDED.hosts)
    other = open_web(tmp_path / "other.sqlite", access=changed)
    async with other as web, browser_of(web, "http://ink.example") as client:
        client.cookies = cookies
        assert (await client.get("/api/me")).json()["error"]["code"] == "no_entry"


def test_a_network_of_addresses_guesses_no_faster() -> None:
    """Who has one address of IPv6 has billions more beside it; they share their tries, and others do not."""
    clock = FakeClock()
    tries = Tries(clock)
    neighbours = [f"2001:db8:0:1:{number:x}::{number:x}" for number in range(TRIES + 1)]
    assert [tries.admit(address) for address in neighbours] == [True] * TRIES + [False]
    for other in ("2001:db8:0:2::1", "192.0.2.1", "192.0.2.2", "::ffff:192.0.2.3", ""):
        assert tries.admit(other)


async def test_guessing_is_slow(guarded: WebPlatform) -> None:
    """Ten tries a minute; then even the right password waits."""
    guarded.clock.fixed = guarded.clock.now()
    async with browser_of(guarded, "http://ink.example") as client:
        for _ in range(10):
            await client.post("/login", data={"password": "guess"})
        late = await client.post("/login", data={"password": "open sesame"})
        assert late.headers["location"] == "/login?problem=too_many_tries"
        guarded.clock.fixed = guarded.clock.fixed.replace(year=2035)
        assert (await client.post("/login", data={"password": "open sesame"})).headers["location"] == "/"


def test_secrets_do_not_show() -> None:
    """Neither the secret nor the password is in what a log would print."""
    assert "sesame" not in repr(GUARDED)
    assert "a secret" not in repr(GUARDED)


async def test_files_outside_the_page_are_not_served(ada: httpx.AsyncClient) -> None:
    """No path leads out of the folder of the page's files."""
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert (await ada.get(path)).status_code == 404


async def test_faults_do_not_show_their_insides(web: WebPlatform, ada: httpx.AsyncClient) -> None:
    """An error of ours is answered in words, without a trace."""

    def engine() -> None:
        problem = "a path /var/lib and a password"
        raise RuntimeError(problem)

    web.desk.engine = engine  # type: ignore[method-assign, assignment]  # the fake breaks
    answer = await ada.get("/api/engine")
    assert answer.status_code == 500
    assert "path" not in answer.text


@pytest.mark.parametrize(
    ("wanted", "locale"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de-DE"),
        ("en;q=0.2,  ja ;q=0.7", "ja"),
        ("*", "en"),
        ("", "en"),
        ("<script>;q=1, fr;q=0.1", "fr"),
        ("en;q=0", "en"),
    ],
)
def test_the_language_is_the_one_wanted_most(wanted: str, locale: str) -> None:
    """The browser's list is ranked by its weights; nonsense is passed over."""
    assert locale_of(httpx.Headers({"accept-language": wanted})) == locale
