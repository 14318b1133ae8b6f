"""Discord's own OpenAPI file as a judge of every body the bot sends. Without the file it judges nothing.

Slow to compile, so each schema is compiled when first met and kept for the process.
"""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.discord_server.bits import Wire

Json = dict[str, Any]
SPEC_URI = "urn:discord:openapi"
SNOWFLAKES = frozenset({"message_id", "channel_id", "guild_id"})


class Schema:
    """The judge. `path` is `discord/openapi.json` within the folder of specifications."""

    def __init__(self, path: Path) -> None:
        self._spec = _load(path)
        resource = Resource.from_contents(self._spec, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(SPEC_URI, resource)
        self._validators: dict[str, Draft202012Validator] = {}

    def judge(self, method: str, route: str, body: Wire) -> str | None:
        """What is wrong with a body; None where nothing is, or the route is not described."""
        pointer = self._pointer(method, route, "requestBody")
        return None if pointer is None else self._judge(pointer, _coerced(body))

    def judge_answer(self, method: str, route: str, body: Wire) -> str | None:
        """What is wrong with what this server answered."""
        pointer = self._pointer(method, route, "responses/200")
        pointer = pointer or self._pointer(method, route, "responses/201")
        return None if pointer is None else self._judge(pointer, body)

    def knows(self, method: str, route: str) -> bool:
        """Whether the file describes the route."""
        return self._path_of(method, route) is not None

    def _path_of(self, method: str, route: str) -> str | None:
        operations = self._spec["paths"].get(route, {})
        return route if method.lower() in operations else None

    def _pointer(self, method: str, route: str, part: str) -> str | None:
        if self._path_of(method, route) is None:
            return None
        at: Any = self._spec["paths"][route][method.lower()]
        for step in [*part.split("/"), "content", "application/json", "schema"]:
            if step not in at:
                return None
            at = at[step]
        escaped = route.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
        return f"/paths/{escaped}/{method.lower()}/{part}/content/application~1json/schema"

    def _judge(self, pointer: str, body: Wire) -> str | None:
        validator = self._validators.get(pointer)
        if validator is None:
            validator = Draft202012Validator({"$ref": f"{SPEC_URI}#{pointer}"}, registry=self._registry)
            self._validators[pointer] = validator
        error = best_match(validator.iter_errors(body))
        return None if error is None else f"{error.json_path}: {error.message[-300:]}"


@lru_cache(maxsize=4)
def _load(path: Path) -> Json:
    found: Json = json.loads(path.read_text())
    return found


@lru_cache(maxsize=4)
def schema_at(path: Path) -> Schema:
    """One judge a file and process."""
    return Schema(path)


def _coerced(body: Wire) -> Wire:
    """Where the file says string and discord.py sends a number that Discord takes.

    Ids of attachments and references.
    """
    found = copy.deepcopy(body)
    holders = [found] if isinstance(found, dict) else []
    if holders and isinstance(found.get("data"), dict):
        holders.append(found["data"])
    if holders and isinstance(found.get("message"), dict):
        holders.append(found["message"])
    for holder in holders:
        for attachment in holder.get("attachments") or []:
            if isinstance(attachment, dict) and isinstance(attachment.get("id"), int):
                attachment["id"] = str(attachment["id"])
        reference = holder.get("message_reference")
        if isinstance(reference, dict):
            holder["message_reference"] = {
                name: str(value) if name in SNOWFLAKES and isinstance(value, int) else value
                for name, value in reference.items()
            }
        _coerce_lists(holder.get("allowed_mentions"))
    return found


def _coerce_lists(allowed: Wire) -> None:
    if isinstance(allowed, dict):
        for name in ("users", "roles"):
            if allowed.get(name):
                allowed[name] = [str(one) for one in allowed[name]]
