"""What one directive tells another: its standing to the one above, what changed to those below."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID, uuid5

from domain.actor import SYSTEM
from domain.base import Fact
from domain.commands.record_child import ChildRecorded
from domain.document import StreamId
from domain.event import NAMESPACE, Event
from domain.state import RELEASED, Assignment, DirectiveState, Phase

Standing = Literal["in_time", "overdue", "done"]
_Word = tuple[StreamId, str, dict[str, Any]]
"""To whom, about which assignment, and what."""
_RECALL: Final[frozenset[Phase]] = frozenset({"recalling", "recalled"})


class Relay(Fact):
    """A command from the system, for the directive ``to``."""

    id: UUID
    to: StreamId
    command: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Parent:
    """What the directives under an assignment depend on. ``children``: those that were known."""

    unit: str
    deadline: datetime | None
    released: bool
    children: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Watched:
    """What a batch is compared against. ``standing``: None where nobody above is told of it."""

    phase: Phase = "in_force"
    standing: Standing | None = None
    parents: dict[str, _Parent] = field(default_factory=dict)


def watched(state: DirectiveState | None) -> Watched:
    """Before a batch: the state is changed by it."""
    if state is None:
        return Watched()
    return Watched(
        phase=state.phase,
        standing=standing(state) if state.superior else None,
        parents={id_: _parent(state.assignments[id_]) for id_ in state.parents},
    )


def relays(before: Watched, state: DirectiveState, events: Iterable[Event]) -> list[Relay]:
    """What the batch of ``events`` calls for, one at most for each directive and assignment."""
    return [
        _relay(state, to, about, content)
        for to, about, content in (*_upwards(before, state), *_downwards(before, state, events))
    ]


def standing(state: DirectiveState) -> Standing:
    """How it stands with the directives under it taken into account: by what has happened, not by the clock."""
    if state.ended:
        return "done"
    owed = [one for one in state.assignments.values() if one.owed]
    if not owed:
        return "done"
    late = any(one.role == "lead" and _late(one, state.touched_at) for one in owed)
    return "overdue" if late else "in_time"


def _late(assignment: Assignment, at: datetime) -> bool:
    # Rung at the very instant of the deadline it is over, though no time has gone by after it.
    rung = assignment.runs and assignment.has_passed
    below = any(child.standing == "overdue" for child in assignment.own_children)
    return rung or below or assignment.overdue(at)


def _parent(assignment: Assignment) -> _Parent:
    return _Parent(assignment.unit, assignment.deadline, assignment.status in RELEASED, frozenset(assignment.children))


def _upwards(before: Watched, state: DirectiveState) -> Iterator[_Word]:
    superior = state.superior
    if superior is None:
        return
    now = standing(state)
    if now != before.standing:
        yield (
            superior.stream,
            superior.assignment,
            {
                "type": "record_child",
                "assignment": superior.assignment,
                "child": state.stream,
                "standing": now,
                "child_version": state.version,
                "window": superior.deadline.isoformat() if superior.deadline else None,
            },
        )


def _downwards(before: Watched, state: DirectiveState, events: Iterable[Event]) -> Iterator[_Word]:
    told = {event.data.child: event.data for event in events if isinstance(event.data, ChildRecorded)}
    for assignment in (state.assignments[id_] for id_ in state.parents):
        known = before.parents.get(assignment.id)
        for child in assignment.children:
            first = known is None or child not in known.children
            if _recall_passes(before, state, assignment, first=first):
                change: dict[str, Any] | None = {"kind": "recalled"}
            else:
                # One that was being issued while this one changed has missed it.
                seen = _as_child_knew(assignment, told[child]) if child in told else known
                change = _change(seen, assignment) if seen is not None else None
            if change is not None:
                yield child, assignment.id, {"type": "superior_changed", "superior_version": state.version, **change}


def _recall_passes(before: Watched, state: DirectiveState, assignment: Assignment, *, first: bool) -> bool:
    """Whether a child has to hear of a recall: of this batch, or at its ``first`` word of an earlier one."""
    if first and assignment.status == "recalled":
        return True
    return state.phase in _RECALL and (first or before.phase not in _RECALL)


def _as_child_knew(assignment: Assignment, told: ChildRecorded) -> _Parent:
    return _Parent(assignment.unit, told.window, released=False)


def _change(known: _Parent, assignment: Assignment) -> dict[str, Any] | None:
    now = _parent(assignment)
    if (now.released and not known.released and assignment.status != "recalled") or now.unit != known.unit:
        return {"kind": "released"}
    if now.deadline != known.deadline:
        return {"kind": "deadline", "deadline": now.deadline.isoformat() if now.deadline else None}
    return None


def _relay(state: DirectiveState, to: str, about: str, content: dict[str, Any]) -> Relay:
    # Whoever claims to be one directive's child under two assignments must not make two relays of one name.
    id_ = uuid5(uuid5(NAMESPACE, state.stream), f"#relay/{state.version}/{to}/{about}")
    envelope = {
        "command_id": str(id_),
        "actor": SYSTEM.model_dump(mode="json", exclude_none=True),
        "sent_at": state.touched_at.isoformat(),
    }
    return Relay(id=id_, to=to, command={**envelope, **content})
