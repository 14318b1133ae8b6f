"""The stand-in engine: same request, same bytes; edits keep what they were not asked to change."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pixels

from adapters.sandbox_images import SandboxEngine
from core.domain.generation import (
    Background,
    Failure,
    FailureKind,
    GenerationPlan,
    GenerationRequest,
    GenerationResult,
    Image,
    OutputFormat,
    Preview,
    Quality,
    Size,
)
from core.domain.prompt.compiler import compile_final, compile_prompt
from core.domain.prompt.model import Problem
from core.domain.prompt.parser import parse_prompt

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from numpy.typing import NDArray

SIZE = Size(480, 272)
SCENE = 'a lighthouse at dusk, "OPEN" on a sign'


class Watch:
    """A clock that only notes how long it was asked to wait."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def pause(self, seconds: float) -> None:
        """Note the wait."""
        self.waits.append(seconds)


@pytest.fixture
def watch() -> Watch:
    """Nobody really waits."""
    return Watch()


@pytest.fixture
async def engine(watch: Watch) -> AsyncIterator[SandboxEngine]:
    """An engine that does not wait."""
    made = SandboxEngine(pause=watch.pause)
    yield made
    made.close()


def asked(prompt: str, *inputs: Image, **plan: object) -> GenerationRequest:
    """A request for a small PNG."""
    made = GenerationPlan(model="sandbox", prompt=prompt, size=SIZE, quality=Quality.LOW)
    return GenerationRequest(replace(made, input_count=len(inputs), **plan), inputs=inputs)  # type: ignore[arg-type]


def compiled(words: str, *, is_edit: bool = False) -> str:
    """The prompt as the application compiles it."""
    prompt = parse_prompt(words)
    assert not isinstance(prompt, Problem)
    text = compile_prompt(prompt, is_edit=is_edit)
    assert isinstance(text, str)
    return text


async def made(engine: SandboxEngine, request: GenerationRequest) -> Image:
    """The first picture of an answer."""
    result = await engine.generate(request)
    assert isinstance(result, GenerationResult), result
    return result.images[0]


def opened(image: Image) -> Pixels.Image:
    """The pixels, checked to be of the size and format that was said."""
    file = Pixels.open(io.BytesIO(image.content))
    file.load()
    assert (file.format, file.size) == (image.format.name, (image.size.width, image.size.height))
    return file


def rgb(image: Image) -> NDArray[np.int16]:
    """The pixels as numbers."""
    return np.asarray(opened(image).convert("RGB")).astype(np.int16)


def changed(one: Image, other: Image) -> NDArray[np.bool_]:
    """Which pixels differ at all."""
    return np.asarray(np.abs(rgb(one) - rgb(other)).max(axis=2) > 0, dtype=np.bool_)


async def test_the_same_request_gives_the_same_bytes(engine: SandboxEngine) -> None:
    """Nothing is left to chance, across engines too."""
    other = SandboxEngine(pause=Watch().pause)
    assert await made(engine, asked(SCENE)) == await made(other, asked(SCENE))
    other.close()


async def test_another_attempt_brings_another_picture(engine: SandboxEngine) -> None:
    """`again` would look broken if it gave the same picture back."""
    first = await made(engine, replace(asked(SCENE), attempt_key="a"))
    assert first != await made(engine, replace(asked(SCENE), attempt_key="b"))


async def test_candidates_differ_and_cost_nothing(engine: SandboxEngine) -> None:
    """Four were asked for, four came, no two alike, free of charge."""
    result = await engine.generate(asked("a cat on a hill", count=4))
    assert isinstance(result, GenerationResult)
    assert len({image.content for image in result.images}) == 4
    assert result.cost == 0
    assert not result.is_cost_estimated


@pytest.mark.parametrize("file_format", list(OutputFormat))
async def test_pictures_come_in_the_size_and_format_asked_for(
    engine: SandboxEngine, file_format: OutputFormat
) -> None:
    """The bytes are what the answer says, and say themselves how they were made."""
    image = await made(engine, asked(SCENE, output_format=file_format, size=Size(272, 480)))
    assert image.format is file_format
    assert opened(image).size == (272, 480)
    assert b"digitalsourcetype/algorithmicMedia" in image.content
    if file_format is OutputFormat.PNG:
        assert opened(image).info["Software"] == "Inkthread sandbox"


