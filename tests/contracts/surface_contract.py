"""What every Surface promises, as tests that a platform's own test module inherits.

Subclass `SurfaceContract` in a module of that platform and give it a fixture `subject`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.app.inbound import Attachment
from core.app.ports import (
    DIRECT,
    AttachmentFault,
    Place,
    Posted,
    Surface,
    SurfaceFault,
    SurfaceFaultKind,
)
from core.domain.card import Act, Button, Card, CardKind, Line, Progress, Tone
from core.domain.generation import Image, OutputFormat, Size
from core.domain.ids import ActorId, ChannelRef, MessageId, MessageRef, WorkspaceId

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

PREVIEW = Image(b"not looked at", OutputFormat.PNG, Size(16, 16))


@dataclass(frozen=True, slots=True)
class Subject:
    """A surface and what a test has to know of its platform.

    `texts_for` gives the plain texts of our messages that a person can see, in order; `attach` puts a file
    there as if that person had sent it; `break_down` makes the platform unreachable.
    """

    surface: Surface
    place: Place
    person: ActorId
    other: ActorId
    texts_for: Callable[[ActorId], Awaitable[list[str]]]
    attach: Callable[[bytes], Awaitable[Attachment]]
    break_down: Callable[[], None]


def card(text: str, kind: CardKind = CardKind.NOTICE) -> Card:
    """A small card with a line and a button."""
    button = Button(Act.EDIT, "Edit…", "v1")
    return Card(kind, text, (Line(text, Tone.BODY),), buttons=(button,), caption="quiet")


async def posted(subject: Subject, text: str, *, key: str, place: Place | None = None) -> Posted:
    """A message that stands."""
    found = await subject.surface.post(place or subject.place, card(text), key=MessageId(key))
    assert isinstance(found, Posted), found
    return found


class SurfaceContract:
    async def test_a_message_in_the_channel_opens_a_thread(self, subject: Subject) -> None:
        """A posted message says where replies to it will come from, and a reply stands in that thread."""
        root = await posted(subject, "first", key="key-root")
        inside = Place(subject.place.workspace, subject.place.channel, root.thread)
        reply = await posted(subject, "second", key="key-reply", place=inside)
        assert reply.thread == root.thread
        assert reply.message != root.message

    async def test_posting_again_with_the_same_key_shows_it_once(self, subject: Subject) -> None:
        """After a crash nobody knows whether a post arrived: repeating it changes nothing."""
        first = await posted(subject, "only once", key="key-1")
        again = await posted(subject, "only once", key="key-1")
        assert again == first
        assert await subject.texts_for(subject.person) == ["only once"]

    async def test_other_keys_are_other_messages(self, subject: Subject) -> None:
        """The same words with another key are another message."""
        await posted(subject, "same words", key="key-1")
        await posted(subject, "same words", key="key-2")
        assert await subject.texts_for(subject.person) == ["same words", "same words"]

    async def test_find_tells_whether_a_message_stands(self, subject: Subject) -> None:
        """A message is found by its key, and one that was never posted is not."""
        stands = await posted(subject, "here", key="key-1")
        assert await subject.surface.find(subject.place, key=MessageId("key-1")) == stands
        assert await subject.surface.find(subject.place, key=MessageId("key-2")) is None

    async def test_update_makes_a_message_show_something_else(self, subject: Subject) -> None:
        """An update takes the old words away, and repeating it changes nothing more."""
        message = (await posted(subject, "making", key="key-1")).message
        for _ in range(2):
            assert await subject.surface.update(subject.place, message, card("made")) is None
        assert await subject.texts_for(subject.person) == ["made"]

    async def test_updating_a_message_that_is_gone_says_so(self, subject: Subject) -> None:
        """A message that is not there is reported as gone, not posted anew."""
        fault = await subject.surface.update(subject.place, MessageRef("nothing-like-it"), card("made"))
        assert isinstance(fault, SurfaceFault)
        assert fault.kind is SurfaceFaultKind.GONE
        assert not fault.is_passing

    async def test_delete_takes_a_message_away(self, subject: Subject) -> None:
        """A deleted message is seen by nobody and found no more, and the others stay."""
        gone = await posted(subject, "gone", key="key-1")
        await posted(subject, "stays", key="key-2")
        assert await subject.surface.delete(subject.place, gone.message) is None
        assert await subject.texts_for(subject.person) == ["stays"]
        assert await subject.surface.find(subject.place, key=MessageId("key-1")) is None

    async def test_deleting_again_is_no_fault(self, subject: Subject) -> None:
        """Deleting twice, or what was never there, changes nothing."""
        message = (await posted(subject, "gone", key="key-1")).message
        for ref in (message, message, MessageRef("nothing-like-it")):
            assert await subject.surface.delete(subject.place, ref) is None

    async def test_a_deleted_message_does_not_come_back(self, subject: Subject) -> None:
        """A late update of it says that it is gone, and nothing of it is shown again."""
        message = (await posted(subject, "gone", key="key-1")).message
        await subject.surface.delete(subject.place, message)
        fault = await subject.surface.update(subject.place, message, card("back"))
        assert isinstance(fault, SurfaceFault)
        assert fault.kind is SurfaceFaultKind.GONE
        await subject.surface.progress(subject.place, message, Progress("generating"), None)
        assert await subject.texts_for(subject.person) == []

    async def test_a_private_message_can_be_deleted(self, subject: Subject) -> None:
        """What only one person sees goes away too."""
        surface, place = subject.surface, subject.place
        message = await surface.post(place, card("psst"), key=MessageId("key-1"), private_to=subject.person)
        assert isinstance(message, Posted)
        assert await surface.delete(place, message.message) is None
        assert await subject.texts_for(subject.person) == []

    async def test_a_private_message_is_seen_by_one(self, subject: Subject) -> None:
        """What is private to somebody is not shown to others."""
        surface, place = subject.surface, subject.place
        await surface.post(place, card("psst"), key=MessageId("key-1"), private_to=subject.person)
        assert await subject.texts_for(subject.person) == ["psst"]
        assert await subject.texts_for(subject.other) == []

    async def test_a_direct_message_is_seen_by_one(self, subject: Subject) -> None:
        """To one person alone, without a channel: shown to them and nobody else, and updated later."""
        place = Place(subject.place.workspace, DIRECT)
        key = MessageId("key-direct")
        sent = await subject.surface.post(place, card("psst"), key=key, private_to=subject.person)
        assert isinstance(sent, Posted), sent
        assert await subject.surface.update(place, sent.message, card("psst again")) is None
        assert await subject.texts_for(subject.person) == ["psst again"]
        assert await subject.texts_for(subject.other) == []

    async def test_progress_never_raises(self, subject: Subject) -> None:
        """Progress is best effort: for a message, for none, and with the platform down."""
        message = (await posted(subject, "making", key="key-1")).message
        progress = Progress("generating", started_at_s=1.5, expected_s=12.0)
        for ref in (message, MessageRef("nothing-like-it")):
            await subject.surface.progress(subject.place, ref, progress, PREVIEW)
            await subject.surface.progress(subject.place, ref, progress, None)
        subject.break_down()
        await subject.surface.progress(subject.place, message, progress, PREVIEW)

    async def test_an_unreachable_platform_is_a_passing_fault(self, subject: Subject) -> None:
        """When the platform is down, post, update and delete say that it may pass; nothing is raised."""
        message = (await posted(subject, "making", key="key-1")).message
        subject.break_down()
        for fault in (
            await subject.surface.post(subject.place, card("more"), key=MessageId("key-2")),
            await subject.surface.update(subject.place, message, card("made")),
            await subject.surface.delete(subject.place, message),
        ):
            assert isinstance(fault, SurfaceFault)
            assert fault.is_passing
            assert fault.retry_after_s > 0

    async def test_fetch_gives_the_bytes_that_were_sent(self, subject: Subject) -> None:
        """A person's file comes back whole, also at exactly the limit."""
        content = bytes(range(256)) * 8
        attachment = await subject.attach(content)
        assert await subject.surface.fetch(attachment, max_bytes=len(content)) == content

    async def test_fetch_refuses_what_is_too_large(self, subject: Subject) -> None:
        """A file over the limit is refused by name."""
        attachment = await subject.attach(b"x" * 100)
        fault = await subject.surface.fetch(attachment, max_bytes=99)
        assert fault == AttachmentFault("too_large", attachment.file_name)

    async def test_fetch_says_when_a_file_is_gone(self, subject: Subject) -> None:
        """A file that is no longer there is reported as gone."""
        fault = await subject.surface.fetch(Attachment("nothing-like-it", "cat.png"), max_bytes=99)
        assert fault == AttachmentFault("gone", "cat.png")

    async def test_limits_make_sense(self, subject: Subject) -> None:
        """The limits are ones that the core can work with."""
        limits = subject.surface.limits
        assert limits.formats
        assert limits.max_file_bytes > 0
        assert 0 <= limits.previews <= 3
        assert limits.progress_every_s > 0


CHANNEL = Place(WorkspaceId("web:demo"), ChannelRef("studio"))
"""Where the contract posts on platforms without channels of their own."""
