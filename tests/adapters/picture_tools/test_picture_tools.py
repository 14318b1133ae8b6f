"""What the picture tools take, refuse, and make."""

from __future__ import annotations

import asyncio
import io
import random
import struct
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pixels
from PIL import ImageCms
from PIL.PngImagePlugin import PngInfo

from adapters.picture_tools import PillowTools
from core.app.ports import Labelled, PictureProblem
from core.domain.generation import Image, OutputFormat, Size

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL_FORMATS = frozenset(OutputFormat)
WHERE_IT_WAS_TAKEN = b"Wilmersdorf"


@pytest.fixture
def tools() -> Iterator[PillowTools]:
    """Tools whose threads end with the test."""
    made = PillowTools()
    yield made
    made.close()


def noise(width: int, height: int, mode: str = "RGB") -> Pixels.Image:
    """A picture that compresses badly, the same each time."""
    return Pixels.frombytes(mode, (width, height), random.Random(7).randbytes(width * height * len(mode)))


def encoded(pixels: Pixels.Image, kind: str = "PNG", **options: object) -> bytes:
    """A file of the given kind."""
    file = io.BytesIO()
    pixels.save(file, kind, **options)
    return file.getvalue()


def image(width: int = 320, height: int = 200, mode: str = "RGB") -> Image:
    """A checked PNG."""
    content = encoded(noise(width, height, mode))
    return Image(content, OutputFormat.PNG, Size(width, height), has_alpha=mode == "RGBA")


def opened(made: Image) -> Pixels.Image:
    """The pixels of what a tool made, checked to be what it says it is."""
    file = Pixels.open(io.BytesIO(made.content))
    file.load()
    assert file.format == made.format.name
    assert file.size == (made.size.width, made.size.height)
    return file


def bomb(edge: int) -> bytes:
    """A PNG of a few hundred bytes whose header promises edge × edge pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def emptied_avif() -> bytes:
    """An AVIF whose pixels are noughts: its decoder has errors of its own for that."""
    content = encoded(noise(64, 48), "AVIF")
    end = content.index(b"mdat") + 4
    return content[:end] + bytes(len(content) - end)


def animation(kind: str) -> bytes:
    """Two frames that differ."""
    frames = [Pixels.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_picture"),
        (b"hello, I am a text that calls itself photo.png", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n", "truncated"),
        (encoded(noise(64, 64), "JPEG")[:1200], "truncated"),
        (encoded(noise(64, 64), "PNG")[:3000], "truncated"),
        (emptied_avif(), "truncated"),
        (animation("GIF"), "animated"),
        (animation("WEBP"), "animated"),
        (animation("PNG"), "animated"),
        (bomb(20_000), "too_many_pixels"),
        (bomb(9_000), "too_many_pixels"),
        (HEIC, "unsupported_format"),
        (b"%PDF-1.7 and so on", "unsupported_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported_format"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "unsupported_format"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_no_picture_for_us_is_refused_by_name(
    tools: PillowTools, content: bytes, code: str
) -> None:
    """Each kind of bad file has its own code, and the file's name stays with it."""
    assert await tools.normalise(content, file_name="photo.png") == PictureProblem(code, "photo.png")


async def test_a_bomb_is_refused_without_being_decoded(tools: PillowTools) -> None:
    """Twenty thousand squared would be 1.2 GB of pixels; the answer comes before any is unpacked."""
    start = time.process_time()
    problem = await tools.probe(bomb(20_000))
    assert problem == PictureProblem("too_many_pixels")
    assert time.process_time() - start < 0.5


async def test_more_than_fifty_megabytes_are_refused(tools: PillowTools) -> None:
    """The engine takes no larger input, so that there is no use in decoding it."""
    content = encoded(noise(8, 8)) + b"\0" * (50 * 1024 * 1024)
    assert await tools.normalise(content, file_name="big.png") == PictureProblem("too_large", "big.png")


