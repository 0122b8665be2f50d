"""supersede: what is open is released; what is done stays done."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import LEADER, accept, acknowledge, close, command, head_of, report
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may


def supersede(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("supersede", actor, **{"by": {"notation": "18/UBND-NC", "issued_date": "2026-11-02"}, **fields})


def finished(unit: str) -> list[Any]:
    return [lambda: acknowledge(unit), lambda: report(unit, by=head_of(unit)), lambda: accept(unit)]


CASES = [
    Case(name="in force", command=supersede, yields=("DirectiveSuperseded",), again=Code.DIRECTIVE_ENDED),
    Case(
        name="closed",
        given=[*finished("unit-a"), *finished("unit-b"), close],
        command=supersede,
        refused=Code.DIRECTIVE_CLOSED,
    ),
    Case(
        name="being recalled",
        given=[lambda: command("recall", LEADER, reason="nhầm")],
        command=supersede,
        refused=Code.DIRECTIVE_FROZEN,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_supersede(case: Case) -> None:
    case.check()


def test_who_may_supersede() -> None:
    assert roles_that_may(CASES[0], supersede) == {Role.LEADER}


def test_a_report_that_waits_stays_listed_unanswered_and_what_was_accepted_stays_done() -> None:
    desk = Desk()
    desk.do(*(step() for step in finished("unit-a")), acknowledge("unit-b"), report("unit-b", by=head_of("unit-b")))
    desk.do(supersede())
    first, second = desk.state.assignments.values()
    assert (first.status, second.status) == ("accepted", "superseded")
    assert second.reports[0].left_unit_at is not None
    assert second.reports[0].accepted_at is second.reports[0].returned_at is None
    assert desk.one(accept("unit-b")).code is Code.DIRECTIVE_ENDED
