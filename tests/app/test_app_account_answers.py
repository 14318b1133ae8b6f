"""Words to the bot about itself: what is left, what was spent and made, what is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.app.inbound import ReceiptKind
from core.app.records import WorkspaceRecord
from core.app.wording import sentence
from core.domain.card import Act, CardKind, Link
from core.domain.generation import Failure, FailureKind
from core.domain.ids import ChannelRef, Micros, Platform, WorkspaceId
from core.domain.quota import Metric, Period
from tests.app.app_account import ANNS, EMIL, PAINTERS, TEAM, asked, seen
from tests.app.app_scenes import (
    DORA,
    assert_at_rest,
    call_out,
    policy,
    press,
    question_to,
    said_to,
    world,
)
from tests.app.app_world import World
from tests.fakes.clock import FakeClock
from tests.fakes.studio_world import ANN, BEN, CHANNEL, WORKSPACE


async def test_quota_says_what_is_left_and_when_it_is_back() -> None:
    """Every allowance that applies, in pictures and in dollars, for nobody else to see."""
    here = world()
    await here.made()
    card = await asked(here, "quota")
    texts = [line.text for line in card.lines]
    assert texts[0] == sentence("quota_text", "en")
    assert "19 of 20 left in your daily limit; 1 used" in texts[1]
    assert "3 Mar 2026, 00:00 UTC" in texts[1]
    assert "of $50.00 left in the monthly budget of this Inkthread" in texts[2]
    assert_at_rest(here)


async def test_quota_speaks_the_persons_language_in_the_workspaces_time() -> None:
    """A German in Tokyo reads German and Tokyo's midnight."""
    here = world()
    here.shelves.workspaces[WORKSPACE] = WorkspaceRecord(WORKSPACE, Platform.WEB, time_zone="Asia/Tokyo")
    card = await asked(here, "kontingent", by=replace(ANN, locale="de"))
    assert card.text == sentence("quota_text", "de")
    assert "Dein Tageslimit: noch 20 von 20" in card.lines[1].text
    assert "00:00 Uhr (UTC+9)" in card.lines[1].text


async def test_quota_tells_what_is_held_and_what_was_given() -> None:
    """A picture on its way is neither used nor left, and more for today is said to be just that."""
    here = world()
    await seen(here, DORA)
    await here.studio.grant(DORA, ANNS, Metric.PICTURES, 5)
    await here.imagine("a lighthouse")
    async with call_out(here):
        await here.ask("quota")
        await here.studio.background.settle()
        answer = here.standing[-1].card.lines[1].text
    assert "24 of 25 left in your daily limit; 0 used, 1 held" in answer
    assert "5 pictures more than usual" in answer


async def test_quota_counts_the_groups_that_a_person_is_in() -> None:
    """Roles come with whoever asks, and are remembered with the answer."""
    here = world()
    painter = replace(ANN, roles=("painters",))
    await here.studio.set_allowance(DORA, PAINTERS, Metric.PICTURES, Period.WEEK, 9)
    with_role = [line.text for line in (await asked(here, "quota", by=painter)).lines]
    assert any("9 of 9 left in your group's weekly limit" in text for text in with_role)
    without = [line.text for line in (await asked(here, "quota")).lines]
    assert not any("group" in text for text in without)


async def test_quota_as_a_whole_reply_only_reads() -> None:
    """In a thread it is answered in private, and the picture stays as it is."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "Quota?", by=BEN)
    await here.settle()
    answer = here.standing[-1]
    assert (answer.private_to, answer.place.thread) == (BEN.id, thread)
    assert answer.card.text == sentence("quota_text", "en")
    assert len(here.engine.calls) == 1
    await here.reply(thread, "quota on the sign")
    await here.settle()
    assert len(here.engine.calls) == 2, "with more words it is an edit"


async def test_usage_is_a_chart_and_the_first_of_the_list() -> None:
    """Who spent most comes first; the chart has the same rows, over the days that were asked for."""
    here = world()
    await here.made()
    await here.imagine("two", by=BEN)
    await here.imagine("three", by=BEN)
    await here.settle()
    card = await asked(here, "usage 7", by=DORA)
    assert card.kind is CardKind.SHEET
    texts = [line.text for line in card.lines]
    assert texts[0] == "Who spent what in the last 7 days"
    assert texts[1].startswith("Ben: $")
    assert texts[1].endswith("2 pictures")
    assert texts[2].startswith("Ann: $")
    assert texts[2].endswith("1 picture")
    spent = sum(here.engine.bill.values())
    assert texts[-1].startswith(f"Together ${spent / 1_000_000:.2f} for 3 pictures")
    (rows, days, words), *_ = here.charts.drawn
    assert {row.name for row in rows} == {"Ann", "Ben"}
    assert (len(days), days[-1].isoformat()) == (7, here.clock.now().date().isoformat())
    assert words[0].title == texts[-1]
    assert card.pictures[0].blob in here.blobs.kept
    assert_at_rest(here)


async def test_usage_is_for_admins() -> None:
    """What others spend is nobody else's business."""
    here = world()
    await here.made()
    reception = await here.ask("usage")
    await here.settle()
    assert reception.kind is ReceiptKind.REFUSED
    assert sentence("admins_only", "en") in said_to(here, ANN)
    assert not here.charts.drawn


async def test_usage_tells_nothing_of_other_workspaces() -> None:
    """Two teams on one Inkthread do not see each other's spending."""
    here = world()
    other = WorkspaceId("web:other")
    stranger = replace(BEN, id=type(BEN.id)("web:other:eve"), workspace=other, name="Eve")
    await here.imagine("theirs", by=stranger)
    await here.settle()
    card = await asked(here, "usage", by=DORA)
    assert card.pictures == ()
    assert card.lines[-1].text == sentence("usage_nothing", "en")


