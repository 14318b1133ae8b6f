"""The API's description for programs, at /openapi.json.

Owns summaries and shapes; a test compares its paths with the routes. docs/web-api.md says the same in words.
"""

from __future__ import annotations

from typing import Any

from core.domain.card import Act

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer"}
_KEY: Json = {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$", "description": "made by the sender, once"}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: list[str], **properties: Json) -> Json:
    return {"type": "object", "required": required, "properties": properties}


def _query(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _in_path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _answer(description: str, schema: Json | None = None, media_type: str = "application/json") -> Json:
    return {"description": description} | ({"content": {media_type: {"schema": schema}}} if schema else {})


def _operation(
    summary: str, answers: dict[str, Json], *, body: Json | None = None, parameters: list[Json] | None = None
) -> Json:
    problems = {"default": _answer("A refusal, said in words", _ref("Problem"))}
    operation: Json = {"summary": summary, "responses": answers | problems}
    if parameters:
        operation["parameters"] = parameters
    if body:
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


_BYTES: Json = {"type": "string", "format": "binary"}
_PAGE = _object(
    ["messages", "has_more", "event_id"],
    messages={"type": "array", "items": _ref("Message")},
    has_more={"type": "boolean"},
    event_id=_COUNT,
)
_BEFORE = _query("before", _COUNT, "the `seq` of the oldest message known")

SCHEMAS: Json = {
    "Problem": _object(["error"], error=_object(["code", "message"], code=_TEXT, message=_TEXT)),
    "Message": _object(
        ["id", "seq", "channel", "text", "created_ms", "updated_ms"],
        id=_TEXT,
        seq=_COUNT,
        key={"type": ["string", "null"]},
        channel=_TEXT,
        thread={"type": ["string", "null"]},
        author={"type": ["string", "null"], "description": "null for Inkthread itself"},
        is_mine={"type": "boolean"},
        is_private={"type": "boolean", "description": "only you can see it"},
        is_deleted={"type": "boolean", "description": "only its place is left, if its thread has answers"},
        text=_TEXT,
        attachments={
            "type": "array",
            "items": _ref("Attachment"),
        },
        card={"type": ["object", "null"]},
        live={"type": ["object", "null"]},
        replies={"type": ["object", "null"]},
        created_ms=_COUNT,
        updated_ms=_COUNT,
    ),
    "Attachment": _object(["id", "name", "url"], id=_TEXT, name=_TEXT, url=_TEXT),
    "NewMessage": _object(
        ["key"],
        key=_KEY,
        text=_TEXT,
        thread=_TEXT,
        attachments={"type": "array", "items": _TEXT, "maxItems": 16},
        reply_to=_TEXT,
    ),
    "NewPress": _object(
        ["key", "message", "act"],
        key=_KEY,
        message=_TEXT,
        act={"type": "string", "enum": [act.value for act in Act]},
        subject=_TEXT,
    ),
}

PATHS: Json = {
    "/": {"get": _operation("The page", {"200": _answer("HTML"), "303": _answer("to the password")})},
    "/login": {
        "get": _operation("The password's form", {"200": _answer("HTML")}),
        "post": _operation(
            "Give the password",
            {"303": _answer("to the page, or back with ?problem=")},
            body={"application/x-www-form-urlencoded": {"schema": _object(["password"], password=_TEXT)}},
        ),
    },
    "/healthz": {"get": _operation("The process answers", {"200": _answer("yes")})},
    "/readyz": {"get": _operation("It can do its work", {"200": _answer("yes")})},
    "/openapi.json": {"get": _operation("This description", {"200": _answer("OpenAPI 3.1")})},
    "/api/me": {
        "get": _operation("Who you are", {"200": _answer("you", {"type": "object"})}),
        "post": _operation(
            "Choose a name", {"200": _answer("the name")}, body=_json(_object(["name"], name=_TEXT))
        ),
    },
    "/api/state": {
        "get": _operation(
            "A page of the channel", {"200": _answer("oldest first", _PAGE)}, parameters=[_BEFORE]
        )
    },
    "/api/threads/{ref}": {
        "get": _operation(
            "A thread and its versions",
            {"200": _answer("oldest first", _PAGE)},
            parameters=[_in_path("ref"), _BEFORE],
        )
    },
    "/api/threads/{ref}/versions": {
        "get": _operation("The versions alone", {"200": _answer("versions")}, parameters=[_in_path("ref")])
    },
    "/api/messages": {
        "post": _operation(
            "Say something; safe to repeat with the same key",
            {"202": _answer("stored and handed over")},
            body=_json(_ref("NewMessage")),
        )
    },
    "/api/presses": {
        "post": _operation(
            "Press a button; safe to repeat with the same key",
            {"202": _answer("handed over")},
            body=_json(_ref("NewPress")),
        )
    },
    "/api/uploads": {
        "post": _operation(
            "Add a picture for a message to come",
            {"201": _answer("its id")},
            body={"application/octet-stream": {"schema": _BYTES}},
            parameters=[_query("name", _TEXT, "the file's name")],
        )
    },
    "/api/uploads/{id}": {
        "get": _operation("An added picture", {"200": _answer("bytes")}, parameters=[_in_path("id")])
    },
    "/api/quota": {"get": _operation("What is left for you", {"200": _answer("allowances")})},
    "/api/gallery": {
        "get": _operation(
            "Finished pictures, newest first",
            {"200": _answer("pictures")},
            parameters=[_query("before", {"type": "string", "format": "date-time"}, "`made_at` of the last")],
        )
    },
    "/api/engine": {"get": _operation("Which engine makes the pictures", {"200": _answer("engine")})},
    "/api/events": {
        "get": _operation(
            "What changes, as server-sent events; resumes by Last-Event-ID",
            {"200": _answer("events", _TEXT, "text/event-stream")},
            parameters=[_query("after", _COUNT, "an `event_id`")],
        )
    },
    "/api/pictures/{blob}": {
        "get": _operation(
            "A picture's exact bytes",
            {"200": _answer("bytes")},
            parameters=[
                _in_path("blob"),
                _query("w", {"type": "integer", "enum": [160, 480, 960]}, "a small copy"),
                _query("download", {"type": "integer", "enum": [1]}, "as a file"),
                _query("name", _TEXT, "the file's name"),
            ],
        )
    },
    "/api/previews/{name}": {
        "get": _operation("A partial picture", {"200": _answer("bytes")}, parameters=[_in_path("name")])
    },
}


def description() -> Json:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Inkthread on the web", "version": "1"},
        "paths": PATHS,
        "components": {"schemas": SCHEMAS},
    }
