"""Profiles: what each model can do, and what a picture costs by the documented formula."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.engine_profile import (
    DEFAULT_MODEL,
    PROFILES,
    EngineFamily,
    EngineProfile,
    TokenPrices,
    cost_of,
    estimate,
    output_tokens,
    profile_for,
    text_tokens,
)
from core.domain.generation import GenerationPlan, OutputFormat, Quality, Size, Usage

LOW, MEDIUM, HIGH, XHIGH, MAX = Quality
GPT_IMAGE_2 = PROFILES["gpt-image-2"]
FLARE = PROFILES["gpt-image-2.5-flare"]

# The published table: quality, size, tokens of gpt-image-2 (None: no such quality), tokens of 2.5.
VECTORS: list[tuple[Quality, tuple[int, int], int | None, int]] = [
    (LOW, (1024, 1024), 196, 196),
    (LOW, (1536, 1024), 158, 158),
    (LOW, (1024, 1536), 158, 158),
    (MEDIUM, (1024, 1024), 1756, 439),
    (MEDIUM, (1536, 1024), 1372, 343),
    (HIGH, (1024, 1024), 7024, 1756),
    (HIGH, (1536, 1024), 5488, 1372),
    (XHIGH, (1024, 1024), None, 3122),
    (MAX, (1024, 1024), None, 7024),
    (LOW, (2048, 2048), 397, 397),
    (MEDIUM, (2048, 2048), 3568, 892),
    (HIGH, (2048, 2048), 14272, 3568),
    (LOW, (2048, 1152), 157, 157),
    (MEDIUM, (2048, 1152), 1413, 367),
    (HIGH, (2048, 1152), 5650, 1413),
    (LOW, (3840, 2160), 371, 371),
    (MEDIUM, (3840, 2160), 3336, 865),
    (HIGH, (3840, 2160), 13342, 3336),
    (LOW, (1536, 864), 120, 120),
    (MEDIUM, (1536, 864), 1078, 280),
    (HIGH, (1536, 864), 4312, 1078),
    (LOW, (816, 816), 171, 171),
    (MEDIUM, (816, 816), 1536, 384),
    (HIGH, (816, 816), 6143, 1536),
]

edges = st.integers(60, 140).map(lambda cells: 16 * cells)
sizes = st.one_of(
    st.builds(Size, edges, edges),
    st.sampled_from([Size(3840, 2160), Size(2880, 2880), Size(1760, 592), Size(1280, 3840), Size(816, 816)]),
)
profiles = st.sampled_from(sorted(PROFILES)).map(PROFILES.__getitem__)


def plan(profile: EngineProfile = GPT_IMAGE_2, **changes: object) -> GenerationPlan:
    """Make a plain plan: one square picture of medium quality."""
    values: dict[str, object] = {
        "model": profile.id,
        "prompt": "a cat",
        "size": Size(1024, 1024),
        "quality": MEDIUM,
    }
    return GenerationPlan(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(("quality", "edges", "of_2", "of_2_5"), VECTORS)
def test_tokens_are_those_of_the_published_table(
    quality: Quality, edges: tuple[int, int], of_2: int | None, of_2_5: int
) -> None:
    """The formula gives every number of OpenAI's table."""
    size = Size(*edges)
    if of_2 is None:
        assert quality not in GPT_IMAGE_2.qualities
    else:
        assert output_tokens(GPT_IMAGE_2, size, quality) == of_2
    assert output_tokens(FLARE, size, quality) == of_2_5
    assert output_tokens(PROFILES["gpt-image-2.5-sunburst"], size, quality) == of_2_5


def test_low_and_medium_of_2_6_are_counted_at_four_times_2_5() -> None:
    """Where no formula is known the upper end of what was reported is reserved."""
    size = Size(1024, 1024)
    for model in ("gpt-image-2.6-flare", "gpt-image-2.6-sunburst"):
        newer = PROFILES[model]
        assert [output_tokens(newer, size, quality) for quality in newer.qualities] == [
            4 * 196,
            4 * 439,
            1756,
            3122,
            7024,
        ]


@given(size=sizes, profile=profiles)
def test_better_never_takes_fewer_tokens_and_turning_changes_nothing(
    size: Size, profile: EngineProfile
) -> None:
    """Qualities are listed cheapest first, and portrait costs what landscape costs."""
    tokens = [output_tokens(profile, size, quality) for quality in profile.qualities]
    assert profile.id.startswith("gpt-image-2.6") or all(less < more for less, more in pairwise(tokens))
    turned = Size(size.height, size.width)
    assert tokens == [output_tokens(profile, turned, quality) for quality in profile.qualities]


def test_an_estimate_is_text_inputs_and_output() -> None:
    """The reservation formula, in numbers worked out by hand."""
    text = (len("a cat") + 16) * 5
    assert estimate(GPT_IMAGE_2, plan()) == text + 1756 * 30
    assert estimate(GPT_IMAGE_2, plan(count=4)) == text + 4 * 1756 * 30
    assert estimate(GPT_IMAGE_2, plan(input_count=2)) == text + 2 * 1530 * 8 + 1756 * 30
    assert estimate(GPT_IMAGE_2, plan(previews=2)) == text + (1756 + 200) * 30
    assert estimate(GPT_IMAGE_2, plan(count=3, previews=1)) == text + 3 * 1856 * 30


def test_a_cost_is_exact_and_rounded_up_to_a_whole_micro_dollar() -> None:
    """What the API reports is priced in integers: 5, 8 and 30 dollars a million tokens."""
    assert cost_of(GPT_IMAGE_2, Usage(20, 1024, 1756)) == 20 * 5 + 1024 * 8 + 1756 * 30
    assert cost_of(GPT_IMAGE_2, Usage(0, 0, 0)) == 0


