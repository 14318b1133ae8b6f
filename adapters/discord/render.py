"""A neutral Card into a Discord message of components. Pure.

Owns the look of messages on Discord, and that nothing longer than Discord takes leaves here. Must never load
bytes, nor know who sees the message.

    the wish, quoted           text display, cut visibly; "why" shows all of it
    the pictures               one gallery, each with its alt text
    the quiet line             text display in small print
    the buttons                rows of five; what is `in_more` in a menu below

What went wrong, and what is a sheet of its own, stands in a frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2s
from typing import TYPE_CHECKING, Any, Final, assert_never

from adapters.discord.render_text import MAX_LETTERS, clean, escaped, file_name, prefixed, within
from core.app.wording import shorten, side_by_side
from core.domain.card import Act, Button, CardKind, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.domain.card import Card, Line, Picture

Json = dict[str, Any]

# Discord's limits (2026-08).
MAX_PICTURES: Final = 10
MAX_FILES: Final = 10
ALT_LETTERS: Final = 1024
LABEL_LETTERS: Final = 80
CHOICE_LETTERS: Final = 100
ID_LETTERS: Final = 100
IN_A_ROW: Final = 5
MAX_BUTTONS: Final = 20
MAX_CHOICES: Final = 25

# Ours.
WISH_LETTERS: Final = 300
"""How much of a wish stands above its picture."""
CAPTION_LETTERS: Final = 600
CODE_LETTERS: Final = 1500
"""A longer text to copy becomes a file."""

VERSION: Final = "v1"
"""Stands before every custom id, so that buttons of today are understood by every later version."""
MORE: Final = f"{VERSION}:more"
"""Before the custom id of the menu; its values are what buttons have as custom ids."""

AMBER: Final = 0xF0B232
_ELLIPSIS: Final = "⋯"
_HOURGLASS: Final = "⏳"
_WARNING: Final = "⚠️"

# Kinds of component (Discord, 2026-08).
_ROW, _BUTTON, _MENU, _TEXT, GALLERY, _FILE, _FRAME = 1, 2, 3, 10, 12, 13, 17
_SECONDARY: Final = 2
STYLES: Final[Mapping[Act, int]] = {Act.TRY_AGAIN: 1, Act.CONFIRM: 4, Act.DELETE: 4}
"""Blue for what is wanted most, red for what cannot be undone; all else grey, so that these stand out."""

_WISHES: Final = frozenset({CardKind.PLACEHOLDER, CardKind.RESULT, CardKind.FAILURE})


@dataclass(frozen=True, slots=True)
class Message:
    """What Discord is given. `shown` are its pictures and `names` their file names; `texts` more files."""

    components: list[Json] = field(default_factory=list)
    shown: Mapping[str, Picture] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def mark_of(key: str) -> int:
    """A number by which a message is known again as the one with that key: its first component bears it."""
    return int.from_bytes(blake2s(key.encode(), digest_size=4).digest()) >> 2 | 1 << 29


def message(card: Card, *, guild: str | None = None, mark: int | None = None) -> Message:
    """The card as a message; `guild` is for links to its channels."""
    shown = _apart(card.pictures[:MAX_PICTURES])
    names = _names(shown)
    caption = within(_caption(card), CAPTION_LETTERS)
    # Before every line of the caption stands its mark, three signs long.
    left = MAX_LETTERS - len(caption) - 3 * (1 + caption.count("\n"))
    above, texts = _text(card, left, MAX_FILES - len(names), guild)
    parts: list[Json] = []
    if above:
        parts.append(_text_display(above))
    if names:
        items = [_item(picture, names[spot]) for spot, picture in shown.items()]
        parts.append({"type": GALLERY, "items": items})
    parts += [{"type": _FILE, "file": {"url": f"attachment://{name}"}} for name in texts]
    if caption:
        parts.append(_text_display(prefixed(caption, "-# ")))
    if not parts:
        parts.append(_text_display(within(card.text, MAX_LETTERS) or _ELLIPSIS))
    parts += _rows(card.buttons)
    parts = _framed(card, parts)
    if mark is not None:
        parts[0]["id"] = mark
    return Message(parts, shown, names, texts)


def state_line(card: Card) -> str:
    """What a placeholder says about how far it is, in its person's language."""
    quiet = [line.text for line in card.lines if line.tone is Tone.QUIET]
    return quiet[0] if quiet else ""


def _framed(card: Card, parts: list[Json]) -> list[Json]:
    is_warning = any(line.tone is Tone.WARNING for line in card.lines)
    if card.kind is CardKind.SHEET and not card.pictures:
        return [{"type": _FRAME, "components": parts}]
    if is_warning and not card.pictures:
        return [{"type": _FRAME, "accent_color": AMBER, "components": parts}]
    return parts


# --- text ---


def _text_display(text: str) -> Json:
    return {"type": _TEXT, "content": text}


def _text(card: Card, letters: int, files: int, guild: str | None) -> tuple[str, dict[str, str]]:
    """The lines as one text, and those that became files."""
    state = state_line(card) if card.kind is CardKind.PLACEHOLDER else None
    texts: dict[str, str] = {}
    shown: list[str] = []
    left = letters
    for line in card.lines:
        if not line.text.strip() or line.text == state or left <= 0:
            continue
        if line.tone is Tone.CODE and _becomes_file(line.text) and len(texts) < files:
            texts[f"text-{len(texts) + 1}.txt"] = clean(line.text)
            continue
        piece = _line(line, left, guild, is_wish=card.kind in _WISHES)
        if piece:
            shown.append(piece)
            left -= len(piece) + 1
    return "\n".join(shown), texts


