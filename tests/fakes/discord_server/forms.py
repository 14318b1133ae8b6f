"""A form as a person fills it in.

Values by custom_id, checked as Discord's client does, written as it sends them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord_server.bits import Option, Part, Wire
from tests.fakes.discord_server.choosing import RESOLVERS, NotOffered, Upload, name_of
from tests.fakes.discord_server.components import SELECTS, spread
from tests.fakes.discord_server.files import make_file
from tests.fakes.discord_server.message_payloads import file_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Json

CHOOSERS = {
    Part.USER_SELECT: Option.USER,
    Part.ROLE_SELECT: Option.ROLE,
    Part.MENTIONABLE_SELECT: Option.MENTIONABLE,
    Part.CHANNEL_SELECT: Option.CHANNEL,
}
MULTIPLE = SELECTS | {Part.CHECKBOX_GROUP}


def fill_form(
    discord: Discord,
    channel_id: int,
    modal: Json,
    values: Mapping[str, Any],
    files: Mapping[str, Sequence[Upload]],
) -> Json:
    """The `data` of a submitted form."""
    resolved: Json = {}
    left = set(values) | set(files)

    def answer(part: Json) -> Json:
        custom_id = part["custom_id"]
        left.discard(custom_id)
        found: Json = {"type": part["type"], "id": part.get("id") or 0, "custom_id": custom_id}
        if part["type"] == Part.FILE_UPLOAD:
            uploads = [name_of(one) for one in files.get(custom_id, ())]
            return found | {"values": _upload(discord, channel_id, part, uploads, resolved)}
        typed = _typed(part, values.get(custom_id))
        _resolve(discord, channel_id, part, typed, resolved)
        return found | typed

    components = [_top(component, answer) for component in modal["components"]]
    if left:
        told = f"the form has no {sorted(left)}"
        raise NotOffered(told)
    data: Json = {"custom_id": modal["custom_id"], "components": components}
    return data | {"resolved": resolved} if resolved else data


def _top(component: Json, answer: Callable[[Json], Json]) -> Json:
    found: Json = {"type": component["type"], "id": component.get("id") or 0}
    if component["type"] == Part.LABEL:
        found["component"] = answer(component["component"])
    elif component["type"] == Part.ROW:
        found["components"] = [answer(inner) for inner in component["components"]]
    return found


def _resolve(discord: Discord, channel_id: int, part: Json, typed: Json, resolved: Json) -> None:
    """Who or what was chosen is told in full, as with the options of a command."""
    option = CHOOSERS.get(part["type"])
    if option is not None:
        for one in typed["values"]:
            RESOLVERS[option](discord, discord.world.channels[channel_id], int(one), resolved)


def _typed(part: Json, value: Wire) -> Json:
    kind = Part(part["type"])
    if kind is Part.TEXT_INPUT:
        text = str(value if value is not None else part.get("value") or "")
        _check_length(part, len(text), 0, part.get("max_length") or 4000, part.get("min_length") or 0)
        return {"value": text}
    if kind is Part.CHECKBOX:
        return {"value": bool(part.get("default") if value is None else value)}
    offered = [option["value"] for option in part.get("options") or []]
    preset = [option["value"] for option in part.get("options") or [] if option.get("default")]
    if kind is Part.RADIO_GROUP:
        chosen = value if value is not None else next(iter(preset), None)
        _check_offered(part, offered, [] if chosen is None else [chosen])
        return {"value": chosen}
    several = preset if value is None else [str(one) for one in value]
    if offered:
        _check_offered(part, offered, several)
    low, high = spread(part)
    if kind is Part.CHECKBOX_GROUP and part.get("max_values") is None:
        high = len(offered)
    _check_length(part, len(several), 0, high, low)
    return {"values": several}


def _check_offered(part: Json, offered: Sequence[str], chosen: Sequence[str]) -> None:
    if wrong := [one for one in chosen if one not in offered]:
        told = f"{part['custom_id']!r} does not offer {wrong}"
        raise NotOffered(told)


def _check_length(part: Json, length: int, empty: int, high: int, low: int) -> None:
    is_required = part.get("required", True)
    if length == empty and not is_required:
        return
    if not (max(low, 1) if is_required else low) <= length <= high:
        told = f"{part['custom_id']!r} takes {low} to {high}, not {length}"
        raise NotOffered(told)


def _upload(
    discord: Discord, channel_id: int, part: Json, uploads: Sequence[tuple[str, bytes]], resolved: Json
) -> list[str]:
    low, high = spread(part)
    _check_length(part, len(uploads), 0, high, low)
    ids = []
    for name, content in uploads:
        file = make_file(discord.world, channel_id, name, content, is_passing=True)
        resolved.setdefault("attachments", {})[str(file.id)] = file_json(discord.world, file, discord.origin)
        ids.append(str(file.id))
    return ids
