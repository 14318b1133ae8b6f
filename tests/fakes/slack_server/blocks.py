"""Judges blocks: by Slack's published shapes where they are at hand, and by what those are blind to.

Lengths, counts and places stand in `block_limits`. Every problem is worded as Slack words it, with a JSON
pointer. Which files may be shown is asked of the caller; this file knows no workspace.
"""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from tests.fakes.slack_server.block_limits import (
    BUTTON_EXTRAS,
    COUNTS,
    LENGTHS,
    MOST_BLOCKS,
    NEEDED,
    NOT_IN_MESSAGES,
    NOT_IN_UPLOADS,
    TEXT_KINDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes.slack_server.things import Json

    MayShow = Callable[[Json], bool]


def judge_message(blocks: list[Any], may_show: MayShow, *, is_upload: bool = False) -> list[str]:
    """What is wrong with the blocks of a message, or of a file's message; nothing where all is well."""
    barred = NOT_IN_UPLOADS if is_upload else NOT_IN_MESSAGES
    return [*_judge(blocks, "message", barred, may_show)]


def judge_view(view: Json, may_show: MayShow) -> list[str]:
    """What is wrong with a modal or home tab."""
    kind = view.get("type")
    problems = []
    if kind not in {"modal", "home"}:
        return ["unsupported type: " + str(kind) + " [json-pointer:/view/type]"]
    if len(json.dumps(view)) > 250_000:
        problems.append("view is larger than 250kB [json-pointer:/view]")
    problems += [
        f"must be less than {most + 1} characters [json-pointer:/view/{name}]"
        for name, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255))
        if len(view.get(name) or "") > most
    ]
    if kind == "modal":
        problems += _judge_titles(view)
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return [*problems, "missing required field: blocks [json-pointer:/view/blocks]"]
    if kind == "modal" and any(block.get("type") == "input" for block in blocks if isinstance(block, dict)):
        problems += (
            [] if view.get("submit") else ["missing required field: submit [json-pointer:/view/submit]"]
        )
    barred = frozenset({"alert", "file_input"}) if kind == "home" else frozenset[str]()
    return [*problems, *_judge(blocks, kind, barred, may_show, pointer="/view/blocks")]


def _judge_titles(view: Json) -> Iterator[str]:
    for name in ("title", "submit", "close"):
        text = view.get(name)
        if text is None:
            if name == "title":
                yield "missing required field: title [json-pointer:/view/title]"
            continue
        yield from _judge_text(text, f"/view/{name}", 24, frozenset({"plain_text"}))


def _judge(
    blocks: list[Any], surface: str, barred: frozenset[str], may_show: MayShow, *, pointer: str = "/blocks"
) -> Iterator[str]:
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"no more than {MOST_BLOCKS[surface]} items allowed [json-pointer:{pointer}]"
    seen: set[str] = set()
    written = 0
    for index, block in enumerate(blocks):
        here = f"{pointer}/{index}"
        yield from _judge_block(block, here, surface)
        name = block.get("block_id") if isinstance(block, dict) else None
        if name in seen:
            yield f"`block_id` {name} already exists [json-pointer:{here}/block_id]"
        if isinstance(name, str):
            seen.add(name)
        for where, part in _parts(block, here):
            if part.get("type") in barred:
                yield f"unsupported type: {part['type']} [json-pointer:{where}/type]"
            if part.get("type") == "markdown":
                written += len(str(part.get("text", "")))
            yield from _judge_part(part, where)
            if "slack_file" in part and not may_show(part["slack_file"]):
                yield f"invalid slack file [json-pointer:{where}/slack_file]"
    if written > 12_000:
        yield f"markdown must be less than 12001 characters [json-pointer:{pointer}]"


def _judge_block(block: Any, here: str, surface: str) -> Iterator[str]:  # noqa: ANN401 - anything may have been sent
    if not isinstance(block, dict):
        yield f"must be an object [json-pointer:{here}]"
        return
    kind = block.get("type")
    if kind not in NEEDED:
        yield f"unsupported type: {kind} [json-pointer:{here}/type]"
        return
    if surface == "message" and kind == "task_card" and block.get("status") == "pending":
        yield f"a task_card outside a plan cannot be pending [json-pointer:{here}/status]"
    yield from _published(block, here)


def _parts(block: Any, here: str) -> Iterator[tuple[str, Json]]:  # noqa: ANN401 - anything may have been sent
    """The block and everything in it that is an object with a type, or a picture."""
    if isinstance(block, dict):
        yield here, block
        for name, value in block.items():
            yield from _parts(value, f"{here}/{name}")
    elif isinstance(block, list):
        for index, value in enumerate(block):
            yield from _parts(value, f"{here}/{index}")


