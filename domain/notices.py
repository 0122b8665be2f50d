"""Who is to be told what. The domain says it; ``handle`` writes it down; the dispatcher delivers it."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from uuid import UUID, uuid5

from domain.alarms import AcknowledgementDeadlinePassed, DeadlinePassed, Reminded
from domain.base import Fact, Narrative, UnitId
from domain.commands.accept import ReportAccepted
from domain.commands.approve import ReportApproved
from domain.commands.issue import DirectiveIssued
from domain.commands.refuse import ReceiptRefused
from domain.commands.report import ReportSubmitted
from domain.commands.return_report import ReportReturned
from domain.event import Event
from domain.state import DirectiveState


class NoticeKind(StrEnum):
    """What a notice says."""

    ISSUED = "issued"
    REMINDER = "reminder"
    DEADLINE_PASSED = "deadline_passed"
    ACKNOWLEDGEMENT_PASSED = "acknowledgement_passed"
    UNACKNOWLEDGED = "unacknowledged"
    REFUSED = "refused"
    REPORT_WAITING = "report_waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Notice(Fact):
    """One thing to tell one unit. ``assignments`` are ids; ``about``: the unit it is about, where another is told."""

    id: UUID
    kind: NoticeKind
    unit: UnitId
    about: UnitId | None = None
    assignments: list[str]
    detail: Narrative | None = None


def notices(state: DirectiveState, events: Iterable[Event]) -> Sequence[Notice]:
    """The notices that the events call for. What one batch has to tell a unit in the same words is one notice."""
    told: dict[tuple[NoticeKind, str, str | None, str | None], Notice] = {}
    for event in events:
        for kind, unit, about, assignments, detail in _of(state, event):
            key = (kind, unit, about, detail)
            first = told.get(key)
            told[key] = Notice(
                id=first.id if first else uuid5(event.event_id, f"{kind}/{unit}"),
                kind=kind,
                unit=unit,
                about=about,
                assignments=[*(first.assignments if first else []), *assignments],
                detail=detail,
            )
    return list(told.values())


_Told = tuple[NoticeKind, str, str | None, list[str], str | None]


def _of(state: DirectiveState, event: Event) -> Iterator[_Told]:
    issuer = state.document.issuer
    match data := event.data:
        case DirectiveIssued():
            yield from _issued(state, data)
        # Rung late (the work lay with the issuer, or we were down), it would call a deadline near that has passed.
        case Reminded() if event.at < data.deadline:
            yield NoticeKind.REMINDER, _holder(state, data.assignment), None, [data.assignment], None
        case DeadlinePassed():
            yield NoticeKind.DEADLINE_PASSED, _holder(state, data.assignment), None, [data.assignment], None
        case AcknowledgementDeadlinePassed():
            yield NoticeKind.ACKNOWLEDGEMENT_PASSED, data.unit, None, [], None
            yield NoticeKind.UNACKNOWLEDGED, issuer, data.unit, [], None
        case ReceiptRefused():
            yield NoticeKind.REFUSED, issuer, data.unit, [], data.reason
        case ReportSubmitted(to="issuer") | ReportApproved():
            about = _holder(state, data.assignment)
            yield NoticeKind.REPORT_WAITING, issuer, about, [data.assignment], None
        case ReportReturned():
            yield NoticeKind.RETURNED, _holder(state, data.assignment), None, [data.assignment], data.reason
        case ReportAccepted():
            yield NoticeKind.ACCEPTED, _holder(state, data.assignment), None, [data.assignment], None
        case _:
            return


def _issued(state: DirectiveState, data: DirectiveIssued) -> Iterator[_Told]:
    held: dict[str, list[str]] = {unit: [] for unit in state.receipts}
    for assignment in data.assignments:
        held[assignment.unit].append(assignment.id)
    for unit, ids in held.items():
        yield NoticeKind.ISSUED, unit, None, ids, None


def _holder(state: DirectiveState, assignment: str) -> str:
    return state.assignments[assignment].unit
