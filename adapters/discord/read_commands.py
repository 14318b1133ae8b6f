"""A command that was given, into what the core takes in. Pure.

Owns which typed field means which option. Whether a value makes sense is the one parser's to judge.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from adapters.discord.commands import FORGETTABLE, IMAGES, Setting
from adapters.discord.read import Heard, attachments_of, heard_of
from adapters.discord.words import Words, words_typed
from adapters.platforms.payload import Payload, inner, number, objects, text
from core.app.inbound import InboundKind, Press
from core.domain.card import Act
from core.domain.prompt.chosen import Chosen, with_chosen

if TYPE_CHECKING:
    from adapters.discord.asked import Asked, Spot
    from core.app.inbound import Attachment

_TRANSPARENT: Final = "transparent"
_VERSION: Final = re.compile(r"v?([1-9][0-9]{0,5}[a-h]?)\b", re.ASCII)


def options_of(asked: Asked) -> dict[str, Payload]:
    """The fields that were filled in, by name; those of a subcommand, where there is one."""
    _, options = _within(asked)
    return {text(one, "name"): one for one in options}


def setting_of(asked: Asked) -> Setting | None:
    """The subcommand of `/settings`."""
    name, _ = _within(asked)
    return Setting(name) if name in set(Setting) else None


def _within(asked: Asked) -> tuple[str, list[Payload]]:
    """The subcommand's name, and the fields that count."""
    options = list(objects(asked.data, "options"))
    if len(options) == 1 and number(options[0], "type") == 1:
        return text(options[0], "name"), list(objects(options[0], "options"))
    return "", options


def read_imagine(asked: Asked, spot: Spot) -> Heard:
    """`/imagine`: the words with what was chosen beside them, and the pictures to go by."""
    options = options_of(asked)
    heard = heard_of(asked, InboundKind.COMMAND, spot, _words(options, "prompt"))
    return replace(heard, attachments=_images(asked, options))


def version_of(asked: Asked) -> tuple[str, str]:
    """The version that `/edit` names as a button would name it (`v3b`), and as it was typed."""
    typed = _typed(options_of(asked), "version").strip()
    found = _VERSION.match(typed.lower())
    return ("" if found is None else f"v{found[1]}", typed)


def read_edit(asked: Asked, spot: Spot, version: str) -> Heard:
    """`/edit`: a wish for that version (`v3b`), or for the last one where none is named."""
    options = options_of(asked)
    heard = heard_of(asked, InboundKind.MESSAGE, spot, _words(options, "change"))
    return replace(heard, press=Press(Act.EDIT, version), attachments=_images(asked, options))


def read_service(asked: Asked, spot: Spot, words: str) -> Heard:
    """Words to the bot about itself."""
    return heard_of(asked, InboundKind.SERVICE, spot, Words(words))


def forget_words(asked: Asked) -> str:
    """What `/forget` says; only what it offers."""
    wanted = _typed(options_of(asked), "what")
    return wanted if wanted in FORGETTABLE else "forget"


def usage_words(asked: Asked) -> str:
    """What `/settings usage` says."""
    days = number(options_of(asked).get("days", {}), "value")
    return "usage" if days is None else f"usage {days}"


def _words(options: dict[str, Payload], name: str) -> Words:
    return Words(with_chosen(words_typed(_typed(options, name)), _chosen(options)))


def _chosen(options: dict[str, Payload]) -> Chosen:
    return Chosen(
        ratio=_typed(options, "aspect") or None,
        size=_typed(options, "size") or None,
        quality=_typed(options, "quality") or None,
        count=number(options.get("count", {}), "value"),
        background=_TRANSPARENT if _typed(options, "background") == _TRANSPARENT else None,
        output_format=_typed(options, "format") or None,
    )


def _images(asked: Asked, options: dict[str, Payload]) -> tuple[Attachment, ...]:
    files = inner(inner(asked.data, "resolved"), "attachments")
    named = (_typed(options, f"image{at}") for at in range(1, IMAGES + 1))
    return attachments_of(inner(files, one) for one in named if one)


def _typed(options: dict[str, Payload], name: str) -> str:
    return text(options.get(name, {}), "value")
