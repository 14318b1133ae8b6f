"""What others were told of somebody, and what others repeated of them, when that person is forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.app.inbound import InboundKind
from core.app.mentions import Tells, tells_of
from core.app.ports import DIRECT
from core.app.records import NoticeSaying, Stage
from core.app.views import WorkspaceChange
from core.app.wording import sentence
from core.domain.card import Act
from core.domain.generation import Failure, FailureKind
from core.domain.quota import Metric, Period, Scope, ScopeKind
from tests.app.app_account import asked, seen, told
from tests.app.app_forgetting import SECRET, forget, kept, traces, two_versions
from tests.app.app_scenes import (
    CLEO,
    DORA,
    addressed,
    assert_at_rest,
    call_out,
    png,
    press,
    question_to,
    said_to,
    sweep,
    world,
)
from tests.fakes.studio_world import ANN, BEN

if TYPE_CHECKING:
    from core.domain.ids import ThreadRef
    from tests.app.app_world import World

ZOE = replace(BEN, name="Zoe Zimmermann")
UNNAMED = sentence("person_unnamed", "en")


async def shown_to_others(here: World) -> ThreadRef:
    """Her edit of Ann's picture; Cleo may not touch it, Ann is asked back about it."""
    thread = await here.made()
    await here.reply(thread, f"add {SECRET}", by=ZOE)
    await here.settle()
    for words, by in (("delete v2", CLEO), ("forget thread", ANN)):
        await here.reply(thread, words, by=by)
        await here.settle()
    return thread


async def test_what_a_notice_stores_of_somebody_is_their_id() -> None:
    """The name is looked up when it is drawn: it stands on the platform and in one row."""
    here = world()
    await shown_to_others(here)
    assert said_to(here, CLEO) == sentence("not_yours", "en", name=ZOE.name)
    assert f"Asked for by: Ann, {ZOE.name}." in said_to(here, ANN)
    rows = [repr(one.saying) for one in here.shelves.messages.values()]
    assert not [row for row in rows if ZOE.name in row]


async def test_answers_that_name_a_forgotten_person_are_taken_away() -> None:
    """Whose it was, and questions about what is not there any more; each can be asked again."""
    here = world()
    thread = await shown_to_others(here)
    await forget(here, thread, "forget me", by=ZOE)
    assert said_to(here, CLEO) == ""
    assert said_to(here, ANN) == ""
    assert traces(here, ZOE.name) == []
    await here.reply(thread, "forget thread", by=CLEO)
    await here.settle()
    assert said_to(here, CLEO) == sentence("not_yours", "en", name="Ann")
    assert_at_rest(here)


async def test_who_comes_back_has_a_name_again() -> None:
    """And only then: the bot knows of them what their next message tells."""
    here = world()
    thread = await shown_to_others(here)
    await forget(here, thread, "forget me", by=ZOE)
    assert here.shelves.actors[ZOE.id].name == ""
    await here.reply(thread, "make it rain", by=ZOE)
    await here.settle()
    await here.reply(thread, "delete v3", by=CLEO)
    await here.settle()
    assert said_to(here, CLEO) == sentence("not_yours", "en", name=ZOE.name)


async def test_what_admins_were_told_unasked_stays_without_the_name() -> None:
    """That somebody was refused again and again is theirs to know, who it was is not any more."""
    here = world()
    thread = await here.made()
    await seen(here, DORA)
    here.engine.script.extend([Failure(FailureKind.MODERATED, stage="input")] * 3)
    for number in range(3):
        await here.imagine(f"picture {number}", by=ZOE)
        await here.settle()
    assert told(here, DORA) == [sentence("admin_moderated", "en", count=3, name=ZOE.name)]
    await forget(here, thread, "forget me", by=ZOE)
    assert told(here, DORA) == [sentence("admin_moderated", "en", count=3, name=UNNAMED)]
    assert traces(here, ZOE.name) == []
    assert sentence("forgot", "en", pictures=0, words=3, messages=3) in said_to(here, ZOE)


async def test_usage_and_settings_name_nobody_who_was_forgotten() -> None:
    """What stands is taken away with its chart; asked again, the sums are the same, without it."""
    here = world()
    thread = await here.made()
    await seen(here, DORA)
    await here.reply(thread, "add rain", by=replace(ZOE, is_admin=True))
    await here.settle()
    hers = Scope(ScopeKind.ACTOR, ZOE.id)
    await here.studio.set_allowance(replace(ZOE, is_admin=True), hers, Metric.PICTURES, Period.WEEK, 9)
    await here.studio.change_workspace(DORA, WorkspaceChange(named_admins=(ZOE.id,)))
    for words in ("usage", "settings"):
        await asked(here, words, by=DORA)
    usage, settings = here.standing[-2:]
    assert ZOE.name in str(usage.card)
    assert str(settings.card).count(ZOE.name) == 4
    before = [line.text.partition(":")[2] for line in usage.card.lines[1:]]
    await forget(here, thread, "forget me", by=ZOE)
    assert not [one for one in here.standing if one.key in {usage.key, settings.key}]
    assert usage.card.pictures[0].blob not in here.blobs.kept
    assert traces(here, ZOE.name) == []
    for words in ("usage", "settings"):
        await asked(here, words, by=DORA)
    usage, settings = here.standing[-2:]
    assert [line.text.partition(":")[2] for line in usage.card.lines[1:]] == before
    assert UNNAMED in str(usage.card)
    assert str(settings.card).count(UNNAMED) == 4
    assert ZOE.id not in str(usage.card) + str(settings.card)
    assert {row.name for row in here.charts.drawn[-1][0]} == {"Ann", "—"}


