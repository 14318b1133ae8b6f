"""How the tests are dealt out to the processes that run them. Owns the order, and nothing of what runs."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Test = TypeVar("Test")

# They wait for real processes, browsers and servers, and last longest.
LONG = re.compile(r"road|chaos|browser|kills")


def dealt_out(tests: Sequence[Test], workers: int, file_of: Callable[[Test], str]) -> list[Test]:
    """The same tests, so that each worker's piece begins with whole long files, dealt out like cards.

    xdist cuts the list into pieces of the same length; whoever is done with one takes from another's end.
    """
    files = [list(found) for _, found in groupby(tests, key=file_of)]
    long = [found for found in files if LONG.search(file_of(found[0]))]
    rest = [test for found in files if not LONG.search(file_of(found[0])) for test in found]
    order: list[Test] = []
    for number in range(workers):
        piece = [test for found in long[number::workers] for test in found]
        size = (len(tests) - len(order)) // (workers - number)
        more = max(0, size - len(piece))
        order += [*piece, *rest[:more]]
        del rest[:more]
    return order
