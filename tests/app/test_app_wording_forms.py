"""The words of forms: both full languages have them all, with the same values."""

from __future__ import annotations

import string

from core.app.wording import english, has_sentence, sentence
from core.app.wording.forms import CHINESE_SIMPLIFIED, ENGLISH, FORMS


def names(text: str) -> set[str]:
    """The values that a sentence takes."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_simplified_chinese_has_every_word_of_a_form() -> None:
    """Nobody who reads Chinese meets an English label."""
    assert CHINESE_SIMPLIFIED.keys() == ENGLISH.keys()
    assert all(CHINESE_SIMPLIFIED[code] != text for code, text in ENGLISH.items())


def test_the_same_values_are_filled_in_in_each_language() -> None:
    """A translation neither loses nor invents a value."""
    for catalogue in FORMS.values():
        assert all(names(text) == names(ENGLISH[code]) for code, text in catalogue.items())


def test_forms_take_no_name_that_another_sentence_has() -> None:
    """One name means one sentence."""
    assert ENGLISH.keys() & english.SENTENCES.keys() == set()


def test_a_language_without_a_form_falls_back_to_english() -> None:
    """A German reads the English label rather than nothing."""
    assert sentence("form_new", "de") == "New picture"
    assert sentence("form_new", "zh-CN") == "新图片"
    assert has_sentence("form_new")
