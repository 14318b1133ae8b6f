from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.generation import OutputFormat
from core.domain.prompt.hint_words import TRANSPARENT_AT_THE_END, TRANSPARENT_BACKGROUND
from core.domain.prompt.hints import without_hints
from core.domain.prompt.model import Hint, HintKind, Options, Prompt
from core.domain.prompt.parser import parse_prompt
from core.domain.shape import Ratio, Tier

_TRANSPARENT = [
    (language, phrase)
    for table in (TRANSPARENT_BACKGROUND, TRANSPARENT_AT_THE_END)
    for language, phrases in table.items()
    for phrase in phrases
]


def _parsed(text: str) -> Prompt:
    prompt = parse_prompt(text)
    assert isinstance(prompt, Prompt), prompt
    return prompt


@pytest.mark.parametrize(
    ("text", "ratio", "words"),
    [
        ("a fox in snow, 16:9", Ratio(16, 9), "16:9"),
        ("16:9 a fox", Ratio(16, 9), "16:9"),
        ("a fox in 9:16", Ratio(9, 16), "9:16"),
        ("a fox (4:5)", Ratio(4, 5), "4:5"),
        ("rendered at 16:9", Ratio(16, 9), "16:9"),
        ("一只猫，比例16：9", Ratio(16, 9), "16：9"),
        ("一只猫16:9", Ratio(16, 9), "16:9"),
        ("猫の絵、比率3:2で", Ratio(3, 2), "3:2"),
        ("고양이, 비율 2:3", Ratio(2, 3), "2:3"),
        ("un zorro en formato 3:2", Ratio(3, 2), "3:2"),
        ("ein Fuchs, Seitenverhältnis 3:2", Ratio(3, 2), "3:2"),
        ("un renard au format 2:1", Ratio(2, 1), "2:1"),
        ("uma raposa na proporção 1:1", Ratio(1, 1), "1:1"),
        ("ثعلب بنسبة ١٦:٩", Ratio(16, 9), "١٦:٩"),
        ("a fox, aspect ratio 5:7", Ratio(5, 7), "5:7"),
        ("a fox at 9:16 aspect ratio", Ratio(9, 16), "9:16"),
        ("a fox, 16:9, really 16:9", Ratio(16, 9), "16:9"),
        ("landscape 3:2, a fox", Ratio(3, 2), "3:2"),
    ],
)
def test_a_ratio_in_plain_words_sets_it(text: str, ratio: Ratio, words: str) -> None:
    """A common ratio, or any with a word beside it that says so, is the picture's shape."""
    prompt = _parsed(text)
    assert prompt.options == Options(ratio=ratio)
    assert prompt.hints == (Hint(HintKind.RATIO, words),)
    assert prompt.words == text


@pytest.mark.parametrize(
    "text",
    [
        "a clock at 10:30",
        "meet at 9:15",
        "the train at 9:16",
        "9:16 pm on a station clock",
        "um 9:16 Uhr am Bahnhof",
        "à 9:16, la gare",
        "下午9:16的车站",
        "a scoreboard, score 4:3",
        "Germany beats Brazil 4:3",
        "比分4:3",
        "a toy car, 3:2",
        "scale 1:2",
        "a sign “16:9”",
        "1:16:9",
        "16:9:1",
        "x16:9",
        "16:90",
        "7:1 ratio",
        "1.16:9",
        "16:9, or 9:16",
    ],
)
def test_times_scores_and_doubts_set_no_ratio(text: str) -> None:
    """A time, a score, a scale, quoted text, an impossible ratio or two different ones set nothing."""
    prompt = _parsed(text)
    assert prompt.options == Options()
    assert prompt.hints == ()


@pytest.mark.parametrize(
    ("text", "tier", "words"),
    [
        ("a fox, 4K", Tier.FOUR_K, "4K"),
        ("a fox in 2k, please", Tier.TWO_K, "2k"),
        ("4K画质的猫", Tier.FOUR_K, "4K"),
        ("猫４Ｋ", Tier.FOUR_K, "４Ｋ"),
        ("4k-quality fox", Tier.FOUR_K, "4k"),
    ],
)
def test_a_size_in_plain_words_sets_it(text: str, tier: Tier, words: str) -> None:
    """4K and 2K set the resolution."""
    prompt = _parsed(text)
    assert prompt.options == Options(tier=tier)
    assert prompt.hints == (Hint(HintKind.TIER, words),)


