"""What operators are told: the log, as a port.

Owns the port only. Core never imports a logging library, and nothing that goes through here may hold
a secret, a prompt or a person's name: ids and codes.
"""

from __future__ import annotations

from typing import Protocol


class Reports(Protocol):
    """Where facts for operators go."""

    def info(self, what: str, **values: object) -> None:
        """Something happened as it should."""
        ...

    def warning(self, what: str, **values: object) -> None:
        """Something needs an eye."""
        ...

    def fault(self, what: str, error: BaseException, **values: object) -> None:
        """Something broke; the error's trace belongs in the log and nowhere else."""
        ...
