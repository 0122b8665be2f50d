"""Days from a starting point: "trong thời hạn 10 ngày làm việc kể từ ngày nhận được văn bản này".

"Ngày" alone is a calendar day, a week is seven of them (Civil Code 2015, articles 146 to 148). Without a starting point
nobody can say when it ends, and another point than those of the document itself is not known here: neither is read.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal

from domain.deadline import AfterDeadline
from intake.source import Source, Zone
from intake.time_limits.limit import LATEST, Limit, sure

_LEAD: Final = (
    rf"(?:trong|thoi han|thoi gian|toi da|{LATEST})"
    rf"(?:\s+(?:la|sau|trong|vong|thoi han|thoi gian|toi da|{LATEST}))*\s+"
)
_COUNT: Final = (
    r"(?P<count>[0-9]{1,4})(?:\s?\([a-z ]{2,30}\))?\s+(?:(?P<week>tuan\b)|ngay\b(?P<working>\s+\(?lam viec\b\)?)?)"
)
_PAPER: Final = r"(?:van ban|cong van|cong dien|chi thi|quyet dinh|ke hoach|thong bao)(?:\s+chi dao)?"
_OWN: Final = rf"{_PAPER}\s+nay\b"
_END: Final = r"(?=\s*(?:[.,;:)]|\n\n|$))"
_STARTS: Final = (
    rf"(?P<issue>(?:ky(?:,?\s+ban hanh)?|ban hanh)\s+{_OWN}|{_OWN}\s+(?:duoc\s+)?(?:ky|ban hanh)\b)"
    rf"|(?P<issue_likely>(?:ky(?:,?\s+ban hanh)?|ban hanh){_END})"
    rf"|(?:(?:co quan|don vi|dia phuong)\s+)?(?P<receipt>nhan(?:\s+duoc)?\s+{_OWN})"
    rf"|(?P<receipt_likely>nhan(?:\s+duoc)?\s+{_PAPER}{_END})"
    rf"|(?P<acknowledgement>xac nhan\s+(?:da\s+)?(?:tiep\s+)?nhan(?:\s+duoc)?\s+{_OWN})"
    rf"|(?P<acknowledgement_likely>tiep nhan\s+{_OWN})"
)
_FROM: Final = rf"(?:(?:tinh\s+)?ke\s+tu|tinh\s+tu|tu|sau)\s+(?:sau\s+)?(?:ngay|khi|thoi diem)\s+(?:{_STARTS})"
_WORDINGS: Final = (
    re.compile(rf"\b{_LEAD}{_COUNT}\s*[,(]?\s*{_FROM}"),
    re.compile(rf"\b{_FROM}\s*,?\s*{_LEAD}{_COUNT}"),
)
_LONGEST: Final = 3650
_WEEK: Final = 7


def counted(source: Source, zone: Zone) -> Iterator[Limit]:
    """Days counted from the issue, the receipt or the acknowledgement of this document.

    Certain where the words say that they mean this document ("… này"), likely where they can mean no other.
    """
    for wording in _WORDINGS:
        for match in wording.finditer(source.flowing, *zone):
            count = int(match["count"]) * (_WEEK if match["week"] else 1)
            if 1 <= count <= _LONGEST:
                start, certain = _start(match)
                days: Literal["working", "calendar"] = "working" if match["working"] else "calendar"
                rule = AfterDeadline(kind="after", count=count, days=days, start=start)
                yield Limit(Zone(*match.span()), rule, sure(certain=certain))


def _start(match: re.Match[str]) -> tuple[Literal["issue", "receipt", "acknowledgement"], bool]:
    if match["receipt"] or match["receipt_likely"]:
        return "receipt", bool(match["receipt"])
    if match["acknowledgement"] or match["acknowledgement_likely"]:
        return "acknowledgement", bool(match["acknowledgement"])
    return "issue", bool(match["issue"])