async def test_a_photograph_is_turned_upright_and_loses_its_metadata(tools: PillowTools) -> None:
    """Orientation becomes pixels; place, camera, comment and profile are gone."""
    exif = Pixels.Exif()
    exif[0x0112] = 6
    exif[0x010E] = WHERE_IT_WAS_TAKEN.decode()
    exif.get_ifd(0x8825)[2] = (52.0, 29.0, 0.0)
    content = encoded(noise(40, 20), "JPEG", exif=exif, comment=WHERE_IT_WAS_TAKEN, xmp=WHERE_IT_WAS_TAKEN)
    assert WHERE_IT_WAS_TAKEN in content
    made = await tools.normalise(content, file_name="a.jpg")
    assert isinstance(made, Image)
    file = opened(made)
    assert made.format is OutputFormat.JPEG
    assert made.size == Size(20, 40)
    assert WHERE_IT_WAS_TAKEN not in made.content
    assert not file.getexif()
    assert not {"xmp", "comment", "icc_profile", "exif"} & set(file.info)


async def test_odd_metadata_is_no_reason_to_refuse_a_photograph(tools: PillowTools) -> None:
    """A camera that writes a number as bytes has taken a picture all the same, and it is turned upright."""
    exif = Pixels.Exif()
    exif[0x0112], exif[0x011A] = 6, 72.0
    content = encoded(noise(64, 48), "JPEG", exif=exif)
    ratio, raw = struct.pack(">HH", 0x011A, 5), struct.pack(">HH", 0x011A, 7)
    assert content.count(ratio) == 1
    made = await tools.normalise(content.replace(ratio, raw), file_name="odd.jpg")
    assert isinstance(made, Image)
    assert opened(made).size == (48, 64)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
async def test_a_colour_profile_is_applied_and_dropped(tools: PillowTools, kind: str) -> None:
    """A profile can name its maker; its colours are turned into sRGB, which needs none."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = await tools.normalise(encoded(noise(16, 16), kind, icc_profile=profile), file_name="a")
    assert isinstance(made, Image)
    assert "icc_profile" not in opened(made).info


async def test_texts_in_a_png_do_not_survive(tools: PillowTools) -> None:
    """A PNG's text chunks are metadata too."""
    texts = PngInfo()
    texts.add_text("Comment", WHERE_IT_WAS_TAKEN.decode())
    made = await tools.normalise(encoded(noise(9, 9), "PNG", pnginfo=texts), file_name="a.png")
    assert isinstance(made, Image)
    assert WHERE_IT_WAS_TAKEN not in made.content


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [
        ("PNG", "RGB", OutputFormat.PNG),
        ("PNG", "L", OutputFormat.PNG),
        ("PNG", "P", OutputFormat.PNG),
        ("PNG", "I;16", OutputFormat.PNG),
        ("JPEG", "CMYK", OutputFormat.JPEG),
        ("WEBP", "RGBA", OutputFormat.WEBP),
        ("GIF", "P", OutputFormat.PNG),
        ("BMP", "RGB", OutputFormat.PNG),
        ("TIFF", "RGB", OutputFormat.PNG),
        ("AVIF", "RGB", OutputFormat.PNG),
        ("MPO", "RGB", OutputFormat.JPEG),
    ],
)
async def test_still_pictures_of_many_kinds_become_one_of_three(
    tools: PillowTools, kind: str, mode: str, expected: OutputFormat
) -> None:
    """What an engine does not read is turned into what it reads."""
    source = (
        noise(32, 24).convert("L").convert("I").convert("I;16")
        if mode == "I;16"
        else noise(32, 24).convert(mode)
    )
    made = await tools.normalise(encoded(source, kind), file_name="x")
    assert isinstance(made, Image)
    assert made.format is expected
    assert opened(made).mode in {"RGB", "RGBA"}


async def test_sixteen_bits_of_grey_keep_their_shades(tools: PillowTools) -> None:
    """Middle grey stays middle grey instead of being cut off at white."""
    grey = Pixels.new("I;16", (4, 4), 0x8000)
    made = await tools.normalise(encoded(grey), file_name="scan.png")
    assert isinstance(made, Image)
    assert opened(made).convert("L").getpixel((1, 1)) in range(126, 131)


async def test_a_huge_photograph_is_scaled_down(tools: PillowTools) -> None:
    """No model draws finer than 4096 pixels, so that no more are sent."""
    made = await tools.normalise(encoded(Pixels.new("RGB", (5000, 1000)), "JPEG"), file_name="wide.jpg")
    assert isinstance(made, Image)
    assert made.size == Size(4096, 819)


