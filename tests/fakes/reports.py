"""A log in memory: mirrors the `Reports` port."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class FakeReports:
    """Remembers what operators would be told."""

    told: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    faults: list[tuple[str, BaseException]] = field(default_factory=list)

    def info(self, what: str, **values: object) -> None:
        """Remember it."""
        self.told.append((what, values))

    def warning(self, what: str, **values: object) -> None:
        """Remember it."""
        self.told.append((what, values))

    def fault(self, what: str, error: BaseException, **values: object) -> None:
        """Remember it with its error."""
        self.told.append((what, values))
        self.faults.append((what, error))
