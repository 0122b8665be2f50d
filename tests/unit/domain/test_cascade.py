"""Directives under each other's assignments: what may be issued, what they tell each other, how it rolls up."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.arrival import Parcel
from domain.command import Command
from domain.commands import COMMANDS
from domain.directive import Directive
from domain.document import stream_of
from domain.handling import Handling
from domain.refusal import Code
from domain.relays import Relay, standing, watched
from domain.superiors import SuperiorFacts
from tests.support.builders import (
    ISSUED,
    accept,
    acknowledge,
    by,
    command,
    directive_json,
    head_of,
    issue,
    local_time,
    obligation,
    report,
    someone,
)
from tests.support.desk import Desk, arrival

TOP = directive_json(obligation("unit-a", deadline=by("2026-11-25")))


def content(source: dict[str, Any], **changes: Any) -> Directive:
    return Directive.model_validate({**source, **changes}, strict=False)


def below(
    parent: Desk,
    issuer: str = "unit-a",
    unit: str = "ward",
    day: str = "2026-11-20",
    number: str = "17",
    **fields: Any,
) -> Directive:
    """A directive of the holder under assignment 1.1 of another."""
    source = directive_json(obligation(unit, deadline=by(day)), document={"issuer": issuer, "code_number": number})
    source["directory"]["units"].append({"id": issuer, "name": issuer})
    return content(source, under={"stream": parent.stream, "assignment": "1.1"}, **fields)


def begin(body: Directive, parent: Desk | None) -> tuple[Handling, Desk | None]:
    """Issue it with what is known of the one above."""
    facts = SuperiorFacts.of(parent.state if parent else None, body.under) if body.under else None
    clerk = someone("clerk", body.document.issuer)
    handling = Handling(stream=stream_of(body.document), state=None, known={}, superior=facts)
    handling.run([Parcel(arrivals=[arrival(issue(body, by=clerk), ISSUED)])], ISSUED)
    if handling.state is None:
        return handling, None
    desk = Desk.__new__(Desk)
    vars(desk).update(
        stream=handling.stream,
        known={},
        events=[*handling.events],
        now=ISSUED,
        in_the_open={},
        _state=handling.state,
        last=handling,
        _superior=facts,
    )
    return handling, desk


def child_of(parent: Desk, **fields: Any) -> Desk:
    handling, desk = begin(below(parent, **fields), parent)
    assert desk is not None, handling.outcomes
    pass_on(parent, handling.relays)
    return desk


def pass_on(to: Desk, relays: Iterable[Relay]) -> list[Relay]:
    """Deliver what is meant for the directive; what it has to tell further."""
    further: list[Relay] = []
    for one in relays:
        if one.to == to.stream:
            to.do(read(one))
            further += to.last.relays
    return further


def read(relay: Relay) -> Command:
    return COMMANDS[relay.command["type"]].model_validate(relay.command, strict=False)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"issuer": "unit-b"}, Code.WRONG_UNIT),
        ({"day": "2026-11-26"}, Code.OUTSIDE_WINDOW),
        ({"day": "2026-11-25"}, None),
    ],
)
def test_what_may_be_issued_below(change: dict[str, Any], code: Code | None) -> None:
    top = Desk(content(TOP))
    handling, _ = begin(below(top, **change), top)
    assert handling.outcomes[0][0].code is code


def test_no_deadline_lies_beyond_every_window() -> None:
    top = Desk(content(TOP))
    body = below(top)
    open_ended = body.model_copy(update={"obligations": [body.obligations[0].model_copy(update={"deadline": {}})]})
    source = open_ended.model_dump(mode="json", warnings=False)
    source["obligations"][0]["deadline"] = {"kind": "none"}
    handling, _ = begin(Directive.model_validate(source, strict=False), top)
    assert handling.outcomes[0][0].code is Code.OUTSIDE_WINDOW


def test_below_nothing_that_is_known_or_owed_nothing_is_issued() -> None:
    top = Desk(content(TOP))
    handling, _ = begin(below(top), None)
    assert handling.outcomes[0][0].code is Code.UNKNOWN_SUPERIOR
    top.do(acknowledge(), report(by=head_of("unit-a")), accept())
    handling, _ = begin(below(top), top)
    assert handling.outcomes[0][0].code is Code.SUPERIOR_NOT_OPEN


def test_three_levels_and_no_more() -> None:
    desk, issuer = Desk(content(TOP)), "unit-a"
    for level in range(1, 4):
        desk = child_of(desk, issuer=issuer, unit=f"unit-{level}")
        assert desk.state.superior is not None
        assert desk.state.superior.level == level
        issuer = f"unit-{level}"
    handling, _ = begin(below(desk, issuer=issuer, unit="unit-4"), desk)
    assert handling.outcomes[0][0].code is Code.TOO_DEEP


def test_a_late_ward_turns_the_top_overdue_by_one_relay_for_each_change() -> None:
    top = Desk(content(TOP))
    middle = child_of(top)
    bottom = child_of(middle, issuer="ward", unit="hamlet", day="2026-11-10")
    bottom.wait_until(local_time("2026-11-11 09:00"))
    assert [one.command["standing"] for one in bottom.last.relays] == ["overdue"]
    further = pass_on(middle, bottom.last.relays)
    assert [one.command["standing"] for one in further] == ["overdue"]
    pass_on(top, further)
    assert standing(top.state) == "overdue"
    bottom.wait_until(local_time("2026-11-12 09:00"))
    assert bottom.last.relays == []


def test_a_deadline_that_is_reached_to_the_instant_is_told() -> None:
    top = Desk(content(TOP))
    child = child_of(top, day="2026-11-10")
    deadline = child.state.assignments["1.1"].deadline
    assert deadline is not None
    child.wait_until(deadline)
    assert [one.command["standing"] for one in child.last.relays] == ["overdue"]


def test_completion_is_refused_while_a_child_owes() -> None:
    top = Desk(content(TOP))
    child = child_of(top)
    top.do(acknowledge())
    assert top.one(report(by=head_of("unit-a"))).code is Code.CHILDREN_OWE
    child.do(acknowledge("ward"), report(by=head_of("ward"), unit="ward"))
    leader = someone("leader", "unit-a")
    child.do(accept("ward", by=leader))
    assert [one.command["standing"] for one in child.last.relays] == ["done"]
    pass_on(top, child.last.relays)
    top.do(report(by=head_of("unit-a")))


def test_what_is_told_twice_or_late_changes_nothing() -> None:
    top = Desk(content(TOP))
    child = child_of(top, day="2026-11-10")
    [first] = child.last.relays
    child.wait_until(local_time("2026-11-11 09:00"))
    [second] = child.last.relays
    pass_on(top, [second])
    before = len(top.events)
    old = command("record_child", someone("system", person="system"), **_content(first))
    assert top.do(old) == []
    assert len(top.events) == before
    assert standing(top.state) == "overdue"


def test_released_above_the_issuer_below_is_told_once() -> None:
    top = Desk(content(TOP))
    child = child_of(top)
    paper = {"notation": "99/UBND-TH", "issued_date": "2026-11-02"}
    top.do(command("waive", someone("leader"), assignment="1.1", authority=paper, reason="không còn"))
    [relay] = top.last.relays
    assert (relay.to, relay.command["kind"]) == (child.stream, "released")
    pass_on(child, [relay])
    assert [(one.kind, one.unit) for one in child.notices()] == [("superior_released", "unit-a")]
    assert child.state.assignments["1.1"].owed
    assert child.do(read(relay)) == []


@pytest.mark.parametrize(("day", "moves"), [("2026-11-10", 1), ("2026-11-23", 0)])
def test_an_earlier_deadline_above_moves_what_lies_beyond_it(day: str, moves: int) -> None:
    top = Desk(content(TOP))
    child = child_of(top)
    window = local_time(f"{day} 17:00")
    change = {"kind": "deadline", "superior_version": 99, "deadline": window.isoformat()}
    events = child.do(command("superior_changed", someone("system", person="system"), **change))
    assert [event.data.type for event in events] == ["SuperiorDeadlineChanged", *["DeadlineSet"] * moves]
    assert child.state.superior is not None
    assert child.state.superior.deadline == window
    if moves:
        assert child.state.assignments["1.1"].deadline == window


def test_one_issued_while_the_one_above_was_waived_hears_of_it() -> None:
    top = Desk(content(TOP))
    handling, child = begin(below(top), top)
    assert child is not None
    paper = {"notation": "99/UBND-TH", "issued_date": "2026-11-02"}
    top.do(command("waive", someone("leader"), assignment="1.1", authority=paper, reason="không còn"))
    assert top.last.relays == []
    assert [one.command["kind"] for one in pass_on(top, handling.relays)] == ["released"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["day", "acknowledge", "report", "accept"]), max_size=25))
def test_what_is_rolled_up_is_what_a_direct_look_says(steps: list[str]) -> None:
    top = Desk(content(TOP))
    child = child_of(top, day="2026-11-10")
    hours = 0
    for step in steps:
        hours += 20
        if step == "day":
            child.wait_until(local_time("2026-11-02 09:00") + hours * (local_time("2026-11-02 10:00") - ISSUED))
        else:
            given_then = {
                "acknowledge": acknowledge("ward"),
                "report": report("ward", by=head_of("ward")),
                "accept": accept("ward", by=someone("leader", "unit-a")),
            }
            child.one(given_then[step])
        pass_on(top, child.last.relays)
        assert top.state.assignments["1.1"].children[child.stream].standing == standing(child.state)


def test_a_recall_goes_down_level_by_level() -> None:
    top = Desk(content(TOP))
    middle = child_of(top)
    bottom = child_of(middle, issuer="ward", unit="hamlet")
    top.do(command("recall", someone("leader"), reason="trái thẩm quyền"))
    assert [(one.to, one.command["kind"]) for one in top.last.relays] == [(middle.stream, "recalled")]
    further = pass_on(middle, top.last.relays)
    pass_on(bottom, further)
    assert [desk.state.phase for desk in (top, middle, bottom)] == ["recalling"] * 3
    assert bottom.do(read(next(one for one in further if one.to == bottom.stream))) == []


RECALL = {"reason": "trái thẩm quyền"}


def told_of_recall(parent: Desk, first: list[Relay]) -> list[tuple[str, str]]:
    """What becomes of a child's first word that comes in only now."""
    return [(one.to, one.command["kind"]) for one in pass_on(parent, first)]


