"""The world that the application's tests stand in: the shared one, with what they want to watch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.app.app_engine import WatchedEngine
from tests.app.app_surface import Standing, WatchedSurface
from tests.fakes.studio_world import World as SharedWorld
from tests.fakes.tools import FakeTools

if TYPE_CHECKING:
    from core.app.ports import PictureTools
    from tests.fakes.memory_database import FakeDatabase
    from tests.fakes.memory_shelves import Shelves


@dataclass
class World(SharedWorld):
    """One Studio and one worker on fakes, and a surface and an engine that remember."""

    tools: PictureTools = field(default_factory=FakeTools)
    surface: WatchedSurface = field(default_factory=WatchedSurface)  # type: ignore[assignment]  # narrower

    engine: WatchedEngine = None  # type: ignore[assignment]  # made of the clock below

    def __post_init__(self) -> None:
        if self.engine is None:
            self.engine = WatchedEngine(self.clock)  # type: ignore[unreachable]  # until here it may be None
        super().__post_init__()

    @property
    def standing(self) -> list[Standing]:  # type: ignore[override]  # the watched surface's own messages
        """All messages, oldest first."""
        return list(self.surface.messages.values())

    @property
    def root(self) -> Standing:  # type: ignore[override]  # the same
        """The first message."""
        return self.standing[0]

    @property
    def shelves(self) -> Shelves:
        """What the database has committed."""
        database: FakeDatabase = vars(self.database).get("_inner", self.database)
        return database.shelves
