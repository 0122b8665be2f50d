"""The paragraph of the letter, word by word."""

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from catalogue.times import day_in_full
from console.cells import COLUMNS, added
from console.commands.letter import paragraph

SAMPLE: Final = Path(__file__).parents[3] / "examples" / "1680-UBND-NC.txt"
SINCE, UNTIL = date(2023, 1, 1), date(2023, 4, 24)


def drafted(language: str = "vi", **counted: int) -> str:
    """Of one unit that counts so."""
    in_force = sum(counted.get(name, 0) for name in ("done_on_time", "done_late", "open_in_time", "open_overdue"))
    released = sum(counted.get(name, 0) for name in ("waived", "withdrawn", "recalled", "superseded"))
    counted["overdue_1_10"] = counted.get("open_overdue", 0)
    row = {**dict.fromkeys(COLUMNS, 0), **counted, "total": in_force, "given": in_force + released}
    return paragraph(SINCE, UNTIL, added([row]), "en" if language == "en" else "vi")


def test_the_letters_figures_make_the_very_paragraph_of_the_letter() -> None:
    said = drafted(done_on_time=547, done_late=135, open_in_time=177, open_overdue=57)
    assert said in re.sub(r"\s+", " ", SAMPLE.read_text())


def test_in_english_it_says_the_same() -> None:
    assert drafted("en", done_on_time=547, done_late=135, open_in_time=177, open_overdue=57) == (
        "From the statistics and the general follow-up of the tasks that the People's Committee and its Chairman gave "
        "to departments, agencies, sectors and the People's Committees of districts, from 01/01/2023 to 24/04/2023 the "
        "number of tasks assigned was 916, of which: done 682 (overdue 135); in hand 234 (overdue 57)."
    )


def test_where_there_is_none_the_letter_says_0() -> None:
    assert drafted().endswith(
        "đã có 0 nhiệm vụ được phân công, trong đó: đã hoàn thành 0 nhiệm vụ (có 0 nhiệm vụ quá hạn); "
        "đang xử lý 0 nhiệm vụ (có 0 nhiệm vụ quá hạn)."
    )
    assert drafted("en").endswith(
        "the number of tasks assigned was 0, of which: done 0 (overdue 0); in hand 0 (overdue 0)."
    )


def test_what_was_released_is_named_so_that_the_parts_make_up_what_was_given() -> None:
    counted = {"done_on_time": 2, "open_overdue": 1, "waived": 3, "recalled": 1, "released_when_overdue": 2}
    assert drafted(**counted).endswith(
        "đã có 7 nhiệm vụ được phân công, trong đó: đã hoàn thành 2 nhiệm vụ (có 0 nhiệm vụ quá hạn); "
        "đang xử lý 1 nhiệm vụ (có 1 nhiệm vụ quá hạn); "
        "đã thôi hiệu lực 4 nhiệm vụ (có 2 nhiệm vụ quá hạn khi thôi hiệu lực)."
    )
    assert drafted("en", **counted).endswith(
        "was 7, of which: done 2 (overdue 0); in hand 1 (overdue 1); released 4 (overdue when released 2)."
    )


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2023, 1, 1), "ngày 01 tháng 01 năm 2023", "01/01/2023"),
        (date(2023, 2, 9), "ngày 09 tháng 02 năm 2023", "09/02/2023"),
        (date(2023, 3, 10), "ngày 10 tháng 3 năm 2023", "10/03/2023"),
        (date(2023, 12, 31), "ngày 31 tháng 12 năm 2023", "31/12/2023"),
    ],
)
def test_days_are_written_as_decree_30_writes_them(day: date, vietnamese: str, english: str) -> None:
    assert (day_in_full(day, "vi"), day_in_full(day, "en")) == (vietnamese, english)