def test_one_that_becomes_known_while_the_one_above_is_being_recalled_is_recalled() -> None:
    top = Desk(content(TOP))
    handling, child = begin(below(top), top)
    assert child is not None
    top.do(command("recall", someone("leader"), **RECALL))
    assert top.last.relays == []
    assert told_of_recall(top, handling.relays) == [(child.stream, "recalled")]
    pass_on(child, top.last.relays)
    assert child.state.phase == "recalling"


def test_one_that_becomes_known_after_all_above_agreed_to_the_recall_is_recalled() -> None:
    top = Desk(content(TOP))
    handling, child = begin(below(top), top)
    assert child is not None
    top.do(command("recall", someone("leader"), **RECALL), command("agree_recall", head_of("unit-a")))
    assert top.state.phase == "recalled"
    assert told_of_recall(top, handling.relays) == [(child.stream, "recalled")]


def test_one_that_becomes_known_after_its_unit_alone_agreed_to_the_recall_is_recalled() -> None:
    top = Desk(content(directive_json(obligation("unit-a", "unit-b", deadline=by("2026-11-25")))))
    handling, child = begin(below(top), top)
    assert child is not None
    keep = command("refuse_recall", head_of("unit-b"), reason="đã ký hợp đồng")
    top.do(command("recall", someone("leader"), **RECALL), command("agree_recall", head_of("unit-a")), keep)
    assert top.state.phase == "in_force"
    assert told_of_recall(top, handling.relays) == [(child.stream, "recalled")]


