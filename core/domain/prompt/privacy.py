"""Whether words ask to be kept from others.

Owns that question alone. It is asked before words are read as a prompt, and also of those that turn out to be
none: what somebody wanted to keep to themselves must not be shown because an option beside it was misspelt.
"""

from __future__ import annotations

from core.domain.prompt.dashes import DASH_RUN, mark_at
from core.domain.prompt.options import OptionName
from core.domain.prompt.received import receive


def asks_for_privacy(text: str) -> bool:
    """Whether `--private` stands anywhere in the text, in whatever dashes; within quotes too, to be safe."""
    source = receive(text)
    for run in DASH_RUN.finditer(source.folded):
        mark = mark_at(source, run.start(), run.end(), is_fresh=False)
        if mark is not None and mark.kind is not None and mark.kind.name is OptionName.PRIVATE:
            return True
    return False
