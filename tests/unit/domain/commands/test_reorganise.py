"""reorganise: open work moves, what is done stays, and the figures add up as before."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from domain.timed.acknowledgement import AcknowledgementRungReached
from tests.support.builders import (
    CLERK,
    LEADER,
    Json,
    accept,
    acknowledge,
    calendar,
    command,
    delivered,
    directive,
    head_of,
    ladder,
    local_time,
    obligation,
    progress,
    report,
    someone,
    special,
    unit_json,
)
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may

OPERATOR = someone(Role.OPERATOR)
MERGED = [{"unit": "unit-a", "to": "unit-z"}, {"unit": "unit-b", "to": "unit-z"}]


def reorganise(actor: Actor = OPERATOR, **fields: Any) -> Command:
    said = fields or {"moves": MERGED, "units": [unit_json("unit-z")]}
    document = {"notation": "35/NQ-HĐND", "issued_date": "2026-11-02"}
    return command("reorganise", actor, **{"document": document, "effective": "2026-11-02", "kind": "merge", **said})


CASES = [
    Case(name="merged", command=reorganise, yields=("UnitsReorganised",)),
    Case(
        name="ended, another goes on",
        command=lambda: reorganise(kind="end", moves=[{"unit": "unit-a", "to": "unit-b"}]),
        yields=("UnitsReorganised",),
    ),
    Case(
        name="renamed",
        command=lambda: reorganise(kind="rename", units=[{**unit_json("unit-a"), "name": "Sở mới"}]),
        yields=("UnitsReorganised",),
        again=Code.NOTHING_CHANGED,
    ),
    Case(
        name="split",
        command=lambda: reorganise(
            kind="split", splits=[{"assignment": "1.1", "to": "unit-z"}], units=[unit_json("unit-z")]
        ),
        yields=("UnitsReorganised",),
        again=Code.NOTHING_CHANGED,
    ),
    Case(
        name="of units not named here",
        command=lambda: reorganise(moves=[{"unit": "unit-x", "to": "unit-y"}]),
        refused=Code.NOTHING_CHANGED,
    ),
    Case(
        name="a unit in its own place",
        command=lambda: reorganise(moves=[{"unit": "unit-a", "to": "unit-a"}]),
        refused=Code.SAME_UNIT,
    ),
    Case(
        name="unknown successor",
        command=lambda: reorganise(moves=[{"unit": "unit-a", "to": "unit-z"}]),
        refused=Code.UNKNOWN_UNIT,
        details={"unit": "unit-z"},
    ),
    Case(
        name="unknown assignment",
        command=lambda: reorganise(splits=[{"assignment": "9.9", "to": "unit-b"}]),
        refused=Code.UNKNOWN_ASSIGNMENT,
    ),
    Case(
        name="being recalled",
        given=[lambda: command("recall", LEADER, reason="nhầm")],
        command=reorganise,
        refused=Code.DIRECTIVE_FROZEN,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reorganise(case: Case) -> None:
    case.check()


def test_who_may_reorganise() -> None:
    assert roles_that_may(CASES[0], reorganise) == {Role.OPERATOR}


def test_open_work_moves_done_work_stays_and_nothing_is_lost() -> None:
    desk = Desk(directive(obligation("unit-a", "unit-b"), obligation("unit-a", item="2")))
    desk.do(acknowledge("unit-a"), report("unit-a", by=head_of("unit-a")), accept("unit-a"), reorganise())
    assert {one.id: one.unit for one in desk.state.assignments.values()} == {
        "1.1": "unit-a", "1.2": "unit-z", "2.1": "unit-z",
    }  # fmt: skip
    assert [one.cause for one in desk.state.assignments["2.1"].handovers] == ["reorganisation"]
    assert [(one.kind, one.unit, one.assignments) for one in desk.notices()] == [
        ("reorganised", "unit-z", ["2.1", "1.2"])
    ]


def test_what_the_predecessor_had_acknowledged_its_successor_need_not() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-a"), acknowledge("unit-b"), reorganise())
    desk.do(progress("unit-z", assignment="1.1"))
    assert desk.state.receipts["unit-a"].released_at is not None


def test_a_report_on_its_way_moves_with_the_work() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-a"), report("unit-a"), reorganise())
    assert desk.state.assignments["1.1"].status == "with_head"
    desk.do(command("approve", head_of("unit-z"), assignment="1.1"))


@pytest.mark.parametrize(
    "changes",
    [
        {"moves": [{"unit": "unit-a", "to": "unit-b"}, {"unit": "unit-b", "to": "unit-c"}]},
        {"moves": [{"unit": "unit-a", "to": "unit-b"}, {"unit": "unit-b", "to": "unit-a"}]},
        {"moves": [{"unit": "unit-a", "to": "unit-b"}], "splits": [{"assignment": "1.2", "to": "unit-a"}]},
        {"moves": [{"unit": "unit-a", "to": "unit-b"}], "splits": [{"assignment": "1.1", "to": "unit-a"}]},
        {"kind": "split", "splits": [{"assignment": "1.1", "to": "unit-b"}]},
    ],
)
def test_whoever_holds_open_work_afterwards_is_bound_and_whoever_holds_none_is_not(changes: Json) -> None:
    desk = Desk(directive(obligation("unit-a", "unit-b", "unit-c")))
    desk.do(reorganise(**changes))
    owing = {one.unit for one in desk.state.assignments.values() if one.owed}
    assert {unit for unit, one in desk.state.receipts.items() if one.released_at is None} == owing
    assert len(desk.state.assignments) == 3


def test_a_successor_is_not_urged_again_for_what_it_was_urged_for_before() -> None:
    # Off from Tuesday on, unit-a has not come to the rung that unit-b has behind it.
    days = [special(f"2026-11-0{day}", "off", "unit-a") for day in (3, 4, 5, 6)]
    tasks = [obligation(unit, item=item) for item, unit in (("1", "unit-a"), ("2", "unit-b"), ("3", "unit-c"))]
    rules = {"acknowledge_ladder": ladder(1, 3)}
    desk = Desk(directive(*tasks, document={"priority": 1}, calendar={**calendar(), "days": days}, policy=rules))
    desk.do(delivered("unit-a", "unit-b", "unit-c"))
    desk.live_until(local_time("2026-11-04 12:00"))
    desk.do(reorganise(kind="split", splits=[{"assignment": "2.1", "to": "unit-c"}]))
    desk.do(reorganise(moves=[{"unit": "unit-a", "to": "unit-b"}]))
    desk.live_until(local_time("2026-11-30 12:00"))
    urged = [event.data for event in desk.events if isinstance(event.data, AcknowledgementRungReached)]
    assert [one.rung for one in urged if one.unit == "unit-b"] == [1, 3]
    assert len({event.event_id for event in desk.events}) == len(desk.events)


def test_a_receipt_is_never_inherited_under_a_revision_of_which_the_successor_had_one() -> None:
    desk = Desk()
    document = {"notation": "18/UBND-NC", "issued_date": "2026-11-02"}
    more = command("amend", CLERK, document=document, add=[obligation("unit-b", item="2")])
    less = command("amend", CLERK, document=document, drop=["2"], change=[{"item": "1", "drop_lead": ["unit-b"]}])
    desk.do(acknowledge("unit-a"), more, less, reorganise(moves=[{"unit": "unit-a", "to": "unit-b"}]))
    every = [*desk.state.earlier_receipts, *desk.state.receipts.values()]
    assert len({(one.unit, one.revision) for one in every}) == len(every)
    assert desk.state.receipts["unit-b"].acknowledged_at is not None
