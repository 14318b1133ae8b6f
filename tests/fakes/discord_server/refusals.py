"""How Discord says no: an HTTP status, a JSON code, a sentence, and for bodies where the fault lies.

`TABLE` is the whole list of codes that this server can answer with.
"""

from __future__ import annotations

from typing import Any, NoReturn

TABLE: dict[int, tuple[int, str]] = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (404, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20009: (400, "Explicit content cannot be sent to the desired recipient(s)"),
    30032: (400, "Maximum number of application commands reached"),
    30033: (400, "Maximum number of thread participants reached (1000)"),
    30034: (429, "Max number of daily application command creates has been reached (200)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    40094: (400, "This interaction has reached its maximum number of follow up messages"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Tried to perform an operation on an archived thread"),
    130000: (503, "API resource is currently overloaded. Try again a little later"),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
    160014: (400, "Cannot forward a message whose content you cannot read"),
    160006: (400, "Maximum number of active threads reached"),
}


class Refused(Exception):  # noqa: N818 - a refusal is no fault of ours
    """The request is refused; `errors` is the tree that Discord sends with 50035."""

    def __init__(self, code: int, message: str = "", errors: dict[str, Any] | None = None) -> None:
        self.status, usual = TABLE[code]
        self.code = code
        self.message = message or usual
        self.errors = errors
        super().__init__(f"{code}: {self.message} {errors or ''}")

    def as_json(self) -> dict[str, Any]:
        """The body."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


def refuse(code: int, message: str = "") -> NoReturn:
    """Stop the request with one of the table's codes."""
    raise Refused(code, message)


def invalid(where: str, code: str, message: str) -> NoReturn:
    """Stop with 50035. `where` is a path such as `components.0.custom_id`."""
    raise Refused(50035, errors=tree(where, code, message))


def tree(where: str, code: str, message: str) -> dict[str, Any]:
    """The nested errors that Discord sends."""
    found: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for step in reversed([step for step in where.split(".") if step]):
        found = {step: found}
    return found


def at_most(where: str, value: str, limit: int) -> None:
    """Refuse a text that is too long."""
    if len(value) > limit:
        invalid(where, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def between(where: str, value: str, low: int, high: int) -> None:
    """Refuse a text whose length is out of range."""
    if not low <= len(value) <= high:
        invalid(where, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
