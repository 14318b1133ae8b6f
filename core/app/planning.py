"""From what a person asked and the picture it starts from to one exact call, or to a refusal.

Owns the defaults (1k, medium, png, one picture) and what an edit keeps of its base. Pure: the caller
looks things up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.app.records import AskKind
from core.domain.engine_profile import profile_for
from core.domain.generation import Background, GenerationPlan, OutputFormat, Quality, Size
from core.domain.prompt.compiler import compile_final, compile_prompt
from core.domain.prompt.model import Problem
from core.domain.routing import RouteRefusal, matching_quality, route
from core.domain.shape import Ratio, Tier
from core.domain.sizing import nearest_valid, ratio_of, size_for, size_problem

if TYPE_CHECKING:
    from core.app.records import Ask, PictureRecord
    from core.domain.engine_profile import EngineProfile
    from core.domain.prompt.model import Options

SQUARE = Ratio(1, 1)
MAX_INPUTS = 16
"""Pictures an edit may be given, the base included (OpenAI, 2026-11)."""


@dataclass(frozen=True, slots=True)
class PlanRefusal:
    """Why no call can be made of an ask; `code` is a notice."""

    code: str
    subject: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """What an edit starts from: the picture, how it was made, and the texts it was asked to show."""

    picture: PictureRecord
    plan: GenerationPlan
    texts: tuple[str, ...] = ()


def plan_ask(
    ask: Ask, base: Base | None, *, profile: EngineProfile, previews: int
) -> GenerationPlan | PlanRefusal:
    """The one call that serves the ask. `previews` is how many partial pictures the surface can show."""
    inputs = _inputs(ask, base)
    if inputs > MAX_INPUTS:
        return PlanRefusal(
            "too_many_references",
            subject=str(len(ask.references)),
            suggestion=str(MAX_INPUTS - (base is not None)),
        )
    if ask.kind is not AskKind.GENERATE and not inputs:
        return PlanRefusal("nothing_to_edit")
    compiled = _compiled(ask, base)
    if isinstance(compiled, Problem):
        return PlanRefusal(compiled.code.value)
    routed = route(_unrouted(ask, base, compiled, profile, previews), profile)
    if isinstance(routed, RouteRefusal):
        return PlanRefusal(
            f"model_cannot_{routed.what}", subject=routed.asked, suggestion=routed.suggestion or ""
        )
    return routed


def _inputs(ask: Ask, base: Base | None) -> int:
    return len(ask.references) + (base is not None)


def _compiled(ask: Ask, base: Base | None) -> str | Problem:
    if ask.kind is AskKind.FINAL:
        return compile_final(base.texts if base is not None else ())
    return compile_prompt(ask.prompt, is_edit=base is not None, reference_count=len(ask.references))


def _unrouted(
    ask: Ask, base: Base | None, compiled: str, profile: EngineProfile, previews: int
) -> GenerationPlan:
    options = ask.prompt.options
    background = _background(options, base)
    return GenerationPlan(
        model=profile.id,
        prompt=compiled,
        size=_size(ask, base),
        quality=_quality(options, base, profile),
        count=options.count or 1,
        background=background,
        output_format=_format(options, base, background),
        input_count=_inputs(ask, base),
        previews=previews,
    )


def _size(ask: Ask, base: Base | None) -> Size:
    options = ask.prompt.options
    if options.exact_size is not None:
        return options.exact_size
    tier = Tier.ONE_K if options.is_draft else options.tier
    if options.ratio is not None:
        return size_for(options.ratio, tier or _tier_of(base))
    if base is None:
        return size_for(SQUARE, tier or Tier.ONE_K)
    if tier is not None:
        return size_for(ratio_of(nearest_valid(base.picture.size)), tier)
    return base.picture.size if size_problem(base.picture.size) is None else nearest_valid(base.picture.size)


def _tier_of(base: Base | None) -> Tier:
    if base is None:
        return Tier.ONE_K
    pixels = base.picture.size.pixels
    budgets = {tier: size_for(SQUARE, tier).pixels for tier in Tier}
    return min(Tier, key=lambda tier: abs(budgets[tier] - pixels))


def _quality(options: Options, base: Base | None, profile: EngineProfile) -> Quality:
    if options.is_draft:
        return Quality.LOW
    if options.quality is not None:
        return options.quality
    if base is None:
        return Quality.MEDIUM
    # A quality's name means another number of tokens on another model: keep what was spent, not the name.
    made_by = profile_for(base.plan.model)
    if made_by.id == profile.id or base.plan.quality not in made_by.rungs:
        return base.plan.quality if base.plan.quality in profile.rungs else Quality.MEDIUM
    return matching_quality(made_by, base.plan.quality, profile, base.picture.size)


def _background(options: Options, base: Base | None) -> Background:
    if options.is_transparent is not None:
        return Background.TRANSPARENT if options.is_transparent else Background.OPAQUE
    return base.plan.background if base is not None else Background.OPAQUE


def _format(options: Options, base: Base | None, background: Background) -> OutputFormat:
    if options.output_format is not None:
        return options.output_format
    kept = base.plan.output_format if base is not None else OutputFormat.PNG
    if kept is OutputFormat.JPEG and background is Background.TRANSPARENT:
        return OutputFormat.PNG
    return kept
