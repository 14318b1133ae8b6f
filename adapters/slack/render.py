"""A neutral Card into a Slack message: its blocks and its line for notifications. Pure.

Owns the look of messages on Slack, and that nothing longer than Slack takes leaves here. What people wrote
goes into rich text and plain text objects, which Slack never reads as markup: `<!channel>` is shown as typed
and pings nobody. Must never load bytes, nor know who sees the message.

    the wish, quoted           rich_text_quote, cut visibly; "why" shows all of it
    the pictures               image blocks, each with its letter and its own button where there are several
    the quiet line             context
    the buttons                actions, with what is `in_more` behind "…"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, assert_never

from adapters.slack.render_text import clean, escaped, plain, rich
from core.app.wording import shorten, side_by_side
from core.domain.card import Act, Button, CardKind, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.domain.card import Card, Line, Picture
    from core.domain.ids import BlobKey

Json = dict[str, Any]

# Slack's limits (2026-11).
MAX_BUTTONS: Final = 25
LABEL_LETTERS: Final = 75
VALUE_LETTERS: Final = 2000
ID_LETTERS: Final = 255
ALT_LETTERS: Final = 2000
OVERFLOW: Final = range(2, 6)
"""How many entries the menu behind "…" may have."""

# Ours.
WISH_LETTERS: Final = 300
"""How much of a wish stands above its picture."""

CONTEXT_LETTERS: Final = 1800
"""A quiet paragraph; Slack's own limit is not documented for context, 2,000 is the least of the others."""

ROOMY: Final = 30_000
TIGHT: Final = 3_000
"""Letters of text in a message, and in one that Slack has called too long (it documents no total)."""

MAX_TEXT_BLOCKS: Final = 14
"""With ten pictures, their buttons and the rest a message stays below Slack's 50 blocks (2026-11)."""

VERSION: Final = "v1"
"""Stands before every value, so that buttons of today are understood by every later version."""

STYLES: Final[Mapping[Act, str]] = {
    Act.TRY_AGAIN: "primary",
    Act.CONFIRM: "danger",
    Act.DELETE: "danger",
}
"""Few, so that they stand out: in a thread of twenty pictures a green Edit on each would only be loud."""

_WISHES: Final = frozenset({CardKind.PLACEHOLDER, CardKind.RESULT, CardKind.FAILURE})
_HOURGLASS: Final = "⏳ "


@dataclass(frozen=True, slots=True)
class Message:
    """What Slack is given. `blocks` carry ids that are new each time, as Slack wants of changed messages."""

    text: str
    blocks: list[Json] = field(default_factory=list)


def message(card: Card, files: Mapping[BlobKey, str], *, iteration: str, letters: int = ROOMY) -> Message:
    """The card as a message. `files` are the pictures that are shown in it, by their Slack file ids.

    A picture that is not in `files` is left out: it stands in the thread as a file of its own. `iteration` is
    a short name that no earlier version of the message had.
    """
    shown = [picture for picture in card.pictures if picture.blob in files][:10]
    own: dict[str | None, list[Button]] = {
        picture.letter: _uses(card.buttons, picture) for picture in shown if picture.letter is not None
    }
    placed = [button for buttons in own.values() for button in buttons]
    blocks = [
        *_text_blocks(card, letters),
        *(block for picture in shown for block in _picture(picture, files, own)),
        *_caption(card),
        *_rows([button for button in card.buttons if button not in placed]),
    ]
    if not blocks:
        blocks = [_rich_block(_section(rich(card.text)))]
    named = [block | {"block_id": f"{iteration}.{at}"} for at, block in enumerate(blocks)]
    return Message(escaped(card.text), named)


def state_line(card: Card) -> str:
    """What a placeholder says about how far it is, in its person's language."""
    quiet = [line.text for line in card.lines if line.tone is Tone.QUIET]
    return quiet[0] if quiet else ""


# --- text ---


def _text_blocks(card: Card, letters: int) -> list[Json]:
    lines = [line for line in _within(card.lines, letters) if line.text.strip()]
    if card.kind is CardKind.PLACEHOLDER:
        # Its quiet line stands at the bottom, beside the price.
        lines = [line for line in lines if line.text != state_line(card)]
    if len(lines) > MAX_TEXT_BLOCKS:
        return [_rich_block(*(part for line in lines for part in _line(line, is_wish=False)))]
    blocks: list[Json] = []
    quiet: list[str] = []
    for at, line in enumerate(lines):
        if line.tone is Tone.QUIET:
            quiet.append(line.text)
            if at + 1 < len(lines) and lines[at + 1].tone is Tone.QUIET:
                continue
            blocks += _quiet(quiet)
            quiet = []
        else:
            blocks.append(_rich_block(*_line(line, is_wish=card.kind in _WISHES)))
    return blocks


