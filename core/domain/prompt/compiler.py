"""From a Prompt to what the model is sent.

Owns the order and the English sentences around the person's words: the words, the texts to be drawn, what to
leave out, the kit, and for an edit that everything else stays. Must never learn a vendor's request.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.domain.prompt.lettering_words import LETTERING_WORDS
from core.domain.prompt.model import Problem, ProblemCode, Span
from core.domain.prompt.parser import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.prompt.model import Prompt

_TEXTS: Final = (
    "Where the words above call for these texts in the picture, draw each exactly as written here, letter by "
    "letter, and nothing in its place:"
)
_KEPT_TEXTS: Final = "Texts in the picture stay exactly as written here, letter by letter:"
_AVOID: Final = "Leave out of the picture:"
_KIT: Final = "The look to keep to:"
_KEEP: Final = (
    "Change only what is asked for above. Everything else in the first picture stays exactly as it is: "
    "subjects, faces, texts, composition, colours, light and style."
)
_KEEP_ALL: Final = (
    "Draw the first picture again and change nothing in it: subjects, faces, texts, composition, colours, "
    "light and style stay exactly as they are."
)
_MORE_DETAIL: Final = "Only bring out finer and cleaner detail."

_NEW_SHAPE: Final = "Where the frame has another shape, continue the scene to fill it."
_REFERENCES: Final = "The first picture is the one to change; the pictures after it are references."
_WORK_IN: Final = "Work what the pictures after the first one show into the first one."
_TRANSPARENT: Final = (
    "The background is fully transparent: the subject alone, no backdrop, no floor, no painted checkerboard."
)

_LONG: Final = 800
_LONG_WITH_IDEOGRAPHS: Final = 200
_IDEOGRAPH: Final = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
_LETTERING: Final = re.compile("|".join(LETTERING_WORDS), re.IGNORECASE)


def compile_prompt(
    prompt: Prompt, *, is_edit: bool, kit: str | None = None, reference_count: int = 0
) -> str | Problem:
    """Write what the model is sent for a prompt; TOO_LONG where that exceeds 32,000 characters.

    The quoted texts stay in the words, and are listed once each after them. `reference_count` is how many
    pictures an edit brings beside its base. An edit without words (options alone) asks for the same
    picture.
    """
    edit_parts = _edit_parts(prompt, reference_count) if is_edit else ()
    return _checked(
        (
            prompt.words,
            _listed(_TEXTS, prompt.quoted),
            _sentence(_AVOID, "; ".join(prompt.options.avoid)),
            _TRANSPARENT if prompt.options.is_transparent else "",
            _sentence(_KIT, kit or ""),
            *edit_parts,
        )
    )


def compile_final(texts: Sequence[str] = (), *, kit: str | None = None) -> str | Problem:
    """Write what the model is sent to draw the head again, better and otherwise unchanged.

    `texts` are the quoted texts of the prompt that made the head.
    """
    order = f"{_KEEP_ALL} {_MORE_DETAIL}"
    return _checked((order, _listed(_KEPT_TEXTS, texts), _sentence(_KIT, kit or "")))


def texts_tip(prompt: Prompt) -> bool:
    """Whether the person should hear that texts come out better when each stands in quotes on its own.

    Said for long prompts that ask for lettering: from 800 characters, from 200 where a text to be drawn
    is Chinese, Japanese or Korean.
    """
    lettering = "".join(prompt.quoted) or (prompt.words if _LETTERING.search(prompt.words) else "")
    is_hard = _IDEOGRAPH.search(lettering) is not None
    return lettering != "" and len(prompt.words) >= (_LONG_WITH_IDEOGRAPHS if is_hard else _LONG)


def _edit_parts(prompt: Prompt, reference_count: int) -> tuple[str, ...]:
    """Say what an edit must not touch, and what its pictures are."""
    asks = bool(prompt.words or prompt.options.avoid or prompt.options.is_transparent)
    order = _KEEP if asks or reference_count else _KEEP_ALL
    has_new_shape = prompt.options.ratio is not None or prompt.options.exact_size is not None
    return (
        _WORK_IN if reference_count and not asks else "",
        _REFERENCES if reference_count else "",
        f"{order} {_NEW_SHAPE}" if has_new_shape else order,
    )


def _listed(heading: str, texts: Sequence[str]) -> str:
    """Number the texts one by one, each once, in the order in which they first came."""
    lines = [f"{number}. “{text}”" for number, text in enumerate(dict.fromkeys(texts), start=1)]
    return "\n".join((heading, *lines)) if lines else ""


def _sentence(heading: str, words: str) -> str:
    return f"{heading} {words}" if words else ""


def _checked(parts: Sequence[str]) -> str | Problem:
    compiled = "\n\n".join(part for part in parts if part)
    if len(compiled) <= MAX_CHARACTERS:
        return compiled
    return Problem(ProblemCode.TOO_LONG, Span(MAX_CHARACTERS, len(compiled)), subject=str(len(compiled)))
