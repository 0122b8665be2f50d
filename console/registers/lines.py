"""What the journal knows, in the words of a register: one function for each, from a row to its columns."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from catalogue.times import day_shown
from console.call import Call
from console.database import Row
from console.registers.columns import Register
from console.sorting import name_key
from console.times import deadline_shown
from domain.base import local

Line = dict[str, str]


def follow_up(call: Call, row: Row) -> Line:
    """One assignment: who has to do what by when, and how far it has come."""
    document = call.text(
        "register.document_told",
        type=row["type_name"],
        number=_number(row),
        day=day_shown(row["issued_date"]),
        author=row["organ_name"],
        item=row["item"],
    )
    return {
        "document": document,
        "receiver": _joined(row["unit_name"], row["officer"]),
        "deadline": deadline_shown(row["deadline"]),
        "progress": _progress(call, row),
        "remarks": _joined(
            call.text("register.supports") if row["role"] == "support" else None,
            call.text("register.extended", first=deadline_shown(row["first_deadline"]))
            if row["first_deadline"] and row["first_deadline"] != row["deadline"]
            else None,
            call.text("register.imported", line=row["imported_line"]) if row["imported_line"] else None,
        ),
    }


def incoming(call: Call, row: Row) -> Line:
    """One receipt of one unit."""
    return {
        "arrived_on": _day(row["arrived_at"]),
        "author": row["organ_name"],
        "number": _number(row),
        "document_date": day_shown(row["issued_date"]),
        "subject": _subject(row["type_name"], row["subject"]),
        "receiver": _joined(row["unit_name"], *(row["officers"] or ())),
        "passed_on": _day(row["sent_at"]),
        "signature": call.text("register.received", day=_day(row["acknowledged_at"])) if row["acknowledged_at"] else "",
        "remarks": _joined(
            call.text("register.for_information") if row["purpose"] == "inform" else None,
            call.text("register.revision", revision=row["revision"]) if row["revision"] > 1 else None,
            call.text("register.refused", day=_day(row["refused_at"])) if row["refused_at"] else None,
            call.text("register.released", day=_day(row["released_at"])) if row["released_at"] else None,
        ),
    }


def outgoing(call: Call, row: Row) -> Line:
    """One issued document."""
    document = row["document"]
    signer, places = document["signer"], document["to_places"]
    return {
        "number": _number(row),
        "document_date": day_shown(row["issued_date"]),
        "subject": _subject(document["type_name"], row["subject"]),
        "signer": " ".join(filter(None, (signer["competence"], signer["position"], signer["full_name"]))),
        "to_places": "; ".join(
            [one["text"] for one in places if one["purpose"] != "file"] or sorted(row["names"] or (), key=name_key)
        ),
        "kept_by": "; ".join(one["text"] for one in places if one["purpose"] == "file"),
        "passed_on": _day(row["issued_at"]),
        "signature": call.text("register.answered", answered=row["answered"], units=row["units"]),
        "remarks": _joined(
            call.text(f"phase.{row['phase']}"),
            call.text("register.revision", revision=row["revision"]) if row["revision"] > 1 else None,
        ),
    }


LINES: Final[Mapping[Register, Callable[[Call, Row], Line]]] = {
    "follow-up": follow_up,
    "in": incoming,
    "out": outgoing,
}


def _progress(call: Call, row: Row) -> str:
    percent = f"{row['percent']}%" if row["percent"] is not None and not row["done"] else None
    late = call.text("register.late") if row["late"] and not row["released"] else None
    reported = call.text("register.reported", day=_day(row["left_unit_at"])) if row["left_unit_at"] else None
    return _joined(call.text(f"status.{row['status']}"), percent, reported, late)


def _number(row: Row) -> str:
    return f"{row['number']}/{row['notation']}"


def _subject(type_name: str, subject: str) -> str:
    return f"{type_name[:1].upper()}{type_name[1:]}: {subject}"


def _day(instant: datetime | None) -> str:
    return day_shown(local(instant).date()) if instant else ""


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)