@pytest.mark.parametrize(
    "text",
    [
        "a 4K TV on the wall", "a 4k monitor", "4K电视", "4Kテレビ", "2k followers", "$4k in cash",
        "8K", "14k gold", "4kg of flour",
        "a4k", "“4K”", "2K or 4K", "1k",
    ],
)  # fmt: skip
def test_things_and_numbers_set_no_size(text: str) -> None:
    """A television, a sum of money or two different sizes set nothing."""
    assert _parsed(text).options == Options()


@pytest.mark.parametrize(("language", "phrase"), _TRANSPARENT)
def test_a_transparent_background_is_understood(language: str, phrase: str) -> None:
    """The phrase sets the option in every language, wherever the clause puts it."""
    for text in (phrase, f"fox, {phrase}", f"fox {phrase.upper()}.", f"{phrase}, fox"):
        prompt = _parsed(text)
        assert prompt.options == Options(is_transparent=True), (language, text)
        assert [hint.words.lower() for hint in prompt.hints] == [phrase.lower()]


def test_ten_languages_ask_for_transparency() -> None:
    """No supported language is forgotten."""
    assert set(TRANSPARENT_BACKGROUND) == {
        "en",
        "zh-Hans",
        "zh-Hant",
        "ja",
        "ko",
        "es",
        "de",
        "fr",
        "pt",
        "ar",
    }


@pytest.mark.parametrize(
    "text",
    [
        "no transparent background",
        "a fox without a transparent background",
        "not a transparent background",
        "a semi-transparent background",
        "remove the transparent background",
        "blue instead of a transparent background",
        "不透明背景的猫",
        "不要透明背景",
        "没有透明背景",
        "沒有透明背景",
        "半透明背景",
        "透明な背景ではなく青い背景",
        "不透明な背景",
        "불투명 배경",
        "투명한 배경은 말고",
        "sin fondo transparente",
        "sin un fondo transparente",
        "kein transparenter Hintergrund",
        "ohne transparenten Hintergrund",
        "pas de fond transparent",
        "sem fundo transparente",
        "بدون خلفية شفافة",
        "background transparent glass",
        "nontransparent background",
        "a poster that says “transparent background”",
    ],
)
def test_a_negated_or_quoted_background_stays(text: str) -> None:
    """Somebody who does not want it does not get it."""
    assert _parsed(text).options.is_transparent is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a fox, 16:9 --ar 1:1", Options(ratio=Ratio(1, 1))),
        ("a fox, 4K --size 1k", Options(tier=Tier.ONE_K)),
        ("a fox, 4K --draft", Options(is_draft=True)),
        ("transparent background --format jpeg", Options(output_format=OutputFormat.JPEG)),
        ("transparent background --transparent", Options(is_transparent=True)),
    ],
)
def test_a_given_option_wins(text: str, expected: Options) -> None:
    """Plain words never override an option, and are not noted where they set nothing."""
    prompt = _parsed(text)
    assert prompt.options == expected
    assert prompt.hints == ()


def test_an_exact_size_leaves_nothing_to_hint() -> None:
    """Width and height decide shape and resolution both."""
    prompt = _parsed("a fox, 16:9, 4K --size 1024x1024")
    assert prompt.hints == ()
    assert (prompt.options.ratio, prompt.options.tier) == (None, None)


def test_hints_can_be_taken_back() -> None:
    """What is left after taking hints back is what was given as options."""
    prompt = _parsed("a fox, 16:9, 4K, transparent background --format png")
    assert len(prompt.hints) == 3
    assert without_hints(prompt) == Options(output_format=OutputFormat.PNG)


@given(st.integers(0, 23), st.integers(0, 59))
def test_no_time_of_day_is_ever_a_shape(hour: int, minute: int) -> None:
    """Any time of day after a word for time leaves the shape alone."""
    assert _parsed(f"a clock tower at {hour}:{minute:02}").options == Options()
