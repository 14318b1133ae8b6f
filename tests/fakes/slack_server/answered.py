"""What an acknowledgement says: a whisper after a command, the next state of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_server.chat import judge
from tests.fakes.slack_server.posting import put
from tests.fakes.slack_server.refusals import refuse
from tests.fakes.slack_server.things import Message
from tests.fakes.slack_server.views import close_all, judge_for, named, open_modals, replace_view, stack_on

if TYPE_CHECKING:
    from tests.fakes.slack_server.deliveries import Delivery
    from tests.fakes.slack_server.things import Channel, Json, View
    from tests.fakes.slack_server.world import World

TIMED_OUT = "{command} failed with the error “operation_timeout”"
TROUBLE = "We had some trouble connecting. Try again?"


def show_answer_to_command(world: World, channel: Channel, user: str, delivery: Delivery) -> None:
    """The answer appears to the person, or to all; after silence Slack says that the command failed."""
    if not delivery.is_in_time:
        delivery.shown = TIMED_OUT.format(command=delivery.payload["command"])
        return
    told = delivery.answer or {}
    if not (told.get("text") or told.get("blocks")):
        return
    team = world.teams[channel.team]
    is_open = told.get("response_type") == "in_channel"
    answer = Message(
        world.new_ts(),
        channel.id,
        team.bot_user,
        str(told.get("text", "")),
        judge(world, team.id, told["blocks"]) if told.get("blocks") else [],
        bot_id=team.bot_id,
        private_to="" if is_open else user,
    )
    delivery.shown = answer.text
    if is_open:
        put(world, answer)
    else:
        channel.ephemerals[answer.ts] = answer


def show_answer_to_form(world: World, view: View, delivery: Delivery) -> None:
    """`response_action`: errors stay, update and push change, clear closes all, nothing closes the form."""
    if not delivery.is_in_time:
        delivery.shown = TROUBLE
        return
    told = delivery.answer or {}
    match told.get("response_action"):
        case "errors":
            _show_errors(view, told.get("errors", {}))
        case "update":
            replace_view(world, view, _good(world, view.team, told["view"]))
        case "push":
            _push(world, view, told["view"])
        case "clear":
            close_all(world, view.team, view.user)
        case None:
            view.is_open = False
        case unknown:
            problem = f"no such response_action: {unknown}"
            raise AssertionError(problem)


def _show_errors(view: View, errors: dict[str, str]) -> None:
    names = {block.get("block_id") for block in view.content["blocks"] if block.get("type") == "input"}
    strange = errors.keys() - names
    assert not strange, f"errors must name input blocks of the form: {strange}"
    view.errors = dict(errors)


def _push(world: World, view: View, content: Json) -> None:
    if len(open_modals(world, view.team, view.user)) >= 3:
        refuse("push_limit_reached")
    stack_on(world, view.team, view.user, _good(world, view.team, content), view)


def _good(world: World, team: str, content: Json) -> Json:
    problems = judge_for(world, team, content)
    assert not problems, f"the view in the acknowledgement is wrong: {problems}"
    return content | {"blocks": [named(block, index) for index, block in enumerate(content["blocks"])]}
