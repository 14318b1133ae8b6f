"""Cards as Slack messages: what they look like, and that Slack takes every one of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from adapters.slack.read import press_of
from adapters.slack.render import TIGHT, WISH_LETTERS, Message, button_value, message
from core.app import cards
from core.domain.card import Act, Button, Card, CardKind, Line, Picture, Tone
from core.domain.generation import OutputFormat, Size
from core.domain.ids import BlobKey, Letter
from tests.fakes.slack_server.blocks import judge_message
from tests.fakes.slack_server.seen import buttons_of, words_of

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = "abcdefgh"
NASTY = "<!channel> <@U045> &lt;b&gt; *bold* `code` https://example.com :smile: \u202eabc مرحبا"


def picture(letter: str = "", name: str = "one") -> Picture:
    """A picture of a card."""
    mark = Letter(letter) if letter else None
    return Picture(
        BlobKey(f"slack:T1/{name}{letter}"),
        OutputFormat.PNG,
        Size(64, 64),
        9,
        f"a cat {letter}",
        "cat.png",
        mark,
    )


def files_of(card: Card) -> dict[BlobKey, str]:
    """All of the card's pictures, ready on Slack."""
    return {one.blob: f"F0000000{at:02}" for at, one in enumerate(card.pictures)}


def rendered(card: Card, **how: Any) -> Message:  # noqa: ANN401 - passed on
    """The card, all its pictures shown."""
    return message(card, files_of(card), iteration="x", **how)


def words(shown: Message) -> str:
    """What stands on the screen."""
    return "\n".join(line for block in shown.blocks for line in words_of(block))


def result(wish: str = "a cat", *, count: int = 1) -> Card:
    """A finished turn with so many pictures."""
    letters = LETTERS[:count] if count > 1 else ""
    uses = tuple(Button(Act.USE, f"Use {one}", f"v1{one}") for one in letters)
    shown = (
        Button(Act.EDIT, "Edit…", "v1"),
        Button(Act.AGAIN, "Again", "v1", spends=True),
        Button(Act.UNDO, "Undo", "v1"),
        Button(Act.FINAL, "Final", "v1", spends=True),
    )
    hidden = tuple(
        Button(act, act.value, "v1", in_more=True)
        for act in (Act.COMPARE, Act.HISTORY, Act.ORIGINAL, Act.WHY, Act.DELETE)
    )
    pictures = tuple(picture(one) for one in letters) or (picture(),)
    lines = (Line(wish, Tone.TITLE),)
    return Card(CardKind.RESULT, f"v1: {wish}", lines, pictures, (*uses, *shown, *hidden), "v1 · 64×64", 1)


# --- any card -----------------------------------------------------------------------------------------------

TEXTS = st.text(max_size=40) | st.text(min_size=1, max_size=8).map(lambda text: text * 1200)
BUTTONS = st.builds(
    Button,
    st.sampled_from(Act),
    st.text(max_size=120),
    st.sampled_from(["", "v1", "v3b", "v2a", "id-000001", "x" * 80, "y" * 300]),
    st.booleans(),
    st.booleans(),
)
PICTURES = st.builds(
    Picture,
    st.sampled_from([BlobKey(f"slack:T1/{name}") for name in LETTERS]),
    st.sampled_from(OutputFormat),
    st.just(Size(64, 64)),
    st.just(9),
    TEXTS,
    st.just("cat.png"),
    st.sampled_from([None, *map(Letter, LETTERS)]),
)
CARDS = st.builds(
    Card,
    st.sampled_from(CardKind),
    TEXTS,
    st.lists(st.builds(Line, TEXTS, st.sampled_from(Tone)), max_size=30).map(tuple),
    st.lists(PICTURES, max_size=12).map(tuple),
    st.lists(BUTTONS, max_size=40).map(tuple),
    TEXTS,
)


def problems_of(shown: Message) -> list[Any]:
    """What Slack would find wrong with the blocks."""
    return list(judge_message(shown.blocks, lambda _: True))


@settings(max_examples=30)  # each is judged by the published schema, which takes its time
@given(CARDS)
def test_slack_takes_every_card(card: Card) -> None:
    """However long, empty or odd a card is, its message keeps Slack's counts and lengths."""
    shown = rendered(card)
    assert problems_of(shown) == []
    assert len(shown.text) <= 4000
    json.dumps(shown.blocks).encode()


