"""Discord's own OpenAPI file as a judge of every body the bot sends. Without the file it judges nothing.

Slow to compile, so each schema is compiled when first met and kept for the process. Slow to judge with, too,
where one of many kinds of component is allowed: `type` says which of them a body can be, so that the others
need not be tried.
"""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jsonschema.exceptions import ValidationError

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
        self._kinds: dict[int, dict[int, Json]] = {}
        with_kinds = {"oneOf": self._one_of}
        self._validator: Any = extend(Draft202012Validator, with_kinds)  # type: ignore[no-untyped-call]  # theirs

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
            validator = self._validator({"$ref": f"{SPEC_URI}#{pointer}"}, registry=self._registry)
            self._validators[pointer] = validator
        error = best_match(validator.iter_errors(body))
        return None if error is None else f"{error.json_path}: {error.message[-300:]}"

    def _one_of(
        self, validator: Draft202012Validator, branches: Sequence[Json], body: Wire, schema: Json
    ) -> Iterator[ValidationError]:
        """As the keyword means, and quicker: numbers are looked up, components judged as what they say."""
        if type(body) is int and body in _constants(branches):
            return
        kind = body.get("type") if isinstance(body, dict) else None
        branch = self._kinds_of(branches).get(kind) if isinstance(kind, int) else None
        if branch is not None:
            yield from validator.descend(body, branch)
        else:
            yield from Draft202012Validator.VALIDATORS["oneOf"](validator, branches, body, schema)

    def _kinds_of(self, branches: Sequence[Json]) -> dict[int, Json]:
        """The branches by the `type` that each wants; empty where they cannot be told apart by it."""
        found = self._kinds.get(id(branches))
        if found is None:
            wanted = [(kind, branch) for branch in branches for kind in self._types_of(branch)]
            found = dict(wanted) if len(dict(wanted)) == len(wanted) == len(branches) else {}
            self._kinds[id(branches)] = found
        return found

    def _types_of(self, branch: Json) -> list[int]:
        at: Any = self._spec
        for step in branch.get("$ref", "#").split("/")[1:]:
            at = at[step]
        types: list[int] = at.get("properties", {}).get("type", {}).get("enum", [])
        return types


def _constants(branches: Sequence[Json]) -> list[int]:
    """What may stand there, where each branch is one number."""
    found = [branch["const"] for branch in branches if "const" in branch]
    return found if len(set(found)) == len(branches) else []


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
