"""What answering a recall comes to, whoever answers: the unit, or time."""

from datetime import datetime
from typing import Literal

from domain.command import receipt_of
from domain.refusal import Code, Refused
from domain.state import DirectiveState, Receipt


def asked_receipt(state: DirectiveState, unit: str | None) -> Receipt:
    """The receipt of a unit that has not answered yet. Raises ``Refused``."""
    receipt = receipt_of(state, unit)
    if receipt.recall != "asked":
        raise Refused(Code.RECALL_ANSWERED, unit=receipt.unit, answer=receipt.recall or "-")
    return receipt


def owed_of(state: DirectiveState, unit: str) -> list[str]:
    """The assignments that are recalled when the unit agrees; what was accepted stays done."""
    return [one.id for one in state.held(unit) if one.owed]


def give_way(
    state: DirectiveState, unit: str, assignments: list[str], answer: Literal["agreed", "silent"], at: datetime
) -> None:
    """The unit owes nothing any more."""
    for id_ in assignments:
        state.assignments[id_].release("recalled", at)
    receipt = state.receipts[unit]
    receipt.recall = answer
    receipt.released_at = receipt.touched_at = at
    settle(state, at)


def stay_bound(state: DirectiveState, unit: str, at: datetime) -> None:
    """The unit does not agree: its assignments stay in force, and its refusal stays to be seen."""
    receipt = state.receipts[unit]
    receipt.recall = "refused"
    receipt.touched_at = at
    state.recall_refused += 1
    settle(state, at)


def settle(state: DirectiveState, at: datetime) -> None:
    """One answer less to wait for; after the last one the directive is recalled, or in force for those who refused."""
    state.recall_asked -= 1
    if state.recall_asked > 0:
        return
    state.recall_answer_by = None
    if state.recall_refused:
        state.phase = "in_force"
    else:
        state.end("recalled", at)
