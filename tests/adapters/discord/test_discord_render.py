"""Cards as Discord messages: what they look like, and that Discord takes every one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.render import AMBER, Message, custom_id, mark_of, message, thread_name
from adapters.discord.render_text import escaped, file_name, one_line, within
from core.app import cards
from core.app.composing import MOST_IN_STRIP, STRIP_NOTE_LETTERS
from core.app.records import PictureRecord
from core.app.wording import shorten
from core.domain.card import Act, Button, Card, CardKind, Line, Link, Picture, Tone
from core.domain.generation import OutputFormat, Size
from core.domain.ids import BlobKey, ChannelRef, Letter, ThreadRef, TurnId, WorkspaceId
from core.domain.lineage import Head, Revision
from tests.fakes.discord_server.components import check_components, walk
from tests.fakes.discord_server.mentions import ROLE, USER
from tests.fakes.discord_server.schema import schema_at

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = "abcdefgh"
SEND = ("POST", "/channels/{channel_id}/messages")
NASTY = (
    "@everyone <@123> <@&45> <#6> **bold** __under__ ~~gone~~ `code` ||secret|| [words](https://evil.example)\n"
    "# heading\n> quote\n- item\n1. first\n-# small\n<t:1700000000:R> <:smile:1> \u202eabc\n"
    "https://example.com/a_b_c"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LIVE = re.compile(r"(?<!\\)(?:\\\\)*[*_~`|<>\[\]#@]")


def picture(letter: str = "", name: str = "one") -> Picture:
    """A picture of a card."""
    mark = Letter(letter) if letter else None
    blob = BlobKey(f"discord:1/{name}{letter}")
    return Picture(blob, OutputFormat.PNG, Size(64, 64), 9, f"a cat {letter}", "inkthread v1.png", mark)


def result(wish: str = "a cat", *, count: int = 1) -> Card:
    """A finished turn with so many pictures."""
    letters = LETTERS[:count] if count > 1 else ("",)
    buttons = (
        Button(Act.EDIT, "Edit…", "v1"),
        Button(Act.AGAIN, "Again", "v1", spends=True),
        Button(Act.COMPARE, "Compare", "v1", in_more=True),
        Button(Act.HISTORY, "History", "v1", in_more=True),
    )
    pictures = tuple(picture(letter) for letter in letters)
    lines = (Line(wish, Tone.TITLE),)
    return Card(CardKind.RESULT, f"v1: {wish}", lines, pictures, buttons, caption="v1 · 12 s · $0.05")


def parts(shown: Message) -> list[dict[str, Any]]:
    """All components, those within others too."""
    return [part for _, part in walk(shown.components)]


def words(shown: Message) -> str:
    """All text, with its mark-up."""
    return "\n".join(part["content"] for part in parts(shown) if part["type"] == 10)


def read(text: str) -> str:
    """Text as Discord shows it: behind each backslash stands a sign itself."""
    return _ESCAPE.sub(r"\1", text)


def is_accepted(shown: Message) -> None:
    """The fake's rules for components hold, and all text together is short enough."""
    check_components(shown.components, is_v2=True)
    assert len(shown.names) + len(shown.texts) <= 10
    assert len(set(shown.names.values())) == len(shown.names)


# --- what it looks like ---


def test_a_result_is_a_quote_a_gallery_small_print_and_buttons() -> None:
    """From top to bottom as people read it."""
    shown = message(result())
    assert [part["type"] for part in shown.components] == [10, 12, 10, 1, 1]
    above, gallery, below, row, more = shown.components
    assert above["content"] == "> a cat"
    assert gallery["items"] == [{"media": {"url": "attachment://inkthread_v1.png"}, "description": "a cat "}]
    assert below["content"] == "-# v1 · 12 s · $0.05"
    assert [one["label"] for one in row["components"]] == ["Edit…", "Again"]
    assert [one["label"] for one in more["components"][0]["options"]] == ["Compare", "History"]


@pytest.mark.parametrize("locale", ["en", "de", "ar", "zh-CN"])
def test_a_full_strip_says_what_each_version_is(locale: str) -> None:
    """With the longest words that it quotes, whose punctuation has to be escaped: the last line stands."""
    asked = "Make it stormy, with the lighthouse's beam (very bright), no people; and add rain."
    numbers = range(1000, 1000 + MOST_IN_STRIP + 2)
    known = [Revision(at, Head(at - 1, Letter("h")), TurnId("t"), 1) for at in numbers]
    lines = [(one, shorten(asked, STRIP_NOTE_LETTERS)) for one in known[1:]]
    sheet = PictureRecord(BlobKey("s"), WorkspaceId("w"), OutputFormat.PNG, Size(9, 9), 9)
    card = cards.history(sheet, lines, Head(known[-1].number), locale, known=known)
    shown = message(card)
    is_accepted(shown)
    assert all(line.text in read(words(shown)) for line in card.lines)


