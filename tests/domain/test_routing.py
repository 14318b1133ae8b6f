"""Routing: a plan goes to a model that can serve it, or is refused with what can be had."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.engine_profile import PROFILES, EngineFamily, EngineProfile, output_tokens, profile_for
from core.domain.generation import Background, GenerationPlan, OutputFormat, Quality, Size
from core.domain.routing import Lack, RouteRefusal, matching_quality, previews_for, route

GPT_IMAGE_2 = PROFILES["gpt-image-2"]
PLAN = GenerationPlan(model="gpt-image-2", prompt="a cat", size=Size(1024, 1024), quality=Quality.MEDIUM)
TRANSPARENT = replace(PLAN, background=Background.TRANSPARENT)

edges = st.integers(60, 140).map(lambda cells: 16 * cells)
sizes = st.one_of(
    st.builds(Size, edges, edges),
    st.sampled_from([Size(3840, 2160), Size(2880, 2880), Size(1760, 592), Size(1280, 3840), Size(816, 816)]),
)
plans = st.builds(
    GenerationPlan,
    model=st.just("gpt-image-2"),
    prompt=st.just("a cat"),
    size=st.one_of(sizes, st.just(Size(1920, 1080))),
    quality=st.sampled_from(Quality),
    count=st.integers(0, 12),
    background=st.sampled_from(Background),
    output_format=st.sampled_from(OutputFormat),
    previews=st.integers(0, 5),
    input_count=st.integers(0, 18),
)
configured_profiles = st.sampled_from([*PROFILES.values(), profile_for("my-flux")])


def test_what_the_model_can_do_stays_with_it() -> None:
    """A plan that needs nothing special goes out as it was asked."""
    assert route(PLAN, GPT_IMAGE_2) == PLAN


@pytest.mark.parametrize(
    ("asked", "sent"),
    [(Quality.LOW, Quality.LOW), (Quality.MEDIUM, Quality.HIGH), (Quality.HIGH, Quality.MAX)],
)
@pytest.mark.parametrize(
    ("inputs", "model"),
    [(0, "gpt-image-2.5-flare"), (1, "gpt-image-2.5-sunburst"), (3, "gpt-image-2.5-sunburst")],
)
def test_transparent_goes_to_a_2_5_model_of_the_same_price(
    asked: Quality, sent: Quality, inputs: int, model: str
) -> None:
    """New pictures go to flare, edits to sunburst, at the quality that takes as many tokens."""
    moved = route(replace(TRANSPARENT, quality=asked, input_count=inputs), GPT_IMAGE_2)
    assert isinstance(moved, GenerationPlan)
    assert (moved.model, moved.quality, moved.routed_from) == (model, sent, "gpt-image-2")
    assert output_tokens(PROFILES[model], moved.size, sent) == output_tokens(GPT_IMAGE_2, moved.size, asked)


def test_a_snapshot_is_routed_like_its_model() -> None:
    """The dated name of gpt-image-2 lacks transparency too, and is named as the one that was set."""
    moved = route(TRANSPARENT, profile_for("gpt-image-2-2026-04-21"))
    assert isinstance(moved, GenerationPlan)
    assert (moved.model, moved.routed_from) == ("gpt-image-2.5-flare", "gpt-image-2-2026-04-21")


@pytest.mark.parametrize("model", ["gpt-image-2.5-flare", "gpt-image-2.6-sunburst", "sandbox"])
def test_a_model_with_alpha_keeps_transparent_plans(model: str) -> None:
    """Nothing is routed away from a model that can."""
    kept = route(replace(TRANSPARENT, model=model), PROFILES[model])
    assert kept == replace(TRANSPARENT, model=model)


def test_a_compatible_server_without_alpha_says_so() -> None:
    """There is no other model behind a foreign server to go to."""
    refusal = route(TRANSPARENT, profile_for("my-flux"))
    assert refusal == RouteRefusal(Lack.TRANSPARENT, "my-flux", "transparent")


@pytest.mark.parametrize(
    ("plan", "model", "what", "suggestion"),
    [
        (replace(PLAN, quality=Quality.MAX), "gpt-image-2", Lack.QUALITY, "high"),
        (replace(TRANSPARENT, quality=Quality.XHIGH), "gpt-image-2", Lack.QUALITY, "high"),
        (replace(PLAN, output_format=OutputFormat.WEBP), "my-flux", Lack.FORMAT, "png"),
        (
            replace(TRANSPARENT, output_format=OutputFormat.JPEG),
            "gpt-image-2",
            Lack.FORMAT_WITHOUT_ALPHA,
            "png",
        ),
        (replace(PLAN, count=11), "gpt-image-2", Lack.COUNT, "10"),
        (replace(PLAN, count=0), "gpt-image-2", Lack.COUNT, "1"),
        (replace(PLAN, input_count=17), "gpt-image-2", Lack.INPUTS, "16"),
        (replace(PLAN, size=Size(1920, 1080)), "gpt-image-2", Lack.SIZE, "1920x1088"),
    ],
)
def test_what_no_model_can_do_is_refused_with_what_can_be_had(
    plan: GenerationPlan, model: str, what: Lack, suggestion: str
) -> None:
    """Every lack is named, with the nearest value that works."""
    refusal = route(plan, profile_for(model))
    assert isinstance(refusal, RouteRefusal)
    assert (refusal.what, refusal.model, refusal.suggestion) == (what, model, suggestion)


def test_a_server_that_cannot_edit_refuses_inputs() -> None:
    """An edit never becomes a picture from scratch."""
    refusal = route(replace(PLAN, input_count=1), replace(profile_for("my-flux"), can_edit=False))
    assert isinstance(refusal, RouteRefusal)
    assert refusal.what is Lack.EDIT


@given(plan=plans, configured=configured_profiles)
def test_a_routed_plan_is_one_that_its_model_can_serve(
    plan: GenerationPlan, configured: EngineProfile
) -> None:
    """Whatever is asked: either a refusal, or a plan within every limit of the model it names."""
    routed = route(plan, configured)
    if isinstance(routed, RouteRefusal):
        assert routed.asked
        return
    target = profile_for(routed.model)
    assert routed.quality in target.qualities
    assert routed.output_format in target.formats
    assert 1 <= routed.count <= target.max_count
    assert routed.input_count <= target.max_inputs
    assert 0 <= routed.previews <= target.max_previews
    assert routed.background is plan.background
    assert target.can_transparent or routed.background is Background.OPAQUE
    assert (routed.size, routed.count, routed.output_format) == (plan.size, plan.count, plan.output_format)
    assert (routed.routed_from is None) == (routed.model == configured.id)


@given(plan=plans, configured=configured_profiles)
def test_routing_again_changes_nothing(plan: GenerationPlan, configured: EngineProfile) -> None:
    """A plan that was routed once may be routed again, after a restart for instance."""
    once = route(plan, configured)
    if isinstance(once, GenerationPlan):
        assert route(once, configured) == once


@given(
    size=sizes,
    quality=st.sampled_from(GPT_IMAGE_2.qualities),
)
def test_the_matching_quality_is_the_nearest_in_tokens(size: Size, quality: Quality) -> None:
    """At any size the quality of the other model is the one with the nearest number of tokens."""
    flare = PROFILES["gpt-image-2.5-flare"]
    wanted = output_tokens(GPT_IMAGE_2, size, quality)
    found = output_tokens(flare, size, matching_quality(GPT_IMAGE_2, quality, flare, size))
    assert abs(found - wanted) == min(
        abs(output_tokens(flare, size, other) - wanted) for other in flare.qualities
    )


@pytest.mark.parametrize(
    ("model", "quality", "count", "wanted", "previews"),
    [
        ("gpt-image-2", Quality.MEDIUM, 1, 2, 2),
        ("gpt-image-2", Quality.HIGH, 1, 9, 3),
        ("gpt-image-2", Quality.MEDIUM, 1, -1, 0),
        ("gpt-image-2", Quality.LOW, 1, 2, 0),
        ("gpt-image-2", Quality.MEDIUM, 2, 2, 0),
        ("my-flux", Quality.MEDIUM, 1, 2, 0),
    ],
)
def test_previews_are_asked_for_only_where_they_make_sense(
    model: str, quality: Quality, count: int, wanted: int, previews: int
) -> None:
    """One picture, medium quality or better, on a model that streams."""
    assert previews_for(profile_for(model), quality, count, wanted) == previews


def test_only_openais_models_are_routed_to() -> None:
    """A request is never sent to a model that the account's server may not have."""
    moved = route(TRANSPARENT, GPT_IMAGE_2)
    assert isinstance(moved, GenerationPlan)
    assert profile_for(moved.model).family is EngineFamily.OPENAI
