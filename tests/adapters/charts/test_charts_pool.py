"""Charts of spending: real pictures, drawn beside the loop, in words that the fonts here can write."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image as Pillow

from adapters.charts import ThreadedCharts
from adapters.charts.spending import draw_spending
from core.app.ports import ChartWords
from core.app.spending import SpendRow
from core.domain.generation import OutputFormat
from core.domain.ids import ActorId, Micros, WorkspaceId

DAYS = [date(2026, 11, 22), date(2026, 11, 23)]
ROWS = [
    SpendRow(WorkspaceId("w"), ActorId("a"), "Rose", DAYS[0].isoformat(), 2, Micros(90_000), Micros(0)),
    SpendRow(WorkspaceId("w"), ActorId("b"), "李雷", DAYS[1].isoformat(), 1, Micros(50_000), Micros(7_000)),
]
ENGLISH = ChartWords("Together $0.14", "others", "written off")


async def test_a_chart_is_a_picture_of_the_size_it_says() -> None:
    """What the core keeps and shows is what was drawn; two charts at once wait for each other."""
    charts = ThreadedCharts()
    image = await charts.spending(ROWS, DAYS, [ENGLISH])
    with Pillow.open(io.BytesIO(image.content)) as opened:
        assert (opened.format, opened.size) == ("PNG", (image.size.width, image.size.height))
        colours = opened.convert("RGB").getcolors(maxcolors=2**20)
        assert colours is not None
        assert len(colours) > 10
    assert image.format is OutputFormat.PNG
    charts.close()


@pytest.mark.parametrize(
    ("title", "is_taken"),
    [
        ("Zusammen 0,14 – größer", True),
        ("\ue123\ue124 no font has these", False),
        ("المجموع", False),
    ],
)
def test_words_that_no_font_can_write_give_way_to_the_next(title: str, is_taken: bool) -> None:  # noqa: FBT001 - a parameter
    """Boxes instead of letters help nobody: the second language is taken then."""
    drawn = io.BytesIO()
    draw_spending(ROWS, DAYS, drawn, [ChartWords(title, "others", "written off"), ENGLISH])
    expected = io.BytesIO()
    draw_spending(ROWS, DAYS, expected, [ChartWords(title, "others", "written off") if is_taken else ENGLISH])
    assert drawn.getvalue() == expected.getvalue()
