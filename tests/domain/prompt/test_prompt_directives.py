from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import Letter
from core.domain.prompt import model
from core.domain.prompt.directive_words import BACK_FRAMES, SYNONYMS, USE_FRAMES, Word
from core.domain.prompt.directives import parse_command, parse_forgetting, parse_form, parse_reply
from core.domain.prompt.model import (
    Compare,
    Edit,
    Forget,
    ForgetWhat,
    Generate,
    GoTo,
    Help,
    Options,
    Problem,
    ProblemCode,
    Prompt,
    Span,
    Talk,
    Target,
    Use,
)
from core.domain.prompt.phrases import plain
from core.domain.shape import Ratio, Tier
from tests.domain.prompt import prompt_texts

_LANGUAGES = {"en", "zh-Hans", "zh-Hant", "ja", "ko", "es", "de", "fr", "pt", "ar"}
_MEANT = {
    Word.UNDO: model.Undo(),
    Word.REDO: model.Redo(),
    Word.AGAIN: model.Again(),
    Word.FINAL: model.Final(),
    Word.SHOW: model.Show(),
    Word.WHY: model.Why(),
    Word.COMPARE: Compare(),
    Word.HISTORY: model.History(),
    Word.CANCEL: model.Cancel(),
    Word.CLOSE: model.Close(),
    Word.HELP: Help(),
    Word.QUOTA: model.Quota(),
    Word.FORGET_THIS: Forget(ForgetWhat.THIS),
    Word.FORGET_THREAD: Forget(ForgetWhat.THREAD),
    Word.FORGET_ME: Forget(ForgetWhat.ME),
}
_SAYINGS = [
    (word, phrase)
    for language in SYNONYMS.values()
    for word, phrases in language.items()
    for phrase in phrases
]
_USES = [frame for frames in USE_FRAMES.values() for frame in frames]
_BACKS = [frame for frames in BACK_FRAMES.values() for frame in frames]


def test_every_language_says_every_word() -> None:
    """No language lacks a word, a way to choose, or a way back."""
    assert set(SYNONYMS) == set(USE_FRAMES) == set(BACK_FRAMES) == _LANGUAGES
    assert all(words.keys() == set(Word) and all(words.values()) for words in SYNONYMS.values())


def test_no_word_means_two_things() -> None:
    """A word shared by languages means the same in all of them."""
    meanings = defaultdict(set)
    for word, phrase in _SAYINGS:
        meanings[plain(phrase)].add(word)
    assert {phrase: words for phrase, words in meanings.items() if len(words) > 1} == {}


@pytest.mark.parametrize(("word", "phrase"), _SAYINGS)
def test_a_word_counts_as_the_whole_reply_only(word: Word, phrase: str) -> None:
    """Alone it acts, in any case and with any punctuation; with another word beside it, it is an edit."""
    for said in (phrase, f"  {phrase.upper()}!! ", f"{phrase}。", f"{phrase} 🙏", f"\u200f{phrase}\n"):
        assert parse_reply(said) == _MEANT[word], said
    for neighbour in (f"{phrase} zebra", f"zebra {phrase}", f"{phrase}斑马"):
        assert parse_reply(neighbour) == Edit(Prompt(neighbour)), neighbour


@pytest.mark.parametrize("frame", _USES)
def test_a_choice_is_read_in_every_language(frame: tuple[str, str]) -> None:
    """The words for "use" with a letter choose it, with a version go to it, with anything else edit."""
    before, after = frame
    assert parse_reply(f"{before} b{after}") == Use(Letter("b"))
    assert parse_reply(f"{before} B {after}!") == Use(Letter("b"))
    assert parse_reply(f"{before} v2b{after}") == GoTo(Target(2, Letter("b")))
    assert isinstance(parse_reply(f"{before} zebra {after}"), Edit)
    assert isinstance(parse_reply(f"{before} i {after}"), Edit)


