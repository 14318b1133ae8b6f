"""structlog and the standard library's logging, made one stream on stderr."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from structlog.typing import EventDict, Processor, WrappedLogger

_MASK: Final = "[secret]"

# The shapes of the tokens that we handle: OpenAI, Slack, Discord's bot scheme, any bearer, and passwords
# in URLs (2026-11).
_SHAPES: Final = re.compile(
    r"sk-[A-Za-z0-9_\-]{8,}|xox[abeprs]-[A-Za-z0-9\-.]+|xoxe\.[A-Za-z0-9\-.]+|xapp-[A-Za-z0-9\-]+"
    r"|(?<=Bearer )\S+|(?<=Bot )[A-Za-z0-9_\-.]{20,}|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
)

_QUIET: Final = (
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "openai",
    "alembic",
    "uvicorn",
    "procrastinate",
    "PIL",
    # Bolt (1.30) writes down whole requests whose signature is wrong, which anybody can send.
    "slack_bolt",
    "slack_sdk",
)


class LogReports:
    """Writes what operators are told."""

    def __init__(self) -> None:
        self._log = structlog.get_logger("inkthread")

    def info(self, what: str, **values: object) -> None:
        """Something happened as it should."""
        self._log.info(what, **values)

    def warning(self, what: str, **values: object) -> None:
        """Something needs an eye."""
        self._log.warning(what, **values)

    def fault(self, what: str, error: BaseException, **values: object) -> None:
        """Something broke, with its trace."""
        self._log.error(what, exc_info=error, **values)


def configure_logs(log_format: str, *, secrets: Sequence[str] = ()) -> None:
    """Log to stderr as `console` or `json`. Values in `secrets` are masked wherever they turn up."""
    mask = _masking(secrets)
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, mask, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It names host and user at every reconnect.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


def _masking(secrets: Sequence[str]) -> Processor:
    known = [re.escape(secret) for secret in secrets if secret]
    pattern = re.compile("|".join([*known, _SHAPES.pattern]))

    def masked(value: object) -> object:
        if isinstance(value, str):
            return pattern.sub(_MASK, value)
        if isinstance(value, dict):
            return {key: masked(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(masked(one) for one in value)
        if isinstance(value, int | float | bool | None):
            return value
        return pattern.sub(_MASK, str(value))

    def mask(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        return {
            key: value if key.startswith("_") or key == "exc_info" else masked(value)
            for key, value in event.items()
        }

    return mask