def test_a_fraction_of_a_micro_dollar_is_rounded_up() -> None:
    """Prices below a dollar a million leave fractions; the books take the next whole micro-dollar."""
    prices = TokenPrices(text_in=200_000, image_in=0, image_out=0)
    fractional = replace(profile_for("cheap"), prices=prices)
    assert cost_of(fractional, Usage(1, 0, 0)) == 1
    assert cost_of(fractional, Usage(5, 0, 0)) == 1
    assert cost_of(fractional, Usage(6, 0, 0)) == 2


def test_a_broken_servers_negative_usage_earns_nothing() -> None:
    """A negative count of one kind of token does not pay for another."""
    assert cost_of(GPT_IMAGE_2, Usage(-100, -100, 10)) == 300


@settings(max_examples=50, deadline=None)
@given(
    prompt=st.text(max_size=60),
    size=sizes,
    count=st.integers(1, 8),
    inputs=st.integers(0, 16),
    previews=st.integers(0, 3),
    profile=profiles,
)
def test_an_estimate_covers_the_call_it_is_for(  # noqa: PLR0913 - one argument for each part of the price
    *, prompt: str, size: Size, count: int, inputs: int, previews: int, profile: EngineProfile
) -> None:
    """A call that uses as many tokens as the formula says never costs more than was reserved."""
    asked = plan(profile, prompt=prompt, size=size, count=count, input_count=inputs, previews=previews)
    used = Usage(
        len(prompt.encode()), inputs * 1530, count * (output_tokens(profile, size, MEDIUM) + 100 * previews)
    )
    assert cost_of(profile, used) <= estimate(profile, asked)


@given(st.text(max_size=200))
def test_text_tokens_bound_the_bytes_of_any_prompt(prompt: str) -> None:
    """A byte-pair encoding never makes more tokens than bytes, whatever the script."""
    assert text_tokens(prompt) == len(prompt.encode()) + 16


def test_half_an_emoji_does_not_break_the_count() -> None:
    """A lone surrogate, which no encoder takes, is counted all the same."""
    assert text_tokens("\ud83d") == 3 + 16


def test_the_sandbox_is_free_and_counts_tokens_all_the_same() -> None:
    """A sandbox picture costs nothing, whatever is asked of it."""
    sandbox = PROFILES["sandbox"]
    assert sandbox.is_free
    assert estimate(sandbox, plan(sandbox, count=8, input_count=16)) == 0
    assert cost_of(sandbox, Usage(10, 10, 10)) == 0
    assert output_tokens(sandbox, Size(1024, 1024), MEDIUM) == 439


def test_only_the_sandbox_is_free() -> None:
    """A server whose prices nobody knows is counted like a paid one, so that limits hold."""
    assert [profile.id for profile in PROFILES.values() if profile.is_free] == ["sandbox"]
    assert not profile_for("my-flux").is_price_known
    assert estimate(profile_for("my-flux"), plan()) == estimate(GPT_IMAGE_2, plan())


def test_the_abilities_are_those_of_the_table() -> None:
    """What the reference's capability table says of each model."""
    assert GPT_IMAGE_2.qualities == (LOW, MEDIUM, HIGH)
    assert not GPT_IMAGE_2.can_transparent
    for profile in PROFILES.values():
        if profile.family is EngineFamily.OPENAI:
            assert (profile.max_count, profile.max_inputs, profile.max_previews) == (10, 16, 3)
            assert profile.formats == set(OutputFormat)
            assert profile.can_transparent == (profile.id != "gpt-image-2")
            assert profile.can_stream


def test_the_default_model_has_a_row() -> None:
    """The model that is used unless told otherwise is one that is known."""
    assert profile_for(DEFAULT_MODEL) is not None
    assert profile_for(DEFAULT_MODEL).family is EngineFamily.OPENAI


@pytest.mark.parametrize("model", sorted(PROFILES))
def test_a_model_is_found_by_its_name(model: str) -> None:
    """Each row is found by the name that the API knows."""
    assert profile_for(model) == PROFILES[model]


@pytest.mark.parametrize(
    ("snapshot", "base"),
    [
        ("gpt-image-2-2026-04-21", "gpt-image-2"),
        ("gpt-image-2.5-flare-2026-09-08", "gpt-image-2.5-flare"),
    ],
)
def test_a_dated_snapshot_can_what_its_model_can(snapshot: str, base: str) -> None:
    """A snapshot keeps its own name in requests, with the abilities of its model."""
    profile = profile_for(snapshot)
    assert (profile.id, profile.base) == (snapshot, base)
    assert profile.rungs == PROFILES[base].rungs
    assert profile.can_transparent == PROFILES[base].can_transparent


def test_an_unknown_model_is_taken_with_care() -> None:
    """A name nobody knows is sent as it is, to a server that is asked for little."""
    profile = profile_for("black-forest/flux-2")
    assert profile.id == "black-forest/flux-2"
    assert profile.family is EngineFamily.COMPATIBLE
    assert profile.formats == {OutputFormat.PNG}
    assert not profile.can_transparent
    assert not profile.can_stream
    assert not profile.sends_background
    assert not profile.sends_format
    assert not profile.sends_actor_key


def test_a_retired_model_says_since_when() -> None:
    """Whoever still names an old model learns the day on which it stops."""
    assert profile_for("gpt-image-1.5").retires_on == date(2026, 12, 1)
    assert profile_for("dall-e-3").retires_on == date(2026, 5, 12)
    assert profile_for("gpt-image-2").retires_on is None


def test_nobody_can_change_a_price() -> None:
    """The rows are data to read: the ladder of qualities refuses writing."""
    with pytest.raises(TypeError):
        GPT_IMAGE_2.rungs[LOW] = FLARE.rungs[MAX]  # type: ignore[index]
