"""What Bolt calls: one short function for each way in. Each stores, or opens a form, and lets Slack know.

Owns nothing but that order. Which words come by which listener stands in `manifest.py` and `app.py`; how long
an acknowledgement may wait in `taking.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from slack_bolt.response import BoltResponse

from adapters.platforms.payload import number, objects, text
from adapters.slack import read
from adapters.slack.form_values import FieldProblem
from adapters.slack.modals import Field
from adapters.slack.modals_read import read_form
from adapters.slack.read import Heard, Origin
from adapters.slack.taking import EVENT_S, SOON_S, Taken
from core.app.wording import sentence
from core.domain.card import Act

if TYPE_CHECKING:
    from slack_bolt.context.ack.async_ack import AsyncAck
    from slack_bolt.context.async_context import AsyncBoltContext

    from adapters.platforms.payload import Payload
    from adapters.slack.admin import Admin
    from adapters.slack.departures import Departures
    from adapters.slack.form_opening import FormOpening
    from adapters.slack.home import Home
    from adapters.slack.people import People
    from adapters.slack.taking import Taking
    from core.domain.ids import ActorId

_AGAIN: Final = 503
"""Makes Slack deliver again over HTTP; in Socket Mode nothing is said then, which means the same."""


def origin_of(context: AsyncBoltContext, body: Payload) -> Origin:
    """Where a delivery comes from. An event says who we are there; else it is who we were installed as."""
    us = next((text(one, "user_id") for one in objects(body, "authorizations") if one.get("is_bot")), "")
    return Origin(context.team_id or "", us or context.bot_user_id or "", context.enterprise_id or "")


@dataclass(frozen=True, slots=True)
class Listeners:
    """The functions that Bolt calls. Their parameters are found by their names."""

    taking: Taking
    opening: FormOpening
    people: People
    home: Home
    admin: Admin
    departures: Departures

    # --- events: acknowledged by Bolt when the function returns, because they are processed first ---

    async def message(self, event: Payload, body: Payload, context: AsyncBoltContext) -> BoltResponse | None:
        """Somebody wrote, changed or deleted a message, or mentioned us."""
        return await self._event(read.read_message(event, origin_of(context, body)))

    async def stop(self, event: Payload, body: Payload, context: AsyncBoltContext) -> BoltResponse | None:
        """Somebody pressed Slack's own Stop."""
        return await self._event(read.read_stop(event, origin_of(context, body)))

    async def home_opened(self, event: Payload, body: Payload, context: AsyncBoltContext) -> None:
        """Somebody looks at our home."""
        if event.get("tab", "home") == "home":
            self.home.show(origin_of(context, body), text(event, "user"), event.get("view"))

    async def left(self, event: Payload, body: Payload, context: AsyncBoltContext) -> BoltResponse | None:
        """Our app was taken away, or its tokens were."""
        origin = origin_of(context, body)
        is_whole = context.is_enterprise_install or not origin.team
        whose = origin.enterprise if is_whole else origin.team
        work = self.departures.of(event, whose, number(body, "event_time"))
        taken = await self.taking.watch(work, "departure", within_s=SOON_S)
        return None if taken is Taken.STORED else BoltResponse(status=_AGAIN)

    async def other_event(self) -> None:
        """Something that we do not listen to."""

    async def _event(self, heard: Heard | None) -> BoltResponse | None:
        taken = await self.taking.take(heard)
        return None if taken is Taken.STORED else BoltResponse(status=_AGAIN)

    # --- commands ---

    async def imagine(self, body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """`/imagine …`; without words it opens the form."""
        heard = read.read_imagine(body, origin_of(context, body))
        if heard is None:
            self.opening.new_picture(body, origin_of(context, body))
        await self._command(heard, body, ack)

    async def inkthread(self, body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """`/inkthread …`."""
        await self._command(read.read_service(body, origin_of(context, body)), body, ack)

    async def _command(self, heard: Heard | None, body: Payload, ack: AsyncAck) -> None:
        called = text(body, "user_name")
        taken = await self.taking.take(heard, within_s=SOON_S, called=called)
        await ack(self._not_stored(heard.actor) if taken is Taken.FAILED and heard is not None else "")

    # --- buttons, menus, forms ---

    async def press(self, body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> BoltResponse | None:
        """A button of one of our messages."""
        origin = origin_of(context, body)
        heard = read.read_press(body, origin)
        if heard is not None and heard.press is not None and heard.press.act is Act.EDIT:
            self.opening.edit(body, origin, heard.press)
            return await ack()
        taken = await self.taking.take(heard, within_s=SOON_S)
        return BoltResponse(status=_AGAIN) if taken is Taken.FAILED else await ack()

    async def edit_this(self, body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """The entry "Edit this picture" in a message's menu."""
        self.opening.edit_message(body, origin_of(context, body))
        await ack()

    async def new_picture(self, body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """The entry "New picture" among the shortcuts."""
        self.opening.new_picture(body, origin_of(context, body))
        await ack()

    async def form(self, body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """A form was sent. It stays open, with what was typed, where it cannot be taken."""
        heard = read_form(body, origin_of(context, body))
        if isinstance(heard, Heard) and await self.taking.take(heard, within_s=SOON_S) is Taken.FAILED:
            heard = FieldProblem(Field.WORDS, "not_stored")
        if isinstance(heard, FieldProblem):
            locale = self.people.locale_of(origin_of(context, body).actor(body))
            await ack(response_action="errors", errors={heard.field: sentence(heard.code, locale)})
        else:
            await ack()

    async def admin_form(self, body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """A form of an admin was sent; the answer shows in it."""
        answers: list[dict[str, Any]] = []

        async def work() -> None:
            answers.append(await self.admin.sent(body, origin_of(context, body)))

        taken = await self.taking.watch(work, "admin form", within_s=EVENT_S)
        if taken is Taken.FAILED:
            answers.append(self.admin.later(body, origin_of(context, body)))
        # What takes longer goes on with the form closed: sent again, it would be given twice.
        await ack(answers[0] if answers else "")

    async def home_press(self, body: Payload, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """A button on our home."""
        self.home.press(body, origin_of(context, body))
        await ack()

    async def other(self, ack: AsyncAck) -> None:
        """Something of ours that no longer means anything, such as a button of a version long gone."""
        await ack()

    def _not_stored(self, actor: ActorId) -> str:
        return sentence("not_stored", self.people.locale_of(actor))
