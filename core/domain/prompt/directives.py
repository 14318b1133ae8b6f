"""What a reply or a command asks for.

Owns the rule that a directive's word counts only as the whole reply: "close the door" is an edit. Must
never learn a platform's mention syntax; whoever receives the reply says whether it names us or others.
"""

from __future__ import annotations

import re
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.ids import Letter
from core.domain.prompt import model
from core.domain.prompt.directive_words import (
    BACK_FRAMES,
    FORGET_FRAMES,
    SYNONYMS,
    USE_FRAMES,
    Word,
)
from core.domain.prompt.model import (
    Compare,
    Edit,
    Forget,
    ForgetWhat,
    Generate,
    GoTo,
    Help,
    Problem,
    Prompt,
    Talk,
    Use,
)
from core.domain.prompt.parser import read_prompt
from core.domain.prompt.phrases import plain, target_before, target_from, targets_from
from core.domain.prompt.received import receive
from core.domain.shape import Tier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from core.domain.prompt.model import Directive
    from core.domain.prompt.received import Received

_MEANINGS: Final[Mapping[Word, Directive]] = MappingProxyType(
    {
        Word.UNDO: model.Undo(),
        Word.REDO: model.Redo(),
        Word.AGAIN: model.Again(),
        Word.FINAL: model.Final(),
        Word.SHOW: model.Show(),
        Word.WHY: model.Why(),
        Word.COMPARE: model.Compare(),
        Word.HISTORY: model.History(),
        Word.CANCEL: model.Cancel(),
        Word.CLOSE: model.Close(),
        Word.HELP: model.Help(),
        Word.QUOTA: model.Quota(),
        Word.FORGET_THIS: model.Forget(ForgetWhat.THIS),
        Word.FORGET_THREAD: model.Forget(ForgetWhat.THREAD),
        Word.FORGET_ME: model.Forget(ForgetWhat.ME),
    }
)

_WORDS: Final[Mapping[str, Word]] = MappingProxyType(
    {
        plain(phrase): word
        for language in SYNONYMS.values()
        for word, phrases in language.items()
        for phrase in phrases
    }
)
_COMPARE_WORDS: Final = tuple(phrase for phrase, word in _WORDS.items() if word is Word.COMPARE)
_LETTERS: Final = frozenset("abcdefgh")

_FINAL_TIER: Final = re.compile(r"(.+?)\s*([124]k)")
_COMMENT: Final = re.compile(r"\s*//")
_TO_SOMEBODY: Final = re.compile(r"\s*@\w")
_SHORTCODE: Final = re.compile(r":(?:[a-z][a-z0-9_+\-]*|[+\-]1|100|1234):", re.IGNORECASE)
# A letter or digit that is not the base of an emoji (`1️⃣`, `ℹ️`).
_LETTER_OR_DIGIT: Final = re.compile("[^\\W_](?![\ufe0f\u20e3])")


def parse_reply(
    text: str, *, is_addressed: bool = False, mentions_others: bool = False, has_attachments: bool = False
) -> Directive | Problem:
    """Read a reply in a thread, our own mention already taken off.

    `is_addressed`: the reply mentioned us. `mentions_others`: it mentioned somebody else; then it is talk
    unless it is addressed to us too. An empty reply is talk, with pictures it is an edit with them, and
    addressed to us it asks for help. Custom emoji are expected as `:name:`.
    """
    source = receive(text)
    if not source.clean.strip():
        return _without_words(is_addressed=is_addressed, has_attachments=has_attachments)
    if _is_talk(source, is_addressed=is_addressed, mentions_others=mentions_others):
        return Talk()
    return _directive(plain(source.clean.strip())) or _edit(source)


def parse_command(text: str) -> Generate | Help | Problem:
    """Read what follows `/imagine`: a prompt, or the word for help in any language."""
    source = receive(text)
    if _WORDS.get(plain(source.clean.strip())) is Word.HELP:
        return Help()
    prompt = read_prompt(source)
    return prompt if isinstance(prompt, Problem) else Generate(prompt)


def parse_form(text: str, *, has_attachments: bool = False) -> Edit | Problem:
    """Read the words of a form that was opened to edit a picture: a wish, whatever words it is made of.

    A version named at its beginning is the target, as in a reply.
    """
    source = receive(text)
    if has_attachments and not source.clean.strip():
        return Edit(Prompt(""))
    return _edit(source)


