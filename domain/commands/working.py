"""When a unit may work on an assignment, and which report waits for whom."""

from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Report, Status


def check_working(state: DirectiveState, assignment: Assignment) -> None:
    """Acknowledged, not accepted, no report on its way. Raises ``Refused``."""
    if state.receipts[assignment.unit].acknowledged_at is None:
        raise Refused(Code.NOT_ACKNOWLEDGED, unit=assignment.unit)
    if assignment.status == "accepted":
        raise Refused(Code.ALREADY_ACCEPTED, assignment=assignment.id)
    if assignment.status in ("with_head", "with_issuer"):
        raise Refused(Code.REPORT_PENDING, assignment=assignment.id)


def waiting_report(assignment: Assignment, status: Status, person: str) -> Report:
    """The report that waits in that status for somebody's answer; nobody answers their own. Raises ``Refused``."""
    if assignment.status != status:
        raise Refused(Code.NO_REPORT_WAITING, assignment=assignment.id)
    report = assignment.reports[-1]
    if person in (report.submitted_by, report.approved_by):
        raise Refused(Code.OWN_REPORT, assignment=assignment.id, person=person)
    return report
