"""How a method says no: Slack's error codes as one exception, and the words around them.

The code is all a program should look at; the texts of `invalid_blocks` are the exception (they say which
file is not ready), so those are worded as Slack words them.
"""

from __future__ import annotations

from typing import Any, NoReturn


class Refused(Exception):  # noqa: N818 - a refusal is what the service answers with, not an error of the fake
    """A method's `ok: false`, with whatever stands beside the code."""

    def __init__(
        self,
        code: str,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **beside: Any,  # noqa: ANN401 - any JSON may stand beside an error code
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = headers or {}
        self.beside = beside

    def as_json(self) -> dict[str, Any]:
        """The body as Slack sends it."""
        return {"ok": False, "error": self.code, **self.beside}


def refuse(code: str, **beside: Any) -> NoReturn:  # noqa: ANN401 - as above
    """Refuse with a code."""
    raise Refused(code, **beside)


def refuse_arguments(*messages: str) -> NoReturn:
    """`invalid_arguments`, saying which."""
    refuse(
        "invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}" for message in messages]}
    )


def refuse_blocks(problems: list[str], *, code: str = "invalid_blocks") -> NoReturn:
    """`invalid_blocks`, with every problem and where it lies."""
    raise Refused(
        code,
        errors=problems,
        response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]},
    )


def ratelimited(retry_after_s: int) -> Refused:
    """429 with the seconds to wait."""
    return Refused("ratelimited", status=429, headers={"Retry-After": str(retry_after_s)})
