"""Surfaces that refuse for a while or for good, messages that vanish, nudges that get lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.records import Stage
from core.app.telling import MAX_REFITS
from core.app.wording import sentence
from core.domain.card import Act, CardKind
from core.domain.ids import BlobKey
from tests.app.app_scenes import (
    assert_at_rest,
    button,
    call_out,
    kinds,
    policy,
    said_to,
    sweep,
    turn_messages,
    world,
)
from tests.app.app_surface import ROOMY, WatchedSurface
from tests.app.app_world import World
from tests.fakes.studio_world import ANN
from tests.fakes.tools import FakeTools

if TYPE_CHECKING:
    from core.domain.generation import Image, OutputFormat

BUSY = SurfaceFault(SurfaceFaultKind.BUSY, retry_after_s=7.0)
NO_SIZE_HELPS = [SurfaceFaultKind.FORBIDDEN, SurfaceFaultKind.REJECTED]
FOR_GOOD = [*NO_SIZE_HELPS, SurfaceFaultKind.TOO_LARGE]


# --- nudges ---


async def test_a_lost_nudge_is_repeated_by_the_sweeper() -> None:
    """The database is the record: a queue that forgets loses ten seconds, and no turn."""
    here = world()
    here.queue.loses = True
    await here.imagine("a lighthouse")
    await here.settle()
    assert here.engine.calls == []
    here.queue.loses = False
    await sweep(here, after_s=11, rounds=1)
    assert here.root.card.kind is CardKind.RESULT
    assert_at_rest(here)


async def test_a_turn_that_was_just_nudged_is_left_alone_by_the_sweeper() -> None:
    """Within ten seconds a nudge may still be on its way."""
    here = world()
    here.queue.loses = True
    await here.imagine("a lighthouse")
    here.queue.loses = False
    await sweep(here, after_s=9, rounds=1)
    assert here.engine.calls == []


async def test_a_lost_nudge_for_a_waiting_turn_is_repeated_too() -> None:
    """A turn that starts when the one before it ends is found like any."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "one")
    await here.reply(thread, "two")
    (turn,) = here.queue.due(here.clock.now())
    here.queue.loses = True
    await here.turns.handle(turn)
    await here.settle()
    here.queue.loses = False
    assert len(here.engine.calls) == 2
    await sweep(here, after_s=11, rounds=1)
    assert len(here.engine.calls) == 3
    assert_at_rest(here)


# --- faults that pass ---


async def test_a_placeholder_that_a_busy_platform_refused_comes_as_soon_as_it_said() -> None:
    """No picture is asked for before its place stands."""
    here = world()
    here.surface.faults.append(BUSY)
    await here.imagine("a lighthouse")
    await here.settle()
    assert here.standing == []
    assert here.engine.calls == []
    await here.advance(6.0)
    assert here.standing == []
    await here.advance(1.0)
    assert here.root.card.kind is CardKind.RESULT
    assert_at_rest(here)


async def test_a_result_that_a_busy_platform_refused_is_delivered_later_and_not_made_again() -> None:
    """The picture is kept and the same message is changed when the platform lets us."""
    here = world()
    await here.imagine("a lighthouse")
    await refuse_result(here, BUSY)
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.RECORDED
    await here.advance(7.0)
    assert here.root.card.kind is CardKind.RESULT
    assert len(here.engine.calls) == 1
    assert len(here.standing) == 1
    assert_at_rest(here)


async def refuse_result(here: World, fault: SurfaceFault) -> None:
    """Let everything happen; from the moment the pictures are there, one showing of them is refused."""
    here.surface.refuses_pictures.append(fault)
    await here.settle()


async def test_an_answer_that_could_not_be_sent_is_sent_again_by_the_sweeper() -> None:
    """A notice is no turn, and gets through all the same."""
    here = world()
    thread = await here.made()
    here.surface.faults.append(BUSY)
    await here.reply(thread, "undo")
    await here.settle()
    assert len(here.standing) == 1
    await sweep(here, after_s=11, rounds=1)
    assert said_to(here, ANN) == sentence("nothing_to_undo", "en")
    assert_at_rest(here)


@pytest.mark.parametrize("words", ["undo", "history"])
async def test_a_platform_that_stays_busy_is_not_asked_for_ever(words: str) -> None:
    """After a dozen tries a message is given up, so that it does not burden the others for days."""
    here = world()
    thread = await here.made()
    here.surface.faults.extend([BUSY] * 100)
    await here.reply(thread, words)
    await here.settle()
    await sweep(here, after_s=121, rounds=30)
    assert 100 - len(here.surface.faults) == 12
    assert any(message.is_given_up for message in here.shelves.messages.values())


