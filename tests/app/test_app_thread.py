"""What can be said in a thread: several pictures, branches, moving around, looking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.app.inbound import ReceiptKind
from core.app.records import Stage
from core.app.wording import sentence
from core.domain.card import Act, CardKind
from core.domain.generation import Background, Failure, FailureKind, OutputFormat, Quality
from core.domain.ids import Letter
from core.domain.lineage import Head
from tests.app.app_scenes import (
    CLEO,
    DORA,
    addressed,
    answer_to,
    assert_at_rest,
    button,
    call_out,
    press,
    said_to,
    world,
)
from tests.fakes.studio_world import ANN, BEN

if TYPE_CHECKING:
    from tests.app.app_world import World


async def head(here: World) -> Head | None:
    """Where the thread goes on from."""
    return (await here.thread(here.root.thread)).machine.head


async def say(here: World, text: str) -> None:
    """Ann says it in the thread, and everything happens."""
    await here.reply(here.root.thread, text)
    await here.settle()


# --- several pictures ---


async def test_of_several_pictures_the_next_edit_starts_from_the_one_that_was_chosen() -> None:
    """`use b` moves the head to b, and b's very bytes go to the engine."""
    here = world()
    await here.made("a lighthouse -n 4")
    pictures = here.root.card.pictures
    assert [picture.letter for picture in pictures] == ["a", "b", "c", "d"]
    await say(here, "use b")
    assert await head(here) == Head(1, Letter("b"))
    await say(here, "make it stormy")
    assert here.engine.calls[-1].inputs[0].content == here.blobs.kept[pictures[1].blob]
    assert here.last.caption.startswith("v2 from v1b")


async def test_an_edit_of_one_of_several_asks_for_one_picture() -> None:
    """How many were asked for is not kept: the choice has been made."""
    here = world()
    await here.made("a lighthouse -n 4")
    await say(here, "make it stormy")
    assert here.engine.calls[-1].plan.count == 1


async def test_fewer_pictures_than_asked_for_are_shown_and_said() -> None:
    """Three of four came: three stand, the caption says so, and only three can be chosen."""
    here = world()
    here.engine.script.append(3)
    await here.made("a lighthouse -n 4")
    assert len(here.root.card.pictures) == 3
    assert "3 of 4 came" in here.root.card.caption
    uses = [one.subject for one in here.root.card.buttons if one.act is Act.USE]
    assert uses == ["v1a", "v1b", "v1c"]
    await say(here, "use d")
    assert said_to(here, ANN) == sentence("no_such_candidate", "en", letter="d", revision=1, head="v1d")
    assert await head(here) == Head(1)
    assert_at_rest(here)


async def test_the_use_button_does_what_the_words_do() -> None:
    """Each picture has a button with its letter."""
    here = world()
    await here.made("a lighthouse -n 2")
    await here.press(here.root.thread, Act.USE, "v1b")
    await here.settle()
    assert await head(here) == Head(1, Letter("b"))


# --- once more ---


async def test_again_asks_for_the_same_once_more() -> None:
    """The same plan and the same base, as another version; nothing that was made is changed."""
    here = world()
    await here.made("a lighthouse --ar 16:9")
    await say(here, "make it stormy")
    await say(here, "again")
    first, second, third = here.engine.calls
    assert second.plan == third.plan
    assert second.inputs == third.inputs
    assert first.plan != second.plan
    assert here.last.caption.startswith("v3 from v1")


async def test_again_of_a_first_picture_makes_another_first_picture() -> None:
    """It starts from words, whatever the head is."""
    here = world()
    await here.made()
    await say(here, "again")
    assert here.engine.calls[0].plan == here.engine.calls[1].plan
    assert here.engine.calls[1].inputs == ()
    assert here.last.caption.startswith("v2 · ")


async def test_final_renders_the_head_at_high_quality_and_the_same_size() -> None:
    """Nothing else is asked to change."""
    here = world()
    await here.made("a lighthouse --draft --ar 16:9")
    await say(here, "final")
    draft, final = here.engine.calls
    assert (draft.plan.quality, final.plan.quality) == (Quality.LOW, Quality.HIGH)
    assert final.plan.size == draft.plan.size
    assert len(final.inputs) == 1


async def test_final_4k_renders_the_head_larger_in_the_same_ratio() -> None:
    """The tier is a budget of pixels."""
    here = world()
    await here.made("a lighthouse --ar 16:9")
    await say(here, "final 4k")
    assert str(here.engine.calls[-1].plan.size) == "3840x2160"


async def test_the_again_button_of_a_version_is_about_that_version() -> None:
    """Pressed on v1 while the head is v2, it makes v1's request again."""
    here = world()
    await here.made()
    await say(here, "make it stormy")
    again = button(here.root.card, Act.AGAIN)
    assert again is not None
    await press(here, here.root.thread, again, by=ANN)
    await here.settle()
    assert here.engine.calls[2].plan == here.engine.calls[0].plan


