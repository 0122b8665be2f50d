"""Bars that anybody can open, and that say in words what they show."""

from xml.etree import ElementTree as ET

from simulation.bars import CELLS, Bar, bars

NAMES = {"done_on_time": "Done", "done_late": "Late", "open_in_time": "Open", "open_overdue": "Overdue"}
UNITS = [
    Bar("Sở <Nội vụ>", {"done_on_time": 3, "done_late": 0, "open_in_time": 1, "open_overdue": 0}),
    Bar("Sở Y tế", {"done_on_time": 5, "done_late": 2, "open_in_time": 1, "open_overdue": 2}),
]
SVG = "{http://www.w3.org/2000/svg}"


def test_each_cell_is_as_long_as_its_count() -> None:
    drawn = ET.fromstring(bars("Title", NAMES, UNITS))  # noqa: S314 - our own
    lengths = {cell: [] for cell in CELLS}
    for one in drawn.iter(f"{SVG}rect"):
        cell = one.get("class", "")
        if cell in lengths and one.get("y") != "52":
            lengths[cell].append(int(one.get("width", "")))
    longest = sum(lengths[cell][0] for cell in CELLS)
    assert longest == 540
    assert lengths == {"done_on_time": [270, 162], "done_late": [108], "open_in_time": [54, 54], "open_overdue": [108]}


def test_it_is_told_in_words_the_longest_first() -> None:
    drawn = ET.fromstring(bars("Title & more", NAMES, UNITS))  # noqa: S314 - our own
    assert drawn.findtext(f"{SVG}title") == "Title & more"
    assert drawn.findtext(f"{SVG}desc") == (
        "Sở Y tế: Done 5, Late 2, Open 1, Overdue 2; Sở <Nội vụ>: Done 3, Late 0, Open 1, Overdue 0."
    )


def test_without_units_there_is_a_key_alone() -> None:
    assert "Done: 0" in bars("Title", NAMES, [])
