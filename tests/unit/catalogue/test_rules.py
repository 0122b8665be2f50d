"""Every kind of rule in words."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from catalogue.rules import rule_shown
from domain.deadline import Deadline

RULES: TypeAdapter[Deadline] = TypeAdapter(Deadline)
SHOWN: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "none"}, "không nêu", "none named"),
    (
        {"kind": "none", "review": "2026-12-01"},
        "không nêu; rà soát ngày 01/12/2026",
        "none named; to be looked at on 01/12/2026",
    ),
    ({"kind": "date", "day": "2026-11-25"}, "chậm nhất 25/11/2026", "by 25/11/2026"),
    (
        {"kind": "date", "day": "2026-11-25", "bound": "before", "hour": "10:30"},
        "trước 10:30 25/11/2026",
        "before 10:30 25/11/2026",
    ),
    (
        {"kind": "after", "count": 10, "start": "receipt"},
        "trong 10 ngày làm việc, kể từ ngày nhận được văn bản",
        "within 10 working days, counted from the day of receipt",
    ),
    (
        {"kind": "after", "count": 1},
        "trong 1 ngày làm việc, kể từ ngày ban hành",
        "within 1 working day, counted from the day of issue",
    ),
    (
        {"kind": "after", "count": 10, "days": "calendar"},
        "trong 10 ngày, kể từ ngày ban hành",
        "within 10 days, counted from the day of issue",
    ),
    ({"kind": "period_end", "period": "quarter"}, "hết quý ban hành", "by the end of the quarter of its issue"),
    (
        {"kind": "period_end", "period": "month", "within": "2023-05-01"},
        "hết tháng 5 năm 2023",
        "by the end of month 5 of 2023",
    ),
    (
        {"kind": "period_end", "period": "quarter", "within": "2023-05-01"},
        "hết quý II năm 2023",
        "by the end of quarter II of 2023",
    ),
    (
        {"kind": "period_end", "period": "half_year", "within": "2023-07-01"},
        "hết 6 tháng cuối năm 2023",
        "by the end of the second half of 2023",
    ),
    ({"kind": "period_end", "period": "year", "within": "2023-05-01"}, "hết năm 2023", "by the end of the year 2023"),
    (
        {"kind": "recurring", "every": "month", "day": 25, "bound": "before", "until": "2026-12-31"},
        "trước ngày 25 hằng tháng, đến 31/12/2026",
        "before day 25 of every month, until 31/12/2026",
    ),
    ({"kind": "recurring", "every": "quarter", "day": 5}, "chậm nhất ngày 5 hằng quý", "by day 5 of every quarter"),
]


@pytest.mark.parametrize(("rule", "vietnamese", "english"), SHOWN)
def test_a_rule_is_told_as_a_document_tells_it(rule: dict[str, Any], vietnamese: str, english: str) -> None:
    read = RULES.validate_python(rule, strict=False)
    assert (rule_shown(read, "vi"), rule_shown(read, "en")) == (vietnamese, english)