@pytest.fixture(scope="module")
def published(specs: Path) -> Draft7Validator:
    """Slack's own shape of a message's blocks."""
    return Draft7Validator(json.loads((specs / "slack" / "blockkit-message.schema.json").read_text("utf-8")))


def test_every_kind_of_card_has_the_shape_that_slack_publishes(published: Draft7Validator) -> None:
    """The published schema finds nothing wrong with any kind of block that is made here."""
    tones = tuple(Line(tone.value, tone) for tone in Tone)
    for kind in CardKind:
        card = Card(kind, "text", tones, result(count=3).pictures, result(count=3).buttons, "caption")
        errors = list(published.iter_errors({"blocks": rendered(card).blocks}))
        assert errors == [], kind


# --- as typed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CardKind)
@pytest.mark.parametrize("tone", Tone)
def test_words_are_shown_as_typed(kind: CardKind, tone: Tone) -> None:
    """Mentions, entities, links, code, emoji codes and right-to-left stand there letter by letter."""
    shown = rendered(Card(kind, NASTY, (Line(NASTY, tone),), caption=NASTY))
    assert words(shown).count(NASTY) == 2
    assert kinds_of_text(shown.blocks) <= {"text", "plain_text", "emoji"}
    assert not {"<!channel>", "<@U045>"} & set(shown.text.split())
    assert shown.text.startswith("&lt;!channel&gt; &lt;@U045&gt; &amp;lt;b&amp;gt;")


def kinds_of_text(part: object) -> set[str]:
    """Which kinds of text there are anywhere in the blocks."""
    if isinstance(part, list):
        return set().union(*map(kinds_of_text, part)) if part else set()
    if not isinstance(part, dict):
        return set()
    own = {str(part["type"])} if "text" in part and isinstance(part["text"], str) else set()
    return own | kinds_of_text(list(part.values()))


def test_a_line_for_notifications_is_cut_between_its_escapes() -> None:
    """A text that grows over Slack's length by escaping is cut before, so that no escape is torn."""
    shown = rendered(Card(CardKind.NOTICE, "&" * 3000))
    assert len(shown.text) <= 4000
    assert set(shown.text.removesuffix("…").split("&amp;")) == {""}


def test_half_a_character_does_not_stop_a_message() -> None:
    """A lone surrogate, which no encoding knows, becomes the sign for a character that is missing."""
    shown = rendered(Card(CardKind.NOTICE, "a\ud800b", (Line("a\ud800b"),)))
    assert shown.text == "a\ufffdb"
    assert words(shown) == "a\ufffdb"


# --- the look -----------------------------------------------------------------------------------------------


def test_a_long_wish_is_cut_visibly_above_its_picture() -> None:
    """The picture stays in sight: of a very long wish only the beginning stands above it."""
    shown = words(rendered(result("very " * 2000)))
    wish = shown.split("\n")[0]
    assert len(wish) <= WISH_LETTERS
    assert wish.endswith("…")


def test_why_shows_all_of_a_long_prompt() -> None:
    """What the model was sent can be read to its end."""
    sent = "".join(f"{number} " for number in range(4000))
    shown = words(rendered(Card(CardKind.NOTICE, "why", (Line("Sent:"), Line(sent, Tone.CODE)))))
    assert sent in shown


def test_a_message_that_was_too_long_is_cut() -> None:
    """Rendered anew for little room, all its words together keep to that."""
    lines = tuple(Line("word " * 400) for _ in range(6))
    shown = rendered(Card(CardKind.NOTICE, "why", lines), letters=TIGHT)
    assert sum(map(len, words(shown).split("\n"))) <= TIGHT


def test_a_placeholder_says_how_far_it_is_beside_its_price() -> None:
    """The state and the price share one quiet line, and Cancel stands below."""
    lines = (Line("a cat", Tone.TITLE), Line("Starting…", Tone.QUIET))
    card = Card(
        CardKind.PLACEHOLDER, "x", lines, buttons=(Button(Act.CANCEL, "Cancel", "t1"),), caption="$0.05"
    )
    shown = rendered(card)
    assert [block["type"] for block in shown.blocks] == ["rich_text", "context", "actions"]
    assert words(shown) == "a cat\n⏳ Starting… · $0.05"


