"""Cards as the core draws them, each of a kind that is worth a look. Owns the examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.app import cards
from core.app.records import Ask, AskKind, PictureRecord, Stage, TurnRecord
from core.app.turn_facts import TurnFacts
from core.domain.card import Act, Button
from core.domain.engine_profile import SANDBOX_MODEL
from core.domain.generation import Failure, FailureKind, GenerationPlan, OutputFormat, Quality, Size
from core.domain.ids import ActorId, BlobKey, MessageId, Micros, ThreadId, TurnId, WorkspaceId
from core.domain.lineage import Head, Revision
from core.domain.prompt.model import Prompt
from core.domain.prompt.parser import parse_prompt

if TYPE_CHECKING:
    from core.domain.card import Card

HERE = WorkspaceId("discord:T1")
LIGHTHOUSE = "a lighthouse at dusk above a calm sea, a small boat in front, soft evening light"
ARABIC = "منارة عند الغروب فوق بحر هادئ، وقارب صغير أمامها --ar 16:9"
TYPED = "@everyone look <@45> *bold* `code` [words](https://evil.example) https://example.com 👩‍🚀 灯台 منارة"
SIZE = Size(1360, 768)


def scenes() -> dict[str, Card]:
    """The examples by their names. Pictures are called by the letters `a` to `d`."""
    made = _facts(_turn(LIGHTHOUSE, Stage.DELIVERED, "a"))
    four = _facts(_turn(LIGHTHOUSE, Stage.DELIVERED, "abcd"))
    refused = Failure(FailureKind.MODERATED, request_id="req_123", billed=Micros(0))
    edited = replace(made, parent=Head(1), story=(LIGHTHOUSE, "make the sky green"))
    revisions = [
        (Revision(1, None, TurnId("t1"), 1), LIGHTHOUSE),
        (Revision(2, Head(1), TurnId("t2"), 1), "make the sky green"),
        (Revision(3, Head(1), TurnId("t3"), 1), "v1: at night, with stars"),
    ]
    sheet = _record("a")
    return {
        "placeholder": cards.turn(_facts(_turn(LIGHTHOUSE, Stage.QUEUED), ahead=3), "en"),
        "result": _with_delete(cards.turn(edited, "en")),
        "four": _with_delete(cards.turn(four, "en")),
        "failure": cards.turn(_facts(replace(_turn(LIGHTHOUSE, Stage.FAILED), failure=refused)), "en"),
        "over_quota": cards.notice("over_quota", _quota(), "en"),
        "history": cards.history(sheet, revisions, Head(3), "en", known=[one for one, _ in revisions]),
        "help": cards.notice("help", {}, "en"),
        "why": cards.why(made, "en"),
        "arabic": _with_delete(cards.turn(_facts(_turn(ARABIC, Stage.DELIVERED, "a")), "ar")),
        "typed": cards.turn(_facts(_turn(TYPED, Stage.QUEUED)), "en"),
        "long": _with_delete(cards.turn(_facts(_turn(f"{LIGHTHOUSE}, " * 60, Stage.DELIVERED, "a")), "en")),
    }


def _with_delete(card: Card) -> Card:
    return replace(card, buttons=(*card.buttons, Button(Act.DELETE, "Delete…", "v1", in_more=True)))


def _quota() -> dict[str, str | int]:
    return {
        "scope": "actor",
        "metric": "pictures",
        "period": "day",
        "amount": 20,
        "used": 20,
        "needed": 1,
        "back_at": "2026-03-03T00:00:00+00:00",
    }


def _facts(turn: TurnRecord, ahead: int = 0) -> TurnFacts:
    return TurnFacts(turn, "Ada", ahead=ahead, today=(6, 20), story=(turn.ask.text,))


def _turn(text: str, stage: Stage, letters: str = "") -> TurnRecord:
    prompt = parse_prompt(text)
    assert isinstance(prompt, Prompt), prompt
    plan = GenerationPlan(
        SANDBOX_MODEL, f"{text}\n\nNothing else changes.", SIZE, Quality.MEDIUM, len(letters) or 1
    )
    return TurnRecord(
        id=TurnId("t1"),
        thread=ThreadId("th1"),
        workspace=HERE,
        actor=ActorId("discord:T1:U1"),
        position=1,
        stage=stage,
        ask=Ask(AskKind.GENERATE, text, prompt),
        locale="en",
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
        message=MessageId("m1"),
        plan=plan,
        estimate=Micros(50_000),
        cost=Micros(47_000),
        pictures=tuple(_record(letter) for letter in letters),
        revision=2 if letters else None,
        elapsed_s=12.0,
    )


def _record(letter: str) -> PictureRecord:
    return PictureRecord(BlobKey(letter), HERE, OutputFormat.PNG, SIZE, 9)