def parse_forgetting(text: str) -> Forget | None:
    """Read `forget this`, `forget thread`, `forget me` in any language, or None where it is none of them."""
    phrase = plain(receive(text).clean.strip())
    meaning = _word(phrase) or _struck(phrase)
    return meaning if isinstance(meaning, Forget) else None


def _without_words(*, is_addressed: bool, has_attachments: bool) -> Directive:
    if has_attachments:
        return Edit(Prompt(""))
    return Help() if is_addressed else Talk()


def _is_talk(source: Received, *, is_addressed: bool, mentions_others: bool) -> bool:
    if _COMMENT.match(source.folded):
        return True
    if not is_addressed and (mentions_others or _TO_SOMEBODY.match(source.folded)):
        return True
    return _LETTER_OR_DIGIT.search(_SHORTCODE.sub("", source.clean)) is None


def _edit(source: Received) -> Edit | Problem:
    target, start = target_before(source.folded) or (None, 0)
    prompt = read_prompt(source, start, may_lack_words=True)
    return prompt if isinstance(prompt, Problem) else Edit(prompt, target)


def spoken(phrase: str) -> Directive | None:
    """Read a plain phrase that is one directive's word, as whoever reads other words may share it."""
    return _word(phrase)


def _directive(phrase: str) -> Directive | None:
    """Read a whole reply as a directive's word, or None where it is none."""
    return next((found for read in _PHRASE_READERS if (found := read(phrase)) is not None), None)


def _word(phrase: str) -> Directive | None:
    word = _WORDS.get(phrase)
    return None if word is None else _MEANINGS[word]


def _choice(phrase: str) -> Directive | None:
    """Read `b`, `use b`, `v2`, `use v2b`, each also in its frame of words in any language."""
    for framed in chain((phrase,), _framed(phrase, _USE_FRAMES)):
        target = target_from(framed)
        if target is not None:
            return GoTo(target)
        if framed in _LETTERS:
            return Use(Letter(framed))
    return None


def _way_back(phrase: str) -> Directive | None:
    targets = (target_from(framed) for framed in _framed(phrase, _BACK_FRAMES))
    return next((GoTo(target) for target in targets if target is not None), None)


def _struck(phrase: str) -> Directive | None:
    """Read `delete v2`, `forget v2`: the version as a whole, because candidates are kept together."""
    targets = (target_from(framed) for framed in _framed(phrase, _FORGET_FRAMES))
    return next((Forget(ForgetWhat.THIS, target) for target in targets if target is not None), None)


def _final_size(phrase: str) -> Directive | None:
    """Read `final 4k`, with the word in any language."""
    found = _FINAL_TIER.fullmatch(phrase)
    if found is None or _WORDS.get(found[1]) is not Word.FINAL:
        return None
    return model.Final(Tier(found[2]))


def _comparison(phrase: str) -> Directive | None:
    """Read `compare v1 v3`; one version alone is compared with the head. Some languages put the verb last."""
    for word in _COMPARE_WORDS:
        rest = phrase.removeprefix(word) if phrase.startswith(word) else phrase.removesuffix(word)
        targets = targets_from(rest.strip()) if rest != phrase else None
        if targets is not None:
            return Compare(*targets)
    return None


def _framed(phrase: str, frames: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for before, after in frames:
        if phrase.startswith(before) and phrase.endswith(after) and len(phrase) > len(before) + len(after):
            yield phrase[len(before) : len(phrase) - len(after)].strip()


def _plain_frames(frames: Mapping[str, tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    return tuple((plain(before), plain(after)) for before, after in chain.from_iterable(frames.values()))


_USE_FRAMES: Final = _plain_frames(USE_FRAMES)
_BACK_FRAMES: Final = _plain_frames(BACK_FRAMES)
_FORGET_FRAMES: Final = _plain_frames(FORGET_FRAMES)
_PHRASE_READERS: Final[tuple[Callable[[str], Directive | None], ...]] = (
    _word,
    _choice,
    _way_back,
    _struck,
    _final_size,
    _comparison,
)
