"""The columns of a list of running papers, and by what headers they are known."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from intake.importing.faults import Fault
from intake.words import key

HEADERS: Final[Mapping[str, str]] = {
    "number": "số",
    "symbol": "ký hiệu",
    "issued_date": "ngày ban hành",
    "kind": "loại văn bản",
    "subject": "trích yếu",
    "signer_position": "chức vụ người ký",
    "signer_name": "người ký",
    "item": "nhiệm vụ số",
    "task": "nội dung nhiệm vụ",
    "unit": "đơn vị",
    "role": "vai trò",
    "mode": "cách giao",
    "deadline": "thời hạn",
    "acknowledged_on": "ngày tiếp nhận",
    "finished_on": "ngày hoàn thành",
    "accepted_on": "ngày chấp thuận",
    "priority": "độ khẩn",
    "secrecy": "độ mật",
}
"""Column -> its Vietnamese header. The English one is the column's name; case, punctuation and "_" are free."""
NEEDED: Final = (
    "number", "symbol", "issued_date", "kind", "subject", "signer_position", "signer_name", "item", "task", "unit",
)  # fmt: skip


def columns_of(
    header: Sequence[str], line: int, headers: Mapping[str, str] = HEADERS, needed: Sequence[str] = NEEDED
) -> tuple[list[str | None], list[Fault]]:
    """The column that stands at each place, None where the header is empty; and what is wrong with the header."""
    known = {key(name): column for column, vietnamese in headers.items() for name in (column, vietnamese)}
    found = [known.get(key(name)) if name.strip() else None for name in header]
    return found, list(_faults(header, found, line, needed))


def _faults(header: Sequence[str], found: Sequence[str | None], line: int, needed: Sequence[str]) -> Iterator[Fault]:
    seen = set[str]()
    for name, column in zip(header, found, strict=True):
        if column is None and name.strip():
            yield Fault(line=line, column="", code="unknown_column", value=name)
        elif column in seen:
            yield Fault(line=line, column=column or "", code="column_twice", value=name)
        seen.add(column or "")
    for column in needed:
        if column not in seen:
            yield Fault(line=line, column=column, code="no_column")
