"""Things that the sandbox can draw, one function each, on a square of one by one."""

from __future__ import annotations

from adapters.sandbox_images.motifs.catalogue import MOTIFS, Motif, Stand

__all__ = ["MOTIFS", "Motif", "Stand"]