async def test_usage_asked_for_from_a_home_page_is_taken_away_too() -> None:
    """It stands where one person is talked to alone, and its chart has the name in it."""
    here = world()
    thread = await here.made()
    await here.reply(thread, "add rain", by=ZOE)
    await here.settle()
    asks = addressed("usage", by=DORA)
    await here.studio.receive(replace(asks, kind=InboundKind.SERVICE, channel=DIRECT))
    await here.settle()
    usage = here.standing[-1]
    assert ZOE.name in str(usage.card)
    await forget(here, thread, "forget me", by=ZOE)
    assert traces(here, ZOE.name) == []
    assert usage.card.pictures[0].blob not in here.blobs.kept
    assert_at_rest(here)


def test_what_names_people_is_found_by_what_it_says() -> None:
    """A notice about somebody, a question, and what is read from everybody's books."""
    assert tells_of(NoticeSaying("gone")) is None
    assert tells_of(NoticeSaying("not_yours", about=(BEN.id,))) is Tells.PEOPLE
    assert tells_of(NoticeSaying("forget_ask_me", {"confirm": "forget:me:x"})) is Tells.QUESTION


async def test_a_second_question_goes_with_the_first() -> None:
    """Asked while it is being done: its button would do nothing, and nothing is left to ask."""
    here = world()
    thread = await two_versions(here)
    for _ in range(2):
        await here.reply(thread, "forget me", by=BEN)
        await here.settle()
    _, confirm = question_to(here, BEN)
    await here.reply(thread, "make it stormy", by=BEN)
    async with call_out(here):
        await press(here, thread, confirm, by=BEN)
        await here.reply(thread, "forget me", by=BEN)
        await here.studio.background.settle()
    await sweep(here)
    assert said_to(here, BEN).count("Forgotten.") == len(said_to(here, BEN).splitlines()) == 1
    assert_at_rest(here)


# --- what others repeated ---


async def repeated(here: World) -> ThreadRef:
    """Zoe's edit with her words and a file of hers, and Cleo's wish for the same again."""
    here.surface.files["hers.png"] = png(7)
    thread = await here.made()
    await here.reply(thread, f'write "{SECRET}"', by=ZOE, files=("hers.png",))
    await here.settle()
    await here.reply(thread, "again", by=CLEO)
    await here.settle()
    return thread


async def test_words_that_somebody_else_repeated_are_forgotten_there_too() -> None:
    """The picture that came of it is Cleo's and stays; the words and the reference were Zoe's."""
    here = world()
    thread = await repeated(here)
    for words in ("why", "history", "compare", "show"):
        await here.reply(thread, words, by=CLEO)
        await here.settle()
    await here.ask("history", by=CLEO)
    await here.settle()
    (hers,) = [turn for turn in await here.turns_of(thread) if turn.actor == ZOE.id]
    assert len([row for row in traces(here) if SECRET in row]) > 4
    await forget(here, thread, "forget me", by=ZOE)
    assert traces(here) == []
    _, _, same = await here.turns_of(thread)
    assert (same.is_forgotten, same.ask.references, len(same.pictures)) == (False, (), 1)
    assert hers.ask.references[0] not in here.blobs.kept
    assert same.pictures[0].blob in kept(here)
    shown = [one.card for one in here.standing if one.card.pictures and one.card.revision == 3]
    assert len(shown) == 2
    assert shown[0].lines[0].text == sentence("words_forgotten", "en")
    assert all(one.request_hash == "" for one in here.shelves.attempts.values() if one.turn == same.id)
    assert_at_rest(here)


async def test_words_that_are_gone_cannot_be_repeated() -> None:
    """Going on from the picture works."""
    here = world()
    thread = await repeated(here)
    await forget(here, thread, "forget me", by=ZOE)
    await here.press(thread, Act.AGAIN, "v3", by=CLEO)
    await here.settle()
    assert said_to(here, CLEO) == sentence("forgotten", "en")
    await here.reply(thread, "make it rain", by=CLEO)
    await here.settle()
    assert here.last.revision == 4
    assert here.last.pictures[0].alt_text.endswith("make it rain")
    assert_at_rest(here)


async def test_a_repetition_on_its_way_is_waited_for() -> None:
    """Cleo pays for it: it is made, and then its words go."""
    here = world()
    here.surface.files["hers.png"] = png(7)
    thread = await here.made()
    await here.reply(thread, f"add {SECRET}", by=ZOE)
    await here.settle()
    await here.reply(thread, "forget me", by=ZOE)
    await here.settle()
    _, confirm = question_to(here, ZOE)
    await here.reply(thread, "again", by=CLEO)
    async with call_out(here):
        await press(here, thread, confirm, by=ZOE)
        await here.studio.background.settle()
    await sweep(here)
    assert traces(here) == []
    *_, same = await here.turns_of(thread)
    assert (same.stage, len(same.pictures)) == (Stage.DELIVERED, 1)
    assert_at_rest(here)
