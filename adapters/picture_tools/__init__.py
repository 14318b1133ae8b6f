"""Works on pictures with Pillow: checks, cleans, compares, shrinks."""

from __future__ import annotations

from adapters.picture_tools.tools import PillowTools

__all__ = ["PillowTools"]
