"""The forms "New picture" and "Edit this picture", as views. Pure.

Owns their fields. What the fields may hold comes from the core; what was typed is judged there too. A form
knows by itself where it belongs (`Errand`, in its private metadata), so that it can be sent after a restart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from adapters.slack.form_values import NOTHING
from adapters.slack.render_text import plain
from core.app.wording import sentence
from core.domain.generation import OutputFormat
from core.domain.prompt.values import MAX_COUNT, QUALITIES
from core.domain.shape import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable

View = dict[str, Any]
Block = dict[str, Any]

FORM: Final = "picture_form"
"""The callback id of both forms."""

MAX_METADATA: Final = 3000
MAX_FILES: Final = 10
MAX_TITLE: Final = 24
MAX_LABEL: Final = 75
"""What Slack takes (2026-11): files of one field, characters of a title and of an option's label."""

MAX_WORDS: Final = 3000
"""Characters of a text field (Slack, 2026-11). Longer wishes go into a message, which takes more."""

RATIOS: Final = ("1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9", "3:1")


class Field(StrEnum):
    """The fields, by the id of their block and of what is in it."""

    WORDS = "words"
    CHANNEL = "channel"
    RATIO = "ratio"
    SIZE = "size"
    QUALITY = "quality"
    COUNT = "count"
    FORMAT = "format"
    BACKGROUND = "background"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Errand:
    """Where a form was opened from and what is to come of it.

    `channel` is empty where the form asks for it. `subject` names the version that is edited (`v3b`); None
    makes a new picture. `files` are ids of pictures that are there already. `context` is the sealed way to
    answer.
    """

    channel: str = ""
    thread: str = ""
    message: str = ""
    subject: str | None = None
    files: tuple[str, ...] = ()
    context: str = ""

    @property
    def metadata(self) -> str:
        """As a view carries it; whatever does not fit is left out, the files last."""
        kept = [self.channel, self.thread, self.message, self.subject, list(self.files), self.context]
        written = json.dumps(kept, separators=(",", ":"))
        if len(written) <= MAX_METADATA:
            return written
        return json.dumps([*kept[:5], ""], separators=(",", ":"))[:MAX_METADATA]


def read_errand(metadata: str) -> Errand | None:
    """What a view carries, or None for something that we did not write."""
    try:
        found = json.loads(metadata)
    except ValueError:
        return None
    match found:
        case [str(channel), str(thread), str(message), str() | None as subject, list(files), str(context)]:
            return Errand(channel, thread, message, subject, tuple(map(str, files)), context)
        case _:
            return None


def picture_form(errand: Errand, locale: str) -> View:
    """The form for a new picture, or for an edit where the errand names a version."""
    is_edit = errand.subject is not None
    title = sentence("form_edit" if is_edit else "form_new", locale)
    blocks = [
        *([] if errand.channel else [_channel(locale)]),
        _words(locale, is_edit=is_edit, is_optional=is_edit or bool(errand.files)),
        *(
            [_note(sentence("form_starts_from_files", locale, count=len(errand.files)))]
            if errand.files
            else []
        ),
        _list(Field.RATIO, locale, [(one, one) for one in RATIOS]),
        _list(Field.SIZE, locale, [(tier.value, tier.value.upper()) for tier in Tier]),
        _list(Field.QUALITY, locale, [(one, sentence(f"quality_{one}", locale)) for one in QUALITIES]),
        _list(Field.COUNT, locale, [(str(one), str(one)) for one in range(1, MAX_COUNT + 1)]),
        _list(Field.FORMAT, locale, [(one.value, one.value.upper()) for one in OutputFormat]),
        _list(Field.BACKGROUND, locale, [("transparent", sentence("form_transparent", locale))]),
        _files(locale),
    ]
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain(title, MAX_TITLE),
        "submit": plain(sentence("form_send", locale), MAX_TITLE),
        "close": plain(sentence("form_close", locale), MAX_TITLE),
        "private_metadata": errand.metadata,
        "blocks": blocks,
    }


def note_view(title: str, text: str, locale: str) -> View:
    """A form without fields, which says one thing."""
    return {
        "type": "modal",
        "title": plain(title, MAX_TITLE),
        "close": plain(sentence("form_close", locale), MAX_TITLE),
        "blocks": [{"type": "section", "text": plain(text, 3000)}],
    }


def option(value: str, label: str) -> dict[str, Any]:
    """One entry of a list."""
    return {"text": plain(label, MAX_LABEL), "value": value}


def _words(locale: str, *, is_edit: bool, is_optional: bool) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": Field.WORDS.value,
        "multiline": True,
        "max_length": MAX_WORDS,
        "focus_on_load": True,
        "placeholder": plain(sentence("form_words_edit" if is_edit else "form_words_new", locale), 150),
    }
    label = sentence("form_change" if is_edit else "form_words", locale)
    return _input(Field.WORDS, label, element, is_optional=is_optional)


def _channel(locale: str) -> Block:
    element = {
        "type": "conversations_select",
        "action_id": Field.CHANNEL.value,
        "default_to_current_conversation": True,
        # The only way to answer in a conversation that we are not in (Slack, 2026-11).
        "response_url_enabled": True,
        "filter": {"include": ["public", "private", "mpim", "im"], "exclude_bot_users": False},
    }
    return _input(Field.CHANNEL, sentence("form_channel", locale), element, is_optional=False)


def _list(field: Field, locale: str, choices: Iterable[tuple[str, str]]) -> Block:
    nothing = option(NOTHING, sentence("form_unchanged", locale))
    element = {
        "type": "static_select",
        "action_id": field.value,
        "initial_option": nothing,
        "options": [nothing, *(option(value, label) for value, label in choices)],
    }
    return _input(field, sentence(f"form_{field.value}", locale), element, is_optional=True)


def _files(locale: str) -> Block:
    element = {
        "type": "file_input",
        "action_id": Field.FILES.value,
        # Advice to the chooser only: what a file really is shows when it is opened.
        "filetypes": ["png", "jpg", "jpeg", "webp", "gif", "heic"],
        "max_files": MAX_FILES,
    }
    return _input(Field.FILES, sentence("form_files", locale), element, is_optional=True)


def _input(field: Field, label: str, element: dict[str, Any], *, is_optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": field.value,
        "label": plain(label, 2000),
        "optional": is_optional,
        "element": element,
    }


def _note(text: str) -> Block:
    return {"type": "context", "elements": [plain(text, 2000)]}
