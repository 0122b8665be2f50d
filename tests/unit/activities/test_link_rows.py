"""The links of a directive, from its events."""

from typing import Any

import pytest

from activities.journal.link_rows import link_rows
from domain.command import Command
from tests.support.builders import CLERK, LEADER, by, command, directive, obligation
from tests.support.desk import Desk

OTHER = "directive/office/2026/18-UBND-NC"
PAPER = {"notation": "18/UBND-NC", "issued_date": "2026-11-02"}


def row(kind: str, **fields: Any) -> dict[str, Any]:
    plain = {"number": 1, "inward": True, "notation": "18/UBND-NC", "target": None, "assignment": None}
    return {"version": 2, "kind": kind, **plain, **fields}


def given(kind: str, document: dict[str, Any]) -> Command:
    match kind:
        case "amends":
            added = obligation("unit-a", item="2", deadline={"kind": "none"})
            return command("amend", LEADER, document=document, add=[added])
        case "corrects":
            return command("correct", CLERK, document=document, subject="tăng cường kiểm tra, giám sát")
        case "supersedes":
            return command("supersede", LEADER, by=document)
        case _:
            return command("recall", LEADER, reason="ban hành nhầm", document=document)


@pytest.mark.parametrize("target", [None, OTHER])
@pytest.mark.parametrize("kind", ["amends", "corrects", "supersedes", "recalls"])
def test_the_document_that_changes_a_directive_points_to_it(kind: str, target: str | None) -> None:
    desk = Desk()
    document = {**PAPER, **({"stream": target} if target else {})}
    events = desk.do(given(kind, document))
    assert list(link_rows(events)) == [row(kind, target=target)]


def test_a_recall_without_a_document_ties_nothing() -> None:
    desk = Desk()
    assert list(link_rows(desk.do(command("recall", LEADER, reason="ban hành nhầm")))) == []


def test_what_is_cited_at_the_issue_and_the_assignment_above_are_pointed_to_in_their_order() -> None:
    above = Desk(directive(obligation("unit-a", deadline=by("2026-11-25"))))
    cited = [
        {"kind": "basis", "notation": "1/NĐ-CP"},
        {"kind": "follows", "notation": "18/UBND-NC", "stream": OTHER},
    ]
    below = Desk(
        directive(
            obligation("ward", deadline=by("2026-11-20")),
            document={"issuer": "unit-a", "links": cited},
            informed=["unit-a"],
            under={"stream": above.stream, "assignment": "1.1"},
        ),
        above=above.state,
    )
    outward = {"version": 1, "inward": False}
    assert list(link_rows(below.events)) == [
        row("basis", notation="1/NĐ-CP", **outward),
        row("follows", number=2, target=OTHER, **outward),
        row("under", number=3, notation="17/UBND-NC", target=above.stream, assignment="1.1", **outward),
    ]