@pytest.mark.parametrize("act", [Act.AGAIN, Act.FINAL])
async def test_spending_buttons_are_their_owners(act: Act) -> None:
    """Ben is told whose picture it is; by words he may ask, and pays himself."""
    here = world()
    thread = await here.made()
    reception = await here.press(thread, act, "v1", by=BEN)
    await here.settle()
    assert reception.kind is ReceiptKind.REFUSED
    assert "Ann" in said_to(here, BEN)
    assert len(here.engine.calls) == 1


async def test_again_and_final_without_any_picture_say_so() -> None:
    """There is nothing to repeat in a place where nothing was asked."""
    here = world()
    for words in ("again", "final"):
        await here.studio.receive(addressed(words))
    await here.settle()
    assert said_to(here, ANN).split("\n") == [sentence("nothing_to_show", "en")] * 2


# --- branches ---


async def test_a_reply_to_a_pictures_own_message_branches_from_it() -> None:
    """Where the platform says what was replied to, that version is edited, not the last one."""
    here = world()
    thread = await here.made()
    await say(here, "make it stormy")
    await answer_to(here, thread, here.root.ref, "add snow", by=ANN)
    await here.settle()
    first = here.root.card.pictures[0].blob
    assert here.engine.calls[-1].inputs[0].content == here.blobs.kept[first]
    assert here.last.caption.startswith("v3 from v1")


async def test_a_reply_to_a_notice_edits_the_head() -> None:
    """What stands in a notice is no picture."""
    here = world()
    thread = await here.made()
    await say(here, "undo")
    await answer_to(here, thread, here.standing[-1].ref, "add snow", by=ANN)
    await here.settle()
    assert here.last.caption.startswith("v2 from v1")


@pytest.mark.parametrize(
    ("words", "notice"), [("v9: add snow", "no_such_revision"), ("v1c: add snow", "no_such_candidate")]
)
async def test_an_edit_of_what_does_not_exist_is_refused_by_its_name(words: str, notice: str) -> None:
    """Nothing is spent, and no placeholder is left behind."""
    here = world()
    thread = await here.made()
    reception = await here.reply(thread, words)
    await here.settle()
    assert reception.kind is ReceiptKind.REFUSED
    assert said_to(here, ANN) == sentence(notice, "en", revision=9, letter="c", head="v1c")
    assert len(here.standing) == 2
    assert len(here.engine.calls) == 1
    assert_at_rest(here)


# --- moving around ---


async def test_undo_and_redo_walk_to_and_fro() -> None:
    """Two undos, two redos, and one too many each way."""
    here = world()
    await here.made()
    await say(here, "make it stormy")
    await say(here, "add snow")
    seen = []
    for word in ["undo", "undo", "undo", "redo", "redo", "redo"]:
        await say(here, word)
        seen.append(await head(here))
    assert [one.revision for one in seen if one is not None] == [2, 1, 1, 2, 3, 3]
    told = said_to(here, ANN).split("\n")
    assert told == [sentence("nothing_to_undo", "en"), sentence("nothing_to_redo", "en")]


async def test_everybody_in_the_thread_is_told_where_it_goes_on() -> None:
    """Moving the head concerns all, so that its notice is public."""
    here = world()
    await here.made()
    await say(here, "make it stormy")
    await say(here, "v1")
    assert here.standing[-1].private_to is None
    assert here.last.text == sentence("moved_to", "en", head="v1")


async def test_a_missing_version_is_refused_by_its_name() -> None:
    """`v7` says that there is no v7; the head stays."""
    here = world()
    await here.made()
    await say(here, "v7")
    assert said_to(here, ANN) == sentence("no_such_revision", "en", revision=7, letter="a", head="v7")
    assert await head(here) == Head(1)