async def test_a_turn_whose_place_stays_out_of_reach_ends_unpaid() -> None:
    """A placeholder that was given up ends its turn before anything is bought."""
    here = world()
    here.surface.faults.extend([SurfaceFault(SurfaceFaultKind.UNREACHABLE)] * 100)
    await here.imagine("a lighthouse")
    await here.settle()
    await sweep(here, after_s=121, rounds=30)
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.FAILED
    assert here.engine.calls == []
    assert kinds(await here.ledger()) == ["hold", "release"]


# --- faults for good ---


@pytest.mark.parametrize("kind", FOR_GOOD)
async def test_where_we_may_not_post_nothing_is_bought_and_the_person_is_told_privately(
    kind: SurfaceFaultKind,
) -> None:
    """The placeholder cannot stand, so the answer comes the other way, and says what to do."""
    here = world()
    here.surface.faults.append(SurfaceFault(kind))
    await here.imagine("a lighthouse")
    await here.settle()
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.FAILED
    assert here.engine.calls == []
    assert kinds(await here.ledger()) == ["hold", "release"]
    assert said_to(here, ANN) == sentence("failed_cannot_post", "en")
    assert_at_rest(here)


async def test_where_a_permission_is_missing_the_person_is_told_which() -> None:
    """Nothing is bought, and whoever manages the place can mend it without guessing."""
    here = world()
    here.surface.faults.append(SurfaceFault(SurfaceFaultKind.FORBIDDEN, missing=("attach_files",)))
    await here.imagine("a lighthouse")
    await here.settle()
    assert here.engine.calls == []
    assert said_to(here, ANN) == sentence("failed_cannot_post_missing", "en", missing="Attach Files")
    assert_at_rest(here)


@pytest.mark.parametrize("kind", NO_SIZE_HELPS)
async def test_a_picture_that_cannot_be_shown_is_kept_and_its_message_says_so(kind: SurfaceFaultKind) -> None:
    """Nothing stays on "Making the picture…"; the revision is there, paid for once, and `show` works."""
    here = world()
    await here.imagine("a lighthouse")
    await refuse_result(here, SurfaceFault(kind))
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.FAILED
    assert turn.revision == 1
    assert kinds(await here.ledger()) == ["hold", "settle"]
    assert sentence("turn_not_shown", "en") in [line.text for line in here.root.card.lines]
    assert here.root.card.pictures == ()
    assert_at_rest(here)
    await here.reply(here.root.thread, "show")
    await here.settle()
    assert [picture.blob for picture in here.last.pictures] == [turn.pictures[0].blob]
    assert_at_rest(here)


async def test_after_a_delivery_that_failed_the_thread_goes_on_from_that_picture() -> None:
    """What could not be shown is the head all the same."""
    here = world()
    await here.imagine("a lighthouse")
    await refuse_result(here, SurfaceFault(SurfaceFaultKind.REJECTED))
    await here.reply(here.root.thread, "make it stormy")
    await here.settle()
    assert here.last.caption.startswith("v2 from v1")
    assert_at_rest(here)


# --- messages that are gone ---


async def test_a_placeholder_that_somebody_deleted_is_posted_anew_with_the_picture() -> None:
    """The result finds another message of its own, in the same thread."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    here.surface.deletes_before_pictures = True
    await here.settle()
    (turn,) = (one for one in here.shelves.turns.values() if one.revision == 2)
    (standing,) = turn_messages(here, turn)
    assert standing.thread == thread
    assert standing.card.kind is CardKind.RESULT
    assert_at_rest(here)


async def test_a_deleted_first_message_does_not_end_the_thread() -> None:
    """The next reply works as before."""
    here = world()
    thread = await here.made()
    here.surface.lose(here.root.ref)
    await here.reply(thread, "make it stormy")
    await here.settle()
    assert here.last.caption.startswith("v2 from v1")


# --- faults of ours while drawing ---


async def test_where_even_its_message_cannot_change_the_person_is_told_alone() -> None:
    """The place was closed while the picture was made: it is kept, and they learn how to see it."""
    here = world()
    here.surface.refuses_to_update = SurfaceFault(SurfaceFaultKind.FORBIDDEN)
    await here.imagine("a lighthouse")
    await here.settle()
    (turn,) = here.shelves.turns.values()
    assert (turn.stage, turn.revision) == (Stage.FAILED, 1)
    assert said_to(here, ANN) == sentence("not_shown_there", "en")
    assert_at_rest(here)


class BrokenTools(FakeTools):
    """Tools that cannot refit anything."""

    async def refit(self, image: Image, *, max_bytes: int, formats: frozenset[OutputFormat]) -> Image:
        """Break."""
        msg = f"{image} does not fit {max_bytes} of {formats}"
        raise RuntimeError(msg)


async def test_a_message_that_cannot_be_drawn_is_given_up_in_the_end() -> None:
    """A fault of ours is not repeated for ever, and the turn comes to its end with its picture kept."""
    tiny = WatchedSurface(replace(ROOMY, max_file_bytes=10))
    here = World(tools=BrokenTools(), surface=tiny)
    await here.imagine("a lighthouse")
    await here.settle()
    await sweep(here, after_s=121, rounds=30)
    (turn,) = here.shelves.turns.values()
    assert turn.stage is Stage.FAILED
    assert turn.revision == 1
    assert sentence("turn_not_shown", "en") in here.said()


async def test_a_placeholder_that_was_refused_does_not_cost_the_picture() -> None:
    """The place closed for a moment while it was made: the picture is tried all the same."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    async with call_out(here):
        here.surface.faults.append(SurfaceFault(SurfaceFaultKind.FORBIDDEN))
        (turn,) = await here.turns_of(thread, Stage.GENERATING)
        await here.studio.telling.push(turn.message)
        async with here.database.unit() as unit:
            await unit.messages.want(turn.message)
            await unit.commit()
        await here.studio.telling.push(turn.message)
    (shown,) = turn_messages(here, turn)
    assert len(shown.card.pictures) == 1
    assert_at_rest(here)


