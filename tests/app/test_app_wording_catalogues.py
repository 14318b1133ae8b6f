"""What every language has to say, and that it says it with the same values and with words that work."""

from __future__ import annotations

import re
import string
from typing import Final

import pytest

from core.app.wording import english, language_of, template
from core.app.wording.languages import CATALOGUES
from core.app.wording.plurals import COUNTED_BY, ENDINGS
from core.domain.ids import Letter
from core.domain.prompt import model
from core.domain.prompt.directives import parse_command, parse_reply
from core.domain.prompt.model import Compare, Directive, Edit, GoTo, Target, Use
from core.domain.prompt.model import Final as Finally
from core.domain.shape import Ratio, Tier

OTHERS: Final = tuple(tag for tag in CATALOGUES if tag != "en")
ALL: Final = tuple(CATALOGUES)

SAME_EVERYWHERE: Final = frozenset(
    {
        "by",
        "said_again",
        "caption_seconds",
        "history_line_first",
        "gallery_line",
        "scope_actor",
        "usage_line",
        "audit_line",
        "settings_admins",
    }
)
"""Sentences that hold nothing but values, marks and symbols, so that a translation may equal the English."""

_NUMBER_FORM: Final = re.compile(f"({'|'.join(COUNTED_BY)})({'|'.join(ENDINGS.values())})")
_QUOTED: Final = re.compile("[“„«「][\u00a0\u2068]*(.+?)[\u00a0\u2069]*[”“»」]")

HELP_MEANS: Final[tuple[Directive, ...]] = (
    model.Undo(),
    model.Redo(),
    GoTo(Target(2)),
    model.Again(),
    Use(Letter("b")),
    Finally(),
    Finally(Tier.FOUR_K),
    model.Show(),
    model.Why(),
    Compare(),
    Compare(Target(1), Target(3)),
    model.History(),
    model.Cancel(),
    model.Close(),
    model.Help(),
)
"""What the words of the help line ask for, in their order."""

WORDS_TO_SAY: Final[dict[str, Directive]] = {
    "turn_not_shown": model.Show(),
    "nothing_to_redo": model.History(),
    "no_such_revision": model.History(),
    "no_such_candidate": model.History(),
    "revision_forgotten": model.History(),
    "prompt_unknown_option": model.Help(),
    "prompt_no_seeds": model.Again(),
    "help_account": model.Quota(),
}
"""Sentences that end in a word to be said, and what it must ask for."""


def _placeholders(text: str) -> list[tuple[str, str | None, str | None]]:
    return sorted(
        (name, spec, conversion)
        for _, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    )


def _names(text: str) -> set[str]:
    return {name for name, _, _ in _placeholders(text)}


def _base(code: str) -> str:
    found = _NUMBER_FORM.fullmatch(code)
    return code if found is None else found[1]


def _bare(text: str) -> str:
    return re.sub("[\u2068\u2069]", "", text).replace("\u00a0", " ")


@pytest.mark.parametrize("tag", OTHERS)
def test_every_language_says_everything(tag: str) -> None:
    """No sentence falls back to English, in any of the ten languages."""
    needed = {code for code in english.SENTENCES if _base(code) == code}
    assert needed - CATALOGUES[tag].keys() == set()


@pytest.mark.parametrize("tag", OTHERS)
def test_no_language_says_what_nobody_asks_for(tag: str) -> None:
    """A code that English does not know is a slip of the pen."""
    assert {code for code in CATALOGUES[tag] if _base(code) not in english.SENTENCES} == set()


@pytest.mark.parametrize("tag", ALL)
def test_translations_take_the_values_of_the_english_sentence(tag: str) -> None:
    """The same names stand in braces, each bare: no index, attribute, conversion or format."""
    for code, text in CATALOGUES[tag].items():
        found = _placeholders(text)
        assert all(name.isidentifier() and not spec and not how for name, spec, how in found), (code, text)
        if _base(code) == code:
            assert _names(text) == _names(english.SENTENCES[code]), code
        else:
            assert _names(text) <= _names(english.SENTENCES[_base(code)]), code


@pytest.mark.parametrize("tag", ALL)
def test_no_sentence_is_empty_or_ragged(tag: str) -> None:
    """Each says something, without stray spaces, doubled ones, line breaks or marks that show as typed."""
    for code, text in CATALOGUES[tag].items():
        assert text.strip(), code
        assert text == text.lstrip(), code
        assert text == text.rstrip() or code == "did_you_mean", code
        assert not re.search(r"  |\n|`|\*|\.\.\.", text), code


