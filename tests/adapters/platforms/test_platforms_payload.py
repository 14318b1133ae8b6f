"""Pieces of payloads, taken calmly: what is missing or of another kind is empty."""

from __future__ import annotations

import pytest

from adapters.platforms.payload import first, inner, number, objects, text, texts


@pytest.mark.parametrize(
    ("written", "read"),
    [(5, 5), ("5", 5), (True, None), ("x", None), ("٣", None), ("-5", None), (None, None), (1.5, None)],
)
def test_a_number_may_be_written_as_text(written: object, read: int | None) -> None:
    """And nothing else counts as one."""
    assert number({"n": written}, "n") == read


def test_digits_without_end_are_no_number() -> None:
    """Python refuses to read more than 4,300 of them, and nobody who sends them may end a listener."""
    assert number({"n": "9" * 5_000}, "n") is None


def test_what_is_of_another_kind_is_empty() -> None:
    """A text where an object should be is not looked into, nor the other way round."""
    odd = {"text": 5, "inner": "x", "list": {"a": 1}, "mixed": [{"a": 1}, "b", 3, {"c": 2}]}
    assert text(odd, "text") == ""
    assert inner(odd, "inner") == {}
    assert (objects(odd, "list"), texts(odd, "list"), first(odd, "list")) == ([], (), {})
    assert objects(odd, "mixed") == [{"a": 1}, {"c": 2}]
    assert texts(odd, "mixed") == ("b",)
    assert first(odd, "mixed") == {"a": 1}