async def test_a_picture_too_large_for_the_platform_is_refitted_with_the_original_a_click_away() -> None:
    """The message shows the smaller file and names the bytes as the model made them."""
    tiny = WatchedSurface(replace(ROOMY, max_file_bytes=60))
    here = world(surface=tiny)
    await here.imagine("a lighthouse")
    await here.settle()
    (turn,) = here.shelves.turns.values()
    (picture,) = here.root.card.pictures
    assert picture.original == turn.pictures[0].blob
    assert picture.size_bytes <= 60
    assert button(here.root.card, Act.ORIGINAL) is not None


async def test_a_picture_that_a_place_calls_too_large_is_made_smaller_until_it_passes() -> None:
    """Where a place takes less than its platform the picture shrinks: to the size told, or by half."""
    here = world()
    refused = SurfaceFault(SurfaceFaultKind.TOO_LARGE, limit_bytes=80)
    here.surface.refuses_pictures.extend([refused, SurfaceFault(SurfaceFaultKind.TOO_LARGE)])
    await here.imagine("a lighthouse")
    await here.settle()
    (turn,) = here.shelves.turns.values()
    (picture,) = here.root.card.pictures
    assert turn.stage is Stage.DELIVERED
    assert picture.size_bytes <= 40
    assert picture.original == turn.pictures[0].blob
    assert sentence("caption_refit", "en") in here.root.card.caption


async def test_a_picture_that_no_size_makes_pass_is_given_up_in_words() -> None:
    """The shrinking ends, and the message says that the picture was kept."""
    here = world()
    here.surface.refuses_pictures.extend([SurfaceFault(SurfaceFaultKind.TOO_LARGE)] * (MAX_REFITS + 1))
    await here.imagine("a lighthouse")
    await here.settle()
    assert sentence("turn_not_shown", "en") in here.said()


# --- bytes that nobody needs ---


async def test_cleaning_up_keeps_what_is_referred_to_and_deletes_the_rest() -> None:
    """Pictures, references and sheets stay; what no row names goes."""
    here = world(policy())
    thread = await here.made()
    await here.reply(thread, "make it stormy")
    await here.settle()
    await here.reply(thread, "compare")
    await here.settle()
    shown = {picture.blob for one in here.standing for picture in one.card.pictures}
    orphan = BlobKey("web:test/orphan")
    here.blobs.kept[orphan] = b"nobody's"
    assert len(shown) == 3
    await here.sweeper.clean()
    assert shown <= set(here.blobs.kept)
    assert orphan not in here.blobs.kept


async def test_it_is_said_again_that_a_picture_is_being_made() -> None:
    """Signs of work fade by themselves on some platforms; when the picture is there, nothing more is said."""
    here = world()
    await here.imagine("a lighthouse")
    async with call_out(here):
        said = len(here.surface.progressed)
        await here.clock.pass_time(20)
        assert len(here.surface.progressed) == said + 1
        await here.clock.pass_time(here.surface.limits.progress_every_s)
        assert len(here.surface.progressed) == said + 2
    said = len(here.surface.progressed)
    await here.clock.pass_time(5000)
    assert len(here.surface.progressed) == said