async def test_every_picture_says_that_no_model_made_it(engine: SandboxEngine) -> None:
    """The note stands in the same corner of every picture, letter for letter."""
    corners = {
        rgb(await made(engine, asked(words)))[-10:, :150].tobytes()
        for words in ("a red car", "snow", "x y z")
    }
    assert len(corners) == 1


@pytest.mark.parametrize(
    "words", ["a lighthouse", "un gato negro", "雨中的猫", "고양이와 우산", "قطة", "", "zzz qqq", "🎉🎉"]
)
async def test_any_words_make_a_picture(engine: SandboxEngine, words: str) -> None:
    """Known or unknown, in any script, or none at all: there is something to look at."""
    pixels = rgb(await made(engine, asked(words)))
    assert pixels.std() > 12


async def test_what_is_left_out_is_not_drawn(engine: SandboxEngine) -> None:
    """`--no boats` is obeyed."""
    with_boat = await made(engine, asked(compiled("a lighthouse and a boat")))
    without = await made(engine, asked(compiled("a lighthouse and a boat --no boats")))
    assert changed(with_boat, without).any()


async def test_a_cutout_is_really_transparent(engine: SandboxEngine) -> None:
    """Most of it is clear, the cat is not, and the answer says so."""
    image = await made(engine, asked(compiled("a cat --transparent"), background=Background.TRANSPARENT))
    alpha = np.asarray(opened(image).getchannel("A"))
    assert image.has_alpha
    assert (alpha == 0).mean() > 0.4
    assert (alpha == 255).mean() > 0.08


async def test_an_added_thing_leaves_the_rest_untouched(engine: SandboxEngine) -> None:
    """Outside the umbrella every pixel is the base's, exactly."""
    base = await made(engine, asked(SCENE))
    edited = await made(engine, asked(compiled("add a red umbrella", is_edit=True), base))
    touched = changed(base, edited)
    assert 0.01 < touched.mean() < 0.15
    reds = rgb(edited)[touched]
    assert ((reds[:, 0] > 150) & (reds[:, 1] < 110)).sum() > 200


async def test_an_edit_works_on_the_base_it_was_given(engine: SandboxEngine) -> None:
    """The same wish on another picture gives another picture."""
    one, two = await made(engine, asked(SCENE)), await made(engine, asked("a castle in the desert"))
    wish = compiled("make it snow", is_edit=True)
    assert changed(await made(engine, asked(wish, one)), await made(engine, asked(wish, two))).mean() > 0.5


async def test_a_chain_of_edits_stays_visible(engine: SandboxEngine) -> None:
    """A storm, then an umbrella, then snow: each step differs from the last, and the composition remains."""
    first = current = await made(engine, asked(SCENE))
    for words in ("make it stormy", "add a red umbrella", "make it snow"):
        edited = await made(engine, asked(compiled(words, is_edit=True), current))
        assert changed(current, edited).any(), words
        current = edited
    before, after = (
        np.asarray(opened(image).convert("L").resize((24, 14))).astype(float) for image in (first, current)
    )
    assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.3


@pytest.mark.parametrize(
    ("words", "is_so"),
    [
        ("make it night", lambda before, after: after.mean() < before.mean() - 10),
        ("make it stormy", lambda before, after: after.mean() < before.mean() - 10),
        ("make it brighter", lambda before, after: after.mean() > before.mean() + 10),
        ("black-and-white please", lambda _before, after: np.ptp(after[:-20], axis=2).max() == 0),
        ("make it green", lambda _before, after: after[..., 1].mean() > after[..., 0].mean() + 10),
        ("make it blue", lambda _before, after: after[..., 2].mean() > after[..., 0].mean() + 10),
        ("让它下雪", lambda before, after: after[-90:-20].mean() > before[-90:-20].mean() + 10),
    ],
)
async def test_wishes_for_the_whole_picture_are_granted(
    engine: SandboxEngine, words: str, is_so: object
) -> None:
    """Night is darker, green is greener, snow lies on the ground."""
    base = await made(engine, asked("a house on a sunny day in a meadow"))
    edited = await made(engine, asked(compiled(words, is_edit=True), base))
    assert callable(is_so)
    assert is_so(rgb(base), rgb(edited))


