"""Due notices for tests, as a claim hands them out."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from activities.notices.claim import DueNotice, Task

STREAM = "directive/ubnd-can-tho/2023/1680-UBND-NC"
WITHOUT_DEADLINE = Task("1.4", "1", "lead", None, "Tổ chức quán triệt.")
BY_DAY = Task("3.1", "3", "support", datetime(2026, 12, 31, 17, tzinfo=UTC), "Tiếp tục tham mưu.")
BY_HOUR = Task("4.1", "4", "lead", datetime(2026, 12, 31, 3, 30, tzinfo=UTC), "Báo cáo nhanh.")


def due_notice(kind: str = "issued", **changes: Any) -> DueNotice:
    """To Sở Nội vụ, of the letter 1680/UBND-NC."""
    return DueNotice(
        **{
            "id": UUID("11111111-2222-3333-4444-555555555555"),
            "stream": STREAM,
            "kind": kind,
            "unit": "so-noi-vu",
            "unit_name": "Sở Nội vụ",
            "acts": True,
            "about": "thanh-tra",
            "about_name": "Thanh tra thành phố",
            "detail": "Thiếu số liệu." if kind in ("refused", "returned") else None,
            "address": "sonoivu@cantho.example",
            "attempts": 1,
            "organ_name": "Ủy ban nhân dân thành phố Cần Thơ",
            "type_name": "công văn",
            "number": "1680/UBND-NC",
            "issued_date": date(2023, 5, 15),
            "subject": "tăng cường công tác kiểm tra,\nchấn chỉnh việc thực hiện nhiệm vụ",
            "priority": 0,
            "tasks": [WITHOUT_DEADLINE, BY_DAY, BY_HOUR],
            **changes,
        }
    )