async def test_probing_leaves_the_bytes_and_tells_the_truth_about_them(tools: PillowTools) -> None:
    """Format, size and alpha come from the bytes themselves."""
    clear = Pixels.new("RGBA", (6, 5), (1, 2, 3, 255))
    clear.putpixel((0, 0), (1, 2, 3, 0))
    content = encoded(clear, "WEBP", lossless=True)
    assert await tools.probe(content) == Image(content, OutputFormat.WEBP, Size(6, 5), has_alpha=True)


@pytest.mark.parametrize("alpha", [255, 254])
async def test_an_alpha_channel_without_a_clear_pixel_is_no_transparency(
    tools: PillowTools, alpha: int
) -> None:
    """Engines return such files for `transparent` and call it success; 254 is how some spell opaque."""
    made = await tools.probe(encoded(Pixels.new("RGBA", (6, 5), (1, 2, 3, alpha))))
    assert isinstance(made, Image)
    assert not made.has_alpha


async def test_flattening_puts_white_behind(tools: PillowTools) -> None:
    """What was clear is white, what was opaque is unchanged, and an opaque picture keeps its bytes."""
    clear = Pixels.new("RGBA", (4, 4), (200, 10, 10, 255))
    clear.putpixel((0, 0), (0, 0, 0, 0))
    made = opened(await tools.flatten(Image(encoded(clear), OutputFormat.PNG, Size(4, 4), has_alpha=True)))
    assert made.getpixel((0, 0)) == (255, 255, 255)
    assert made.getpixel((1, 1)) == (200, 10, 10)
    opaque = image()
    assert await tools.flatten(opaque) is opaque


@pytest.mark.parametrize("max_bytes", [400_000, 60_000, 9_000, 1_500])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
async def test_refitting_goes_on_until_it_fits(tools: PillowTools, mode: str, max_bytes: int) -> None:
    """However small the limit, the file ends below it, in its own shape, and says that it was generated."""
    big = image(720, 480, mode)
    made = await tools.refit(big, max_bytes=max_bytes, formats=ALL_FORMATS)
    file = opened(made)
    assert len(made.content) <= max_bytes < len(big.content)
    assert file.width / file.height == pytest.approx(1.5, rel=0.15)
    assert made.has_alpha is (mode == "RGBA")
    assert b"digitalsourcetype/trainedAlgorithmicMedia" in made.content


@pytest.mark.parametrize("only", list(OutputFormat))
async def test_refitting_keeps_to_the_formats_it_may_use(tools: PillowTools, only: OutputFormat) -> None:
    """A platform that shows one format gets that one, even where clear parts have to become white."""
    made = await tools.refit(image(300, 300, "RGBA"), max_bytes=40_000, formats=frozenset({only}))
    opened(made)
    assert made.format is only
    assert len(made.content) <= 40_000
    assert b"trainedAlgorithmicMedia" in made.content


async def test_a_picture_that_fits_keeps_its_bytes(tools: PillowTools) -> None:
    """Content credentials survive only in the original bytes."""
    small = image(20, 20)
    assert await tools.refit(small, max_bytes=len(small.content), formats=ALL_FORMATS) is small


async def test_a_new_encoding_claims_no_other_origin_than_the_old(tools: PillowTools) -> None:
    """A drawing by plain code does not become the work of a trained model by being made smaller."""
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia")
    drawn = Image(encoded(noise(300, 200), "PNG", pnginfo=texts), OutputFormat.PNG, Size(300, 200))
    made = await tools.refit(drawn, max_bytes=9_000, formats=ALL_FORMATS)
    assert b"digitalsourcetype/algorithmicMedia" in made.content


async def test_an_impossible_limit_is_said_to_be_one(tools: PillowTools) -> None:
    """Ten bytes hold no picture; looping for ever would be no answer."""
    with pytest.raises(ValueError, match="10 bytes"):
        await tools.refit(image(64, 64), max_bytes=10, formats=ALL_FORMATS)


