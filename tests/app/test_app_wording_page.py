"""The words of the web page: every language has them, and the page asks for none that there is not."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest

from core.app.wording import language_of, sentence, template
from core.app.wording.commands import COMMANDS
from core.app.wording.handed_over import page_words
from core.app.wording.page import EXAMPLES, PAGE
from core.app.wording.plurals import numbered
from core.domain.prompt.directives import parse_command
from core.domain.prompt.model import Generate
from core.domain.quota import Metric

ALL = tuple(PAGE)
OTHERS = tuple(tag for tag in ALL if tag != "en")
STATIC = Path(__file__).parents[2] / "adapters" / "web" / "static"

SAME_EVERYWHERE = frozenset(
    {
        ("page_minutes", "de"),
        ("page_minutes", "es"),
        ("page_minutes", "fr"),
        ("page_minutes", "pt"),
        ("page_thread", "de"),
        ("page_versions", "fr"),
        ("page_versions_one", "de"),
        ("page_versions_one", "fr"),
        ("page_versions_label", "fr"),
    }
)
"""Words that are the same in English and in that language."""


def names(text: str) -> set[str]:
    """The values that a sentence takes."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def is_number_form(code: str) -> bool:
    """Whether a sentence is another's variant for one, which not every language needs."""
    return code.endswith("_one")


@pytest.mark.parametrize("tag", OTHERS)
def test_every_language_has_the_whole_page(tag: str) -> None:
    """Nobody meets an English button beside words in their own language."""
    assert {code for code in PAGE["en"] if not is_number_form(code)} == {
        code for code in PAGE[tag] if not is_number_form(code)
    }
    same = {(code, tag) for code, text in PAGE[tag].items() if text == PAGE["en"].get(code)}
    assert same <= SAME_EVERYWHERE


@pytest.mark.parametrize("tag", ALL)
def test_the_page_takes_the_values_of_the_english_sentence(tag: str) -> None:
    """A translation neither loses nor invents a value, and is neat."""
    for code, text in PAGE[tag].items():
        wanted = names(PAGE["en"][code.removesuffix("_one")])
        assert names(text) <= wanted if is_number_form(code) else names(text) == wanted, code
        assert text == text.strip(), code
        assert not re.search(r"  |\n|`|\*|\.\.\.", text), code


@pytest.mark.parametrize("tag", ALL)
@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_can_be_sent_as_it_stands(code: str, tag: str) -> None:
    """Its options are understood, and no mark is in it that nobody would type."""
    text = template(code, tag)
    assert not re.search("[\u2066-\u2069]", text)
    asked = parse_command(text)
    assert isinstance(asked, Generate)
    assert asked.prompt.options.count == (4 if code == "page_example_ideas" else None)
    assert bool(asked.prompt.quoted) is (code == "page_example_sign")


def test_the_page_asks_for_words_that_there_are() -> None:
    """Each word that a script or a file of the page names is handed over, and none is there for nothing."""
    scripts = "".join(path.read_text() for path in sorted((STATIC / "js").glob("*.js")))
    asked = set(re.findall(r'"((?:page|about|button|caption|refused)_\w+)"', scripts))
    families = set(re.findall(r"`((?:page|whose)_\w*)\$", scripts))
    in_files = {
        name
        for path in STATIC.glob("*.html")
        for name in re.findall(r"\{\{(\w+)\}\}", path.read_text())
        if name not in {"lang", "dir", "words", "problem"}
    }
    handed = page_words("en")
    assert asked <= handed.keys()
    assert in_files <= PAGE["en"].keys()
    used = asked | in_files | {code for code in handed if code.startswith(tuple(families))}
    assert {code for code in handed if not is_number_form(code)} - used == set()


def test_scripts_hold_no_sentence() -> None:
    """What looks like words to be read, a capital and a space, stands in the wording and not in a script."""
    for path in (STATIC / "js").glob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text())
        assert re.findall(r'"[A-Z][a-z]+ [a-z][^"]*"', code) == [], path.name


def test_where_the_page_counts_it_takes_the_variant_for_one() -> None:
    """The server would choose the same one as the page does."""
    assert numbered("page_replies", {"count": 1}) == "page_replies_one"
    assert page_words("de")["page_replies_one"] == sentence("page_replies", "de", count=1) == "1 Antwort"
    assert "page_replies_one" not in page_words("ja")
    assert sentence("page_replies", "ja", count=1) == "返信 1 件"


def test_every_language_is_small_enough_to_come_with_the_page() -> None:
    """Nobody waits for words: all of them are a few kilobytes."""
    assert max(len(json.dumps(page_words(tag), ensure_ascii=False).encode()) for tag in ALL) < 16_000


def test_a_language_of_nobody_here_gets_english() -> None:
    """As everywhere else."""
    assert language_of("sv-SE") == "en"
    assert page_words("sv-SE") == page_words("en-GB")
    assert all(f"page_left_{name}" in PAGE["en"] for name in (Metric.PICTURES.value, "money"))


@pytest.mark.parametrize("tag", ALL)
def test_a_hint_calls_the_button_by_its_name(tag: str) -> None:
    """Where people are told to press Edit, it is the word that stands on it."""
    assert template("button_edit", tag) in COMMANDS[tag]["said_hint_replies"]
