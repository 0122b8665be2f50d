"""When a unit may work on an assignment, and which report or request waits for whom."""

from collections.abc import Sequence
from datetime import datetime

from domain.refusal import Code, Refused
from domain.state import RELEASED, Assignment, DirectiveState, Extension, Receipt, Report, Status


def check_working(state: DirectiveState, assignment: Assignment) -> None:
    """Acknowledged, in force, its clock running, no report on its way. Raises ``Refused``."""
    check_acknowledged(state, assignment)
    check_owed(assignment)
    check_not_suspended(assignment)
    check_no_report(assignment)


def check_acknowledged(state: DirectiveState, assignment: Assignment) -> None:
    """The unit that holds it has acknowledged the directive. Raises ``Refused``."""
    if state.receipts[assignment.unit].acknowledged_at is None:
        raise Refused(Code.NOT_ACKNOWLEDGED, unit=assignment.unit)


def check_owed(assignment: Assignment) -> None:
    """Neither accepted nor released. Raises ``Refused``."""
    if assignment.status == "accepted":
        raise Refused(Code.ALREADY_ACCEPTED, assignment=assignment.id)
    check_in_force(assignment)


def check_in_force(assignment: Assignment) -> None:
    """Not released: owed, or done. Raises ``Refused``."""
    if assignment.status in RELEASED:
        raise Refused(Code.RELEASED, assignment=assignment.id, status=assignment.status)


def check_not_suspended(assignment: Assignment) -> None:
    """Its clock does not stand still. Raises ``Refused``."""
    if assignment.suspended_at is not None:
        raise Refused(Code.SUSPENDED, assignment=assignment.id)


def check_no_report(assignment: Assignment) -> None:
    """No report waits for the head or the issuer. Raises ``Refused``."""
    if assignment.status in ("with_head", "with_issuer"):
        raise Refused(Code.REPORT_PENDING, assignment=assignment.id)


def check_completion(assignment: Assignment) -> None:
    """No directive of the unit that holds it still owes under it. Raises ``Refused``, naming those that do."""
    owing = [child.stream for child in assignment.own_children if child.standing != "done"]
    if owing:
        raise Refused(Code.CHILDREN_OWE, assignment=assignment.id, count=str(len(owing)), children=", ".join(owing[:5]))


def check_explained(state: DirectiveState, assignment: Assignment, at: datetime) -> None:
    """Where the policy asks for it, whoever was late has said why. Raises ``Refused``."""
    if not state.policy.explain_late or any(one.given_at is not None for one in assignment.explanations):
        return
    if assignment.imported_line is not None and len(assignment.reports) == 1:
        # Reported on paper; whoever wanted to know why has asked on paper.
        return
    if assignment.late(at):
        raise Refused(Code.EXPLANATION_OWED, assignment=assignment.id)


def check_bound(receipt: Receipt) -> None:
    """The unit was not released from the directive. Raises ``Refused``."""
    if receipt.released_at is not None:
        raise Refused(Code.UNIT_RELEASED, unit=receipt.unit)


def waiting_report(assignment: Assignment, status: Status, persons: Sequence[str]) -> Report:
    """The report that waits in that status for somebody's answer; nobody answers their own. Raises ``Refused``."""
    if assignment.status != status:
        raise Refused(Code.NO_REPORT_WAITING, assignment=assignment.id)
    report = assignment.reports[-1]
    check_not_own(assignment, report, persons)
    return report


def check_not_own(assignment: Assignment, report: Report, persons: Sequence[str]) -> None:
    """None of them had a part in the report. Raises ``Refused``."""
    # States of journals older than delegation know the persons by these two fields alone.
    own = {report.submitted_by, report.approved_by, *report.persons}
    for person in persons:
        if person in own:
            raise Refused(Code.OWN_REPORT, assignment=assignment.id, person=person)


def pending_extension(assignment: Assignment) -> Extension:
    """The request for more time that waits for the issuer. Raises ``Refused``."""
    pending = assignment.pending_extension
    if pending is None:
        raise Refused(Code.NO_EXTENSION_WAITING, assignment=assignment.id)
    return pending


def proposed_transfer(assignment: Assignment) -> str:
    """The unit that the holder proposes in its own place. Raises ``Refused``."""
    if assignment.transfer_to is None:
        raise Refused(Code.NO_TRANSFER_WAITING, assignment=assignment.id)
    return assignment.transfer_to


def check_refusal_waits(receipt: Receipt) -> None:
    """The unit has refused, and the issuer has not decided. Raises ``Refused``."""
    if not receipt.refusal_waits:
        raise Refused(Code.NO_REFUSAL_WAITING, unit=receipt.unit)
