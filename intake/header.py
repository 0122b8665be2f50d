"""The head of the document: issuer, place, date, marks of secrecy, urgency and circulation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.document import Secrecy
from intake import dates
from intake.found import found, words
from intake.lines import cells
from intake.notes import Notes
from intake.reading import Read, Span
from intake.source import Source, Zone
from intake.words import is_upper, key, usual_case

_MOTTO = re.compile(r"cong hoa\s+xa hoi\s+chu nghia\s+viet nam|doc lap\s*[-–]\s*tu do\s*[-–]\s*hanh phuc")
PLACE_AND_DAY_PLAIN = re.compile(
    rf"(?P<place>[^\n|,:;]{{2,60}}),\s*(?P<day>{dates.DAY_PLAIN}|ngay\b[^\n|]{{0,40}}?\bnam\s+[0-9]{{4}})"
)
_NEW_BODY = re.compile(
    r"(?:uy ban|hoi dong|bo|so|tong cuc|cuc|chi cuc|van phong|ban|vien|thanh tra|cong an|trung tam|truong|benh vien"
    r"|phong|doan|tong cong ty|tap doan|bao hiem xa hoi|kho bac)\b"
)
_SECRECY = {"mật": Secrecy.SECRET, "tối mật": Secrecy.VERY_SECRET, "tuyệt mật": Secrecy.TOP_SECRET}
_PRIORITY = {"khẩn": 1, "thượng khẩn": 2, "hỏa tốc": 3, "hỏa tốc hẹn giờ": 3}
"""Decree 30/2020/NĐ-CP, articles 4 and 8, Appendix VI: degrees of urgency."""
_LIMITED = frozenset({"lưu hành nội bộ", "xem xong trả lại", "tài liệu thu hồi"})
"""The same decree, Appendix I: what limits a document's circulation."""
_MARKS = frozenset({*_SECRECY, *_PRIORITY, *_LIMITED})


def issuer(source: Source, before: Zone) -> tuple[Read[str] | None, Read[str] | None]:
    """Issuer and the body above it, from the lines in capitals before the number."""
    bodies: list[list[Zone]] = []
    for zone in _capital_lines(source, before):
        if not bodies or _NEW_BODY.match(source.plain, zone.start, zone.end):
            bodies.append([zone])
        else:
            bodies[-1].append(zone)
    named = [found(source, usual_case(" ".join(map(source.words, zones))), *zones) for zones in bodies]
    if not named:
        return None, None
    return named[-1], named[-2] if len(named) > 1 else None


def _capital_lines(source: Source, before: Zone) -> Iterator[Zone]:
    for cell in cells(source, before):
        # Two columns run together where a table became text: the motto stands behind the issuer.
        motto = _MOTTO.search(source.plain, *cell.zone)
        zone = source.trim(Zone(cell.zone.start, motto.start() if motto else cell.zone.end))
        if is_upper(source.cut(zone)) and not is_mark(source, zone):
            yield zone


def place_and_day(
    source: Source, header: Zone, after: int, notes: Notes
) -> tuple[Read[str] | None, Read[date] | None, Zone | None]:
    """Place and date of issue ("Cần Thơ, ngày 15 tháng 5 năm 2023"), and where they stand."""
    for match in PLACE_AND_DAY_PLAIN.finditer(source.plain, after, header.end):
        begins_line = match.start() in (0, after) or source.text[match.start() - 1] in "\n|"
        if begins_line and not match["place"].lstrip().startswith("v/v"):
            break
    else:
        return None, None, None
    day_zone = Zone(*match.span("day"))
    day = dates.parse(match["day"]) if re.fullmatch(dates.DAY_PLAIN, match["day"]) else None
    if day is None:
        notes.unclear("issued_on", day_zone)
    place = words(source, Zone(*match.span("place")))
    return place, found(source, day, day_zone) if day else None, Zone(*match.span())


@dataclass
class Marks:
    """Secrecy, urgency, and whether the circulation is limited."""

    secrecy: Read[Secrecy] | None = None
    priority: Read[int] | None = None
    limited: Read[bool] | None = None


def marks(source: Source, header: Zone) -> Marks:
    """Each stands on a line of its own in capitals."""
    read = Marks()
    for cell in cells(source, header):
        if not is_mark(source, cell.zone):
            continue
        name = key(source.cut(cell.zone))
        if name in _SECRECY:
            read.secrecy = read.secrecy or found(source, _SECRECY[name], cell.zone)
        elif name in _PRIORITY:
            read.priority = read.priority or found(source, _PRIORITY[name], cell.zone)
        else:
            read.limited = read.limited or found(source, name in _LIMITED, cell.zone)
    return read


def is_mark(source: Source, zone: Zone) -> bool:
    """Whether a line is a mark of secrecy, urgency or circulation and nothing else."""
    return is_upper(source.cut(zone)) and key(source.cut(zone)) in _MARKS


def left_over(source: Source, header: Zone, used: list[Span]) -> Iterator[Zone]:
    """Lines of the header that no field was read from."""
    for cell in cells(source, header):
        span = source.span(cell.zone)
        known = _MOTTO.search(source.plain, *cell.zone) or is_mark(source, cell.zone)
        if not known and not any(other.start < span.end and span.start < other.end for other in used):
            yield cell.zone