@pytest.mark.parametrize("frame", _BACKS)
def test_a_way_back_is_read_in_every_language(frame: tuple[str, str]) -> None:
    """The words for "back to" with a version go to it, with anything else they edit."""
    before, after = frame
    assert parse_reply(f"{before} v12 {after}") == GoTo(Target(12))
    assert isinstance(parse_reply(f"{before} the zebra {after}"), Edit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b", Use(Letter("b"))),
        ("H.", Use(Letter("h"))),
        ("v2", GoTo(Target(2))),
        ("V2b", GoTo(Target(2, Letter("b")))),
        ("ｖ２", GoTo(Target(2))),
        ("v٢", GoTo(Target(2))),
        ("version 2 b", GoTo(Target(2, Letter("b")))),
        ("第2版", GoTo(Target(2))),
        ("版本２", GoTo(Target(2))),
        ("バージョン2", GoTo(Target(2))),
        ("버전 2", GoTo(Target(2))),
        ("versión 2", GoTo(Target(2))),
        ("الإصدار ٢", GoTo(Target(2))),
        ("v2:", GoTo(Target(2))),
        ("v0", GoTo(Target(0))),
        ("回到v2", GoTo(Target(2))),
        ("v2に戻す", GoTo(Target(2))),
        ("bを使う", Use(Letter("b"))),
        ("用b", Use(Letter("b"))),
        ("final 4k", model.Final(Tier.FOUR_K)),
        ("Final 2K!", model.Final(Tier.TWO_K)),
        ("最终4k", model.Final(Tier.FOUR_K)),
        ("최종 4K", model.Final(Tier.FOUR_K)),
        ("نهائي ٤k", model.Final(Tier.FOUR_K)),
        ("compare v1 v3", Compare(Target(1), Target(3))),
        ("Compare V1, v3b.", Compare(Target(1), Target(3, Letter("b")))),
        ("compare v1 and v3", Compare(Target(1), Target(3))),
        ("compare v2", Compare(Target(2))),
        ("比较v1和v3", Compare(Target(1), Target(3))),
        ("v1とv3を比較", Compare(Target(1), Target(3))),
        ("v1 v3 비교", Compare(Target(1), Target(3))),
        ("compara v1 y v3", Compare(Target(1), Target(3))),
        ("vergleiche v1 mit v3", Compare(Target(1), Target(3))),
        ("قارن v1 و v3", Compare(Target(1), Target(3))),
        ("¿Por qué?", model.Why()),
        ("RUCKGANGIG", model.Undo()),
        ("schliessen", model.Close()),
        ("مرة اخرى", model.Again()),
        ("forget this", Forget(ForgetWhat.THIS)),
        ("Delete this thread!", Forget(ForgetWhat.THREAD)),
        ("forget me", Forget(ForgetWhat.ME)),
        ("delete v2", Forget(ForgetWhat.THIS, Target(2))),
        ("v2 を削除", Forget(ForgetWhat.THIS, Target(2))),
        ("删除v2", Forget(ForgetWhat.THIS, Target(2))),
    ],
)
def test_replies_that_are_no_edits(text: str, expected: model.Directive) -> None:
    """Letters, versions, sizes and pairs are read with any width, case and digits."""
    assert parse_reply(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "close the door", "undo the hat", "why is it blue", "show a bigger fox", "final touch: a hat",
        "help the fox", "i", "ab", "v",
        "use more blue", "compare them to apples", "final 8k", "v2 make it blue", "delete the hat",
        '"undo"', "forget the hat",
        "stop sign", "a hat", "version 2 of the hat", "x2", "v1234567", "again, but blue",
    ],
)  # fmt: skip
def test_near_neighbours_are_edits(text: str) -> None:
    """Words that only begin like a directive ask for a change of the picture."""
    edit = parse_reply(text)
    assert isinstance(edit, Edit)
    assert (edit.prompt.words, edit.target) == (text, None)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("v2: make the sky green", Target(2)),
        ("V2b : make the sky green", Target(2, Letter("b"))),
        ("ｖ２：make the sky green", Target(2)),
        ("版本2：make the sky green", Target(2)),
        ("第2版：make the sky green", Target(2)),
        ("الإصدار ٢: make the sky green", Target(2)),
    ],
)
def test_a_version_before_a_colon_is_edited(text: str, target: Target) -> None:
    """An edit that names its version starts a branch from it."""
    assert parse_reply(text) == Edit(Prompt("make the sky green"), target)


def test_a_problem_after_a_version_is_pointed_at_where_it_stands() -> None:
    """Places count from the start of the reply, not of the edit."""
    text = "v2:\r\nsky --qualty high"
    problem = parse_reply(text)
    assert isinstance(problem, Problem)
    assert text[problem.span.start : problem.span.end] == "--qualty"


