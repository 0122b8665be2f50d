"""amend: only those whom it concerns have something new."""

from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from domain.actor import Actor, Role
from domain.command import Command
from domain.directive import Directive
from domain.refusal import Code
from tests.support.builders import (
    CLERK,
    LEADER,
    Json,
    accept,
    acknowledge,
    by,
    command,
    directive,
    head_of,
    obligation,
    progress,
    report,
    unit_json,
)
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may

DOCUMENT = {"notation": "18/UBND-NC", "issued_date": "2026-11-02"}
UNITS = ("unit-a", "unit-b", "unit-c")


def amend(actor: Actor = CLERK, **fields: Any) -> Command:
    said = fields or {"change": [{"item": "1", "text": "Kiểm tra, báo cáo."}]}
    return command("amend", actor, document=DOCUMENT, **said)


def joint() -> Directive:
    return directive(obligation("unit-a", support=["unit-b"]))


CASES = [
    Case(name="another wording", command=amend, yields=("DirectiveAmended",), again=Code.NOTHING_CHANGED),
    Case(
        name="a new obligation",
        command=lambda: amend(add=[obligation("unit-a", item="2", deadline=by("2026-12-01"))]),
        yields=("DirectiveAmended", "DeadlineSet"),
        again=Code.INVALID_FIELD,
    ),
    Case(
        name="a new unit",
        command=lambda: amend(change=[{"item": "1", "add_lead": ["unit-z"]}], units=[unit_json("unit-z")]),
        yields=("UnitsAdded", "DirectiveAmended"),
        again=Code.INVALID_FIELD,
    ),
    Case(
        name="another deadline",
        command=lambda: amend(change=[{"item": "1", "deadline": by("2026-12-01")}]),
        yields=("DirectiveAmended", "DeadlineSet", "DeadlineSet"),
        again=Code.NOTHING_CHANGED,
    ),
    Case(
        name="a unit dropped",
        command=lambda: amend(change=[{"item": "1", "drop_lead": ["unit-a"]}]),
        yields=("DirectiveAmended",),
        again=Code.UNKNOWN_ASSIGNMENT,
    ),
    Case(
        name="an obligation dropped",
        command=lambda: amend(drop=["1"]),
        yields=("DirectiveAmended",),
        again=Code.UNKNOWN_ITEM,
    ),
    Case(
        name="a unit to be informed",
        command=lambda: amend(inform=["unit-z"], units=[unit_json("unit-z")]),
        yields=("UnitsAdded", "DirectiveAmended"),
        again=Code.NOTHING_CHANGED,
    ),
    Case(
        name="an obligation named twice",
        command=lambda: amend(change=[{"item": "1", "text": "x"}], drop=["1"]),
        refused=Code.INVALID_FIELD,
        details={"problem": "item_twice"},
    ),
    Case(name="nothing", command=lambda: amend(add=[]), refused=Code.NOTHING_CHANGED),
    Case(name="unknown item", command=lambda: amend(change=[{"item": "9", "text": "x"}]), refused=Code.UNKNOWN_ITEM),
    Case(name="unknown item dropped", command=lambda: amend(drop=["9"]), refused=Code.UNKNOWN_ITEM),
    Case(
        name="unknown unit",
        command=lambda: amend(change=[{"item": "1", "add_lead": ["unit-z"]}]),
        refused=Code.UNKNOWN_UNIT,
    ),
    Case(
        name="a unit that does not hold it dropped",
        command=lambda: amend(change=[{"item": "1", "drop_lead": ["unit-z"]}]),
        refused=Code.UNKNOWN_ASSIGNMENT,
    ),
    Case(
        name="a unit twice",
        command=lambda: amend(change=[{"item": "1", "add_lead": ["unit-a"]}]),
        refused=Code.INVALID_FIELD,
        details={"problem": "unit_twice"},
    ),
    Case(
        name="support where each leads its own",
        command=lambda: amend(change=[{"item": "1", "add_support": ["unit-c"]}]),
        refused=Code.INVALID_FIELD,
        details={"problem": "each_support"},
    ),
    Case(
        name="joint without a lead",
        content=joint,
        command=lambda: amend(change=[{"item": "1", "drop_lead": ["unit-a"]}]),
        refused=Code.INVALID_FIELD,
        details={"problem": "joint_lead"},
    ),
    Case(
        name="joint under another lead",
        content=joint,
        command=lambda: amend(
            change=[{"item": "1", "drop_lead": ["unit-a"], "add_lead": ["unit-z"]}], units=[unit_json("unit-z")]
        ),
        yields=("UnitsAdded", "DirectiveAmended"),
    ),
    Case(
        name="a deadline gone by",
        command=lambda: amend(change=[{"item": "1", "deadline": by("2026-10-01")}]),
        refused=Code.DEADLINE_PAST,
    ),
    Case(
        name="being recalled",
        given=[lambda: command("recall", LEADER, reason="nhầm")],
        command=amend,
        refused=Code.DIRECTIVE_FROZEN,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_amend(case: Case) -> None:
    case.check()


def test_who_may_amend() -> None:
    assert roles_that_may(CASES[0], amend) == {Role.CLERK, Role.LEADER}


def test_the_affected_acknowledge_again_and_go_on() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-a"), amend())
    assert desk.one(progress("unit-a")).code is Code.NOT_ACKNOWLEDGED
    desk.do(acknowledge("unit-a"), progress("unit-a"))
    assert desk.state.receipts["unit-a"].revision == desk.state.revision == 2
    assert [(one.unit, one.revision) for one in desk.state.earlier_receipts] == [("unit-a", 1), ("unit-b", 1)]


def test_what_was_accepted_does_not_change_and_its_unit_hears_nothing() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-a"), report("unit-a", by=head_of("unit-a")), accept("unit-a"))
    before = desk.state.copied()
    desk.do(amend(change=[{"item": "1", "deadline": by("2026-12-01")}]))
    assert desk.state.assignments["1.1"] == before.assignments["1.1"]
    assert desk.state.receipts["unit-a"] == before.receipts["unit-a"]
    assert [one.unit for one in desk.notices()] == ["unit-b"]


def test_who_loses_everything_owes_nothing_not_even_an_acknowledgement() -> None:
    desk = Desk()
    desk.do(amend(change=[{"item": "1", "drop_lead": ["unit-a"]}]))
    assert desk.state.assignments["1.1"].status == "superseded"
    assert desk.state.receipts["unit-a"].released_at is not None
    assert [(one.kind, one.unit) for one in desk.notices()] == [("dropped", "unit-a")]


def test_a_new_assignment_gets_a_number_that_was_never_used_and_the_day_of_the_amendment() -> None:
    desk = Desk()
    desk.do(amend(change=[{"item": "1", "drop_lead": ["unit-b"]}]))
    desk.do(amend(change=[{"item": "1", "add_lead": ["unit-b"]}]))
    assert sorted(desk.state.assignments) == ["1.1", "1.2", "1.3"]
    assert desk.state.assignments["1.3"].assigned_on.isoformat() == "2026-11-02"


@drawn(item=st.sampled_from("123"), unit=st.sampled_from(UNITS), what=st.sampled_from(["text", "drop", "deadline"]))
def test_whom_an_amendment_does_not_concern_keeps_receipt_and_work_untouched(item: str, unit: str, what: str) -> None:
    """Each obligation is held by one unit alone."""
    holders = dict(zip("123", UNITS, strict=True))
    desk = Desk(directive(*(obligation(holder, item=number) for number, holder in holders.items())))
    desk.do(*(acknowledge(one) for one in UNITS), progress(unit, item=None))
    before = desk.state.copied()
    changes: Json = {
        "text": {"change": [{"item": item, "text": "khác"}]},
        "drop": {"drop": [item]},
        "deadline": {"change": [{"item": item, "deadline": by("2026-12-01")}]},
    }
    desk.do(amend(**changes[what]))
    for number, other in holders.items():
        if number != item:
            assert desk.state.receipts[other] == before.receipts[other]
            assert desk.state.held(other) == before.held(other)


def test_a_unit_that_is_to_act_is_not_merely_informed() -> None:
    desk = Desk()
    desk.do(amend(add=[obligation("unit-z", item="2")], inform=["unit-z"], units=[unit_json("unit-z")]))
    assert desk.state.receipts["unit-z"].purpose == "act"
    assert [(one.kind, one.unit) for one in desk.notices()] == [("amended", "unit-z")]