async def test_usage_counts_the_days_up_to_the_question() -> None:
    """Yesterday is not today, by the clock that the ledger keeps."""
    here = World(clock=FakeClock(datetime(2026, 3, 2, 23, 0, tzinfo=UTC)))
    await here.made()
    await here.advance(2 * 3600)
    assert (await asked(here, "usage 1", by=DORA)).lines[-1].text == sentence("usage_nothing", "en")
    assert "1 picture" in (await asked(here, "usage 2", by=DORA)).lines[-1].text


async def test_history_shows_a_persons_latest_pictures_with_their_threads() -> None:
    """Newest first, numbered as on the sheet, at most eight; somebody else's are not among them."""
    here = world()
    thread = await here.made("a lighthouse")
    await here.reply(thread, "make it stormy")
    await here.settle()
    await here.imagine("not hers", by=BEN)
    await here.settle()
    card = await asked(here, "history")
    texts = [line.text for line in card.lines]
    assert texts == [sentence("gallery_text", "en"), "1 · v2: make it stormy", "2 · v1: a lighthouse"]
    assert card.lines[1].link == Link(CHANNEL, thread)
    assert card.pictures[0].blob in here.blobs.kept
    for number in range(10):
        await here.advance(60)
        await here.imagine(f"picture {number}")
        await here.settle()
    assert len((await asked(here, "gallery")).lines) == 1 + 8
    assert_at_rest(here)


async def test_history_of_somebody_new_says_how_to_begin() -> None:
    """An empty list would help nobody."""
    card = await asked(world(), "history")
    assert card.text == sentence("gallery_nothing", "en")


async def test_settings_tell_what_is_set_and_who_may_set_it() -> None:
    """Zone, buttons, admins and limits, for everybody; who changed what, for admins alone."""
    here = world(policy(pictures_per_person_per_day=7))
    await seen(here, DORA)
    await here.studio.set_allowance(DORA, TEAM, Metric.MICROS, Period.WEEK, 5_000_000)
    texts = [line.text for line in (await asked(here, "settings")).lines]
    assert "Time zone: UTC" in texts
    assert sentence("settings_closed", "en") in texts
    assert "Admins: Dora" in texts
    assert "Pictures a day for everybody without a limit of their own: 7" in texts
    assert "Limit for the team: $5.00 a week" in texts
    assert not any("set to" in text for text in texts)
    card = await asked(here, "einstellungen", by=EMIL)
    assert "Dora: Limit für das Team auf $5.00 pro Woche gesetzt" in card.lines[-1].text


async def test_a_word_that_is_not_known_is_answered_with_the_nearest() -> None:
    """Nothing is done, and the right spelling is offered."""
    here = world()
    reception = await here.ask("qouta")
    await here.settle()
    assert reception.kind is ReceiptKind.REFUSED
    assert "Did you mean quota?" in said_to(here, ANN)


@pytest.mark.parametrize("words", ["quota", "history", "settings", "help", ""])
async def test_the_same_delivery_is_answered_once(words: str) -> None:
    """A platform that delivers twice gets one answer."""
    here = world()
    await here.ask(words, key="once")
    await here.settle()
    assert (await here.ask(words, key="once")).kind is ReceiptKind.REPEATED
    await here.settle()
    assert len(here.standing) == 1


async def test_words_to_the_bot_work_anywhere() -> None:
    """In a channel without a picture, in one that nobody has asked in before."""
    here = world()
    await here.ask("quota")
    await here.settle()
    assert here.standing[-1].place.channel == CHANNEL != ChannelRef("")


async def test_a_strip_of_pictures_goes_with_what_is_forgotten_on_it() -> None:
    """Whoever has a picture forgotten finds it on no strip of theirs any more; others keep theirs."""
    here = world()
    thread = await here.made("a secret lighthouse -n 2")
    await here.imagine("a harbour", by=BEN)
    await here.settle()
    for person in (ANN, BEN):
        await asked(here, "history", by=person)
    sheet = here.standing[-2].card.pictures[0].blob
    await here.reply(thread, "delete this")
    await here.settle()
    _, confirm = question_to(here, ANN)
    await press(here, thread, confirm, by=ANN)
    await here.settle()
    strips = [one.private_to for one in here.standing if one.card.text == sentence("gallery_text", "en")]
    assert strips == [BEN.id]
    assert sheet not in here.blobs.kept
    assert_at_rest(here)


async def test_forget_me_is_asked_back_wherever_it_is_said() -> None:
    """It needs no thread; nothing goes before it is confirmed."""
    here = world()
    await here.made()
    await here.ask("forget me")
    await here.settle()
    question, confirm = question_to(here, ANN)
    assert question.private_to == ANN.id
    assert confirm.act is Act.CONFIRM
    assert here.shelves.actors[ANN.id].name == "Ann"


async def test_what_was_written_off_is_told_apart() -> None:
    """It is in the list's last line and in a colour of the chart, and in nobody's sum."""
    here = world()
    here.engine.script.append(Failure(FailureKind.NO_ANSWER, billed=Micros(50_000)))
    await here.imagine("a lighthouse")
    await here.settle()
    card = await asked(here, "usage", by=DORA)
    assert card.lines[1].text == "Ann: $0.00, 0 pictures"
    assert card.lines[-1].text.startswith("Together $0.00 for 0 pictures, and $0.05 that was billed")
    (_, _, words), *_ = here.charts.drawn
    assert words[0].title == "0 pictures"
