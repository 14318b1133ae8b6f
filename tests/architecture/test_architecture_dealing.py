"""No worker is left with a long test when the others are done."""

from __future__ import annotations

import pytest

from tests.dealing import dealt_out

FILES = {
    "test_road_a.py": 3,
    "test_b.py": 40,
    "test_chaos_c.py": 2,
    "test_d.py": 50,
    "test_web_browser.py": 5,
}
TESTS = [f"{file}::{number}" for file, count in FILES.items() for number in range(count)]


def file_of(test: str) -> str:
    """What stands before the colons."""
    return test.split("::", maxsplit=1)[0]


@pytest.mark.parametrize("workers", [2, 3, 4, 7])
def test_each_test_is_dealt_out_once(workers: int) -> None:
    """Whatever the number of workers, none is lost and none is there twice."""
    assert sorted(dealt_out(TESTS, workers, file_of)) == sorted(TESTS)


def test_each_piece_begins_with_a_long_file() -> None:
    """Three long files among three workers: each begins with one, which is whole."""
    order = dealt_out(TESTS, 3, file_of)
    pieces = order[:33], order[33:66], order[66:]
    long = ("test_road_a.py", "test_chaos_c.py", "test_web_browser.py")
    assert [file_of(piece[0]) for piece in pieces] == list(long)
    for file, piece in zip(long, pieces, strict=True):
        assert [file_of(test) for test in piece].count(file) == FILES[file]


def test_few_tests_are_dealt_out_too() -> None:
    """Where there are long files alone, their order is still complete."""
    few = [test for test in TESTS if "road" in test or "chaos" in test]
    assert sorted(dealt_out(few, 3, file_of)) == sorted(few)