def test_several_pictures_stand_in_one_gallery() -> None:
    """Each with its own words for those who cannot see it."""
    shown = message(result(count=4))
    (gallery,) = [part for part in shown.components if part["type"] == 12]
    assert [item["description"] for item in gallery["items"]] == [f"a cat {one}" for one in "abcd"]
    assert len(shown.names) == 4


def test_the_choice_among_several_pictures_has_rows_of_its_own() -> None:
    """Eight pictures fill two rows; what to do with the chosen one stands below."""
    uses = [Button(Act.USE, f"Use {one}", f"v1{one}") for one in LETTERS]
    card = Card(CardKind.RESULT, "x", buttons=(Button(Act.EDIT, "Edit…", "v1"), *uses))
    _, *rows = message(card).components
    assert [len(row["components"]) for row in rows] == [5, 3, 1]


def test_a_placeholder_says_at_the_bottom_how_far_it_is() -> None:
    """Beside the price, behind an hourglass."""
    lines = (Line("a cat", Tone.TITLE), Line("Next in line.", Tone.QUIET))
    shown = message(Card(CardKind.PLACEHOLDER, "a cat", lines, caption="about $0.05"))
    assert words(shown) == "> a cat\n-# ⏳ Next in line. · about $0.05"


def test_what_went_wrong_stands_in_an_amber_frame() -> None:
    """So that it is not taken for a picture that is still to come."""
    lines = (Line("a cat", Tone.TITLE), Line("No answer in time.", Tone.WARNING))
    again = Button(Act.TRY_AGAIN, "Try again · $0.05", "t1")
    (frame,) = message(Card(CardKind.FAILURE, "x", lines, buttons=(again,))).components
    assert (frame["type"], frame["accent_color"]) == (17, AMBER)
    assert frame["components"][0]["content"] == "> a cat\n⚠️ No answer in time."
    assert frame["components"][1]["components"][0]["style"] == 1


def test_a_long_text_to_copy_becomes_a_file() -> None:
    """Discord shows 4,000 letters in all; the whole of a compiled prompt has to be had."""
    prompt = "a cat ``` and a dog\n" * 500
    shown = message(Card(CardKind.SHEET, "why", (Line(prompt, Tone.CODE), Line("short", Tone.CODE))))
    assert shown.texts == {"text-1.txt": prompt}
    assert "```\nshort\n```" in words(shown)
    is_accepted(shown)


def test_a_line_about_a_thread_leads_to_its_first_message() -> None:
    """The words of the link are shown as typed."""
    link = Link(ChannelRef("7"), ThreadRef("9"))
    shown = message(Card(CardKind.NOTICE, "x", (Line("[v1]", link=link),)), guild="5")
    assert words(shown) == r"[\[v1\]](<https://discord.com/channels/5/7/9>)"


def test_an_address_of_ours_can_be_pressed() -> None:
    """It is long, so that only the words are seen."""
    line = Line("Download *it*", address="https://ink.example/downloads/abc")
    assert words(message(Card(CardKind.NOTICE, "x", (line,)))) == (
        r"[Download \*it\*](<https://ink.example/downloads/abc>)"
    )


def test_a_card_with_nothing_to_see_still_says_its_plain_words() -> None:
    """Discord refuses an empty message."""
    assert words(message(Card(CardKind.NOTICE, "plain words"))) == "plain words"


def test_one_choice_alone_is_a_button() -> None:
    """A menu of one would only be a step more."""
    more = Button(Act.ORIGINAL, "Original file", "v1", in_more=True)
    (row,) = message(Card(CardKind.NOTICE, "x", buttons=(more,))).components[1:]
    assert row["components"][0]["type"] == 2


def test_the_first_part_bears_the_mark_of_the_key() -> None:
    """By it a message is known again after a crash; Discord takes 32 bits and no two of a message alike."""
    marks = {mark_of(f"key-{number}") for number in range(2000)}
    assert len(marks) == 2000
    assert all(0 < mark < 2**31 for mark in marks)
    assert message(result(), mark=mark_of("k")).components[0]["id"] == mark_of("k")


