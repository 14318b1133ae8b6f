"""Which sentences of the page are examples, to be sent as they stand.

Owns their names. They are what a person would type: no marks, nothing to fill in.
"""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = ("page_example_sign", "page_example_fox", "page_example_ideas")
"""In the order in which the page shows them."""
