"""Forms as a person fills them in: untouched fields, and what Slack's client would not let pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack_server.shapes import file_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.fakes.slack_server.things import Json, View
    from tests.fakes.slack_server.world import World

EMPTY: dict[str, Json] = {
    "channels_select": {"selected_channel": None},
    "checkboxes": {"selected_options": []},
    "conversations_select": {"selected_conversation": None},
    "datepicker": {"selected_date": None},
    "file_input": {"files": []},
    "multi_conversations_select": {"selected_conversations": []},
    "multi_static_select": {"selected_options": []},
    "multi_users_select": {"selected_users": []},
    "number_input": {"value": None},
    "plain_text_input": {"value": None},
    "radio_buttons": {"selected_option": None},
    "static_select": {"selected_option": None},
    "users_select": {"selected_user": None},
}
"""What stands in a field nobody touched."""

STARTS = {
    "initial_channel": "selected_channel",
    "initial_conversation": "selected_conversation",
    "initial_conversations": "selected_conversations",
    "initial_date": "selected_date",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_value": "value",
}
"""What a form gives its fields to begin with, and where it stands in the state."""

LARGEST_INPUT_FILE = 10 * 1024 * 1024


def fields_of(view: View) -> Iterator[tuple[Json, Json]]:
    """Every field of a form, with the block it is in."""
    for block in view.content["blocks"]:
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", [])):
            if isinstance(element, dict) and element.get("type") in EMPTY:
                yield block, element


def field_of(view: View, action: str) -> tuple[Json, Json]:
    """The field with that action id, and the block it is in."""
    for block, element in fields_of(view):
        if element.get("action_id") == action:
            return block, element
    told = f"no field {action!r} among {[element.get('action_id') for _, element in fields_of(view)]}"
    raise AssertionError(told)


def fill_in(world: World, view: View, values: Mapping[str, Any]) -> None:
    """Put values into a form, and into untouched fields what they hold from the start."""
    for action, told in values.items():
        block, element = field_of(view, action)
        state = told
        if "files" in told:
            state = {"files": [file_json(world, world.files[name]) for name in told["files"]]}
        view.values.setdefault(block["block_id"], {})[action] = {"type": element["type"], **state}
    for block, element in fields_of(view):
        state = {"type": element["type"], **EMPTY[element["type"]]}
        state |= {to: element[name] for name, to in STARTS.items() if name in element}
        view.values.setdefault(block["block_id"], {}).setdefault(element["action_id"], state)
    for block, element in fields_of(view):
        _let_through(block, element, view.values[block["block_id"]][element["action_id"]])


def _let_through(block: Json, element: Json, state: Json) -> None:
    """Slack's client holds a form back itself where a field is empty, too long or holds too much."""
    name = element["action_id"]
    given = next((value for key, value in state.items() if key != "type"), None)
    if block.get("type") == "input" and not block.get("optional"):
        assert given not in (None, "", []), f"{name} must be filled in"
    if element["type"] == "plain_text_input" and given:
        assert len(given) <= element.get("max_length", 3000), f"{name} is too long"
        assert len(given) >= element.get("min_length", 0), f"{name} is too short"
    if element["type"] == "file_input":
        assert len(state["files"]) <= element.get("max_files", 10), f"{name} holds too many files"
        sizes = [file.get("size", 0) for file in state["files"]]
        assert all(size <= LARGEST_INPUT_FILE for size in sizes), f"a file in {name} is larger than 10 MB"


def response_urls(world: World, view: View) -> list[Json]:
    """A place to answer for each conversation chosen in a field that asks for one."""
    urls = []
    for block, element in fields_of(view):
        state = view.values[block["block_id"]][element["action_id"]]
        chosen = state.get("selected_conversation") or state.get("selected_channel")
        if element.get("response_url_enabled") and chosen:
            url = world.new_response_url("app", world.channel(chosen), view.user)
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": chosen,
                    "response_url": url,
                }
            )
    return urls
