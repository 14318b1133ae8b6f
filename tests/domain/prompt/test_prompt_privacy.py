"""Words that ask to be kept from others are recognised, whatever stands around them."""

from __future__ import annotations

import pytest

from core.domain.prompt.privacy import asks_for_privacy


@pytest.mark.parametrize(
    "text",
    [
        "a gift --private",
        "--private a gift",
        "a gift —private",
        "a gift –Private",
        "礼物 －－private",
        "a gift --ar nonsense --private",
        "a gift --private --private",
        "make it gold --PRIVATE",
    ],
)
def test_the_option_is_found(text: str) -> None:
    """In every kind of dash, in any letters, beside anything that is wrong."""
    assert asks_for_privacy(text)


@pytest.mark.parametrize(
    "text", ["", "a private beach", "private", "semi-private", "--privateer", "a -- b", "-n 4"]
)
def test_other_words_are_said_to_everybody(text: str) -> None:
    """The word alone asks for nothing."""
    assert not asks_for_privacy(text)
