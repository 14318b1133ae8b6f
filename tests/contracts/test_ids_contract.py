"""What every Ids does, and what those of the system look like."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from adapters.system import SystemIds
from tests.fakes.ids import CountingIds

if TYPE_CHECKING:
    from core.app.ports import Ids

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.mark.parametrize("ids", [SystemIds(), CountingIds()], ids=type)
def test_ids_are_new_short_and_sorted(ids: Ids) -> None:
    """Each id is at most 26 characters long and sorts after all that were made before it."""
    made = [ids.new() for _ in range(2_000)]
    assert made == sorted(set(made))
    assert max(map(len, made)) <= 26


def test_an_id_begins_with_its_time() -> None:
    """The first ten characters are the milliseconds of Unix time, in an alphabet nobody misreads."""
    before = time.time_ns() // 1_000_000
    made = SystemIds().new()
    after = time.time_ns() // 1_000_000
    assert re.fullmatch(f"[{_ALPHABET}]{{26}}", made)
    milliseconds = 0
    for character in made[:10]:
        milliseconds = milliseconds * 32 + _ALPHABET.index(character)
    assert before <= milliseconds <= after


def test_ids_do_not_go_back_with_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the machine's clock is set back, ids go on from where they were."""
    ids = SystemIds()
    before = ids.new()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert before < ids.new() < ids.new()


def test_processes_do_not_make_the_same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that make ids in the same millisecond make different ones."""
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert len({SystemIds().new() for _ in range(1_000)}) == 1_000


def test_threads_may_share_them() -> None:
    """Ids made by several threads at once are all different."""
    ids = SystemIds()
    with ThreadPoolExecutor(4) as threads:
        made = [*threads.map(lambda _: ids.new(), range(2_000))]
    assert len(set(made)) == 2_000
