"""Open letters for pictures: which face can draw a text, and how to set it in a box.

Owns the search for font files and the setting of lines. Must never learn what is being lettered. The one
room that `picture_tools` and `sandbox_images` share.
"""

from __future__ import annotations

from adapters.typeface.setting import Block, fit, line_block

__all__ = ["Block", "fit", "line_block"]