def _judge_part(part: Json, here: str) -> Iterator[str]:
    kind = part.get("type", "option" if "text" in part and "value" in part else "")
    for name, most in LENGTHS.get(kind, {}).items():
        value = part.get(name)
        if isinstance(value, dict):
            yield from _judge_text(value, f"{here}/{name}", most, TEXT_KINDS.get((kind, name)))
        elif isinstance(value, str) and len(value) > most:
            yield f"must be less than {most + 1} characters [json-pointer:{here}/{name}]"
    for name, (least, most) in COUNTS.get(kind, {}).items():
        value = part.get(name)
        if isinstance(value, list) and len(value) > most:
            yield f"no more than {most} items allowed [json-pointer:{here}/{name}]"
        if isinstance(value, list) and len(value) < least:
            yield f"no fewer than {least} items allowed [json-pointer:{here}/{name}]"
        if isinstance(value, int) and not least <= value <= most:
            yield f"must be between {least} and {most} [json-pointer:{here}/{name}]"
    if kind in NEEDED:
        yield from _judge_shape(part, kind, here)


def _judge_shape(part: Json, kind: str, here: str) -> Iterator[str]:
    yield from (
        f"missing required field: {name} [json-pointer:{here}/{name}]"
        for name in NEEDED[kind]
        if name not in part
    )
    if kind == "image" and ("image_url" in part) == ("slack_file" in part):
        yield f"give one of image_url and slack_file [json-pointer:{here}]"
    if kind == "card" and not {"hero_image", "title", "actions", "body"} & part.keys():
        yield f"must provide one of hero_image, title, actions, body [json-pointer:{here}]"
    if kind == "actions":
        yield from _judge_action_ids(part, here)


def _judge_action_ids(part: Json, here: str) -> Iterator[str]:
    names = [element.get("action_id") for element in part.get("elements", []) if isinstance(element, dict)]
    told = [name for name in names if name]
    if len(told) != len(set(told)):
        yield f"`action_id` must be unique within a block [json-pointer:{here}/elements]"


def _judge_text(text: Any, here: str, most: int, kinds: frozenset[str] | None) -> Iterator[str]:  # noqa: ANN401 - as above
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        yield f"must provide an object [json-pointer:{here}]"
        return
    if kinds and text.get("type") not in kinds:
        yield f"unsupported type: {text.get('type')} [json-pointer:{here}/type]"
    if not text["text"]:
        yield f"must be more than 0 characters [json-pointer:{here}/text]"
    if len(text["text"]) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{here}/text]"


# --- Slack's own shapes ------------------------------------------------------------------------------


def has_published_shapes() -> bool:
    """Whether the published schemas are at hand."""
    return bool(_definitions())


@functools.cache
def _definitions() -> Json:
    named = os.environ.get("INKTHREAD_SPECS")
    if not named:
        return {}
    root = Path(__file__).resolve().parents[3]
    schema: Json = json.loads((root / named / "slack" / "blockkit-view.schema.json").read_text())
    definitions: Json = schema["definitions"]
    return definitions


@functools.cache
def _validator(kind: str) -> Draft7Validator | None:
    definitions = _definitions()
    for name, shape in definitions.items():
        shapes = [shape, *shape.get("anyOf", [])]
        if name.endswith("Block") and any(_told(part, definitions) == kind for part in shapes):
            return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})
    return None


def _told(shape: Json, definitions: Json) -> str:
    """The block type that a shape is for."""
    shape = definitions.get(shape.get("$ref", "").rpartition("/")[2], shape)
    return str(shape.get("properties", {}).get("type", {}).get("const", ""))


def _published(block: Json, here: str) -> Iterator[str]:
    for problem, path in _misshapen(block["type"], json.dumps(_without_extras(block), sort_keys=True)):
        yield f"{problem} [json-pointer:{here}{path}]"


@functools.lru_cache(maxsize=2048)
def _misshapen(kind: str, written: str) -> tuple[tuple[str, str], ...]:
    """What the published shape of that type has against a block; remembered, because it is slow."""
    validator = _validator(kind)
    errors = [] if validator is None else [*validator.iter_errors(json.loads(written))]
    if not errors:
        return ()
    worst = best_match(errors)
    return ((worst.message[:200], "".join(f"/{step}" for step in worst.absolute_path)),)


def _without_extras(part: Any) -> Any:  # noqa: ANN401 - JSON
    """The same without what Slack takes and its published shapes lag behind on (slack.md 11, 2026)."""
    if isinstance(part, list):
        return [_without_extras(value) for value in part]
    if not isinstance(part, dict):
        return part
    dropped = BUTTON_EXTRAS if part.get("type") == "button" else frozenset[str]()
    return {name: _without_extras(value) for name, value in part.items() if name not in dropped}