async def test_a_stranger_does_not_undo_what_somebody_else_made() -> None:
    """Its maker, the starter and admins may."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "make it stormy", by=BEN)
    await here.settle()
    reception = await here.reply(thread, "undo", by=CLEO)
    await here.settle()
    assert reception.kind is ReceiptKind.REFUSED
    assert "Ben" in said_to(here, CLEO)
    assert await head(here) == Head(2)
    for by in (BEN, DORA, ANN):
        await here.reply(thread, "undo", by=by)
        await here.settle()
        assert await head(here) == Head(1)
        await here.reply(thread, "redo", by=ANN)
        await here.settle()


async def test_nothing_moves_while_a_picture_is_being_made() -> None:
    """The head stays where the running edit expects it."""
    here = world()
    thread = await here.made()
    await say(here, "make it stormy")
    await here.reply(thread, "add snow")
    async with call_out(here):
        await here.reply(thread, "undo")
    assert said_to(here, ANN) == sentence("busy_moving", "en")
    assert here.last.kind in {CardKind.RESULT, CardKind.NOTICE}
    assert await head(here) == Head(3)


# --- looking back ---


async def test_compare_shows_a_version_beside_what_it_came_from() -> None:
    """Without names the head and its parent, with names those."""
    here = world()
    await here.made()
    await say(here, "make it stormy")
    await say(here, "v1: add snow")
    await say(here, "compare")
    assert here.last.text == sentence("compare_text", "en", left="v1", right="v3")
    await say(here, "compare v2 v3")
    assert here.last.text == sentence("compare_text", "en", left="v2", right="v3")
    assert here.last.kind is CardKind.SHEET
    assert here.last.pictures[0].blob in here.blobs.kept


async def test_compare_needs_two_versions_that_exist() -> None:
    """One version alone, or a name that is not there, is answered plainly."""
    here = world()
    await here.made()
    await say(here, "compare")
    await say(here, "compare v1 v5")
    assert said_to(here, ANN).split("\n") == [
        sentence("nothing_to_compare", "en"),
        sentence("no_such_revision", "en", revision=5),
    ]


async def test_history_lists_all_versions_and_marks_the_head() -> None:
    """Where each came from, what was asked, and where the thread goes on from."""
    here = world()
    await here.made()
    await say(here, "make it stormy")
    await say(here, "undo")
    await say(here, "history")
    lines = [line.text for line in here.last.lines]
    first = sentence("history_line_first", "en", head="v1", text="a lighthouse")
    second = sentence("history_line", "en", head="v2", parent="v1", text="make it stormy")
    assert lines[1:] == [sentence("history_head", "en", line=first), second]


async def test_show_posts_the_head_again_and_original_its_unchanged_file() -> None:
    """Both have the very bytes that the model made."""
    here = world()
    thread = await here.made("a lighthouse -n 2")
    await say(here, "use b")
    await say(here, "show")
    blob = here.root.card.pictures[1].blob
    assert [picture.blob for picture in here.last.pictures] == [blob]
    await here.press(thread, Act.ORIGINAL, "v1b")
    await here.settle()
    assert [picture.blob for picture in here.last.pictures] == [blob]


async def test_why_shows_the_words_that_the_model_was_sent() -> None:
    """The compiled prompt can always be seen."""
    here = world()
    thread = await here.made()
    await say(here, 'put "OPEN" on the door')
    await here.press(thread, Act.WHY, "v2")
    await here.settle()
    assert here.engine.calls[-1].plan.prompt in [line.text for line in here.last.lines]


@pytest.mark.parametrize("words", ["show", "why", "history", "compare", "undo", "final"])
async def test_looking_back_before_anything_was_made_says_so(words: str) -> None:
    """A thread whose first picture failed has nothing to show, and nothing to undo."""
    here = world()
    here.engine.script.append(Failure(FailureKind.MODERATED))
    await here.made()
    await say(here, words)
    expected = "nothing_to_undo" if words == "undo" else "nothing_to_show"
    assert said_to(here, ANN) == sentence(expected, "en")
    assert len(here.engine.calls) == 1
    assert_at_rest(here)


async def test_words_after_a_failed_first_picture_ask_for_a_new_one() -> None:
    """There is nothing to edit yet, so that the reply is a first picture of its own."""
    here = world()
    here.engine.script.append(Failure(FailureKind.MODERATED))
    await here.made()
    await say(here, "a windmill")
    assert here.engine.calls[-1].inputs == ()
    assert here.last.caption.startswith("v1 · ")


# --- waiting ---


async def test_three_wait_the_fourth_comes_back_and_each_starts_from_the_last() -> None:
    """Those who wait say how many are ahead; who is turned away leaves nothing behind."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "one")
    async with call_out(here):
        kinds = [(await here.reply(thread, words, by=BEN)).kind for words in ["two", "three", "four", "five"]]
        await here.clock.pass_time(0)
        waiting = [one.card.lines[1].text for one in here.standing if one.card.kind is CardKind.PLACEHOLDER][
            1:
        ]
    assert kinds == [ReceiptKind.ACCEPTED] * 3 + [ReceiptKind.REFUSED]
    assert waiting == [sentence("turn_waiting", "en", ahead=ahead) for ahead in (1, 2, 3)]
    assert said_to(here, BEN) == sentence("busy", "en")
    turns = await here.turns_of(thread)
    assert [turn.base for turn in turns] == [None, Head(1), Head(2), Head(3), Head(4), None]
    assert turns[-1].stage is Stage.CANCELLED
    assert_at_rest(here)


async def test_an_edit_keeps_what_its_base_was_made_with() -> None:
    """Ratio, format and transparency stay unless the reply says otherwise."""
    here = world()
    await here.made("a lighthouse --ar 16:9 --transparent --format webp")
    await say(here, "make it stormy")
    made, edited = (call.plan for call in here.engine.calls)
    assert edited.size == made.size
    assert (edited.background, edited.output_format) == (Background.TRANSPARENT, OutputFormat.WEBP)
