"""The drawings in docs say what the events say."""

import re
from xml.etree import ElementTree as ET

import pytest

from tests.support.state_diagram import DOCS, DRAWINGS, drawing, edges, steps

WIDE = 7.4
"""Pixels at most that a letter of a label takes."""


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_current(name: str) -> None:
    drawn = (DOCS / name).read_text(encoding="utf-8")
    assert drawn == drawing(name), "python -m tests.support.state_diagram draws it anew"


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_move_that_an_event_declares_is_an_arrow_and_every_arrow_such_a_move(name: str) -> None:
    assert edges(name).keys() == DRAWINGS[name].ways.keys()
    frames = DRAWINGS[name].frames
    single = {
        (one, edge.after)
        for edge in edges(name)
        for one in (frames[edge.before].members or () if edge.before in frames else (edge.before,))
    }
    assert single == steps(name)


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_words_run_into_others_or_out_of_the_picture(name: str) -> None:
    root = ET.fromstring(drawing(name))  # noqa: S314 - made here
    boxes = []
    for one in root.iter("{http://www.w3.org/2000/svg}text"):
        x, y, words = float(one.attrib["x"]), float(one.attrib["y"]), one.text or ""
        long = WIDE * len(words)
        left = x - long * {"middle": 0.5, "end": 1.0}.get(one.get("text-anchor", ""), 0)
        boxes.append((left, left + long, y - 11, y + 3, words))
    width, height = DRAWINGS[name].size
    for number, (left, right, top, bottom, words) in enumerate(boxes):
        assert left >= 0, words
        assert right <= width, words
        assert bottom <= height, words
        for other in boxes[:number]:
            apart = right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
            assert apart, (words, other[4])


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_names_its_colours_for_light_and_for_dark(name: str) -> None:
    light, dark = (set(re.findall(r"--(\w+): #", part)) for part in drawing(name).split("@media"))
    assert light == dark
    assert set(re.findall(r"var\(--(\w+)\)", drawing(name))) == light
