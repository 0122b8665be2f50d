"""Which proposal or refusal of a unit waits for the issuer's decision."""

from domain.refusal import Code, Refused
from domain.state import Assignment, Receipt


def proposed_transfer(assignment: Assignment) -> str:
    """The unit that the holder proposes in its own place. Raises ``Refused``."""
    if assignment.transfer_to is None:
        raise Refused(Code.NO_TRANSFER_WAITING, assignment=assignment.id)
    return assignment.transfer_to


def check_refusal_waits(receipt: Receipt) -> None:
    """The unit has refused, and the issuer has not decided. Raises ``Refused``."""
    if not receipt.refusal_waits:
        raise Refused(Code.NO_REFUSAL_WAITING, unit=receipt.unit)
