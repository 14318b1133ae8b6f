"""views.*: modals, their stack, and home tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_server.blocks import judge_view
from tests.fakes.slack_server.chat import may_show
from tests.fakes.slack_server.refusals import refuse, refuse_arguments
from tests.fakes.slack_server.shapes import view_json
from tests.fakes.slack_server.things import Json, View

if TYPE_CHECKING:
    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.world import Trigger, World


def open_view(ask: Ask) -> Json:
    """views.open: three seconds and once per trigger."""
    content = _judged(ask, "modal")
    trigger = _spend_trigger(ask)
    close_all(ask.world, ask.team.id, trigger.user)
    return _added(ask, trigger, content, previous=None)


def push_view(ask: Ask) -> Json:
    """views.push: on top of the open modal, three at most."""
    content = _judged(ask, "modal")
    trigger = _spend_trigger(ask)
    stack = open_modals(ask.world, ask.team.id, trigger.user)
    if not stack:
        refuse("not_found")
    if len(stack) >= 3:
        refuse("push_limit_reached")
    return _added(ask, trigger, content, previous=stack[-1])


def update_view(ask: Ask) -> Json:
    """views.update, by id or external id; a hash that is no longer the view's is a conflict."""
    content = _judged(ask, None)
    view = _named(ask)
    return replace_view(ask.world, view, content, hash_seen=ask.text("hash"))


def publish_view(ask: Ask) -> Json:
    """views.publish: a person's home tab."""
    content = _judged(ask, "home")
    user = ask.needed("user_id")
    if user not in ask.team.users or ask.team.users[user].is_bot:
        refuse("user_not_found")
    standing = ask.team.homes.get(user)
    if standing is not None:
        return replace_view(ask.world, standing, content, hash_seen=ask.text("hash"))
    view = View(ask.world.new_id("V"), ask.team.id, user, "home", content, new_hash(ask.world))
    ask.world.views[view.id] = ask.team.homes[user] = view
    return {"view": view_json(ask.world, view)}


def replace_view(world: World, view: View, content: Json, *, hash_seen: str = "") -> Json:
    """Put other content into a view. What was typed stays where block and action keep their names."""
    if hash_seen and hash_seen != view.hash:
        refuse("hash_conflict")
    view.content, view.hash, view.errors = content, new_hash(world), {}
    view.kind = str(content.get("type", view.kind))
    standing = {block.get("block_id") for block in content["blocks"]}
    view.values = {name: value for name, value in view.values.items() if name in standing}
    return {"view": view_json(world, view)}


def judge_for(world: World, team: str, content: Json) -> list[str]:
    """What is wrong with a view of that workspace."""
    return judge_view(content, lambda named: may_show(world, team, named))


def new_hash(world: World) -> str:
    """A fresh view hash, in the form of Slack's."""
    return f"{int(world.now())}.{world.new_id('h')}"


def open_modals(world: World, team: str, user: str) -> list[View]:
    """What a person has open, lowest first."""
    return [
        view
        for view in world.views.values()
        if view.is_open and view.kind == "modal" and (view.team, view.user) == (team, user)
    ]


def close_all(world: World, team: str, user: str) -> None:
    """Close every modal of a person."""
    for view in open_modals(world, team, user):
        view.is_open = False


def stack_on(world: World, team: str, user: str, content: Json, previous: View | None) -> View:
    """A new modal, on top of another or alone."""
    view = View(world.new_id("V"), team, user, "modal", content, new_hash(world))
    view.root, view.previous = (previous.root, previous.id) if previous else (view.id, "")
    world.views[view.id] = view
    return view


def _judged(ask: Ask, kind: str | None) -> Json:
    content: Json | None = ask.nested("view", dict)
    if content is None:
        refuse_arguments("missing required field: view")
    if kind is not None and content.get("type") != kind:
        refuse_arguments(f"unsupported type: {content.get('type')} [json-pointer:/view/type]")
    problems = judge_for(ask.world, ask.team.id, content)
    if any("larger than 250kB" in problem for problem in problems):
        refuse("view_too_large")
    if problems:
        refuse_arguments(*problems)
    external = content.get("external_id")
    if external and any(
        view.content.get("external_id") == external and view.is_open and view.team == ask.team.id
        for view in ask.world.views.values()
        if view is not _named_or_none(ask)
    ):
        refuse("duplicate_external_id")
    return content | {"blocks": [named(block, index) for index, block in enumerate(content["blocks"])]}


def named(block: Json, index: int) -> Json:
    """A block as Slack keeps it: with an id, and with what it takes for granted."""
    granted = {"optional": False, "dispatch_action": False} if block.get("type") == "input" else {}
    return granted | block | {"block_id": block.get("block_id") or f"auto{index}"}


def _spend_trigger(ask: Ask) -> Trigger:
    name = ask.text("trigger_id") or ask.text("interactivity_pointer")
    trigger = ask.world.triggers.get(name)
    if trigger is None or trigger.team != ask.team.id:
        refuse("invalid_trigger_id")
    if trigger.is_used:
        refuse("exchanged_trigger_id")
    if trigger.ends_at <= ask.world.now():
        refuse("expired_trigger_id")
    trigger.is_used = True
    return trigger


def _added(ask: Ask, trigger: Trigger, content: Json, previous: View | None) -> Json:
    return {"view": view_json(ask.world, stack_on(ask.world, ask.team.id, trigger.user, content, previous))}


def _named(ask: Ask) -> View:
    view = _named_or_none(ask)
    if view is None or view.team != ask.team.id or not view.is_open:
        refuse("not_found")
    return view


def _named_or_none(ask: Ask) -> View | None:
    external = ask.text("external_id")
    if external:
        return next(
            (view for view in ask.world.views.values() if view.content.get("external_id") == external), None
        )
    return ask.world.views.get(ask.text("view_id"))
