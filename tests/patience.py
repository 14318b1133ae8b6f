"""How long tests wait. Owns the one number that all of them share."""

from __future__ import annotations

PATIENCE_S = 60.0
"""For what must happen; never reached when all is well, on however busy a machine."""
