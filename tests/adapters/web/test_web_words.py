"""The page and its API speak the language that the browser asks for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from adapters.web.errors import STATUS, Code, refusal
from adapters.web.pages import Pages
from adapters.web.sessions import WebAccess
from core.app.wording import sentence
from core.app.wording.handed_over import page_words
from core.app.wording.page import PAGE
from tests.fakes.web_platform import browser_of, open_web

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

LOCKED = WebAccess(secret="a secret for tests", password="open sesame")


@pytest.mark.parametrize(
    ("wanted", "lang", "direction"),
    [
        ("ar-EG,en;q=0.5", "ar", "rtl"),
        ("zh-TW", "zh-Hant", "ltr"),
        ("de-AT;q=0.4,fr-CA", "fr", "ltr"),
        ("sv-SE,sv;q=0.9,de;q=0.8,en;q=0.7", "de", "ltr"),
        ("sv-SE,en-GB;q=0.9,de;q=0.8", "en", "ltr"),
        ("sv-SE", "en", "ltr"),
        ("", "en", "ltr"),
    ],
)
async def test_the_page_comes_in_the_visitors_language(
    ada: httpx.AsyncClient, wanted: str, lang: str, direction: str
) -> None:
    """It says which one it is in, which way it runs, and brings all of its words along."""
    answer = await ada.get("/", headers={"Accept-Language": wanted})
    assert f'<html lang="{lang}" dir="{direction}">' in answer.text
    assert (answer.headers["content-language"], answer.headers["vary"]) == (lang, "Accept-Language")
    assert sentence("page_skip", lang) in answer.text
    data = re.search(r'<script type="application/json" id="words">(.*?)</script>', answer.text)
    assert data is not None
    assert json.loads(data[1]) == page_words(lang)
    assert "{{" not in answer.text


def test_no_word_can_end_the_script_that_holds_it() -> None:
    """Whatever a translator writes is data there, and text elsewhere."""
    for tag in PAGE:
        page = bytes(Pages().index(tag).body).decode()
        inside = page.partition('id="words">')[2].partition("</script>")[0]
        assert not set(inside) & set("<>&")


@pytest.mark.parametrize("code", sorted(STATUS))
def test_every_refusal_is_said_in_every_language(code: Code) -> None:
    """None falls back to English, and each says what it was filled in with."""
    values: dict[str, str | int] = {
        "name": "a.png",
        "limit": 16,
        "count": 17,
        "command": "/fax",
        "what": "`key`",
    }
    problem = refusal(code, **values)
    said = {tag: problem.said_in(tag) for tag in PAGE}
    assert len(set(said.values())) == len(PAGE)
    template = PAGE["en"][f"refused_{code}"]
    for name in re.findall(r"\{(\w+)\}", template):
        assert all(str(values[name]) in text for text in said.values())


async def test_a_refusal_follows_the_language_of_who_asked(ada: httpx.AsyncClient) -> None:
    """Also one of the guard before the door, and what no handler foresaw."""
    german = {"Accept-Language": "de"}
    unknown = await ada.post("/api/messages", json={"key": "key-00001", "text": "/fax"}, headers=german)
    assert unknown.json()["error"]["message"].startswith("Den Befehl /fax gibt es nicht.")
    foreign = await ada.post("/api/messages", headers=german | {"Origin": "https://elsewhere.example"})
    assert foreign.json()["error"]["message"].startswith("Diese Anfrage kam von einer anderen Seite")
    nothing = await ada.get("/nowhere", headers=german)
    assert nothing.json()["error"]["message"].startswith("Hier ist nichts")


async def test_the_form_of_the_password_says_why_it_came_back(tmp_path: Path) -> None:
    """In the visitor's language; what else stands in the address is shown to nobody."""
    async with open_web(tmp_path / "web.sqlite", access=LOCKED) as web, browser_of(web) as browser:
        for problem in ("wrong_password", "too_many_tries"):
            page = await browser.get(f"/login?problem={problem}", headers={"Accept-Language": "zh-CN"})
            assert sentence(f"refused_{problem}", "zh") in page.text
        for problem in ("<script>alert(1)</script>", "broken", ""):
            page = await browser.get("/login", params={"problem": problem})
            assert '<p id="problem" role="alert"></p>' in page.text
            assert "alert(1)" not in page.text