@pytest.mark.parametrize(
    "text",
    [
        "", "  \n", "// not for you", " ／／ note", "👍", "👍🏽 🎉", "👩‍👩‍👧‍👦", "❤️", "1️⃣", "🇯🇵",
        "ℹ️", ":tada:", ":+1: :tada::skin-tone-2:", "!!!", "?", "@maria nice!", " @María!",
    ],
)  # fmt: skip
def test_talk_is_left_alone(text: str) -> None:
    """Comments, emoji, marks without a word and words to somebody else do nothing."""
    assert parse_reply(text) == Talk()


def test_mentions_decide_who_is_meant() -> None:
    """A reply that mentions others is talk, unless it mentions us too."""
    assert parse_reply("nice one", mentions_others=True) == Talk()
    assert parse_reply("undo", mentions_others=True) == Talk()
    assert parse_reply("undo", mentions_others=True, is_addressed=True) == model.Undo()
    assert parse_reply("@maria look", is_addressed=True) == Edit(Prompt("@maria look"))
    assert parse_reply("// undo", is_addressed=True) == Talk()


def test_an_empty_reply_depends_on_what_came_with_it() -> None:
    """Nothing is talk, pictures are an edit with them, our bare name asks for help."""
    assert parse_reply(" ", has_attachments=True) == Edit(Prompt(""))
    assert parse_reply("", is_addressed=True) == Help()
    assert parse_reply("👍", has_attachments=True) == Talk()
    assert parse_reply("undo", has_attachments=True) == model.Undo()


def test_options_alone_are_an_edit() -> None:
    """`--ar 16:9` changes the shape and nothing else."""
    assert parse_reply("--ar 16:9") == Edit(Prompt("", options=Options(ratio=Ratio(16, 9))))


def test_a_command_makes_a_picture() -> None:
    """What follows the command is a prompt, even where it would be a directive in a thread."""
    assert parse_command("a fox") == Generate(Prompt("a fox"))
    assert parse_command("undo") == Generate(Prompt("undo"))
    assert parse_command("// a fox") == Generate(Prompt("// a fox"))
    assert parse_command("help a fox") == Generate(Prompt("help a fox"))


@pytest.mark.parametrize(
    "text", ["help", " Help! ", "帮助", "ヘルプ", "도움말", "ayuda", "Hilfe", "aide", "ajuda", "مساعدة"]
)
def test_a_command_can_ask_for_help(text: str) -> None:
    """The word for help alone gets help, in any language."""
    assert parse_command(text) == Help()


def test_an_empty_command_is_a_problem() -> None:
    """Without words there is nothing to make."""
    assert parse_command("") == Problem(ProblemCode.EMPTY, Span(0, 0))


@given(
    text=prompt_texts.messages,
    is_addressed=st.booleans(),
    mentions_others=st.booleans(),
    has_attachments=st.booleans(),
)
def test_any_reply_is_understood_somehow(
    *, text: str, is_addressed: bool, mentions_others: bool, has_attachments: bool
) -> None:
    """No reply raises; one that is meant for others never becomes anything."""
    directive = parse_reply(
        text, is_addressed=is_addressed, mentions_others=mentions_others, has_attachments=has_attachments
    )
    if text.strip("\0\x85 \t\r\n") and mentions_others and not is_addressed and text.strip().isascii():
        assert directive == Talk()
    assert isinstance(parse_command(text), Generate | Help | Problem)


def test_words_to_the_bot_about_itself_know_what_to_forget() -> None:
    """What asks to forget in a reply asks the same elsewhere, and nothing else does."""
    for word, phrase in _SAYINGS:
        meaning = _MEANT[word]
        read = parse_forgetting(f" {phrase.upper()}. ")
        assert read == (meaning if isinstance(meaning, Forget) else None), phrase


@pytest.mark.parametrize("text", ["undo", "final", "// rain", "@maria rain", "delete", ":tada: 5"])
def test_what_a_form_says_is_a_wish_whatever_its_words(text: str) -> None:
    """Somebody who opened a form to edit and sent it wants an edit."""
    assert parse_form(text) == Edit(Prompt(text))


def test_a_form_can_name_a_version_bring_pictures_alone_or_be_wrong() -> None:
    """As a reply can; without anything it is no wish."""
    assert parse_form("v2b: rain") == Edit(Prompt("rain"), Target(2, Letter("b")))
    assert parse_form("--ar 16:9") == Edit(Prompt("", options=Options(ratio=Ratio(16, 9))))
    assert parse_form(" ", has_attachments=True) == Edit(Prompt(""))
    empty = parse_form(" ")
    assert isinstance(empty, Problem)
    assert empty.code is ProblemCode.EMPTY
