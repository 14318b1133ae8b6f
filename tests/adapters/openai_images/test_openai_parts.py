"""The pure parts of the engine: framing, large bodies, waits, addresses."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.openai_images.complaints import parse_body, read_complaint
from adapters.openai_images.download import is_public
from adapters.openai_images.event_stream import EventSplitter
from adapters.openai_images.payload import decode_picture, read_document
from adapters.openai_images.retry_after import LONGEST_S, retry_after_s
from adapters.openai_images.verdicts import BY_CODE, kind_of, refused, refused_late
from core.domain.ids import Micros

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
WORDS = st.sampled_from(["{}", "x", 'x y: "z"', "data:", "y "])


def _cut(content: bytes, cuts: list[int]) -> list[bytes]:
    edges = sorted({0, len(content), *(cut % (len(content) + 1) for cut in cuts)})
    return [content[start:end] for start, end in pairwise(edges)]


@given(
    events=st.lists(
        st.tuples(
            st.sampled_from(["", "a.b", "error"]),
            st.lists(WORDS, min_size=1),
        )
    ),
    cuts=st.lists(st.integers(0, 10_000), max_size=12),
    line_end=st.sampled_from(["\n", "\r\n"]),
    blank=st.sampled_from(["", " "]),
)
def test_events_survive_any_cut(
    events: list[tuple[str, list[str]]], cuts: list[int], line_end: str, blank: str
) -> None:
    """However a stream is cut into pieces, the same events come out, in order."""
    text = ""
    for name, lines in events:
        if name:
            text += f"event:{blank}{name}{line_end}"
        text += "".join(f"data:{blank}{line}{line_end}" for line in lines) + line_end
    splitter = EventSplitter()

    found = [
        event for piece in _cut(text.encode(), cuts) for event in splitter.feed(piece)
    ] + splitter.finish()

    assert [(event.name, event.data.decode()) for event in found] == [
        (name, "\n".join(lines)) for name, lines in events
    ]


def test_the_last_event_needs_no_blank_line() -> None:
    """A server that closes right after its last line is understood."""
    splitter = EventSplitter()

    assert splitter.feed(b"event: x\ndata: 1") == []
    assert [event.data for event in splitter.finish()] == [b"1"]


@given(
    picture=st.binary(min_size=1, max_size=300),
    around=st.dictionaries(st.text().filter(lambda name: name != "b64_json"), JSON, max_size=4),
    indent=st.sampled_from([None, 2]),
    is_escaped=st.booleans(),
)
def test_a_body_is_read_like_json_with_its_picture_decoded(
    picture: bytes, around: dict[str, object], indent: int | None, *, is_escaped: bool
) -> None:
    """Cutting the picture out changes nothing else, whatever stands around it and however it is escaped."""
    document = {"before": around, "data": [{"b64_json": base64.b64encode(picture).decode()}], "after": around}
    text = json.dumps(document, indent=indent)
    if is_escaped:
        text = text.replace("/", "\\/").replace("+", "\\u002B")

    found = read_document(bytearray(text.encode()))

    assert found == {"before": around, "data": [{"b64_json": picture}], "after": around}


@given(st.binary(max_size=400) | st.builds(lambda value: json.dumps(value).encode(), JSON))
def test_no_body_makes_the_reader_stumble(body: bytes) -> None:
    """Any bytes are a JSON object or nothing."""
    found = read_document(bytearray(body))
    if found is not None:
        assert found == json.loads(body)


def test_words_about_pictures_are_only_words() -> None:
    """A text that quotes the name of the field is not taken for a picture."""
    document = {"revised_prompt": 'say "b64_json":"no" aloud', "b64_json": "aGk="}

    assert read_document(bytearray(json.dumps(document).encode())) == document | {"b64_json": b"hi"}


@pytest.mark.parametrize("text", [b"!!!!", b"aGk", b"aG=k", b"", b"data:image/png;base64,", b"\\u00"])
def test_what_is_not_base64_is_no_picture(text: bytes) -> None:
    """Garbage gives nothing instead of garbled bytes; missing padding is forgiven."""
    assert decode_picture(text) == (b"hi" if text == b"aGk" else None)


@pytest.mark.parametrize("prefix", [b"", b"data:image/png;base64,"])
def test_large_pictures_are_decoded_in_slices(prefix: bytes) -> None:
    """A picture of many slices, broken into lines as some encoders do, comes out whole."""
    picture = bytes(range(256)) * 4_000
    text = prefix + base64.encodebytes(picture).replace(b"\n", b"\\n")

    assert decode_picture(memoryview(text)) == picture


@given(st.integers(0, 80_000))
def test_a_date_to_wait_for_is_a_wait(seconds: int) -> None:
    """Retry-After as a date is the time until then, and never negative."""
    later = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    earlier = format_datetime(NOW - timedelta(seconds=seconds), usegmt=True)

    assert retry_after_s({"retry-after": later}, "", NOW) == seconds
    assert retry_after_s({"retry-after": earlier}, "", NOW) == 0


@example("", "Mon, 01 Jan 2026 00:00:00 +99999999999999999", "")
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=60))
def test_no_header_makes_the_wait_strange(milliseconds: str, seconds: str, message: str) -> None:
    """Whatever the headers hold, a wait is between nothing and a day, or unknown."""
    headers = {"retry-after-ms": milliseconds, "retry-after": seconds}
    wait = retry_after_s(headers, f"try again in {message}", NOW)
    assert wait is None or 0 <= wait <= LONGEST_S


@given(JSON | st.text(), st.sampled_from([None, 400, 403, 429, 500, 599]))
def test_any_body_is_a_complaint_with_a_verdict(body: object, status: int | None) -> None:
    """No refusal is so strange that it has no kind; one after acceptance is never safe to repeat."""
    complaint = read_complaint(body, status=status, headers={}, now=NOW)

    early = refused(complaint, Micros(7))
    late = refused_late(complaint, Micros(7))

    assert early.kind is kind_of(complaint)
    assert early.billed in {0, 7}
    assert not late.kind.is_safe_to_repeat


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_a_known_code_decides_whatever_the_status(code: str) -> None:
    """The code goes before the type and the status."""
    error = {"error": {"code": code, "type": "service_unavailable_error"}}
    for status in (400, 401, 429, 503):
        complaint = read_complaint(error, status=status, headers={}, now=NOW)
        assert kind_of(complaint) is BY_CODE[code]


def test_a_long_message_is_cut_in_the_log() -> None:
    """A page of HTML does not fill the log."""
    complaint = read_complaint(parse_body(b"<html>" * 5_000), status=502, headers={}, now=NOW)
    assert len(str(complaint)) < 450


PRIVATE = (
    *("127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),  # noqa: S104
    *("::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::"),
    *("224.0.0.1", "255.255.255.255", "ff02::1", "not-an-address", ""),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known(address: str) -> None:
    """No way of writing an inner address passes as public."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::6810:84e5", "64:ff9b::8.8.8.8"])
def test_public_addresses_are_known(address: str) -> None:
    """Addresses of the open internet pass."""
    assert is_public(address)