def _within(lines: Sequence[Line], letters: int) -> Iterable[Line]:
    """The lines with so many letters in all, the last of them cut where they are more."""
    left = letters
    for line in lines:
        text = shorten(clean(line.spelled_out), left)
        left -= len(text)
        yield type(line)(text, line.tone)


def _line(line: Line, *, is_wish: bool) -> list[Json]:
    match line.tone:
        case Tone.TITLE if is_wish:
            return [{"type": "rich_text_quote", "elements": rich(shorten(line.text, WISH_LETTERS))}]
        case Tone.TITLE:
            return [_section(rich(line.text, bold=True))]
        case Tone.WARNING:
            return [_section([{"type": "emoji", "name": "warning"}, *rich(f" {line.text}")])]
        case Tone.CODE:
            return [{"type": "rich_text_preformatted", "elements": rich(line.text)}]
        case Tone.BODY | Tone.QUIET:
            return [_section(rich(line.text))]
        case _:
            assert_never(line.tone)


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _rich_block(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def _quiet(texts: Sequence[str]) -> list[Json]:
    """Quiet lines below each other; those that do not fit into one block go on in the next."""
    paragraphs = [""]
    for text in texts:
        joined = f"{paragraphs[-1]}\n{text}" if paragraphs[-1] else text
        if len(joined) <= CONTEXT_LETTERS:
            paragraphs[-1] = joined
        else:
            paragraphs.append(text)
    return [_context(paragraph) for paragraph in paragraphs if paragraph]


def _context(text: str) -> Json:
    return {"type": "context", "elements": [plain(text, CONTEXT_LETTERS)]}


def _caption(card: Card) -> list[Json]:
    state = state_line(card) if card.kind is CardKind.PLACEHOLDER else ""
    text = side_by_side(f"{_HOURGLASS}{state}" if state else "", card.caption)
    return [_context(text)] if text else []


# --- pictures ---


def _picture(
    picture: Picture, files: Mapping[BlobKey, str], own: Mapping[str | None, list[Button]]
) -> list[Json]:
    block: Json = {
        "type": "image",
        "slack_file": {"id": files[picture.blob]},
        "alt_text": shorten(clean(picture.alt_text), ALT_LETTERS) or picture.file_name,
    }
    if picture.letter is not None:
        block["title"] = plain(picture.letter, ALT_LETTERS)
    return [block, *_rows(own.get(picture.letter, []))]


def _uses(buttons: Sequence[Button], picture: Picture) -> list[Button]:
    """The buttons that go on with this one of several pictures."""
    return [one for one in buttons if one.act is Act.USE and one.subject.endswith(picture.letter or " ")]


# --- buttons ---


def _rows(buttons: Sequence[Button]) -> list[Json]:
    # Slack refuses two buttons of one id in a block.
    unlike = {button_value(one): one for one in reversed(buttons) if len(button_value(one)) <= VALUE_LETTERS}
    known = list(reversed(unlike.values()))
    hidden = [one for one in known if one.in_more and len(button_value(one)) <= LABEL_LETTERS]
    hidden = hidden[: OVERFLOW[-1]] if len(hidden) >= OVERFLOW[0] else []
    elements = [_button(one) for one in known if one not in hidden]
    primary = [one for one in elements if one.get("style") == "primary"]
    for one in primary[1:]:
        # Slack: the strongest style is for one button of a set.
        del one["style"]
    if hidden:
        elements.append(_overflow(hidden))
    rows = [elements[at : at + MAX_BUTTONS] for at in range(0, len(elements), MAX_BUTTONS)]
    return [{"type": "actions", "elements": row} for row in rows]


def button_value(button: Button) -> str:
    """What a button brings back when it is pressed."""
    return f"{VERSION}:{button.act.value}:{button.subject}"


def _button(button: Button) -> Json:
    value = button_value(button)
    style = STYLES.get(button.act)
    return {
        "type": "button",
        "action_id": value[:ID_LETTERS],
        "value": value,
        "text": plain(button.label, LABEL_LETTERS),
        **({"style": style} if style else {}),
        **_label(button),
    }


def _label(button: Button) -> Json:
    """What a screen reader says, where the label alone does not tell which picture it is about."""
    if not button.subject.startswith("v") or len(button.label) + len(button.subject) >= LABEL_LETTERS:
        return {}
    return {"accessibility_label": f"{button.label} {button.subject}"}


def _overflow(buttons: Sequence[Button]) -> Json:
    options = [{"text": plain(one.label, LABEL_LETTERS), "value": button_value(one)} for one in buttons]
    return {
        "type": "overflow",
        "action_id": f"{VERSION}:more:{buttons[0].subject}"[:ID_LETTERS],
        "options": options,
    }
