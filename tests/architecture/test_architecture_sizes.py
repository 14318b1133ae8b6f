"""How long things may be. Reading starts to hurt before these numbers do."""

from __future__ import annotations

import statistics

from tests.architecture.source_tree import SHIPPED, sources

MOST_LINES_A_FUNCTION = 60
USUAL_LINES_A_FUNCTION = 20
MOST_LINES_A_FILE = 400


def test_no_function_is_longer_than_a_screen_and_a_half() -> None:
    """No function has more than 60 lines, in tests and migrations neither."""
    too_long = [
        f"{source.name}:{function.line} {function.name} has {function.lines} lines"
        for source in sources()
        for function in source.functions()
        if function.lines > MOST_LINES_A_FUNCTION
    ]
    assert not too_long, "\n".join(too_long)


def test_nine_functions_of_ten_fit_on_one_screen() -> None:
    """Nine of ten functions that are shipped have 20 lines or fewer."""
    lengths = [function.lines for source in sources(*SHIPPED) for function in source.functions()]
    assert statistics.quantiles(lengths, n=10)[-1] <= USUAL_LINES_A_FUNCTION


def test_no_file_is_longer_than_400_lines() -> None:
    """No Python file has more than 400 lines; migrations, which are written once, may."""
    too_long = [
        f"{source.name} has {length} lines"
        for source in sources()
        if "migrations" not in source.path.parts and (length := source.text.count("\n")) > MOST_LINES_A_FILE
    ]
    assert not too_long, "\n".join(too_long)
