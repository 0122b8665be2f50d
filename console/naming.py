"""What things are called where people read of them."""

from console.call import Call


def assignment_named(call: Call, assignment: str, occurrence: int | None) -> str:
    """The id, and of a recurring obligation which occurrence it is."""
    if occurrence is None:
        return assignment
    return call.text("cli.occurrence", assignment=assignment, number=occurrence)
