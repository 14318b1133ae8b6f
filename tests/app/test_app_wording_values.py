"""How values come into sentences: once, as they are, in the right number and order."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.app.wording import dollars, english, moment, sentence, shorten, template
from core.app.wording.direction import contained, isolated, side_by_side
from core.app.wording.languages import CATALOGUES

ALL: Final = tuple(CATALOGUES)
TAGS = st.sampled_from(ALL)
_OPENERS: Final = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
_CONTROLS: Final = _OPENERS + "\u202c\u2069"


def _visible(text: str) -> str:
    return re.sub("[\u2068\u2069]", "", text)


def _ends_closed(text: str) -> bool:
    """Whether every directional mark is ended, innermost first, and none ends without a beginning."""
    stack: list[str] = []
    for mark in text:
        if mark in "\u2066\u2067\u2068":
            stack.append("\u2069")
        elif mark in "\u202a\u202b\u202d\u202e":
            stack.append("\u202c")
        elif mark in "\u202c\u2069" and (not stack or stack.pop() != mark):
            return False
    return not stack


# --- filling in ---


@pytest.mark.parametrize("tag", ALL)
def test_a_missing_value_is_no_fault(tag: str) -> None:
    """Every sentence can be said without any of its values."""
    for code in english.SENTENCES:
        assert not re.search("[{}]", sentence(code, tag)), code


@pytest.mark.parametrize("tag", ALL)
def test_an_unknown_code_is_named_in_the_language(tag: str) -> None:
    """A code without words is shown, so that it can be reported."""
    said = sentence("no_such_code", tag)
    assert "no_such_code" in said
    assert said == sentence("unknown", tag, code="no_such_code")


@pytest.mark.parametrize(
    "hostile",
    [
        "{0.__class__}",
        "{code}",
        "{name}",
        "{name!r:>9999999}",
        "{{",
        "}",
        "{",
        "%s %(code)s",
        "{text.__init__}",
    ],
)
@pytest.mark.parametrize("tag", ALL)
def test_what_people_write_is_never_a_template(hostile: str, tag: str) -> None:
    """Braces in a prompt or a name come out as typed, once."""
    frame = template("placeholder_text", tag)
    first, between, last = re.split(r"\{name\}|\{text\}", frame)
    said = sentence("placeholder_text", tag, name=hostile, text=hostile)
    assert said == f"{first}{hostile}{between}{hostile}{last}"


@given(tag=TAGS, name=st.text(max_size=20), text=st.text(max_size=40))
@settings(max_examples=60)
def test_values_go_in_unchanged(tag: str, name: str, text: str) -> None:
    """Whatever is written stands in the sentence, but for directional marks that would leak out of it."""
    said = sentence("why_asked", tag, name=name, text=text)
    frame = _visible(template("why_asked", tag))
    bare = re.sub(f"[{_CONTROLS}]", "", said)
    expected = re.split(r"\{name\}|\{text\}", frame)
    first, second = (name, text) if frame.index("{name}") < frame.index("{text}") else (text, name)
    plain = [re.sub(f"[{_CONTROLS}]", "", one) for one in (first, second)]
    assert bare == expected[0] + plain[0] + expected[1] + plain[1] + expected[2]
    assert _ends_closed(said)


def test_values_may_be_named_like_the_parameters() -> None:
    """A notice whose values hold `code` or `locale` is no fault."""
    values: dict[str, str | int] = {"code": "x7", "locale": "de"}
    assert "x7" in sentence("unknown", "en", **values)


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("turn_waiting", {"ahead": 3}, "Waiting its turn: 3 requests go first in this thread."),
        ("turn_waiting", {"ahead": 1}, "Waiting its turn: 1 request goes first in this thread."),
        ("turn_waiting", {"ahead": 0}, "Waiting its turn: it is next in this thread."),
        ("turn_queued_behind", {"ahead": 1}, "In the queue: 1 picture goes first."),
        ("turn_generating_many", {"count": 4}, "Making 4 pictures…"),
        ("turn_generating_many", {"count": 1}, "Making the picture…"),
        (
            "model_cannot_inputs",
            {"suggestion": "1", "subject": "3"},
            "The model takes only 1 picture along with a request; these were 3. Send fewer.",
        ),
    ],
)
def test_a_sentence_that_counts_reads_right(code: str, values: dict[str, str | int], said: str) -> None:
    """One picture is not "1 pictures", and none is not "0 ahead"."""
    assert sentence(code, "en", **values) == said


def test_a_language_without_a_form_for_one_keeps_its_own_sentence() -> None:
    """Where one needs no form of its own, English does not step in."""
    assert sentence("turn_queued_behind", "ja", ahead=1) == "順番待ちです。先に 1 枚あります。"


# --- direction ---


@given(st.text(alphabet=st.sampled_from("ab مر\n" + _CONTROLS), max_size=30))
@settings(max_examples=100)
def test_a_value_cannot_turn_the_sentence_around_it(value: str) -> None:
    """Every directional mark in a value ends within it, and no letter is lost."""
    whole = contained(value)
    assert _ends_closed(whole)
    assert re.sub(f"[{_CONTROLS}]", "", whole) == re.sub(f"[{_CONTROLS}]", "", value)


@given(st.text(alphabet=st.characters(max_codepoint=0x58F), max_size=30))
def test_a_plain_value_is_left_alone(value: str) -> None:
    """Left-to-right text without marks comes back as it is."""
    assert contained(value) == value


def test_a_right_to_left_name_is_set_off_in_an_english_sentence() -> None:
    """An Arabic name before an Arabic text keeps its place."""
    assert (
        sentence("why_asked", "en", name="محمد", text="قطة") == "Asked by \u2068محمد\u2069: \u2068قطة\u2069"
    )


def test_parts_of_a_line_keep_their_places_whatever_their_directions() -> None:
    """Without that, an Arabic caption's seconds stood behind its last word, and a size read the other way."""
    shown = side_by_side("v2 من v1", "592×1760", "", " ", "12 ث")
    assert shown == "\u2068v2 من v1\u2069 · \u2068592×1760\u2069 · \u206812 ث\u2069"
    assert side_by_side("v2", "592×1760", "12 s") == "v2 · 592×1760 · 12 s"