async def test_a_colour_for_the_sky_stays_in_the_sky(engine: SandboxEngine) -> None:
    """The ground keeps its pixels when only the sky is to turn green."""
    base = await made(engine, asked("a house on a sunny day in a meadow"))
    touched = changed(base, await made(engine, asked(compiled("make the sky green", is_edit=True), base)))
    assert touched[:60].mean() > 0.5
    assert not touched[200:].any()


async def test_a_new_text_replaces_the_old_one_in_place(engine: SandboxEngine) -> None:
    """CLOSED hangs where OPEN hung; nothing else moves."""
    base = await made(engine, asked(SCENE))
    edited = await made(engine, asked(compiled('change the sign to "CLOSED"', is_edit=True), base))
    rows, columns = np.nonzero(changed(base, edited))
    assert columns.max() < SIZE.width * 0.5
    assert rows.min() > SIZE.height * 0.4


@pytest.mark.parametrize("words", ["sprinkle some synergy on it", "remove the lighthouse", "x"])
async def test_a_wish_without_a_picture_still_shows(engine: SandboxEngine, words: str) -> None:
    """A keepsake with the words on a ribbon: small, but there."""
    base = await made(engine, asked(SCENE))
    edited = await made(engine, asked(compiled(words, is_edit=True), base))
    assert 0.005 < changed(base, edited).mean() < 0.3


async def test_a_final_changes_nothing(engine: SandboxEngine) -> None:
    """At its own size the head comes back pixel by pixel; larger, it is the same picture."""
    base = await made(engine, asked(SCENE))
    words = compile_final(("OPEN",))
    assert isinstance(words, str)
    assert not changed(base, await made(engine, asked(words, base))).any()
    larger = await made(engine, asked(words, base, size=Size(960, 544)))
    small = opened(larger).convert("RGB").resize((SIZE.width, SIZE.height), Pixels.Resampling.BOX)
    assert np.abs(np.asarray(small).astype(int) - rgb(base)).mean() < 6


