"""The person at the page is not taken in by what others are told meanwhile."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.road.road_house import Person

ALERT = "For admins: the image service refuses our key."


def card(seq: int, kind: str, text: str = "") -> dict[str, Any]:
    """A message of ours as the page gets it."""
    return {"seq": seq, "card": {"kind": kind, "text": text}}


def at_a_page_with(*messages: dict[str, Any]) -> Person:
    """Somebody whose channel holds just these."""
    answer = httpx.Response(200, json={"messages": list(messages)})
    return Person(httpx.Client(transport=httpx.MockTransport(lambda _: answer), base_url="http://page"))


@pytest.mark.parametrize("above", [[], [card(2, "notice", "Good to know: pictures go to the model.")]])
def test_a_notice_below_a_placeholder_answers_nothing(above: list[dict[str, Any]]) -> None:
    """Admins may be told that the engine refuses everybody before the placeholder says that it failed."""
    asked = {"seq": 1, "card": None}
    waiting = at_a_page_with(asked, *above, card(3, "placeholder"), card(4, "notice", ALERT))
    assert waiting.answer(1) is None
    told = at_a_page_with(asked, *above, card(3, "failure"), card(4, "notice", ALERT)).answer(1)
    assert told is not None
    assert told["card"]["kind"] == "failure"


def test_a_notice_that_stands_first_is_the_answer() -> None:
    """Whoever asks what is left is answered by nothing else."""
    told = at_a_page_with({"seq": 1, "card": None}, card(2, "notice", "You have 3 left.")).answer(1)
    assert told is not None