@pytest.mark.parametrize("tag", OTHERS)
def test_nothing_is_left_in_english(tag: str) -> None:
    """A sentence that equals the English one was forgotten, but for those without words."""
    same = {code for code, text in CATALOGUES[tag].items() if text == english.SENTENCES.get(code)}
    assert same <= SAME_EVERYWHERE


@pytest.mark.parametrize("tag", ALL)
def test_the_words_of_the_help_work(tag: str) -> None:
    """Each word of the help line, typed as shown, does what its place in the line says."""
    words = template("help_words", tag).split(" · ")
    assert tuple(parse_reply(word) for word in words) == HELP_MEANS


@pytest.mark.parametrize("tag", ALL)
def test_the_example_of_the_help_is_an_edit_of_v2(tag: str) -> None:
    """The quoted reply in the help starts from v2."""
    quoted = _QUOTED.search(template("help_reply", tag))
    assert quoted is not None
    said = parse_reply(_bare(quoted[1]))
    assert isinstance(said, Edit)
    assert said.target == Target(2)


@pytest.mark.parametrize("code", WORDS_TO_SAY)
@pytest.mark.parametrize("tag", ALL)
def test_a_word_that_people_are_told_to_say_is_understood(code: str, tag: str) -> None:
    """What stands in quotes at the end of a sentence is a directive of that language."""
    quoted = _QUOTED.findall(template(code, tag))
    assert [parse_reply(word) for word in quoted] == [WORDS_TO_SAY[code]]


@pytest.mark.parametrize("code", ["failed_no_answer", "failed_broken_off"])
@pytest.mark.parametrize("tag", ALL)
def test_a_button_is_called_what_it_says(code: str, tag: str) -> None:
    """The button that a sentence names bears that label."""
    quoted = [_bare(word) for word in _QUOTED.findall(template(code, tag))]
    assert quoted == [template("button_try_again", tag)]


@pytest.mark.parametrize("tag", ALL)
def test_button_words_are_the_words_people_can_type(tag: str) -> None:
    """Undo, Again, Compare, History, Cancel and Use b do as replies what they do as buttons."""
    buttons: dict[str, Directive] = {
        "button_undo": model.Undo(),
        "button_again": model.Again(),
        "button_compare": model.Compare(),
        "button_history": model.History(),
        "button_cancel": model.Cancel(),
        "button_final": model.Final(),
    }
    assert {code: parse_reply(template(code, tag)) for code in buttons} == buttons


@pytest.mark.parametrize("code", ["prompt_empty"])
@pytest.mark.parametrize("tag", ALL)
def test_an_example_prompt_is_a_right_one(code: str, tag: str) -> None:
    """What people are invited to copy is understood, with its ratio."""
    text = _bare(template(code, tag))
    asked = parse_command(text[text.rindex("/imagine") + len("/imagine") :])
    assert isinstance(asked, model.Generate)
    assert asked.prompt.options.ratio == Ratio(16, 9)


@pytest.mark.parametrize("tag", ALL)
def test_the_options_of_the_help_are_right_ones(tag: str) -> None:
    """Every option named in the help is one that works, with its value."""
    options = re.findall(r"--?[a-z]+(?: [a-z0-9:]+)?", _bare(template("help_new", tag)))
    assert len(options) >= 8
    for option in options:
        name = option.split()[0]
        said = option if name != "--no" else f"{name} x"
        assert isinstance(parse_command(f"a cat {said}"), model.Generate), option


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh_cn", "zh-Hans"),
        ("ZH-HANS", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh_MO", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("zh-hant-tw", "zh-Hant"),
        ("zh-Hant-CN", "zh-Hant"),
        ("cmn-Hant", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("yue-Hans-CN", "zh-Hans"),
        ("ja-JP", "ja"),
        ("ko_KR", "ko"),
        ("es-ES", "es"),
        ("es-419", "es"),
        ("de_DE.UTF-8", "de"),
        ("de_DE@euro", "de"),
        ("fr-CA", "fr"),
        ("pt-BR", "pt"),
        ("pt_PT", "pt"),
        ("ar-EG", "ar"),
        ("sv-SE", "en"),
        ("zha", "en"),
        ("esperanto", "en"),
        ("-", "en"),
        ("", "en"),
        ("C.UTF-8", "en"),
    ],
)
def test_a_locale_means_its_language(locale: str, language: str) -> None:
    """Platforms write locales in many ways; each finds its language, the others get English."""
    assert language_of(locale) == language
