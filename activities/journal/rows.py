"""The read models' rows, made from the state: the register, its assignments, its receipts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.alarms import next_alarm, next_deadline
from domain.event import Event
from domain.state import HELD_BY_ISSUER, Assignment, DirectiveState, Receipt


@dataclass(frozen=True, slots=True)
class Touched:
    """What a batch changed."""

    everything: bool
    assignments: frozenset[str]
    receipts: frozenset[str]


def touched(state: DirectiveState, events: Iterable[Event]) -> Touched:
    """Which rows have to be written anew."""
    assignments: set[str] = set()
    receipts: set[str] = set()
    everything = False
    for event in events:
        concern = event.data.concerns()
        if concern.everything:
            everything = True
            assignments |= state.assignments.keys()
            receipts |= state.receipts.keys()
        assignments |= state.assignments.keys() & set(concern.assignments)
        receipts |= state.receipts.keys() & set(concern.units)
    return Touched(everything, frozenset(assignments), frozenset(receipts))


def directive_row(state: DirectiveState) -> dict[str, Any]:
    """One line of the register."""
    document = state.document
    return {
        "stream": state.stream,
        "version": state.version,
        "phase": state.phase,
        "revision": state.revision,
        "issuer": document.issuer,
        "number": document.code_number,
        "notation": document.code_notation,
        "subject": document.subject,
        "priority": document.priority,
        "issued_date": document.issued_date.isoformat(),
        "issued_at": _instant(state.issued_at),
        "ended_at": _instant(state.ended_at),
        "next_alarm": _instant(next_alarm(state)),
        "next_deadline": _instant(next_deadline(state)),
        "document": document.model_dump(mode="json"),
        "obligations": [one.model_dump(mode="json") for one in state.obligations.values()],
    }


def assignment_row(state: DirectiveState, assignment: Assignment) -> dict[str, Any]:
    """``left_unit_at``: since when the issuer holds the report, or when the accepted one left the unit."""
    held = assignment.status in HELD_BY_ISSUER
    return {
        "id": assignment.id,
        "item": assignment.item,
        "unit": assignment.unit,
        "unit_name": state.units[assignment.unit].name,
        "role": assignment.role,
        "status": assignment.status,
        "assigned_on": assignment.assigned_on.isoformat(),
        "percent": assignment.percent,
        "reports": len(assignment.reports),
        "first_deadline": _instant(assignment.deadlines[0] if assignment.deadlines else None),
        "deadline": _instant(assignment.deadline),
        "left_unit_at": _instant(assignment.reports[-1].left_unit_at if held else None),
    }


def receipt_row(state: DirectiveState, receipt: Receipt) -> dict[str, Any]:
    """What is known of a unit's having received."""
    return {
        "unit": receipt.unit,
        "unit_name": state.units[receipt.unit].name,
        "purpose": receipt.purpose,
        "revision": receipt.revision,
        "sent_at": _instant(receipt.sent_at),
        "delivered_at": _instant(receipt.delivered_at),
        "acknowledge_by": _instant(receipt.acknowledge_by),
        "acknowledged_at": _instant(receipt.acknowledged_at),
        "refused_at": _instant(receipt.refused_at),
        "gave_up_at": _instant(receipt.gave_up_at),
    }


def _instant(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
