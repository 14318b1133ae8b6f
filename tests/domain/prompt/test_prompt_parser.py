from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.generation import OutputFormat, Quality, Size
from core.domain.prompt.model import Options, Problem, Prompt
from core.domain.prompt.parser import parse_prompt
from core.domain.shape import Ratio, Tier
from tests.domain.prompt import prompt_texts


def _parsed(text: str) -> Prompt:
    prompt = parse_prompt(text)
    assert isinstance(prompt, Prompt), prompt
    return prompt


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("--ar 16:9", Options(ratio=Ratio(16, 9))),
        ("--aspect 4:5", Options(ratio=Ratio(4, 5))),
        ("--ar 16x9", Options(ratio=Ratio(16, 9))),
        ("--ar 16×9", Options(ratio=Ratio(16, 9))),
        ("--ar 16：9", Options(ratio=Ratio(16, 9))),
        ("--ar １６：９", Options(ratio=Ratio(16, 9))),
        ("--ar ١٦:٩", Options(ratio=Ratio(16, 9))),
        ("--ar 2.39:1", Options(ratio=Ratio(239, 100))),
        ("--ar 1:1.91", Options(ratio=Ratio(100, 191))),
        ("--ar 1:3", Options(ratio=Ratio(1, 3))),
        ("--ar square", Options(ratio=Ratio(1, 1))),
        ("--ar portrait", Options(ratio=Ratio(2, 3))),
        ("--ar Landscape", Options(ratio=Ratio(3, 2))),
        ("--ar wide", Options(ratio=Ratio(16, 9))),
        ("--ar tall", Options(ratio=Ratio(9, 16))),
        ("--ar=16:9", Options(ratio=Ratio(16, 9))),
        ("--ar = 16:9", Options(ratio=Ratio(16, 9))),
        ("--ar 16:9.", Options(ratio=Ratio(16, 9))),
        ("--size 1k", Options(tier=Tier.ONE_K)),
        ("--size 2K", Options(tier=Tier.TWO_K)),
        ("--size 1536x864", Options(exact_size=Size(1536, 864))),
        ("--size 1536×864", Options(exact_size=Size(1536, 864))),
        ("--quality high", Options(quality=Quality.HIGH)),
        ("--q low", Options(quality=Quality.LOW)),
        ("--Q LOW", Options(quality=Quality.LOW)),
        ("--draft", Options(is_draft=True)),
        ("--draft --quality low --size 1k", Options(is_draft=True, quality=Quality.LOW, tier=Tier.ONE_K)),
        ("--n 8", Options(count=8)),
        ("-n 3", Options(count=3)),
        ("-n3", Options(count=3)),
        ("-n=3", Options(count=3)),
        ("--transparent", Options(is_transparent=True)),
        ("--transparent --format webp", Options(is_transparent=True, output_format=OutputFormat.WEBP)),
        ("--format jpg", Options(output_format=OutputFormat.JPEG)),
        ("--no text, people", Options(avoid=("text", "people"))),
        ("--no 文字，水印、人", Options(avoid=("文字", "水印", "人"))),
        ('--no 5" pipes, a "b', Options(avoid=("5″ pipes", "a b"))),
        ("--no text --no people", Options(avoid=("text", "people"))),
        ('--no "a, --draft", b', Options(avoid=('"a, --draft"', "b"))),
    ],
)
def test_every_option_is_read(option: str, expected: Options) -> None:
    """Each option gives its value and leaves the words alone."""
    assert _parsed(f"a fox {option}") == Prompt("a fox", options=expected)


def test_options_stand_anywhere() -> None:
    """Options before, between and after the words make the same prompt."""
    expected = Prompt("a fox in snow", options=Options(ratio=Ratio(16, 9), count=2))
    assert _parsed("--ar 16:9 a fox --n 2 in snow") == expected
    assert _parsed("a fox -n 2 in --ar 16:9 snow") == expected
    assert _parsed("a fox in snow --n 2 --ar 16:9") == expected


@pytest.mark.parametrize("dashes", ["--", "—", "–", "－－", "——", "-–", "–-", "−", "－", "---"])
def test_dashes_that_phones_make_count_before_a_known_name(dashes: str) -> None:
    """Whatever a keyboard makes of two dashes, a known option after it is one."""
    assert _parsed(f"a fox {dashes}ar 16:9").options.ratio == Ratio(16, 9)
    assert _parsed(f"一只猫{dashes}ar 16:9").options.ratio == Ratio(16, 9)


