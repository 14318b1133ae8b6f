"""Bad input at the page of a real demo: each has a clear answer, costs nothing, and loses nothing."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.road.road_house import Demo, Person, living, person_at, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.domain.quota import Entry


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that paints at once; all tests of this file share it."""
    with living(Demo(tmp_path_factory.mktemp("bad input"))) as running:
        yield running


@pytest.fixture
def ada(demo: Demo) -> Iterator[Person]:
    """Somebody new, so that no test can use up another's pictures."""
    with person_at(demo) as person:
        yield person


@pytest.fixture
def books(demo: Demo) -> Iterator[list[Entry]]:
    """The ledger, which must be the same when the test is over."""
    before = demo.entries()
    yield before
    assert demo.entries() == before, "something was spent or held"


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small, honest picture."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind)
    return file.getvalue()


def bomb(edge: int = 20_000) -> bytes:
    """A whole PNG of some fifty kilobytes that is 400 million pixels when opened."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    one_bit_grey = struct.pack(">IIBBBBB", edge, edge, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + edge // 8) * edge), 1)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(name, content) for name, content in ((b"IHDR", one_bit_grey), (b"IDAT", rows), (b"IEND", b""))
    )


def animation() -> bytes:
    """A GIF of three frames."""
    file = io.BytesIO()
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "green", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=80)
    return file.getvalue()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("/imagine a cat --aspectt 16:9", ["no option --aspectt", "Did you mean --aspect?", "‹--aspectt›"]),
        ("/imagine a cat --wobble", ["no option --wobble", "help"]),
        ("/imagine a cat --ar 9:1", ["ratio 9:1", "1:3 to 3:1", "Did you mean 3:1?"]),
        ("/imagine a cat --ar 0:0", ["0:0"]),
        ("/imagine a cat --size 100x100", ["100x100", "655,360"]),
        ("/imagine a cat -n 40", ["40", "1 to 8"]),
        ("/imagine a cat --seed 7", ["no seeds", "again"]),
        ("/imagine a cat --transparent --format jpeg", ["--transparent", "jpeg", "do not go together"]),
        ("/imagine", ["no words", "/imagine a lighthouse"]),
        ("/imagine --ar 1:1", ["no words"]),
        ("/imagine " + "ab " * 11_000, ["too long", "32,000", "Nothing was cut"]),
    ],
    ids=lambda value: value[9:34] if isinstance(value, str) else "",
)
def test_words_that_cannot_be_are_answered(
    ada: Person, books: list[Entry], words: str, told: list[str]
) -> None:
    """The answer names what is wrong and what to do, only the person sees it, and nothing is spent."""
    answer = ada.say(words)
    assert answer["is_private"]
    for part in told:
        assert part in answer["card"]["text"]
    assert books == []


def test_a_message_too_long_for_the_page_is_refused_in_words(ada: Person, books: list[Entry]) -> None:
    """Beyond what any prompt may have, the page itself says how much it takes."""
    answer = ada.send("/imagine " + "x" * 41_000)
    assert answer.status_code == 413
    assert "40000" in answer.json()["error"]["message"]
    assert books == []


def test_an_empty_message_is_refused_in_words(ada: Person, books: list[Entry]) -> None:
    """Nothing said is answered with what to do."""
    answer = ada.send("   ")
    assert answer.status_code == 422
    assert "Write a few words" in answer.json()["error"]["message"]
    assert books == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("notes.png", b"Dear diary, this is a text file.\n" * 20, "not a picture"),
        ("nothing.png", b"", "not a picture"),
        ("bomb.png", bomb(), "too many pixels"),
        ("dance.gif", animation(), "animated"),
        ("half.jpg", picture("JPEG", (900, 700))[:4000], "incomplete"),
        ("half.png", picture("PNG", (900, 700))[:-400], "incomplete"),
    ],
    ids=["text", "empty", "bomb", "animation", "half a jpeg", "half a png"],
)
def test_a_file_that_is_no_picture_is_refused_at_once(
    ada: Person, books: list[Entry], name: str, content: bytes, told: str
) -> None:
    """The answer names the file and what to send instead; the server is well afterwards."""
    answer = ada.upload(content, name)
    assert answer.status_code == 422
    message = answer.json()["error"]["message"]
    assert name in message
    assert told in message
    assert "Send" in message
    assert ada.client.get("/readyz").is_success
    assert books == []


def test_seventeen_references_are_refused_in_words(ada: Person, books: list[Entry]) -> None:
    """One more than fits is refused before anything happens, and the pictures stay to be sent."""
    names = [ada.upload(picture(size=(20 + n, 20)), f"{n}.png").json()["id"] for n in range(17)]
    answer = ada.send("/imagine all of these", attachments=names)
    assert answer.status_code == 422
    assert "At most 16" in answer.json()["error"]["message"]
    assert "17" in answer.json()["error"]["message"]
    assert ada.client.get(f"/api/uploads/{names[16]}").is_success
    assert books == []


def test_bad_input_harms_no_thread(ada: Person, demo: Demo) -> None:
    """In a thread with a picture, bad replies leave the version as it is, and the next good one edits it."""
    first = ada.say("/imagine a red kite --draft")
    thread = first["id"]
    spent = demo.entries()
    assert "ratio 9:1" in ada.say("brighter --ar 9:1", thread=thread)["card"]["text"]
    sixteen = [ada.upload(picture(size=(20 + n, 21)), f"{n}.png").json()["id"] for n in range(16)]
    refused = ada.say("like all of these", thread=thread, attachments=sixteen)["card"]["text"]
    assert "15" in refused
    assert "16" in refused
    assert "no v9" in ada.say("v9: make it blue", thread=thread)["card"]["text"]
    assert demo.entries() == spent
    edited = ada.say("make it blue", thread=thread)
    assert edited["card"]["revision"] == 2
    versions = ada.client.get(f"/api/threads/{thread}/versions").json()["versions"]
    assert [one["parent"] and one["parent"]["revision"] for one in versions["revisions"]] == [None, 1]
    until(lambda: len(demo.entries()) > len(spent), what="the edit in the ledger")
