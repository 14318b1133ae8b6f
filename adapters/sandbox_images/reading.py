"""Reading a compiled prompt: which of its words the sandbox can act on.

Owns the search for known words, with the colour and number that belong to each thing. Must never paint.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from adapters.sandbox_images import lexicon
from core.domain.prompt.quotes import quoted_texts, without_quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_THINGS = 6
_MOST_OF_ONE = 5
_MOST_LETTERS_READ = 4000
_COLOUR_BEFORE, _COLOUR_AFTER, _NUMBER_BEFORE = 3, 1, 3
_ARABIC_ARTICLE = "ال"

_LEFT_OUT = "Leave out of the picture:"
_ADDED = (
    _LEFT_OUT,
    "Draw the first picture again",
    "Change only what is asked for above",
    "Work what the pictures after the first one",
    "Where the words above call for these texts",
    "The background is fully transparent",
    "The look to keep to:",
    "The first picture is the one to change",
)

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "several": 3, "many": 5, "2": 2, "3": 3, "4": 4, "5": 5,
    "dos": 2, "tres": 3, "zwei": 2, "drei": 3, "vier": 4, "deux": 2, "trois": 3, "dois": 2, "três": 3,
    "两": 2, "三": 3, "四": 4, "二": 2,
}  # fmt: skip

_TABLES = {
    "mood": lexicon.MOODS,
    "ground": lexicon.GROUNDS,
    "weather": lexicon.WEATHER,
    "colour": lexicon.COLOUR_WORDS,
    "motif": lexicon.MOTIFS,
    "look": lexicon.LOOKS,
    "place": lexicon.PLACES,
    "flag": {
        "removal": lexicon.REMOVALS,
        "sky": lexicon.SKY_WORDS,
        "ground": lexicon.GROUND_WORDS,
        "more": lexicon.MORE_WORDS,
        "neon": lexicon.LIT_SIGN_WORDS,
    },
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A motif that was named, in the colour it was named in."""

    name: str
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What the sandbox understood of the words."""

    words: str
    texts: tuple[str, ...]
    things: tuple[Thing, ...] = ()
    moods: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    weather: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Hit:
    """A known word: its place among the words, and all it can mean."""

    at: int
    meanings: tuple[tuple[str, str], ...]


def read_prompt(compiled: str) -> Wish:
    """Read a compiled prompt: the person's words come first, then paragraphs that the compiler added.

    Of those, what is to be left out is obeyed; the others say to a model what the sandbox does anyway.
    """
    paragraphs = compiled.split("\n\n")
    words = "" if paragraphs[0].startswith(_ADDED) else paragraphs[0]
    wish = read_wish(words)
    unwanted = " ".join(part.removeprefix(_LEFT_OUT) for part in paragraphs if part.startswith(_LEFT_OUT))
    avoided = read_wish(unwanted)
    names = {thing.name for thing in avoided.things}
    return replace(
        wish,
        things=tuple(thing for thing in wish.things if thing.name not in names),
        weather=tuple(kind for kind in wish.weather if kind not in avoided.weather),
    )


def read_wish(words: str) -> Wish:
    """Read the person's own words; what the compiler added must be cut off before."""
    words = words[:_MOST_LETTERS_READ]
    pieces = list(_pieces(without_quotations(words).casefold()))
    hits = [_Hit(at, meanings) for at, piece in enumerate(pieces) if (meanings := _meanings(piece))]
    things, spent = _things(hits, pieces)
    free_colours = [name for hit in hits if hit.at not in spent for name in _of(hit, "colour")]
    return Wish(
        words=" ".join(words.split()),
        texts=quoted_texts(words),
        things=things,
        moods=_ordered(hits, "mood"),
        grounds=_ordered(hits, "ground"),
        weather=_ordered(hits, "weather"),
        colours=tuple(dict.fromkeys(free_colours)),
        looks=_ordered(hits, "look"),
        places=_ordered(hits, "place"),
        flags=frozenset(_ordered(hits, "flag")),
    )


def _things(hits: list[_Hit], pieces: list[str]) -> tuple[tuple[Thing, ...], set[int]]:
    """Pair each motif with the colour and number beside it; also says which colour words that used up."""
    colours = {hit.at: _of(hit, "colour")[0] for hit in hits if _of(hit, "colour")}
    things: list[Thing] = []
    spent: set[int] = set()
    seen: set[str] = set()
    for hit in hits:
        for name in _of(hit, "motif"):
            if name in seen:
                continue
            seen.add(name)
            near = [*range(hit.at - 1, hit.at - _COLOUR_BEFORE - 1, -1), hit.at, hit.at + _COLOUR_AFTER]
            place = next((at for at in near if at in colours and at not in spent), None)
            if place is not None:
                spent.add(place)
            thing = Thing(name, colours[place] if place is not None else None)
            things += [thing] * _number_before(hit.at, pieces)
    return tuple(things[:_MOST_THINGS]), spent


def _number_before(at: int, pieces: list[str]) -> int:
    before = pieces[max(0, at - _NUMBER_BEFORE) : at]
    return min(_MOST_OF_ONE, next((_NUMBERS[piece] for piece in reversed(before) if piece in _NUMBERS), 1))


def _of(hit: _Hit, table: str) -> list[str]:
    return [name for kind, name in hit.meanings if kind == table]


def _ordered(hits: list[_Hit], table: str) -> tuple[str, ...]:
    """List the names found, in the table's own order, which is one of importance."""
    found = {name for hit in hits for name in _of(hit, table)}
    return tuple(name for name in _TABLES[table] if name in found)


@cache
def _index() -> dict[str, tuple[tuple[str, str], ...]]:
    """Turn the tables round: from a word to all it can mean."""
    index: dict[str, list[tuple[str, str]]] = {}
    for kind, table in _TABLES.items():
        for name, words in table.items():
            for word in words.split():
                index.setdefault(word.casefold(), []).append((kind, name))
    return {word: tuple(meanings) for word, meanings in index.items()}


@cache
def _longest_solid_word() -> int:
    return max(len(word) for word in _index() if _is_solid(word[0]))


def _meanings(piece: str) -> tuple[tuple[str, str], ...]:
    """Look a word up, then without its plural or article."""
    index = _index()
    stems = (piece, piece.removesuffix("s"), piece.removesuffix("es"), piece.removesuffix("'s"))
    for stem in (*stems, piece.removeprefix(_ARABIC_ARTICLE)):
        if len(stem) > 1 or _is_solid(stem[:1] or "a"):
            found = index.get(stem)
            if found:
                return found
    return ()


def _pieces(text: str) -> Iterator[str]:
    """Cut a text into words; where words are written solid, into the longest known ones."""
    word, at = "", 0
    while at < len(text):
        letter = text[at]
        if _is_solid(letter):
            if word:
                yield word
                word = ""
            piece = _longest_known(text, at)
            yield piece
            at += len(piece)
            continue
        if letter.isalnum() or (word and letter in "-'’&"):
            word += letter
        elif word:
            yield word.rstrip("-'’&")
            word = ""
        at += 1
    if word:
        yield word.rstrip("-'’&")


def _longest_known(text: str, at: int) -> str:
    for length in range(_longest_solid_word(), 1, -1):
        piece = text[at : at + length]
        if len(piece) == length and piece in _index():
            return piece
    return text[at]


@cache
def _is_solid(letter: str) -> bool:
    """Whether the letter belongs to a script that joins words or particles without spaces."""
    name = unicodedata.name(letter, "")
    return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))
