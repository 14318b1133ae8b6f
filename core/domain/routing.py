"""Which model carries out a plan.

Owns the check of a plan against a profile, and the way to another model where the one that was set lacks
an ability. Must never learn how a refusal is worded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.engine_profile import PROFILES, output_tokens
from core.domain.generation import Background, OutputFormat, Quality
from core.domain.sizing import nearest_valid, size_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.domain.engine_profile import EngineProfile
    from core.domain.generation import GenerationPlan, Size


class Lack(StrEnum):
    """What a model cannot do of what was asked."""

    SIZE = "size"
    QUALITY = "quality"
    FORMAT = "format"
    FORMAT_WITHOUT_ALPHA = "format_without_alpha"
    COUNT = "count"
    INPUTS = "inputs"
    EDIT = "edit"
    TRANSPARENT = "transparent"


@dataclass(frozen=True, slots=True)
class RouteRefusal:
    """No model that is set up can carry out the plan.

    `asked` is the value that cannot be had, `suggestion` the nearest that can (None where nothing is near).
    """

    what: Lack
    model: str
    asked: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class TransparentRoute:
    """Which models make pictures with an alpha channel in place of one that cannot."""

    for_generate: str
    for_edit: str


# gpt-image-2 answers 400 to a transparent background since 2026-09-30; both 2.5 models have native alpha
# at the same price a token.
TRANSPARENT_ROUTES: Final[Mapping[str, TransparentRoute]] = MappingProxyType(
    {"gpt-image-2": TransparentRoute("gpt-image-2.5-flare", "gpt-image-2.5-sunburst")}
)


def route(plan: GenerationPlan, configured: EngineProfile) -> GenerationPlan | RouteRefusal:
    """Give the plan to the model that was set, or to the one that can do what that one cannot.

    Qualities are meant as the configured model names them, and are matched by output tokens when
    the plan goes elsewhere, because the names are not comparable between models. Previews
    are cut to what the model and the plan allow. Called on its own answer, it changes nothing.
    """
    if plan.routed_from == configured.id and plan.model != configured.id:
        return plan
    refusal = _refusal(plan, configured)
    if refusal is not None:
        return refusal
    if plan.background is Background.TRANSPARENT and not configured.can_transparent:
        return _elsewhere(plan, configured)
    return _given_to(configured, plan)


def matching_quality(source: EngineProfile, quality: Quality, target: EngineProfile, size: Size) -> Quality:
    """Find the quality of `target` whose output tokens are nearest; of two as near, the cheaper."""
    wanted = output_tokens(source, size, quality)
    return min(target.qualities, key=lambda other: abs(output_tokens(target, size, other) - wanted))


def previews_for(profile: EngineProfile, quality: Quality, count: int, wanted: int) -> int:
    """Cut the number of previews to what is possible and worth its price.

    None for several pictures, whose events do not say which picture they belong to, and none at low
    quality, where two previews would double the price.
    """
    if count != 1 or quality is Quality.LOW:
        return 0
    return min(max(0, wanted), profile.max_previews)


def _given_to(profile: EngineProfile, plan: GenerationPlan) -> GenerationPlan:
    previews = previews_for(profile, plan.quality, plan.count, plan.previews)
    return replace(plan, model=profile.id, previews=previews)


def _elsewhere(plan: GenerationPlan, configured: EngineProfile) -> GenerationPlan | RouteRefusal:
    ways = TRANSPARENT_ROUTES.get(configured.base)
    if ways is None:
        return RouteRefusal(Lack.TRANSPARENT, configured.id, Background.TRANSPARENT)
    target = PROFILES[ways.for_edit if plan.input_count else ways.for_generate]
    quality = matching_quality(configured, plan.quality, target, plan.size)
    moved = replace(plan, quality=quality, routed_from=configured.id)
    return _refusal(moved, target) or _given_to(target, moved)


def _refusal(plan: GenerationPlan, profile: EngineProfile) -> RouteRefusal | None:
    """Name the first thing that the profile lacks."""
    if size_problem(plan.size) is not None:
        return RouteRefusal(Lack.SIZE, profile.id, str(plan.size), str(nearest_valid(plan.size)))
    is_edit = plan.input_count > 0
    nearest_count = min(max(1, plan.count), profile.max_count)
    is_transparent = plan.background is Background.TRANSPARENT
    lacks: tuple[tuple[bool, Lack, str, str | None], ...] = (
        (
            plan.quality not in profile.rungs,
            Lack.QUALITY,
            plan.quality.value,
            profile.qualities[-1].value,
        ),
        (
            plan.output_format not in profile.formats,
            Lack.FORMAT,
            plan.output_format.value,
            OutputFormat.PNG.value,
        ),
        (
            is_transparent and plan.output_format is OutputFormat.JPEG,
            Lack.FORMAT_WITHOUT_ALPHA,
            plan.output_format.value,
            OutputFormat.PNG.value,
        ),
        (not 1 <= plan.count <= profile.max_count, Lack.COUNT, str(plan.count), str(nearest_count)),
        (is_edit and not profile.can_edit, Lack.EDIT, str(plan.input_count), None),
        (plan.input_count > profile.max_inputs, Lack.INPUTS, str(plan.input_count), str(profile.max_inputs)),
    )
    return next(
        (
            RouteRefusal(what, profile.id, asked, near)
            for is_lacking, what, asked, near in lacks
            if is_lacking
        ),
        None,
    )