def test_one_that_did_not_agree_to_the_recall_is_not_recalled_again_by_its_next_word() -> None:
    top = Desk(content(TOP))
    child = child_of(top, day="2026-11-04")
    top.do(command("recall", someone("leader"), **RECALL))
    pass_on(child, top.last.relays)
    child.do(command("refuse_recall", head_of("ward"), reason="đã ký hợp đồng"))
    child.wait_until(local_time("2026-11-05 09:00"))
    assert [one.command["standing"] for one in child.last.relays] == ["overdue"]
    assert pass_on(top, child.last.relays) == []
    assert (top.state.phase, child.state.phase) == ("recalling", "in_force")


def test_a_directive_with_nobody_above_or_below_compares_nothing() -> None:
    before = watched(Desk().state)
    assert (before.standing, before.parents) == (None, {})


def test_assignments_with_children_are_noted_once_and_a_copy_does_not_share_them() -> None:
    top = Desk(content(TOP))
    copy = top.state.copied()
    child_of(top)
    child_of(top, number="18")
    assert (top.state.parents, copy.parents) == (["1.1"], [])
    assert top.state.copied().parents == ["1.1"]


def test_what_an_earlier_holder_issued_neither_keeps_the_present_one_from_finishing_nor_makes_it_late() -> None:
    top = Desk(content(directive_json(obligation("unit-a", deadline=by("2026-11-25")), informed=["unit-b"])))
    old = child_of(top)
    top.do(
        acknowledge(), command("propose_transfer", head_of("unit-a"), item="1", to="unit-b", reason="đúng chức năng")
    )
    top.do(command("agree_transfer", someone("leader"), assignment="1.1"), acknowledge("unit-b"))
    assert standing(old.state) == "in_time"
    late = {"assignment": "1.1", "child": old.stream, "standing": "overdue", "child_version": 99}
    top.do(command("record_child", someone("system", person="system"), **late))
    assert standing(top.state) == "in_time"
    own = child_of(top, issuer="unit-b", unit="quarter")
    refused = top.one(report("unit-b", by=head_of("unit-b")))
    assert (refused.code, refused.details["children"]) == (Code.CHILDREN_OWE, own.stream)
    own.do(acknowledge("quarter"), report("quarter", by=head_of("quarter")))
    own.do(accept("quarter", by=someone("leader", "unit-b")))
    pass_on(top, own.last.relays)
    top.do(report("unit-b", by=head_of("unit-b")), accept("unit-b"))


def _content(relay: Relay) -> dict[str, Any]:
    return {name: value for name, value in relay.command.items() if name not in ("type", "command_id", "actor")}


def test_a_child_said_to_be_under_two_assignments_is_told_of_each() -> None:
    top = Desk(content(directive_json(obligation("unit-a", "unit-b", deadline=by("2026-11-25")))))
    child = "directive/unit-a/2026/05-VP"
    said = {"child": child, "standing": "in_time", "child_version": 3}
    for assignment in ("1.1", "1.2"):
        top.do(command("record_child", someone("system", person="system"), assignment=assignment, **said))
    top.do(command("recall", someone("leader"), **RECALL))
    assert [one.to for one in top.last.relays] == [child, child]
    assert len({one.id for one in top.last.relays}) == 2