def test_arabic_sets_off_values_and_latin_words() -> None:
    """Commands, options, values and numbers each stand in an isolate of their own."""
    written = "ابدأ بـ /imagine ثم --ar 16:9، v{revision} ({price})."
    set_off = written
    for foreign in ("/imagine", "--ar 16:9", "v{revision}", "{price}"):
        set_off = set_off.replace(foreign, f"\u2068{foreign}\u2069")
    assert isolated(written) == set_off


def test_no_latin_word_stands_bare_in_arabic() -> None:
    """Outside isolates an Arabic sentence has no Latin letter, digit or value."""
    for code, text in CATALOGUES["ar"].items():
        outside = re.sub("\u2068[^\u2068\u2069]*\u2069", "", text)
        assert not re.search(r"[A-Za-z0-9{}]", outside), code
        assert _ends_closed(text), code


def test_only_arabic_has_isolates() -> None:
    """Left-to-right sentences need no marks of their own."""
    others = {tag: text for tag, rows in CATALOGUES.items() if tag != "ar" for text in rows.values()}
    assert not [tag for tag, text in others.items() if re.search(f"[{_CONTROLS}]", text)]


# --- lengths ---


@given(text=st.text(max_size=60), letters=st.integers(min_value=-3, max_value=70))
@settings(max_examples=100)
def test_shortening_keeps_to_the_length(text: str, letters: int) -> None:
    """Never longer than asked; a text that fits is left alone; what is cut ends in an ellipsis."""
    short = shorten(text, letters)
    if len(text) <= letters:
        assert short == text
    elif letters < 1:
        assert short == ""
    else:
        assert len(short) <= letters
        assert short.endswith("…")
        assert text.startswith(short[:-1])