async def test_only_the_mask_may_change(engine: SandboxEngine) -> None:
    """Where the mask is opaque the base stays, whatever the words ask."""
    base = await made(engine, asked(SCENE))
    mask = Pixels.new("RGBA", (SIZE.width, SIZE.height), (0, 0, 0, 255))
    mask.paste((0, 0, 0, 0), (0, 0, SIZE.width // 2, SIZE.height))
    file = io.BytesIO()
    mask.save(file, "PNG")
    request = replace(
        asked("make it green", base), mask=Image(file.getvalue(), OutputFormat.PNG, SIZE, has_alpha=True)
    )
    touched = changed(base, await made(engine, request))
    assert touched[:, : SIZE.width // 2].mean() > 0.5
    assert not touched[:, SIZE.width // 2 :].any()


async def test_references_are_pinned_into_the_picture(engine: SandboxEngine) -> None:
    """What else was sent can be seen, small, along the upper edge."""
    base, cat = await made(engine, asked(SCENE)), await made(engine, asked("a cat"))
    plain = await made(engine, asked("add a moon", base))
    pinned = changed(plain, await made(engine, asked("add a moon", base, cat)))
    assert pinned[: SIZE.height // 2].any()
    assert not pinned[SIZE.height // 2 :].any()


async def test_a_cutout_stays_one_when_edited(engine: SandboxEngine) -> None:
    """The clear parts stay clear, and what is added is opaque."""
    plan = {"background": Background.TRANSPARENT, "size": Size(300, 300)}
    cat = await made(engine, asked("a cat", **plan))
    hat = await made(engine, asked("add a moon", cat, **plan))
    before, after = (np.asarray(opened(image).getchannel("A")) for image in (cat, hat))
    assert hat.has_alpha
    assert ((before == 0) & (after == 255)).sum() > 200
    assert (after == 0).mean() > 0.3


async def test_a_backdrop_can_be_made_transparent(engine: SandboxEngine) -> None:
    """An opaque base gets a real alpha channel, and the note stays readable in it."""
    base = await made(engine, asked("a robot on a sunny day"))
    cut = await made(engine, asked("", base, background=Background.TRANSPARENT))
    alpha = np.asarray(opened(cut).getchannel("A"))
    assert cut.has_alpha
    assert 0.2 < (alpha < 10).mean() < 0.95
    assert alpha[-5, 5] == 255


@pytest.mark.parametrize("wanted", [Size(272, 480), Size(640, 272), Size(480, 480)])
async def test_a_base_of_another_shape_is_shown_whole(engine: SandboxEngine, wanted: Size) -> None:
    """Nothing of the base is cut off or stretched; the rest is filled softly."""
    base = await made(engine, asked(SCENE))
    edited = opened(await made(engine, asked("add a moon", base, size=wanted)))
    scale = min(wanted.width / SIZE.width, wanted.height / SIZE.height)
    inner = (round(SIZE.width * scale), round(SIZE.height * scale))
    left, top = (wanted.width - inner[0]) // 2, (wanted.height - inner[1]) // 2
    shown = edited.convert("RGB").crop((left, top, left + inner[0], top + inner[1])).resize((40, 22))
    original = opened(base).convert("RGB").resize((40, 22))
    assert np.abs(np.asarray(shown).astype(int) - np.asarray(original)).mean() < 30


async def test_unreadable_input_is_rejected_as_a_value(engine: SandboxEngine) -> None:
    """An engine never raises for what it was sent."""
    broken = Image(b"not a picture", OutputFormat.PNG, SIZE)
    answer = await engine.generate(asked("add a cat", broken))
    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.REJECTED


async def test_a_script_it_has_no_letters_for_is_admitted(engine: SandboxEngine) -> None:
    """Instead of empty boxes there is a line that names the script: here one that no font covers."""
    admitted = rgb(await made(engine, asked('a shop, "\U00010a60\U00010a61"')))
    plain = rgb(await made(engine, asked('a shop, "OK"')))
    tab = np.abs(admitted - plain)[-34:-18, :60]
    assert tab.max() > 60


@pytest.mark.parametrize("kind", list(FailureKind))
async def test_every_failure_can_be_tried(engine: SandboxEngine, kind: FailureKind) -> None:
    """The prompt names it, the engine returns it, and nothing is billed."""
    answer = await engine.generate(asked(compiled(f"a cat sandbox:{kind.value}")))
    assert isinstance(answer, Failure)
    assert (answer.kind, answer.billed) == (kind, 0)
    if kind is FailureKind.MODERATED:
        assert answer.stage == "input"


async def test_a_failure_is_only_for_whom_names_it(engine: SandboxEngine) -> None:
    """Words that merely look like it paint a picture."""
    for words in ("sandbox: moderated", "mysandbox:moderated", "sandbox:nothing", "sandbox"):
        await made(engine, asked(words))


async def test_one_picture_may_be_missing(engine: SandboxEngine) -> None:
    """Three of four make the turn succeed; that can be tried too."""
    result = await engine.generate(asked("a cat sandbox:one_missing", count=4))
    assert isinstance(result, GenerationResult)
    assert len(result.images) == 3


async def test_previews_come_in_order_and_grow_clearer(engine: SandboxEngine, watch: Watch) -> None:
    """Each preview is closer to the result than the one before, and the waits add up to the model's pace."""
    seen: list[Preview] = []

    async def show(preview: Preview) -> None:
        seen.append(preview)

    result = await engine.generate(asked(SCENE, previews=3, quality=Quality.HIGH), on_preview=show)
    assert isinstance(result, GenerationResult)
    assert [preview.index for preview in seen] == [0, 1, 2]
    final = np.asarray(opened(result.images[0]).convert("L").resize((120, 68))).astype(int)
    distances = [
        np.abs(np.asarray(opened(preview.image).convert("L").resize((120, 68))) - final).mean()
        for preview in seen
    ]
    assert distances == sorted(distances, reverse=True)
    assert sum(watch.waits) == pytest.approx(8.0)


async def test_nobody_gets_previews_without_asking(engine: SandboxEngine, watch: Watch) -> None:
    """Without a listener or a count there is one wait and no preview."""
    await made(engine, asked(SCENE, previews=2))
    assert watch.waits == [3.0]


async def test_slow_is_slow(engine: SandboxEngine, watch: Watch) -> None:
    """A minute more than usual, for trying out cancel and queues."""
    await made(engine, asked("a cat sandbox:slow"))
    assert sum(watch.waits) > 60
