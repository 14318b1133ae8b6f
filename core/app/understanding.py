"""From an Inbound to what it asks for: words through the grammar, buttons by a table.

Owns that translation. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from core.app.inbound import InboundKind
from core.domain.card import Act
from core.domain.ids import Letter
from core.domain.prompt.directives import parse_command, parse_form, parse_reply
from core.domain.prompt.model import (
    Again,
    Cancel,
    Compare,
    Directive,
    Edit,
    Final,
    Forget,
    ForgetWhat,
    GoTo,
    History,
    NotYet,
    Problem,
    Redo,
    Service,
    Target,
    Undo,
    Why,
)
from core.domain.prompt.service import parse_service

if TYPE_CHECKING:
    from core.app.inbound import Inbound, Press


@dataclass(frozen=True, slots=True)
class Original:
    """The unchanged file of a picture; only a button asks for it."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was asked back is meant. `subject` is the button's, which names what it carries out."""

    subject: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The person took back the message that they had asked with."""


@dataclass(frozen=True, slots=True)
class Revised:
    """The person put other words into the message that they had asked with."""

    wish: Directive | Problem


Understood = Directive | Service | Original | Confirmed | Withdrawn | Revised | Problem

_SUBJECT = re.compile(r"v(?P<number>[1-9][0-9]{0,5})(?P<letter>[a-h])?")


def understand(inbound: Inbound) -> Understood:
    """What the person asks for."""
    match inbound.kind:
        case InboundKind.COMMAND:
            return parse_command(inbound.text)
        case InboundKind.PRESS:
            return _pressed(inbound.press)
        case InboundKind.SERVICE:
            return parse_service(inbound.text)
        case InboundKind.MESSAGE:
            form = inbound.press if inbound.press is not None and inbound.press.act is Act.EDIT else None
            return _said(inbound) if form is None else _sent_form(inbound, form)
        case InboundKind.WITHDRAWN:
            return Withdrawn()
        case InboundKind.REVISED:
            return Revised(_said(inbound))
        case _:
            assert_never(inbound.kind)


def _said(inbound: Inbound) -> Directive | Problem:
    return parse_reply(
        inbound.text,
        is_addressed=inbound.is_addressed,
        mentions_others=inbound.mentions_others,
        has_attachments=bool(inbound.attachments),
    )


def _sent_form(inbound: Inbound, press: Press) -> Edit | Problem:
    """A form to edit what its button was about, unless the words name another version."""
    wish = parse_form(inbound.text, has_attachments=bool(inbound.attachments))
    if isinstance(wish, Problem) or wish.target is not None:
        return wish
    return replace(wish, target=target_of(press.subject))


def target_of(subject: str) -> Target | None:
    """The revision that a button is about: `v3`, `v3b`."""
    found = _SUBJECT.fullmatch(subject)
    if found is None:
        return None
    letter = found["letter"]
    return Target(int(found["number"]), Letter(letter) if letter else None)


def _pressed(press: Press | None) -> Directive | Original | Confirmed:
    if press is None:
        return NotYet("button")
    target = target_of(press.subject)
    table: dict[Act, Directive | Original | Confirmed | None] = {
        Act.AGAIN: Again(),
        Act.TRY_AGAIN: Again(),
        Act.UNDO: Undo(),
        Act.REDO: Redo(),
        Act.FINAL: Final(),
        Act.USE: GoTo(target) if target is not None else None,
        Act.GO_TO: GoTo(target) if target is not None else None,
        Act.COMPARE: Compare(right=target),
        Act.HISTORY: History(),
        Act.WHY: Why(),
        Act.ORIGINAL: Original(),
        Act.CANCEL: Cancel(),
        Act.DELETE: Forget(ForgetWhat.THIS, target),
        Act.CONFIRM: Confirmed(press.subject),
    }
    return table.get(press.act) or NotYet(press.act.value)
