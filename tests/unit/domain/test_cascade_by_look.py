"""What is rolled up over three levels, against a look at all of them at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.relays import Relay, standing
from domain.state import Assignment
from tests.support.builders import ISSUED, accept, acknowledge, head_of, report, return_report, someone
from tests.support.desk import Desk
from tests.unit.domain.test_cascade import TOP, child_of, content, pass_on

ACTIONS = ("acknowledge", "report", "accept", "return", "nothing")
Below = Mapping[str, Sequence[Desk]]
"""Stream to the directives under its only assignment."""


def look(desk: Desk, below: Below, now: datetime) -> str:
    """How it stands, reckoned afresh from the top down; nothing that was told is believed."""
    [assignment] = desk.state.assignments.values()
    if assignment.status == "accepted":
        return "done"
    late = is_late(assignment, now) or any(look(one, below, now) == "overdue" for one in below.get(desk.stream, ()))
    return "overdue" if late else "in_time"


def is_late(assignment: Assignment, now: datetime) -> bool:
    deadline = assignment.deadline
    assert deadline is not None
    if assignment.status == "with_issuer":
        left = assignment.reports[-1].left_unit_at
        assert left is not None
        return left > deadline
    return now >= deadline


def act(desk: Desk, action: str) -> None:
    """Try it; refused is well too."""
    [assignment] = desk.state.assignments.values()
    unit, issuer = assignment.unit, desk.state.document.issuer
    match action:
        case "acknowledge":
            desk.one(acknowledge(unit))
        case "report":
            desk.one(report(unit, by=head_of(unit)))
        case "accept":
            desk.one(accept(unit, by=someone("leader", issuer)))
        case "return":
            desk.one(return_report(unit, by=someone("leader", issuer)))


def deliver(desks: Mapping[str, Desk], relays: Sequence[Relay]) -> None:
    """Until nobody has anything to tell."""
    waiting = list(relays)
    while waiting:
        relay = waiting.pop(0)
        waiting += pass_on(desks[relay.to], [relay])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ACTIONS), st.integers(0, 48)), max_size=30))
def test_what_is_rolled_up_over_three_levels_is_what_a_look_at_all_of_them_says(
    steps: list[tuple[int, str, int]],
) -> None:
    top = Desk(content(TOP))
    middle = child_of(top)
    leaves = [
        child_of(middle, issuer="ward", unit="hamlet", day="2026-11-10", number="1"),
        child_of(middle, issuer="ward", unit="street", day="2026-11-05", number="2"),
    ]
    upwards = [*((leaf, middle) for leaf in leaves), (middle, top)]
    desks = {one.stream: one for one in (*leaves, middle, top)}
    below = {top.stream: [middle], middle.stream: leaves}
    now = ISSUED
    for whose, action, hours in steps:
        now += timedelta(hours=hours)
        desk = (*leaves, middle, top)[whose]
        for one in (*leaves, middle, top):
            one.wait_until(now)
            deliver(desks, one.last.relays)
            if one is desk:
                act(one, action)
                deliver(desks, one.last.relays)
        assert standing(top.state) == look(top, below, now)
        for one, above in upwards:
            told = above.state.assignments["1.1"].children[one.stream].standing
            assert told == look(one, below, now)