@pytest.mark.parametrize(("mode", "kind"), [("RGB", OutputFormat.JPEG), ("RGBA", OutputFormat.WEBP)])
async def test_thumbnails_keep_the_shape_and_the_clear_parts(
    tools: PillowTools, mode: str, kind: OutputFormat
) -> None:
    """The longer edge is what was asked for; nothing is enlarged."""
    made = await tools.thumbnail(image(320, 200, mode), edge_px=64)
    opened(made)
    assert made.format is kind
    assert made.size == Size(64, 40)
    assert made.has_alpha is (mode == "RGBA")
    assert (await tools.thumbnail(image(20, 10), edge_px=64)).size == Size(20, 10)


def candidates(count: int) -> list[Labelled]:
    """Plain pictures in colours that can be told apart."""
    made = []
    for number in range(count):
        content = encoded(Pixels.new("RGB", (300, 200), (20 + number * 28, 90, 230 - number * 28)))
        made.append(
            Labelled(Image(content, OutputFormat.PNG, Size(300, 200)), "abcdefgh"[number], f"wish {number}")
        )
    return made


def colours_in(made: Image) -> set[tuple[int, int, int]]:
    """The colours of a sheet, coarse enough to survive JPEG."""
    pixels = opened(made).convert("RGB").resize((160, 160), Pixels.Resampling.NEAREST).tobytes()
    return {(pixels[at] // 14, pixels[at + 1] // 14, pixels[at + 2] // 14) for at in range(0, len(pixels), 3)}


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8])
async def test_a_contact_sheet_shows_every_candidate(tools: PillowTools, count: int) -> None:
    """None of the pictures is left out or covered by another."""
    pictures = candidates(count)
    seen = colours_in(await tools.contact_sheet(pictures))
    for number in range(count):
        near = {
            (20 + number * 28 + d, 90 + e, 230 - number * 28 + f)
            for d in (-3, 0, 3)
            for e in (-3, 0, 3)
            for f in (-3, 0, 3)
        }
        assert {(r // 14, g // 14, b // 14) for r, g, b in near} & seen, number


async def test_labels_and_notes_are_really_written(tools: PillowTools) -> None:
    """Other words give another sheet, and the head looks different from the rest."""
    one, two = candidates(2)
    plain = await tools.strip([one, two])
    assert plain != await tools.strip([one, Labelled(two.image, "v9", two.note)])
    assert plain != await tools.strip([one, Labelled(two.image, two.label, "雨の日の猫をもっと")])
    assert plain != await tools.strip([one, Labelled(two.image, two.label, two.note, is_head=True)])
    assert plain == await tools.strip([one, two])


async def test_the_strip_of_a_long_thread_wraps(tools: PillowTools) -> None:
    """Eight versions make two rows instead of one that nobody can read."""
    four = await tools.strip(candidates(4))
    eight = await tools.strip(candidates(8))
    assert eight.size.width == four.size.width
    assert eight.size.height > 1.8 * four.size.height


async def test_wide_pictures_are_compared_one_above_the_other(tools: PillowTools) -> None:
    """Side by side two panoramas would be two stripes."""
    left, right = candidates(2)
    beside = await tools.side_by_side(left, right)
    assert beside.size.width > beside.size.height
    wide = image(600, 200)
    above = await tools.side_by_side(Labelled(wide, "v1"), Labelled(wide, "v2"))
    assert above.size.height > 600


async def test_a_sheet_of_nothing_is_our_own_mistake(tools: PillowTools) -> None:
    """There is nothing to lay out."""
    with pytest.raises(ValueError, match="at least one"):
        await tools.contact_sheet([])


async def test_the_loop_stays_free_while_pictures_are_worked_on(tools: PillowTools) -> None:
    """Somebody else's command is answered while four large pictures are checked and shrunk."""
    content = encoded(noise(2048, 2048), compress_level=1)
    late: list[float] = []
    done = asyncio.Event()

    async def watch() -> None:
        while not done.is_set():
            start = time.perf_counter()
            await asyncio.sleep(0.005)
            late.append(time.perf_counter() - start - 0.005)

    watching = asyncio.create_task(watch())
    checked = await asyncio.gather(*(tools.probe(content) for _ in range(4)))
    assert all(isinstance(each, Image) for each in checked)
    await asyncio.gather(*(tools.thumbnail(each, edge_px=300) for each in checked if isinstance(each, Image)))
    done.set()
    await watching
    assert len(late) > 10
    assert sorted(late)[len(late) // 2] < 0.05
