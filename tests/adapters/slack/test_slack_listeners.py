"""What people do on Slack reaches the desk once, and Slack is told so in time, whatever goes wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from adapters.slack.read import Heard, Origin, read_message
from adapters.slack.refs import workspace_id
from adapters.slack.taking import HOLD_S, Lines
from core.app.errors import StorageUnavailable
from core.app.inbound import InboundKind
from core.app.ports import Place, Posted
from core.domain.card import Act, Button, Card, CardKind
from core.domain.ids import ChannelRef, MessageId
from tests.adapters.slack.slack_ears import Ears, open_ears
from tests.fakes.clock import FakeClock, HastyClock
from tests.fakes.slack_server.deliveries import ACK_LIMIT_S
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack


@pytest.fixture
async def ears(slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Ears]:
    """Listeners over sockets, with a token of the usual workspace."""
    async with open_ears(
        slack,
        tmp_path,
        sqlite_url,
        slack_bot_token=studio.team.bot_token,
        slack_app_token=slack.app_token,
        slack_connections=1,
    ) as hearing:
        yield hearing


async def posted(ears: Ears, studio: Studio, *buttons: Button) -> Posted:
    """A message of ours with these buttons."""
    place = Place(workspace_id(studio.team.id), ChannelRef(studio.here.id))
    card = Card(CardKind.RESULT, "v1", buttons=buttons)
    answer = await ears.parts.outlet.surface.post(place, card, key=MessageId("ours"))
    assert isinstance(answer, Posted), answer
    return answer


async def test_a_command_arrives_with_its_person(ears: Ears, studio: Studio) -> None:
    """Name, language and office are those that Slack gives the person."""
    delivery = await ears.slack.slash(studio.bob.id, studio.here.id, "/imagine", "一只狐狸 &amp; a hen")
    assert delivery.is_in_time
    inbound = ears.last
    assert (inbound.kind, inbound.text, inbound.is_addressed) == (
        InboundKind.COMMAND,
        "一只狐狸 & a hen",
        True,
    )
    assert (inbound.person.locale, inbound.person.is_admin) == ("zh-CN", False)
    assert inbound.person.id == f"slack:{studio.team.id}:{studio.bob.id}"
    assert inbound.context
    assert "http" not in inbound.context


async def test_an_admin_of_the_workspace_is_one_here(ears: Ears, studio: Studio) -> None:
    """What Slack says of a person is asked once and remembered."""
    await ears.slack.slash(studio.ada.id, studio.here.id, "/inkthread", "quota")
    await ears.slack.slash(studio.ada.id, studio.here.id, "/inkthread", "usage 7")
    assert [one.text for one in ears.desk.inbounds] == ["quota", "usage 7"]
    assert ears.last.kind is InboundKind.SERVICE
    assert ears.last.person.is_admin
    assert len(ears.slack.calls_of("users.info")) == 1


async def test_a_person_whom_slack_does_not_describe_in_time_is_served_all_the_same(
    ears: Ears, studio: Studio
) -> None:
    """Nobody waits for Slack: the first words of a stranger are stored under the name they came with."""
    ears.slack.hold("users.info")
    delivery = await ears.slack.slash(studio.ada.id, studio.here.id, "/imagine", "a fox")
    assert delivery.is_in_time
    assert ears.last.person.name == studio.ada.name
    ears.slack.let_go("users.info")


async def test_a_mention_is_heard_once(ears: Ears, studio: Studio) -> None:
    """Slack tells of it twice, as a message and as a mention."""
    said = await ears.slack.message(studio.ada.id, studio.here.id, f"<@{studio.team.bot_user}> a fox")
    assert len(said.deliveries) == 2
    assert [one.text for one in ears.desk.inbounds] == ["a fox"]


async def test_talk_in_a_channel_is_not_heard(ears: Ears, studio: Studio) -> None:
    """Every message of every channel comes by; only those to us, and replies, go to the core."""
    said = await ears.slack.message(studio.ada.id, studio.here.id, "good morning")
    assert all(one.is_in_time for one in said.deliveries)
    assert ears.desk.inbounds == []


async def test_what_nobody_listens_to_is_acknowledged(ears: Ears, studio: Studio) -> None:
    """Nothing is left for Slack to send again."""
    for delivery in await ears.slack.invite_bot(studio.ada.id, studio.here.id):
        assert delivery.is_in_time
    assert (await ears.slack.slash(studio.ada.id, studio.here.id, "/other", "words")).is_in_time
    assert (await ears.slack.global_shortcut(studio.ada.id, "unknown")).is_in_time
    assert ears.desk.inbounds == []


async def test_a_button_arrives_with_what_it_is_about(ears: Ears, studio: Studio) -> None:
    """Act and subject, the message it stands on, the thread of that message."""
    at = await posted(ears, studio, Button(Act.UNDO, "Undo", "v2"))
    ts = str(at.thread)
    delivery = await ears.slack.press(studio.ada.id, studio.here.id, ts, "Undo")
    assert delivery.is_in_time
    press = ears.last.press
    assert press is not None
    assert (press.act, press.subject) == (Act.UNDO, "v2")
    assert (ears.last.thread, ears.last.reply_to) == (at.thread, at.message)


async def test_a_changed_and_a_deleted_message_are_told(ears: Ears, studio: Studio) -> None:
    """The core hears which message it was."""
    said = await ears.slack.message(studio.ada.id, studio.here.id, "a fox", thread_ts="1700000000.000100")
    await ears.slack.edit_message(said.message, "a hen")
    assert (ears.last.kind, ears.last.text) == (InboundKind.REVISED, "a hen")
    await ears.slack.delete_message(said.message)
    assert ears.last.kind is InboundKind.WITHDRAWN
    assert {one.source for one in ears.desk.inbounds} == {f"{studio.here.id}:{said.ts}"}


async def test_a_command_that_cannot_be_stored_says_so(ears: Ears, studio: Studio) -> None:
    """It is acknowledged, with words to the person, because Slack will not send it again."""
    ears.desk.fault = StorageUnavailable("down")
    delivery = await ears.slack.slash(studio.ada.id, studio.here.id, "/imagine", "a fox")
    assert delivery.is_in_time
    assert delivery.answer is not None
    assert "try again" in str(delivery.answer)
    assert [what for what, _ in ears.reports.faults] == ["slack_not_taken"]


async def test_a_command_that_takes_long_to_store_is_acknowledged_first(ears: Ears, studio: Studio) -> None:
    """People see a failure after three seconds; storing goes on, and the end of the program waits for it."""
    ears.desk.gate = asyncio.Event()
    delivery = await ears.slack.slash(studio.ada.id, studio.here.id, "/imagine", "a fox")
    assert delivery.is_in_time
    assert ears.desk.inbounds == []
    ears.desk.gate.set()
    async with asyncio.timeout(PATIENCE_S):
        while not ears.desk.inbounds:  # noqa: ASYNC110 - the desk tells nobody
            await asyncio.sleep(0.01)


async def test_what_was_acknowledged_and_lost_is_told(ears: Ears, studio: Studio) -> None:
    """A command or a form, by the address that came with it: nothing of ours need work for that."""
    slack, ada, whispers = ears.slack, studio.ada.id, studio.here.ephemerals
    at = await posted(ears, studio, Button(Act.EDIT, "Edit…", "v1"))
    await slack.press(ada, studio.here.id, str(at.thread), "Edit…")
    async with asyncio.timeout(5):
        while not slack.forms(ada):  # noqa: ASYNC110 - the fake tells nobody
            await asyncio.sleep(0.01)
    ears.desk.gate = asyncio.Event()
    deliveries = await asyncio.gather(
        slack.submit(slack.forms(ada)[-1], {"words": {"value": "a hen"}}),
        slack.slash(ada, studio.here.id, "/imagine", "a fox"),
    )
    assert ([one.is_in_time for one in deliveries], len(whispers)) == ([True, True], 0)
    ears.desk.fault = StorageUnavailable("down")
    ears.desk.gate.set()
    async with asyncio.timeout(5):
        while len(whispers) < 2:  # noqa: ASYNC110 - the fake tells nobody
            await asyncio.sleep(0.01)
    told = {(one.private_to, "Nothing was spent" in one.text) for one in whispers.values()}
    assert told == {(ada, True)}


async def test_an_event_that_cannot_be_stored_is_not_acknowledged(ears: Ears, studio: Studio) -> None:
    """Slack sends it again, and then it is taken in."""
    ears.desk.fault = StorageUnavailable("down")
    ears.slack.office.ack_limit_s = ACK_LIMIT_S
    im = ears.slack.world.im_with(studio.team.id, studio.ada.id)
    said = await ears.slack.message(studio.ada.id, im.id, "a fox")
    assert not said.deliveries[0].is_acknowledged
    assert [what for what, _ in ears.reports.faults] == ["slack_not_taken"]
    ears.desk.fault, said.deliveries[0].limit_s = None, PATIENCE_S
    assert await ears.slack.redeliver(said.deliveries[0])
    assert [one.text for one in ears.desk.inbounds] == ["a fox"]


def _said(said_at: str) -> Heard:
    """A reply in one thread at that moment."""
    event = {"type": "message", "user": "U1", "channel": "C1", "ts": said_at, "thread_ts": "1.1", "text": "x"}
    heard = read_message(event, Origin("T1", "UBOT"))
    assert heard is not None
    return heard


async def test_replies_of_a_thread_are_stored_in_the_order_they_were_said() -> None:
    """The second may arrive first; it waits a moment for the one before it."""
    order: list[str] = []
    clock = FakeClock()
    lines = Lines(clock)

    async def reply(said_at: str) -> None:
        async with lines.turn(_said(said_at)):
            order.append(said_at)
            await asyncio.sleep(0)

    moments = ("1700000000.000200", "1700000000.000100", "1700000000.000300")
    async with asyncio.TaskGroup() as group:
        for said_at in moments:
            group.create_task(reply(said_at))
        await clock.until_asleep(len(moments))
        assert order == []
        await clock.pass_time(HOLD_S)
    assert order == ["1700000000.000100", "1700000000.000200", "1700000000.000300"]


async def test_a_reply_that_is_given_up_lets_the_next_one_through() -> None:
    """A cancelled one leaves no gap behind which others wait."""
    lines = Lines(HastyClock())
    first_is_in = asyncio.Event()

    async def stuck() -> None:
        async with lines.turn(_said("1")):
            first_is_in.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await first_is_in.wait()
    task.cancel()
    async with asyncio.timeout(PATIENCE_S), lines.turn(_said("2")):
        assert task.cancelled() or task.done()
