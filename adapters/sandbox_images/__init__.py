"""The stand-in engine: draws pictures from words, offline and free, so that everything can be tried."""

from __future__ import annotations

from adapters.sandbox_images.engine import SandboxEngine

__all__ = ["SandboxEngine"]
