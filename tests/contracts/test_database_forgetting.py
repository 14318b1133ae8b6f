"""What forgetting and taking back ask of the database, on every database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.forgetting_extent import emptied, wordless
from core.app.mentions import Tells
from core.app.records import ForgettingRecord, GallerySaying, NoticeSaying, Stage, UsageSaying
from core.domain.ids import (
    BlobKey,
    ChannelRef,
    ForgettingId,
    MessageId,
    MessageRef,
    Platform,
    ThreadId,
    ThreadRef,
    TurnId,
    WorkspaceId,
)
from core.domain.lineage import Head, Revision
from core.domain.prompt.model import ForgetWhat
from core.domain.thread_state import EditThread
from tests.contracts.database_samples import (
    ADA,
    BEN,
    CHANNEL,
    HOUR,
    LONG_AGO,
    SECOND,
    WORKSPACE,
    ask,
    attempt,
    inbound,
    message,
    picture,
    store,
    thread,
    turn,
)

if TYPE_CHECKING:
    from core.app.repositories import Database
    from core.domain.ids import ActorId

SOURCE = MessageRef("what she said")
GONE = NoticeSaying("forgotten")
WISH = ForgettingRecord(
    id=ForgettingId("forget:v2:t1"),
    what=ForgetWhat.THIS,
    workspace=WORKSPACE,
    platform=Platform.WEB,
    channel=CHANNEL,
    actor=ADA,
    locale="en",
    created_at=LONG_AGO,
    thread=ThreadId("t1"),
    revision=2,
    thread_ref=ThreadRef("root-t1"),
    context="a token",
    threads=(ThreadId("t1"), ThreadId("t2")),
    messages=(MessageId("m1"),),
    blobs=(BlobKey("web:demo/p1"),),
    pictures=3,
    words=2,
    has_told=True,
)


async def test_a_wish_is_kept_until_it_is_over(database: Database) -> None:
    """Field by field, changed on the way, ended once."""
    further = replace(WISH, threads=(), pictures=9)
    async with database.unit() as unit:
        await unit.forgettings.add(WISH)
        assert await unit.forgettings.get(WISH.id) == WISH
        await unit.forgettings.save(further)
        await unit.commit()
    async with database.unit() as unit:
        assert await unit.forgettings.get(WISH.id, for_change=False) == further
        assert await unit.forgettings.end(WISH.id)
        assert not await unit.forgettings.end(WISH.id)
        assert await unit.forgettings.get(WISH.id) is None
        await unit.forgettings.save(further)
        assert await unit.forgettings.get(WISH.id) is None


async def test_wishes_that_lie_are_found_oldest_first(database: Database) -> None:
    """Only those confirmed before then, and no more than asked for."""
    async with database.unit() as unit:
        for number in (2, 0, 1):
            name = ForgettingId(f"f{number}")
            await unit.forgettings.add(replace(WISH, id=name, created_at=LONG_AGO + number * SECOND))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.forgettings.lying(before=LONG_AGO, limit=9) == []
        assert await unit.forgettings.lying(before=LONG_AGO + 2 * SECOND, limit=9) == ["f0", "f1"]
        assert await unit.forgettings.lying(before=LONG_AGO + HOUR, limit=1) == ["f0"]


async def test_a_turn_is_found_by_the_message_it_came_from(database: Database) -> None:
    """The latest one, in that channel of that workspace."""
    await store(
        database,
        turn("u1", source=SOURCE),
        turn("u2", source=SOURCE, created_at=LONG_AGO + SECOND),
        turn("u3", created_at=LONG_AGO + HOUR),
    )
    async with database.unit(read_only=True) as unit:
        found = await unit.turns.by_source(WORKSPACE, CHANNEL, SOURCE)
        assert found == turn("u2", source=SOURCE, created_at=LONG_AGO + SECOND)
        assert await unit.turns.by_source(WORKSPACE, ChannelRef("other"), SOURCE) is None
        assert await unit.turns.by_source(WorkspaceId("web:other"), CHANNEL, SOURCE) is None
        assert await unit.turns.by_source(WORKSPACE, CHANNEL, MessageRef("another")) is None


async def test_a_forgotten_turn_needs_no_bytes_any_more(database: Database) -> None:
    """Its pictures and references are let go, its numbers stay, the gallery shows it no more."""
    made = turn("u1", stage=Stage.DELIVERED, revision=1, ask=ask("web:demo/ref"), pictures=(picture("p1"),))
    async with database.unit() as unit:
        await unit.pictures.add(replace(picture("p1"), blob=BlobKey("web:demo/ref")))
        await unit.threads.add(thread())
        await unit.turns.add(made)
        await unit.commit()
    async with database.unit() as unit:
        await unit.turns.get(made.id, for_change=True)
        await unit.turns.forget(emptied(made))
        assert await unit.turns.get(made.id) == emptied(made)
        for blob in (BlobKey("web:demo/ref"), picture("p1").blob):
            assert not await unit.pictures.is_referred_to(blob)
            await unit.pictures.forget(blob)
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        found = await unit.turns.get(made.id)
        assert found == emptied(made)
        assert found is not None
        assert (found.is_forgotten, found.revision, found.ask.text) == (True, 1, "")
        assert await unit.pictures.gallery(WORKSPACE, actor=None, before=None, limit=9) == []


async def test_bytes_that_two_turns_name_stay_for_the_other(database: Database) -> None:
    """Forgetting one of them changes nothing for the other."""
    one = turn("u1", stage=Stage.DELIVERED, revision=1, pictures=(picture("p1"),))
    await store(database, one, replace(one, id=TurnId("u2"), position=2, revision=2))
    async with database.unit() as unit:
        await unit.turns.forget(emptied(one))
        assert await unit.pictures.is_referred_to(picture("p1").blob)
        await unit.commit()


async def test_a_persons_threads_are_those_where_something_is_left(database: Database) -> None:
    """Each once, the oldest turn's first."""
    elsewhere = {"thread": ThreadId("t2")}
    await store(
        database,
        turn("u1", created_at=LONG_AGO + SECOND),
        turn("u2"),
        turn("u3", actor=BEN, thread=ThreadId("t3")),
        turn("u4", created_at=LONG_AGO - SECOND, **elsewhere),
        turn("u5", is_forgotten=True, thread=ThreadId("t3")),
        threads=3,
    )
    async with database.unit(read_only=True) as unit:
        assert await unit.turns.threads_of(WORKSPACE, ADA) == ["t2", "t1"]
        assert await unit.turns.threads_of(WORKSPACE, BEN) == ["t3"]
        assert await unit.turns.threads_of(WorkspaceId("web:other"), ADA) == []