@pytest.mark.parametrize(
    ("text", "letters", "short"),
    [
        ("a lighthouse at dusk", 20, "a lighthouse at dusk"),
        ("a lighthouse at dusk", 19, "a lighthouse at…"),
        ("a lighthouse at dusk", 16, "a lighthouse at…"),
        ("a lighthouse at dusk", 14, "a lighthouse…"),
        ("abcdefghij", 5, "abcd…"),
        ("a bcdefghij", 6, "a bcd…"),
        ("黄昏的灯塔和海", 4, "黄昏的…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("ab👩‍👩‍👧 c", 5, "ab…"),
        ("ab👍🏽 cd", 4, "ab…"),
        ("ab🇩🇪 cd", 4, "ab…"),
        ("cafe\u0301s", 5, "caf…"),
    ],
)
def test_a_cut_falls_between_words_and_never_inside_a_character(text: str, letters: int, short: str) -> None:
    """Words stay whole where that keeps more than half; emoji and accents always do."""
    assert shorten(text, letters) == short


# --- money ---


@pytest.mark.parametrize(
    ("micros", "said"),
    [
        (0, "$0.00"),
        (1, "<$0.0001"),
        (99, "<$0.0001"),
        (100, "$0.0001"),
        (5_000, "$0.005"),
        (6_000, "$0.006"),
        (5_940, "$0.0059"),
        (9_999, "$0.01"),
        (10_000, "$0.01"),
        (15_000, "$0.02"),
        (53_000, "$0.05"),
        (12_300_000, "$12.30"),
        (50_000_000, "$50.00"),
        (123_456_789_012_345_670_000, "$123456789012345.67"),
        (-53_000, "-$0.05"),
        (-1, "-$0.0001"),
    ],
)
def test_money_is_said_in_dollars(micros: int, said: str) -> None:
    """Cents as a rule, more digits below a cent, and nothing paid reads as free."""
    assert dollars(micros) == said


@given(st.integers(min_value=0, max_value=10**15))
def test_money_is_off_by_less_than_its_last_digit(micros: int) -> None:
    """What is said is within half a cent, below a cent within half a ten-thousandth."""
    said = dollars(micros)
    whole, _, rest = said.removeprefix("<").removeprefix("$").partition(".")
    shown = int(whole) * 1_000_000 + int(rest.ljust(6, "0"))
    assert abs(shown - micros) <= (5_000 if micros >= 10_000 else 100)
    assert (shown == 0) == (micros == 0)


@given(st.integers(min_value=100, max_value=9_999))
def test_small_money_has_four_digits_at_most_and_two_at_least_or_none_in_vain(micros: int) -> None:
    """Below a cent no zero stands at the end."""
    digits = dollars(micros).partition(".")[2]
    assert 2 <= len(digits) <= 4
    assert not digits.endswith("0")


# --- moments ---


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en-US", "24 Nov 2026, 00:00 UTC"),
        ("zh-CN", "2026年11月24日 00:00 UTC"),
        ("zh-TW", "2026年11月24日 00:00 UTC"),
        ("ja", "2026年11月24日 00:00 UTC"),
        ("ko", "2026년 11월 24일 00:00(UTC)"),
        ("es-419", "24 nov 2026, 00:00 (UTC)"),
        ("de", "24. November 2026, 00:00 Uhr (UTC)"),
        ("fr", "24 novembre 2026 à 00:00 (UTC)"),
        ("pt-BR", "24 de novembro de 2026, 00:00 (UTC)"),
        ("sv-SE", "24 Nov 2026, 00:00 UTC"),
    ],
)
def test_a_moment_is_said_as_the_language_writes_it(tag: str, said: str) -> None:
    """Absolute, with the month by name where that is usual, and the zone."""
    assert moment("2026-11-24 00:00+00:00", tag) == said


def test_a_moment_in_arabic_keeps_its_zone_together() -> None:
    """The Latin zone and its brackets are set off."""
    assert _visible(moment("2026-11-24T00:00+03:00", "ar")) == "24 نوفمبر 2026، 00:00 (UTC+3)"
    assert _ends_closed(moment("2026-11-24T00:00+03:00", "ar"))


@pytest.mark.parametrize(
    ("iso", "zone"),
    [("+00:00", "UTC"), ("Z", "UTC"), ("+01:00", "UTC+1"), ("-03:30", "UTC−3:30"), ("+05:45", "UTC+5:45")],
)
def test_the_zone_is_said(iso: str, zone: str) -> None:
    """The hour is the workspace's, so its zone stands beside it."""
    assert moment(f"2026-03-01T09:05{iso}", "en") == f"1 Mar 2026, 09:05 {zone}"


@pytest.mark.parametrize("text", ["", "soon", "2026-11-24", "2026-11-24T00:00", "{0.__class__}"])
def test_what_is_no_moment_comes_back_as_it_is(text: str) -> None:
    """A sentence must not fail for a date, nor guess a zone."""
    assert moment(text, "en") == text


@given(
    at=st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001 - the zone is drawn apart
    offset=st.integers(min_value=-14 * 60, max_value=14 * 60),
    tag=TAGS,
)
@settings(max_examples=60)
def test_every_moment_can_be_said(at: datetime, offset: int, tag: str) -> None:
    """Year, day and hour stand in it, in every language and zone."""
    zone = UTC if offset == 0 else timezone(timedelta(minutes=offset))
    said = moment(at.replace(tzinfo=zone).isoformat(timespec="minutes"), tag)
    assert str(at.year) in said
    assert str(at.day) in said
    assert f"{at:%H:%M}" in said