def test_one_picture_has_its_buttons_in_a_row_and_the_rest_behind_dots() -> None:
    """Four quiet buttons are in sight; five wait in the menu, all about their picture."""
    shown = rendered(result())
    assert [block["type"] for block in shown.blocks] == ["rich_text", "image", "context", "actions"]
    *buttons, more = shown.blocks[-1]["elements"]
    assert [one["text"]["text"] for one in buttons] == ["Edit…", "Again", "Undo", "Final"]
    assert [one.get("style") for one in buttons] == [None] * 4
    assert buttons[0]["accessibility_label"] == "Edit… v1"
    assert more["type"] == "overflow"
    assert [one["value"] for one in more["options"]] == [
        f"v1:{act}:v1" for act in ("compare", "history", "original", "why", "delete")
    ]


def test_each_of_several_pictures_has_its_letter_and_its_button() -> None:
    """Below every candidate stands the button that goes on with it; the common ones stand at the end."""
    shown = rendered(result(count=4))
    kinds = [block["type"] for block in shown.blocks]
    assert kinds == ["rich_text", *["image", "actions"] * 4, "context", "actions"]
    for at, letter in enumerate("abcd"):
        image, row = shown.blocks[1 + 2 * at : 3 + 2 * at]
        assert image["title"]["text"] == letter
        assert [one["value"] for one in row["elements"]] == [f"v1:use:v1{letter}"]


def test_many_lines_beside_many_pictures_fit_into_a_message() -> None:
    """Slack takes fifty blocks: so many paragraphs stand in one of them, and none is lost."""
    lines = tuple(Line(f"line {number}") for number in range(45))
    shown = rendered(replace(result(count=8), lines=lines))
    assert problems_of(shown) == []
    assert words(shown).split("\n")[:45] == [line.text for line in lines]


def test_a_picture_that_became_a_file_leaves_its_button_in_the_row() -> None:
    """Where Slack will not show the candidates in the message, they can still be chosen."""
    shown = message(result(count=2), {}, iteration="x")
    assert [block["type"] for block in shown.blocks] == ["rich_text", "context", "actions"]
    assert shown.blocks[-1]["elements"][0]["value"] == "v1:use:v1a"


def test_blocks_have_other_names_in_every_version_of_a_message() -> None:
    """Slack wants new block ids when a message changes; no two of a message are alike."""
    card = result(count=8)
    names = [
        block["block_id"]
        for iteration in ("one", "two")
        for block in message(card, files_of(card), iteration=iteration).blocks
    ]
    assert len(names) == len(set(names))


def test_a_lone_button_of_the_menu_is_an_ordinary_button() -> None:
    """A menu of one entry only costs a click."""
    card = Card(CardKind.NOTICE, "x", (Line("x"),), buttons=(Button(Act.WHY, "Why?", "v1", in_more=True),))
    assert [one["type"] for one in rendered(card).blocks[-1]["elements"]] == ["button"]


@given(BUTTONS)
def test_what_a_button_brings_back_is_read_as_what_it_was(button: Button) -> None:
    """Every button that is rendered is understood when it is pressed."""
    for seen in buttons_of({"type": "actions", "elements": rendered_buttons(button)}, ""):
        press = press_of({"value": seen.value})
        assert press is not None
        assert (press.act, press.subject) == (button.act, button.subject)
        assert seen.value == button_value(button)


def rendered_buttons(button: Button) -> list[Any]:
    """The elements that a card with that one button has."""
    card = Card(CardKind.NOTICE, "x", (Line("x"),), buttons=(button,))
    return [one for block in rendered(card).blocks if block["type"] == "actions" for one in block["elements"]]


def test_only_one_button_of_a_row_is_the_strongest() -> None:
    """Slack keeps its strongest style for one button of a set; what destroys is red."""
    acts = (Act.TRY_AGAIN, Act.CONFIRM, Act.TRY_AGAIN)
    buttons = tuple(Button(act, act.value, f"t{at}") for at, act in enumerate(acts))
    shown = rendered(Card(CardKind.FAILURE, "x", (Line("x"),), buttons=buttons))
    assert [one.get("style") for one in shown.blocks[-1]["elements"]] == ["primary", "danger", None]


def test_the_help_of_the_core_reads_well() -> None:
    """A heading and a paragraph each, all of them rich text."""
    shown = rendered(cards.notice("help", {}, "en"))
    assert {block["type"] for block in shown.blocks} == {"rich_text"}
    assert len(shown.blocks) == len(cards.notice("help", {}, "en").lines)