async def test_a_machine_remembers_what_is_forgotten(database: Database) -> None:
    """The numbers come back; revisions are never changed for it."""
    revisions = (Revision(1, None, TurnId("u1"), 1), Revision(2, Head(1), TurnId("u2"), 1))
    machine = EditThread(revisions=revisions, head=Head(1), forgotten=(2,))
    async with database.unit() as unit:
        await unit.threads.add(thread())
        await unit.turns.add(turn("u1"))
        await unit.turns.add(turn("u2"))
        await unit.threads.save(thread(machine=machine))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.threads.get(ThreadId("t1")) == thread(machine=machine)


async def test_messages_of_a_thread_are_those_in_it_too(database: Database) -> None:
    """Answers that belong to no thread stand in it all the same; another channel's do not."""
    inside = {"thread_ref": ThreadRef("root-t1")}
    messages = [
        message("m1", thread=ThreadId("t1")),
        message("m2", created_at=LONG_AGO + SECOND, **inside),
        message("m3", channel=ChannelRef("other"), **inside),
        message("m4", workspace=WorkspaceId("web:other"), **inside),
        message("m5", thread=ThreadId("t2"), thread_ref=ThreadRef("root-t2")),
        message("m6"),
    ]
    async with database.unit() as unit:
        for one in messages:
            await unit.messages.add(one)
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert [one.id for one in await unit.messages.of_thread(thread())] == ["m1", "m2"]
        assert [one.id for one in await unit.messages.of_thread(thread(ref=None))] == ["m1"]


async def test_private_messages_are_found_by_whom_they_are_for(database: Database) -> None:
    """In that workspace, oldest first."""
    async with database.unit() as unit:
        await unit.messages.add(message("m1", private_to=ADA, created_at=LONG_AGO + SECOND))
        await unit.messages.add(message("m2", private_to=ADA))
        await unit.messages.add(message("m3", private_to=BEN))
        await unit.messages.add(message("m4"))
        await unit.messages.add(message("m5", private_to=ADA, workspace=WorkspaceId("web:other")))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert [one.id for one in await unit.messages.private_to(WORKSPACE, ADA)] == ["m2", "m1"]


async def test_a_message_that_shall_go_is_sent_again_even_if_it_was_given_up(database: Database) -> None:
    """It says something else, its sheet is let go, and forgetting it again changes nothing."""
    stands = message("m1", ref=MessageRef("x"), shown=1, tries=4, is_given_up=True, sheet=BlobKey("s"))
    forgotten = replace(
        stands, saying=GONE, wanted=2, is_forgotten=True, is_given_up=False, not_before=None, sheet=None
    )
    async with database.unit() as unit:
        await unit.messages.add(stands)
        for _ in range(2):
            await unit.messages.forget(stands.id, GONE)
            assert await unit.messages.get(stands.id) == forgotten
        assert await unit.messages.claim(stands.id, lease_s=60) == replace(forgotten, tries=5)
        await unit.messages.forget(MessageId("nobody"), GONE)
        await unit.commit()


async def test_a_message_can_be_given_a_newer_way_to_be_taken_away(database: Database) -> None:
    """A context that came with the last press replaces the old one; without one it stays."""
    async with database.unit() as unit:
        for name, context in (("m1", "new"), ("m2", "")):
            await unit.messages.add(message(name, context="old"))
            await unit.messages.forget(MessageId(name), GONE, context=context)
        found = [await unit.messages.get(MessageId(name)) for name in ("m1", "m2")]
        assert [one.context for one in found if one is not None] == ["new", "old"]
        await unit.commit()


