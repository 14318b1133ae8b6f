"""The quiet line under a picture: what was really sent, what it cost, what is left today. Pure.

Owns the order of the caption's parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.wording import beside, dollars, sentence
from core.domain.engine_profile import EngineFamily, profile_for

if TYPE_CHECKING:
    from core.app.turn_facts import TurnFacts
    from core.domain.generation import GenerationPlan


def caption(facts: TurnFacts, locale: str) -> str:
    """`v3 from v2 · 1536×864 · medium · 12 s · $0.05 · you 6 of 20 today · AI-generated`."""
    turn, plan = facts.turn, facts.turn.plan
    if plan is None:
        return ""
    parts = [_name(facts, locale), _size(facts, plan), plan.quality.value]
    if turn.elapsed_s is not None:
        parts.append(sentence("caption_seconds", locale, seconds=round(turn.elapsed_s)))
    parts.append(price_of(facts, locale))
    if plan.count > len(turn.pictures):
        parts.append(sentence("caption_fewer", locale, came=len(turn.pictures), asked=plan.count))
    if plan.routed_from is not None:
        parts.append(sentence("caption_routed", locale, model=plan.model, configured=plan.routed_from))
    parts += [
        sentence(f"caption_hint_{hint.kind}", locale, words=hint.words) for hint in turn.ask.prompt.hints
    ]
    if facts.today is not None:
        used, amount = facts.today
        parts.append(sentence("caption_today", locale, used=used, amount=amount))
    parts.append(sentence("caption_sandbox" if _is_sandbox(plan) else "caption_ai", locale))
    return beside(parts)


def price_of(facts: TurnFacts, locale: str) -> str:
    """What the turn cost: free in the sandbox, marked where the engine reported no usage."""
    turn = facts.turn
    if turn.plan is not None and _is_sandbox(turn.plan):
        return sentence("caption_free", locale)
    price = dollars(turn.cost or 0)
    return sentence("caption_estimated", locale, price=price) if turn.is_cost_estimated else price


def _name(facts: TurnFacts, locale: str) -> str:
    name = f"v{facts.turn.revision}"
    if facts.parent is None:
        return name
    letter = "" if facts.parent.letter == "a" else facts.parent.letter
    return sentence("caption_from", locale, revision=name, parent=f"v{facts.parent.revision}{letter}")


def _size(facts: TurnFacts, plan: GenerationPlan) -> str:
    # What came is what is said; it is what was asked for unless a server changed it silently.
    size = facts.turn.pictures[0].size if facts.turn.pictures else plan.size
    return f"{size.width}×{size.height}"


def _is_sandbox(plan: GenerationPlan) -> bool:
    return profile_for(plan.model).family is EngineFamily.SANDBOX