def test_a_thread_is_called_after_the_wish() -> None:
    """On one line, and short enough."""
    assert thread_name(result("a cat\n  on a   mat")) == "a cat\n  on a   mat"
    assert one_line("a cat\n  on a   mat" + "!" * 200, 100).startswith("a cat on a mat!!!")
    assert len(one_line("🐈" * 200, 100)) <= 100


# --- as typed ---


@pytest.mark.parametrize("tone", list(Tone))
def test_mark_up_mentions_and_links_are_shown_as_typed(tone: Tone) -> None:
    """Whatever somebody writes reads the same, pings nobody and leads nowhere."""
    text = words(message(Card(CardKind.NOTICE, "x", (Line(NASTY, tone),))))
    assert "https://example" not in text or tone is Tone.CODE
    for live in (USER, ROLE):
        assert not live.search(text) or tone is Tone.CODE
    if tone is Tone.BODY:
        assert read(text) == NASTY


@given(st.text(max_size=100))
def test_no_sign_in_a_text_means_anything(text: str) -> None:
    """Every sign that Discord reads has a backslash before it, and what is shown is what was typed."""
    assert not _LIVE.search(escaped(text))
    assert read(escaped(text)) == text.replace("\x00", "")


@settings(deadline=None)
@given(st.text(max_size=100), st.integers(0, 120))
def test_a_text_is_cut_where_its_backslashes_would_not_fit(text: str, letters: int) -> None:
    """The letters that Discord counts are those that are sent, and no escape is torn apart."""
    cut = within(text, letters)
    assert len(cut) <= letters
    assert not re.search(r"(?<!\\)(?:\\\\)*\\$", cut)
    if len(escaped(text)) <= letters:
        assert cut == escaped(text)


@given(st.text(max_size=100))
def test_names_of_files_are_ones_that_discord_keeps(name: str) -> None:
    """The gallery refers to a file by its name, so the name must arrive unchanged."""
    assert re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,79}", file_name(name))


# --- every card is taken ---

TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from([NASTY, "x" * 5000, "*" * 4000, "\n" * 40, "a\n" * 900, "```" * 600, "🐈‍⬛" * 400]),
)
BUTTONS = st.builds(
    Button,
    act=st.sampled_from(Act),
    label=st.one_of(st.just(""), st.sampled_from(["Edit…", "x" * 120, "\ud800"])),
    subject=st.one_of(st.sampled_from(["v1", "v2", "v3b", ""]), st.just("t" * 120)),
    in_more=st.booleans(),
)
LINKS = st.just(Link(ChannelRef("12"), ThreadRef("34")))
ADDRESSES = st.sampled_from(["", f"https://ink.example/{'x' * 300}"])
LINES = st.builds(
    Line, text=TEXTS, tone=st.sampled_from(Tone), link=st.one_of(st.none(), LINKS), address=ADDRESSES
)
CARDS = st.builds(
    Card,
    kind=st.sampled_from(CardKind),
    text=st.text(max_size=40),
    lines=st.lists(LINES, max_size=6).map(tuple),
    pictures=st.integers(0, 12).map(lambda n: tuple(picture(name=str(at)) for at in range(n))),
    buttons=st.lists(BUTTONS, max_size=30).map(tuple),
    caption=st.sampled_from(["", "v1 · 12 s", "x" * 900, NASTY]),
)


@settings(max_examples=60, deadline=None)
@given(card=CARDS)
def test_discord_takes_every_card(card: Card) -> None:
    """No card is too long, too wide or too deep, and no two parts share an id."""
    is_accepted(message(card, guild="1", mark=mark_of("k")))


def test_every_card_is_what_the_published_schema_asks_for(specs_if_there: Path | None) -> None:
    """Held to Discord's own file, where it is at hand."""
    if specs_if_there is None:
        pytest.skip("INKTHREAD_SPECS is not set")
    judge = schema_at(specs_if_there / "discord/openapi.json")

    @settings(max_examples=15, deadline=None)
    @given(card=CARDS)
    def is_as_published(card: Card) -> None:
        body = {"flags": 1 << 15, "components": message(card, mark=mark_of("k")).components}
        assert judge.judge(*SEND, body) is None

    is_as_published()


def test_custom_ids_of_the_cores_own_cards_fit() -> None:
    """A turn's id and the longest act stay below Discord's hundred letters."""
    assert max(len(custom_id(Button(act, "", "0" * 26))) for act in Act) <= 100
    assert cards.ALT_TEXT_LETTERS <= 1024