async def test_forgetting_does_not_let_a_second_sender_in(database: Database) -> None:
    """Whoever is posting the message now ends first: its post could land after it was taken away."""
    async with database.unit() as unit:
        await unit.messages.add(message("m1"))
        assert await unit.messages.claim(MessageId("m1"), lease_s=60) is not None
        await unit.messages.forget(MessageId("m1"), GONE)
        assert await unit.messages.claim(MessageId("m1"), lease_s=60) is None
        await unit.commit()


async def test_where_a_delivery_came_from_is_kept_while_it_waits(database: Database) -> None:
    """The person may take it back before its files are there."""
    waiting = replace(inbound("d1", "file"), source=SOURCE)
    async with database.unit() as unit:
        await unit.inbox.admit(waiting, is_pending=True)
        soon = await unit.now() + SECOND
        assert await unit.inbox.pending(before=soon, limit=9) == [waiting]


async def test_what_tells_of_people_is_found_until_it_is_forgotten(database: Database) -> None:
    """By workspace and by what it tells; to one person alone where asked."""
    about = NoticeSaying("not_yours", about=(BEN,))
    asked = NoticeSaying("forget_ask_this", {"confirm": "forget:v1:t1"}, about=(ADA, BEN))
    told = {
        "m1": (about, ADA),
        "m2": (asked, BEN),
        "m3": (UsageSaying(7), ADA),
        "m4": (GallerySaying(), BEN),
        "m5": (NoticeSaying("gone"), ADA),
    }
    records = [
        message(name, saying=saying, private_to=whom, created_at=LONG_AGO + SECOND * int(name[1]))
        for name, (saying, whom) in told.items()
    ]
    elsewhere = message("m6", saying=about, workspace=WorkspaceId("web:other"))
    async with database.unit() as unit:
        for record in (*records, elsewhere):
            await unit.messages.add(record)
        await unit.commit()

    async def found(*what: Tells, to: ActorId | None = None) -> list[str]:
        async with database.unit(read_only=True) as unit:
            return [one.id for one in await unit.messages.telling(WORKSPACE, *what, private_to=to)]

    assert await found(Tells.PEOPLE) == ["m1", "m3"]
    assert await found(Tells.PEOPLE, Tells.QUESTION) == ["m1", "m2", "m3"]
    assert await found(Tells.PICTURES, to=BEN) == ["m4"]
    assert await found(Tells.PICTURES, to=ADA) == []
    async with database.unit() as unit:
        await unit.messages.save(replace(records[0], saying=NoticeSaying("gone")))
        await unit.messages.forget(records[2].id, GONE)
        await unit.commit()
    assert await found(Tells.PEOPLE) == []
    async with database.unit(read_only=True) as unit:
        assert await unit.messages.get(records[1].id) == records[1]


async def test_copies_are_found_by_their_original(database: Database) -> None:
    """Also once that is gone; they are noted as long as they are there, and never for what is not kept."""
    original, small, smaller = picture("p1"), BlobKey("web:demo/small"), BlobKey("web:demo/smaller")
    async with database.unit() as unit:
        assert not await unit.pictures.add_copy(small, of=original.blob)
        await unit.pictures.add(original)
        assert await unit.pictures.add_copy(small, of=original.blob)
        assert await unit.pictures.add_copy(small, of=original.blob)
        assert await unit.pictures.add_copy(smaller, of=original.blob)
        await unit.commit()
    async with database.unit() as unit:
        await unit.pictures.forget(original.blob)
        assert await unit.pictures.copies_of(original.blob) == [small, smaller]
        await unit.pictures.forget(small)
        assert await unit.pictures.copies_of(original.blob) == [smaller]
        await unit.commit()


async def test_a_turn_whose_words_are_gone_keeps_its_picture(database: Database) -> None:
    """What it was given is let go; its attempts tell nothing of what was asked."""
    asked = replace(ask("web:demo/ref"), repeats=TurnId("u9"))
    made = turn("u1", stage=Stage.DELIVERED, revision=1, ask=asked, pictures=(picture("p1"),))
    async with database.unit() as unit:
        await unit.pictures.add(replace(picture("p1"), blob=BlobKey("web:demo/ref")))
        await unit.threads.add(thread())
        await unit.turns.add(made)
        await unit.attempts.add(attempt(turn=made.id))
        await unit.commit()
    async with database.unit() as unit:
        stored = await unit.turns.get(made.id, for_change=True)
        assert stored == made
        await unit.turns.forget(wordless(made))
        await unit.commit()
    async with database.unit(read_only=True) as unit:
        assert await unit.turns.get(made.id) == wordless(made)
        assert not await unit.pictures.is_referred_to(BlobKey("web:demo/ref"))
        assert await unit.pictures.is_referred_to(picture("p1").blob)
        (one,) = await unit.attempts.of_turn(made.id)
        assert one.request_hash == ""
