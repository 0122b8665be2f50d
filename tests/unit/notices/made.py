"""Due notices for tests, as a claim hands them out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from activities.notices.claim import DueNotice, Task

STREAM = "directive/ubnd-can-tho/2023/1680-UBND-NC"
WITHOUT_DEADLINE = Task("1.4", "1", "lead", None, "Tổ chức quán triệt.", "so-noi-vu", "Sở Nội vụ")
BY_DAY = Task(
    "3.1", "3", "support", datetime(2026, 12, 31, 17, tzinfo=UTC), "Tiếp tục tham mưu.", "so-noi-vu", "Sở Nội vụ"
)
BY_HOUR = Task(
    "4.1", "4", "lead", datetime(2026, 12, 31, 3, 30, tzinfo=UTC), "Báo cáo nhanh.", "so-noi-vu", "Sở Nội vụ"
)
STANDING: Final[Mapping[str, dict[str, Any]]] = {
    "report_waiting": {"status": "with_issuer"},
    "report_recommended": {"status": "with_issuer"},
    "unanswered_tracker": {"status": "with_issuer"},
    "unanswered_head_of_office": {"status": "with_issuer"},
    "unanswered_chairman": {"status": "with_issuer"},
    "extension_requested": {"asks_extension": True},
    "transfer_proposed": {"asks_transfer": True},
    "explanation_demanded": {"owes_explanation": True},
}
"""How the assignments of a notice stand when it is written, where its kind says so."""


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
            "answered": False,
            "refused": False,
            "recall": "asked" if kind == "recalled" else None,
            "about": "thanh-tra",
            "about_name": "Thanh tra thành phố",
            "about_refused": kind == "refused",
            "about_unanswered": kind.startswith("unacknowledged"),
            "detail": "Thiếu số liệu." if kind in ("refused", "returned") else None,
            "address": "sonoivu@cantho.example",
            "attempts": 1,
            "organ_name": "Ủy ban nhân dân thành phố Cần Thơ",
            "type_name": "công văn",
            "number": "1680/UBND-NC",
            "issued_date": date(2023, 5, 15),
            "subject": "tăng cường công tác kiểm tra,\nchấn chỉnh việc thực hiện nhiệm vụ",
            "priority": 0,
            "tasks": [replace(task, **STANDING.get(kind, {})) for task in (WITHOUT_DEADLINE, BY_DAY, BY_HOUR)],
            **changes,
        }
    )
