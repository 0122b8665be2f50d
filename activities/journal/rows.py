"""The read models' rows, made from the state: the register, its assignments, their hand-overs, its receipts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from domain.alarms import next_alarm, next_deadline
from domain.event import Event
from domain.state import HELD_BY_ISSUER, Assignment, DirectiveState, Receipt

NOT_SHOWN: Final = {"assigned_on", "occurrence", "named", "reviewed_at"}
"""Of an obligation: what only the clock needs to know."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a batch changed. ``receipts``: units whose receipts it changed."""

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
    document, alarm = state.document, next_alarm(state)
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
        "next_alarm": _instant(alarm.astimezone(UTC) if alarm else None),
        "next_deadline": _instant(next_deadline(state)),
        "recall_answer_by": _instant(state.recall_answer_by),
        "paused_until": _instant(state.paused_until),
        "document": document.model_dump(mode="json"),
        "former_units": [
            {"unit": one.unit.id, "name": one.unit.name, "until": _instant(one.until)} for one in state.former_units
        ],
        "obligations": [one.model_dump(mode="json", exclude=NOT_SHOWN) for one in state.obligations.values()],
    }


def assignment_row(state: DirectiveState, assignment: Assignment) -> dict[str, Any]:
    """``left_unit_at``: since when the issuer holds the report, or when the accepted one left the unit.

    ``reported_at``: since when the unit's head has the report; None where he has none. ``held_until``: since when its
    time is no longer the unit's; ``judged_by``: the deadline that figures hold it against. ``transferred``: hand-overs
    that somebody decided, not those of a reorganisation.
    """
    waits = assignment.status == "with_head"
    left = assignment.status in HELD_BY_ISSUER and assignment.reports
    asked = assignment.pending_extension
    demanded = assignment.pending_explanation
    return {
        "id": assignment.id,
        "item": assignment.item,
        "unit": assignment.unit,
        "unit_name": state.units[assignment.unit].name,
        "role": assignment.role,
        "status": assignment.status,
        "unit_group": state.group_of(assignment.unit, assignment.assigned_on),
        "assigned_on": assignment.assigned_on.isoformat(),
        "created_at": _instant(assignment.created_at),
        "percent": assignment.percent,
        "reports": len(assignment.reports),
        "first_deadline": _instant(assignment.settings[0].instant if assignment.settings else None),
        "deadline": _instant(assignment.deadline),
        "reported_at": _instant(assignment.reports[-1].submitted_at if waits else None),
        "left_unit_at": _instant(assignment.reports[-1].left_unit_at if left else None),
        "held_until": _instant(assignment.held_until),
        "judged_by": _instant(assignment.judged_by),
        "officer": assignment.officer,
        "suspended_at": _instant(assignment.suspended_at),
        "released_at": _instant(assignment.released_at),
        "released_overdue": assignment.released_overdue,
        "extended": sum(one.decided == "granted" for one in assignment.extensions),
        "extension_until": _instant(asked.instant if asked else None),
        "extension_requested_at": _instant(asked.requested_at if asked else None),
        "reopened": assignment.reopened,
        "transferred": sum(one.cause != "reorganisation" for one in assignment.handovers),
        "transfer_to": assignment.transfer_to,
        "transfer_requested_at": _instant(assignment.transfer_requested_at),
        "urged": assignment.urged,
        "explanation_due": _instant(demanded.due if demanded else None),
        "occurrence": assignment.occurrence,
        "imported_line": assignment.imported_line,
        "first_unit": assignment.handovers[0].before if assignment.handovers else assignment.unit,
        "times_corrected": assignment.times_corrected,
    }


def handover_rows(state: DirectiveState, assignments: Collection[str]) -> Iterator[dict[str, Any]]:
    """Every time one of these assignments passed from one unit to another."""
    for id_ in assignments:
        for number, one in enumerate(state.assignments[id_].handovers, start=1):
            yield {
                "assignment": id_,
                "number": number,
                "before": one.before,
                "after": one.after,
                "at": _instant(one.at),
                "overdue": one.overdue,
                "overdue_originally": one.overdue_originally,
                "before_group": one.group,
                "cause": one.cause,
            }


def receipt_rows(state: DirectiveState, units: Collection[str]) -> Iterable[dict[str, Any]]:
    """Every receipt of these units, those of earlier revisions included."""
    rows = {
        (one.unit, one.revision): receipt_row(state, one, current=False)
        for one in state.earlier_receipts
        if one.unit in units
    }
    current = (state.receipts[unit] for unit in units)
    rows |= {(one.unit, one.revision): receipt_row(state, one) for one in current}
    return rows.values()


def receipt_row(state: DirectiveState, receipt: Receipt, *, current: bool = True) -> dict[str, Any]:
    """What is known of a unit's having received."""
    return {
        "unit": receipt.unit,
        "unit_name": state.units[receipt.unit].name,
        "purpose": receipt.purpose,
        "revision": receipt.revision,
        "current": current,
        "sent_at": _instant(receipt.sent_at),
        "delivered_at": _instant(receipt.delivered_at),
        "acknowledge_by": _instant(receipt.acknowledge_by),
        "acknowledged_at": _instant(receipt.acknowledged_at),
        "refused_at": _instant(receipt.refused_at),
        "refusal_declined_at": _instant(receipt.refusal_declined_at),
        "released_at": _instant(receipt.released_at),
        "gave_up_at": _instant(receipt.gave_up_at),
        "recall": receipt.recall,
        "times_corrected": receipt.times_corrected,
    }


def _instant(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
