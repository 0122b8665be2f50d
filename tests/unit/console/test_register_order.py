"""The order of entries in the registers."""

from datetime import date
from typing import Any

from console.registers.order import in_order

DAY = date(2026, 11, 2)


def held(stream: str, assignment: str) -> dict[str, Any]:
    return {"stream": stream, "id": assignment, "assigned_on": DAY}


def test_numbers_of_documents_and_items_are_counted_and_items_may_be_letters() -> None:
    rows = [
        held("directive/ubnd/2026/100-NC", "1.1"),
        held("directive/ubnd/2026/20-NC", "10.1"),
        held("directive/ubnd/2026/20-NC", "b.1"),
        held("directive/ubnd/2026/20-NC", "2.1"),
        held("directive/ubnd/2026/20-NC", "a.1"),
    ]
    assert [(one["stream"].split("/")[3], one["id"]) for one in in_order("follow-up", rows)] == [
        ("20-NC", "2.1"),
        ("20-NC", "10.1"),
        ("20-NC", "a.1"),
        ("20-NC", "b.1"),
        ("100-NC", "1.1"),
    ]


def test_outgoing_documents_stand_by_office_and_day_before_number() -> None:
    rows = [
        {"stream": "directive/b/2026/01-X", "issuer": "b", "issued_date": DAY},
        {"stream": "directive/a/2026/01-X", "issuer": "a", "issued_date": DAY},
        {"stream": "directive/a/2026/02-X", "issuer": "a", "issued_date": date(2026, 11, 1)},
    ]
    assert [one["stream"][10:] for one in in_order("out", rows)] == ["a/2026/02-X", "a/2026/01-X", "b/2026/01-X"]