def test_a_full_width_keyboard_is_understood() -> None:
    """Dashes, name, space and value may all be full-width."""
    prompt = _parsed("猫－－ａｒ\u3000１６：９\u3000－－ｄｒａｆｔ")
    assert prompt == Prompt("猫", options=Options(ratio=Ratio(16, 9), is_draft=True))


@pytest.mark.parametrize(
    "text",
    [
        "a well--known fox",
        "yes—no",
        "fox--ar",
        "a fox -- in snow",
        "a fox — in snow",
        "a fox —resting in snow",
        "a fox -ar in snow",
        "rock -n' roll",
        "rock-n-roll",
        "a -- b --",
        "5-n",
        "https://example.org/a--b",
        "https://example.org/--b",
        "他说——好",
        "--大",
        "-",
        "e\u0301--x",
    ],
)
def test_other_dashes_are_text(text: str) -> None:
    """A dash within a word, alone, or before what is no option stays what it is."""
    assert _parsed(text) == Prompt(text)


def test_chinese_text_may_stick_to_options() -> None:
    """Text without spaces ends before an option and goes on after its value."""
    prompt = _parsed("一只猫--ar 16:9一只狗--draft在雪里")
    assert prompt == Prompt("一只猫 一只狗 在雪里", options=Options(ratio=Ratio(16, 9), is_draft=True))


def test_commas_around_options_stay_tidy() -> None:
    """An option taken out leaves no comma hanging in the air."""
    assert _parsed("a fox --draft, in snow").words == "a fox, in snow"
    assert _parsed("--draft, a fox").words == "a fox"


def test_control_characters_go_and_words_stay_apart() -> None:
    """Line breaks and tabs become a space, other control characters and lone surrogates vanish."""
    assert _parsed("a\tred\r\nfox\x00 in\x1b sn\x7fow\ud800\n").words == "a red fox in snow"
    assert _parsed("a fox\n--ar\n16:9\n").options.ratio == Ratio(16, 9)


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦 🏳️‍🌈 ❤️",
        "می‌خواهم",
        "\u200fقطة\u200f",
        "क्षि",
        "e\u0301",
        "中\u3000文",
        "a\u00a0b",
        "\U000e0001x",
        "ㄅ😀\ufe0f",
    ],
)
def test_all_other_characters_survive(text: str) -> None:
    """Joiners, marks of direction, emoji and composed letters come through byte for byte."""
    assert _parsed(f"a {text} b").words.encode() == f"a {text} b".encode()


@given(
    st.lists(
        st.sampled_from(
            ("a", "fox", "—", "--", "猫", "it's", "-", "قطة", "👩‍👧", '5"', "“", "「", "l’été", "e\u0301")
        ),
        min_size=1,
    )
)
def test_a_plain_prompt_comes_back_whole(words: list[str]) -> None:
    """Nothing is lost or moved in a prompt that has no options."""
    text = " ".join(words)
    assert _parsed(text).words == text


@given(
    st.lists(st.sampled_from(("fox", "雪", "well--known", "—", "it's")), min_size=1, max_size=6),
    st.sampled_from(("--ar 16:9", "—draft", "－－n 2", "--q=low", "–transparent", "--format png")),
    st.data(),
)
def test_an_option_takes_nothing_but_itself(words: list[str], option: str, data: st.DataObject) -> None:
    """Wherever an option is put between the words, the words that come back are the same."""
    at = data.draw(st.integers(0, len(words)))
    prompt = _parsed(" ".join([*words[:at], option, *words[at:]]))
    assert prompt.words == " ".join(words)
    assert prompt.options != Options()


@given(prompt_texts.messages)
@example('--no a--b, =--c\xa0-n"” ')
@example("\ud800")
def test_any_text_gives_a_prompt_or_a_problem_inside_it(text: str) -> None:
    """Nothing that people can send raises, and a problem points into the text."""
    for may_lack_words in (False, True):
        parsed = parse_prompt(text, may_lack_words=may_lack_words)
        if isinstance(parsed, Problem):
            assert 0 <= parsed.span.start <= parsed.span.end <= len(text)
        else:
            assert parsed.words or may_lack_words
