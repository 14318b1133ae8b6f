"""Words to the bot about itself: which ones there are, in every language, and what is said of others."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.prompt.directive_words import SYNONYMS, Word
from core.domain.prompt.model import (
    Forget,
    ForgetWhat,
    Gallery,
    Help,
    Problem,
    ProblemCode,
    Quota,
    Service,
    Settings,
    Usage,
)
from core.domain.prompt.phrases import plain
from core.domain.prompt.service import MOST_DAYS, USUAL_DAYS, parse_service
from core.domain.prompt.service_words import DAY_WORDS, SERVICE_SYNONYMS, ServiceWord

_MEANT: dict[ServiceWord, Service] = {
    ServiceWord.USAGE: Usage(USUAL_DAYS),
    ServiceWord.GALLERY: Gallery(),
    ServiceWord.SETTINGS: Settings(),
}
_SHARED: dict[Word, Service] = {
    Word.QUOTA: Quota(),
    Word.HELP: Help(),
    Word.FORGET_THIS: Forget(ForgetWhat.THIS),
    Word.FORGET_THREAD: Forget(ForgetWhat.THREAD),
    Word.FORGET_ME: Forget(ForgetWhat.ME),
}
_SAYINGS = [
    (_MEANT[word], phrase)
    for language in SERVICE_SYNONYMS.values()
    for word, phrases in language.items()
    for phrase in phrases
]
_SHARED_SAYINGS = [
    (meant, phrase)
    for language in SYNONYMS.values()
    for word, meant in _SHARED.items()
    for phrase in language[word]
]
_USAGES = [phrase for language in SERVICE_SYNONYMS.values() for phrase in language[ServiceWord.USAGE]]


def test_every_language_says_every_word() -> None:
    """The languages of replies are those of these words, and each has all of them."""
    assert SERVICE_SYNONYMS.keys() == SYNONYMS.keys()
    assert all(words.keys() == set(ServiceWord) for words in SERVICE_SYNONYMS.values())


def test_no_word_means_two_things() -> None:
    """A word shared by languages, or by this table and that of replies, means one thing here."""
    meanings = defaultdict(set)
    for meant, phrase in [*_SAYINGS, *_SHARED_SAYINGS]:
        meanings[plain(phrase)].add(meant)
    assert {phrase: meant for phrase, meant in meanings.items() if len(meant) > 1} == {}


@pytest.mark.parametrize(("meant", "phrase"), [*_SAYINGS, *_SHARED_SAYINGS])
def test_a_word_is_read_however_it_is_typed(meant: Service, phrase: str) -> None:
    """In any case, with spaces around it and punctuation at its end."""
    for said in (phrase, f"  {phrase.upper()} ", f"{phrase}!", f"{phrase}。"):
        assert parse_service(said) == meant, said


@pytest.mark.parametrize("phrase", _USAGES)
def test_usage_takes_a_number_of_days(phrase: str) -> None:
    """With or without a space and the word for days, in any digits."""
    for said in (
        f"{phrase} 7",
        f"{phrase} ７",
        f"{phrase}  7 ",
        f"{phrase} ٧",
        *(f"{phrase} 7 {day}" for day in DAY_WORDS),
    ):
        assert parse_service(said) == Usage(7), said


@pytest.mark.parametrize(("text", "days"), [("usage 1", 1), ("用量7天", 7), ("usage 366d", MOST_DAYS)])
def test_a_day_and_a_year_are_both_usage(text: str, days: int) -> None:
    """The borders belong to it."""
    assert parse_service(text) == Usage(days)


@pytest.mark.parametrize("days", ["0", "367", "999999999"])
def test_an_impossible_number_of_days_is_pointed_at(days: str) -> None:
    """What can be asked for is offered instead."""
    problem = parse_service(f"usage {days}")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.subject) == (ProblemCode.BAD_DAYS, days)
    assert parse_service(f"usage {problem.suggestion}") == Usage(USUAL_DAYS)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("qouta", "quota"), ("usgae", "usage"), ("setings", "settings"), ("halp", "help"), ("zebra", None)],
)
def test_a_slip_is_answered_with_the_nearest_word(text: str, suggestion: str | None) -> None:
    """Nothing is done, and the right spelling is offered where one is near."""
    problem = parse_service(text)
    assert isinstance(problem, Problem)
    assert problem.code is ProblemCode.UNKNOWN_SERVICE
    assert (problem.subject, problem.suggestion) == (text, suggestion)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_no_word_at_all_asks_for_help(text: str) -> None:
    """Who sends the bare command wants to know what there is."""
    assert parse_service(text) == Help()


@pytest.mark.parametrize("text", ["undo", "final", "b", "v2", "close", "make it blue"])
def test_what_belongs_in_a_thread_is_not_carried_out_here(text: str) -> None:
    """Words for a picture do nothing where no picture is meant."""
    assert isinstance(parse_service(text), Problem)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing that can be typed raises, and a refusal points into the text."""
    found = parse_service(text)
    if isinstance(found, Problem):
        assert 0 <= found.span.start <= found.span.end <= len(text)
