"""The board: in which order units stand, and what its drawings show."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from catalogue import LANGUAGES, Language
from console.board.ranking import ranked, ranking
from console.board.trend import trend, without_gaps
from console.board.writing import drawn
from console.call import Call
from console.cells import AGES, CELLS, SUBSETS, added
from domain.percentages import percentages

Json = dict[str, Any]


def unit(name: str, *counts: int) -> Json:
    return {"unit": name, "unit_name": name, **dict(zip(CELLS, counts, strict=True)), "total": sum(counts)}


def month(name: str, *counts: int) -> Json:
    return {"month": name, **dict(zip(CELLS, counts, strict=True))}


def shapes(drawing: str, tag: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(drawing).iter() if one.tag == tag]  # noqa: S314 - our own drawing


def test_the_smallest_share_of_late_and_overdue_stands_first_then_more_done_then_more_work() -> None:
    units = [
        unit("half late", 1, 1, 0, 0),
        unit("in time", 0, 0, 4, 0),
        unit("done", 4, 0, 0, 0),
        unit("more done", 9, 0, 0, 0),
        unit("nothing", 0, 0, 0, 0),
        unit("third overdue", 0, 0, 2, 1),
    ]
    assert [one["unit"] for one in ranked(units)] == ["more done", "done", "in time", "third overdue", "half late"]


def test_shares_are_compared_exactly() -> None:
    units = [unit("b", 2, 1, 0, 0), unit("a", 333333333333333332, 166666666666666667, 0, 0)]
    assert [one["unit"] for one in ranked(units)] == ["b", "a"]


def test_a_bar_is_as_long_as_its_cells_together_and_the_longest_fills_the_room() -> None:
    drawing = ranking([unit("a", 3, 0, 1, 0), unit("b", 1, 1, 0, 0)], ["0%", "50%"], "bars")
    widths = [int(one.attrib["width"]) for one in shapes(drawing, "rect")]
    assert widths[:2] == [262, 88]
    assert sum(widths[2:]) == sum(widths[:2]) // 2
    assert [one.text for one in shapes(drawing, "text")] == ["1. a", "4 · 0%", "2. b", "2 · 50%"]


def test_what_a_unit_is_called_never_becomes_part_of_the_drawing() -> None:
    drawing = ranking([unit("<script>alert(1)</script> & co", 1, 0, 0, 0)], ["0%"], "bars")
    assert "<script" not in drawing
    assert shapes(drawing, "text")[0].text == "1. <script>alert(1)</script> & co"


def test_months_in_which_nothing_was_assigned_have_their_point() -> None:
    months = without_gaps([month("2022-11", 1, 0, 0, 0), month("", 5, 0, 0, 0), month("2023-02", 0, 0, 2, 0)])
    assert [one["month"] for one in months] == ["2022-11", "2022-12", "2023-01", "2023-02"]
    assert [one["open_in_time"] for one in months] == [0, 0, 0, 2]
    assert without_gaps([]) == []


def test_each_cell_is_a_line_through_every_month_and_the_grid_is_of_round_numbers() -> None:
    drawing = trend([month("2023-01", 7, 0, 3, 1), month("2023-02", 0, 0, 0, 0)], "trend")
    assert len(shapes(drawing, "polyline")) == len(CELLS)
    assert len(shapes(drawing, "circle")) == 2 * len(CELLS)
    grid = [one.text for one in shapes(drawing, "text") if one.attrib["text-anchor"] == "end"]
    assert grid == ["0", "2", "4", "6", "8"]
    assert {len(one.attrib["points"].split()) for one in shapes(drawing, "polyline")} == {2}


def test_of_many_months_some_are_named() -> None:
    months = without_gaps([month("2015-01", 1, 0, 0, 0), month("2023-12", 0, 0, 2, 0)])
    named = [one for one in shapes(trend(months, "trend"), "text") if one.attrib["text-anchor"] == "middle"]
    assert 6 <= len(named) <= 12


async def nobody(*_arguments: object) -> None:
    pytest.fail("a page needs no worker")


def counted(*counts: int) -> Json:
    zero = dict.fromkeys((*SUBSETS, *AGES, "waived", "withdrawn", "recalled", "superseded"), 0)
    row = {**zero, **dict(zip(CELLS, counts, strict=True)), "total": sum(counts), "given": sum(counts)}
    row |= {"released_when_overdue": 0, "handed_on": 0, "handed_on_overdue": 0, "overdue_1_10": counts[3]}
    figures = added([row])
    return {**figures, "percentages": {name: one._asdict() for name, one in percentages(figures).items()}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("empty", [False, True])
def test_the_page_says_every_number_with_its_definition_and_fetches_nothing(language: Language, *, empty: bool) -> None:
    call = Call(language=language, work=nobody)
    document = {
        "as_of": "2023-04-24T17:00:00+00:00",
        "provisional": empty,
        "complete_through": "2023-04-23T17:00:00+00:00" if empty else None,
        "cohort": "all" if empty else "assigned",
        "from": None if empty else "2023-01-01",
        "to": None if empty else "2023-04-24",
        "assumption": "assumed",
        "not_in_total": [],
        "all": counted(0, 0, 0, 0) if empty else counted(547, 135, 177, 57),
        "units": [] if empty else [unit("a", 547, 135, 177, 57)],
        "months": [] if empty else [month("2023-01", 547, 135, 177, 57)],
    }
    page = drawn(call, document)
    for cell in CELLS:
        assert call.text(f"definition.{cell}") in page
    if not empty:
        numbers = re.findall(r'<td class="number">([^<]+)</td>', page)
        assert [int(one) for one in numbers[:9]] == [547, 135, 177, 57, 682, 234, 916, 0, 916]
        point = "," if language == "vi" else "."
        assert f"80{point}2%" in page
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|(?:src|href)=", page)