def _becomes_file(text: str) -> bool:
    return len(text) > CODE_LETTERS or "```" in text


def _line(line: Line, left: int, guild: str | None, *, is_wish: bool) -> str:
    # What is put around the words takes room too, before every line of them.
    room = left - 8 - 4 * line.text.count("\n")
    if room <= 0:
        return ""
    match line.tone:
        case Tone.TITLE if is_wish:
            piece = prefixed(within(shorten(clean(line.text), WISH_LETTERS), room), "> ")
        case Tone.TITLE:
            piece = f"**{within(line.text, room).replace(chr(10), ' ')}**"
        case Tone.WARNING:
            piece = f"{_WARNING} {within(line.text, room)}"
        case Tone.CODE:
            piece = f"```\n{clean(line.text).replace('```', '` ` `')[:room]}\n```"
        case Tone.QUIET:
            piece = prefixed(_linked(line, room, guild), "-# ")
        case Tone.BODY:
            piece = _linked(line, room, guild)
        case _:
            assert_never(line.tone)
    return piece


def _linked(line: Line, room: int, guild: str | None) -> str:
    """The words, leading to an address of ours, or to the message that a thread began with."""
    address = line.address
    if line.link is not None:
        address = f"https://discord.com/channels/{guild or '@me'}/{line.link.channel}/{line.link.thread}"
    if not address or "\n" in line.text:
        return within(line.text, room)
    words = within(line.text, room - len(address) - 6)
    return f"[{words}](<{address}>)" if words else within(line.text, room)


def _caption(card: Card) -> str:
    state = state_line(card) if card.kind is CardKind.PLACEHOLDER else ""
    return side_by_side(f"{_HOURGLASS} {state}" if state else "", card.caption)


# --- pictures ---


def _apart(pictures: Iterable[Picture]) -> dict[str, Picture]:
    """Each picture under its blob's key; where the same bytes come again, with their place behind it.

    An engine may make the same picture twice, and both were paid for: both are shown.
    """
    found: dict[str, Picture] = {}
    for at, picture in enumerate(pictures):
        found[picture.blob if picture.blob not in found else f"{picture.blob} {at + 1}"] = picture
    return found


def _names(shown: Mapping[str, Picture]) -> dict[str, str]:
    """A name for each picture; no two of a message are the same."""
    names: dict[str, str] = {}
    for at, (spot, picture) in enumerate(shown.items()):
        name = file_name(picture.file_name)
        names[spot] = name if name not in names.values() else f"{at + 1}-{name}"
    return names


def _item(picture: Picture, name: str) -> Json:
    alt_text = shorten(clean(picture.alt_text), ALT_LETTERS) or picture.file_name
    return {"media": {"url": f"attachment://{name}"}, "description": alt_text}


# --- buttons ---


def custom_id(button: Button) -> str:
    """What a button brings back when it is pressed."""
    return f"{VERSION}:{button.act.value}:{button.subject}"


def _rows(buttons: Sequence[Button]) -> list[Json]:
    # Discord refuses two of one id.
    unlike = {custom_id(one): one for one in reversed(buttons) if len(custom_id(one)) <= ID_LETTERS}
    known = list(reversed(unlike.values()))
    hidden = [one for one in known if one.in_more][:MAX_CHOICES]
    if len(hidden) == 1:
        hidden = []
    open_ones = [one for one in known if one not in hidden][:MAX_BUTTONS]
    # Which of several pictures goes on is one question, what to do with it another.
    groups = ([one for one in open_ones if (one.act is Act.USE) is is_use] for is_use in (True, False))
    rows = [
        [_button(one) for one in group[at : at + IN_A_ROW]]
        for group in groups
        for at in range(0, len(group), IN_A_ROW)
    ]
    if hidden:
        rows.append([_menu(hidden)])
    return [{"type": _ROW, "components": row} for row in rows]


def _button(button: Button) -> Json:
    return {
        "type": _BUTTON,
        "style": STYLES.get(button.act, _SECONDARY),
        "label": shorten(clean(button.label), LABEL_LETTERS) or _ELLIPSIS,
        "custom_id": custom_id(button),
    }


def _menu(buttons: Sequence[Button]) -> Json:
    options = [
        {
            "label": shorten(clean(one.label), CHOICE_LETTERS) or _ELLIPSIS,
            "value": custom_id(one),
        }
        for one in buttons
    ]
    return {
        "type": _MENU,
        "custom_id": f"{MORE}:{buttons[0].subject}"[:ID_LETTERS],
        "placeholder": _ELLIPSIS,
        "options": options,
    }


def thread_name(card: Card) -> str:
    """What the thread made from a message is called: the wish, or else what the message says."""
    wishes = [line.text for line in card.lines if line.tone is Tone.TITLE]
    return wishes[0] if wishes and wishes[0].strip() else card.text


def hint(text: str, mark: int) -> list[Json]:
    """The first message in a thread: words alone."""
    return [{**_text_display(prefixed(escaped(text), "-# ")), "id": mark}]
