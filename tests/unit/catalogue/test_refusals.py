"""Every refusal, driven once: what the code tells of it fills the sentence that people read."""

import string
from collections.abc import Callable
from typing import Any, Final

import pytest

from activities.describing import outcome_json
from catalogue import LANGUAGES, text
from catalogue.refusals import refusal, shown
from domain.arrival import Parcel
from domain.command import Command
from domain.directive import Under
from domain.document import stream_of
from domain.handling import Handling
from domain.outcome import Outcome
from domain.refusal import Code
from domain.superiors import SuperiorFacts
from tests.support.builders import (
    CLERK,
    ISSUED,
    LEADER,
    accept,
    acknowledge,
    approve,
    by,
    close,
    command,
    command_json,
    directive,
    head_of,
    issue,
    obligation,
    officer_of,
    progress,
    refuse,
    report,
    send_back,
    someone,
)
from tests.support.desk import Desk, arrival
from tests.support.doors import message, parcels
from tests.support.table import Case
from tests.support.tables import all_cases
from workflows.raw import LARGEST


def told(*contents: object, **changes: str) -> Outcome:
    """What a raw message is answered."""
    return Desk().run(parcels([message(*contents, **changes)])).outcomes[0][0]


def after(*commands: Command) -> Outcome:
    """What the last of these is answered, to a directive of one unit."""
    desk = Desk(directive(obligation("unit-a"), obligation("unit-b", item="2")))
    return [desk.one(one) for one in commands][-1]


def closed() -> Outcome:
    desk = Desk(directive(obligation("unit-a")))
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept(), close())
    return desk.one(acknowledge())


def ambiguous() -> Outcome:
    desk = Desk(directive(obligation("unit-a"), obligation("unit-a", item="2")))
    return desk.one(progress(item=None))


def aborted() -> Outcome:
    return Desk().give(acknowledge(), acknowledge(), atomic=True)[0]


def own_report() -> Outcome:
    by_both = someone("officer", person="both"), someone("unit_head", person="both")
    return after(acknowledge(), report(by=by_both[0]), approve(by=by_both[1]))


OVER_BEFORE_IT_BEGINS: Final = {"kind": "recurring", "every": "month", "day": 25, "until": "2026-11-01"}
PROGRESS: Final = command_json("progress", officer_of("unit-a"), percent=10)
REFUSALS: Final[dict[Code, Callable[[], Outcome]]] = {
    Code.UNREADABLE: lambda: told(b"{"),
    Code.TOO_LARGE: lambda: told(b"x" * (LARGEST + 1)),
    Code.TOO_MANY: lambda: told([0] * 501),
    Code.WRONG_ARITY: told,
    Code.UNKNOWN_NAME: lambda: told(PROGRESS, name="obey"),
    Code.UNKNOWN_TYPE: lambda: told({"type": "obey"}),
    Code.INVALID_FIELD: lambda: told({**PROGRESS, "percent": 101}),
    Code.CANCEL_REFUSED: lambda: told(door="cancel"),
    Code.COMMAND_ID_REUSED: lambda: after(acknowledge(command_id="same"), refuse(command_id="same")),
    Code.ATOMIC_ABORTED: aborted,
    Code.NOT_FOUND: lambda: Desk.first(acknowledge()),
    Code.DUPLICATE: lambda: after(issue()),
    Code.ID_MISMATCH: lambda: Desk.first(issue(), stream="directive/office/2026/18-UBND-NC"),
    Code.STATE_SECRET: lambda: Desk.first(issue(directive(document={"secrecy": "mat"}))),
    Code.DEADLINE_BEFORE_ISSUE: lambda: Desk.first(issue(directive(obligation(deadline=by("2026-10-01"))))),
    Code.UNRECKONABLE: lambda: Desk.first(issue(directive(obligation(deadline=OVER_BEFORE_IT_BEGINS)))),
    Code.DIRECTIVE_CLOSED: closed,
    Code.STALE_REVISION: lambda: after(acknowledge(expected_revision=2)),
    Code.STILL_OWED: lambda: after(close()),
    Code.FORBIDDEN: lambda: after(acknowledge(by=officer_of("unit-a"))),
    Code.WRONG_UNIT: lambda: after(progress(assignment="2.1")),
    Code.NO_DELEGATION: lambda: after(acknowledge(on_behalf_of="absent head")),
    Code.UNPROVED: lambda: after(acknowledge(proof="signature")),
    Code.OWN_REPORT: own_report,
    Code.UNKNOWN_UNIT: lambda: after(acknowledge("unit-z")),
    Code.UNKNOWN_ITEM: lambda: after(progress(item="9")),
    Code.UNKNOWN_ASSIGNMENT: lambda: after(progress(assignment="9.9")),
    Code.AMBIGUOUS_ASSIGNMENT: ambiguous,
    Code.ALREADY_ACKNOWLEDGED: lambda: after(acknowledge(), refuse()),
    Code.ALREADY_REFUSED: lambda: after(refuse(), refuse()),
    Code.NOT_ACKNOWLEDGED: lambda: after(progress()),
    Code.REPORT_PENDING: lambda: after(acknowledge(), report(), progress()),
    Code.NO_REPORT_WAITING: lambda: after(acknowledge(), send_back()),
    Code.ALREADY_ACCEPTED: lambda: after(acknowledge(), report(by=head_of("unit-a")), accept(), progress()),
}


def twice(case: Case) -> Outcome:
    """How a command is answered that was carried out already."""
    desk = case.desk()
    desk.one(case.command())
    return desk.one(case.command())


for one in all_cases():
    # What only one command gives is driven by that command's own table.
    if one.refused is not None:
        REFUSALS.setdefault(one.refused, lambda case=one: case.desk().one(case.command()))  # type: ignore[misc]
    elif isinstance(one.again, Code):
        REFUSALS.setdefault(one.again, lambda case=one: twice(case))  # type: ignore[misc]


def below(**changes: Any) -> Outcome:
    """How an issue under an assignment of another directive is answered."""
    parent = Desk(directive(obligation("unit-a", deadline=by("2026-11-25"))))
    under = Under(stream=parent.stream, assignment="1.1")
    facts = SuperiorFacts.of(parent.state, under)
    assert facts is not None
    known = facts.model_copy(update={"open": changes.pop("open", True)})
    known = known.model_copy(update={"facts": facts.facts.model_copy(update=changes.pop("facts", {}))})
    body = directive(
        obligation("unit-b", deadline=by(changes.pop("deadline", "2026-11-20"))),
        document={"issuer": "unit-a", "code_number": "5"},
        informed=["unit-a"],
        under=under.model_dump(mode="json"),
    )
    stream = stream_of(body.document)
    handling = Handling(stream=stream, state=None, known={}, superior=None if changes.pop("unknown", False) else known)
    handling.run([Parcel(arrivals=[arrival(issue(body, someone("clerk", "unit-a")), ISSUED)])], ISSUED)
    return handling.outcomes[0][0]


def with_a_child() -> Outcome:
    desk = Desk()
    child = {"assignment": "1.1", "child": "directive/unit-a/2026/05-VP", "standing": "in_time", "child_version": 1}
    desk.do(acknowledge(), command("record_child", someone("system", person="system"), **child))
    return desk.one(report())


def in_the_open() -> Outcome:
    desk = Desk()
    desk.in_the_open = {CLERK.person: (1, 2)}
    paper = {"notation": "24/QĐ-UBND", "issued_date": "2026-11-02"}
    return desk.one(command("erase", someone("records_officer"), person=CLERK.person, ground="luật", document=paper))


REFUSALS |= {
    Code.UNKNOWN_SUPERIOR: lambda: below(unknown=True),
    Code.SUPERIOR_NOT_OPEN: lambda: below(open=False),
    Code.OUTSIDE_WINDOW: lambda: below(deadline="2026-11-30"),
    Code.TOO_DEEP: lambda: below(facts={"level": 4}),
    Code.CHILDREN_OWE: with_a_child,
    Code.ERASED_PERSON: lambda: after(acknowledge(on_behalf_of="erased-000000000000")),
    Code.NAME_IN_THE_OPEN: in_the_open,
    Code.UNIT_RELEASED: lambda: after(refuse(), command("agree_refusal", LEADER, unit="unit-a"), acknowledge()),
}


def test_every_code_is_driven() -> None:
    assert REFUSALS.keys() == set(Code)


@pytest.mark.parametrize("code", Code)
def test_a_refusal_tells_in_both_languages_what_its_sentence_asks_for(code: Code) -> None:
    outcome = REFUSALS[code]()
    assert outcome.code is code
    sentences = {language: refusal(code, outcome.details, language) for language in LANGUAGES}
    assert len(set(sentences.values())) == len(LANGUAGES)
    for language, sentence in sentences.items():
        asked = {name for _, name, _, _ in string.Formatter().parse(_template(code, language)) if name}
        assert asked <= {*outcome.details, "problem"}
        # A placeholder that was filled with nothing leaves a sentence with a hole.
        assert all(shown(outcome.details[name]) in sentence for name in asked - {"problem"})
        assert "  " not in sentence
        assert ": ." not in sentence


@pytest.mark.parametrize("code", Code)
def test_an_answer_gives_the_reason_in_words_beside_the_code(code: Code) -> None:
    answer = outcome_json(REFUSALS[code]())
    assert answer["code"] == code
    assert answer["reason"] == refusal(code, answer["details"], "en")


def test_an_answer_that_nothing_was_wrong_with_says_nothing_of_reasons() -> None:
    answer = outcome_json(Desk().one(acknowledge()))
    assert answer.keys() == {"command_id", "outcome", "version", "events"}


def test_what_a_field_is_wrong_with_is_told_in_the_readers_language() -> None:
    details = REFUSALS[Code.INVALID_FIELD]().details
    assert refusal("invalid_field", details, "vi") == "Trường percent không hợp lệ: lớn hơn 100."
    assert refusal("invalid_field", details, "en") == "Field percent is not valid: greater than 100."


def test_a_directive_is_issued_by_its_clerk() -> None:
    assert Desk.first(command("issue", CLERK, directive=directive().model_dump(mode="json"))).outcome == "done"


def _template(code: Code, language: str) -> str:
    """The sentence with its placeholders still in it."""
    names = ("problem", *REFUSALS[code]().details)
    return text(f"refusal.{code}", "vi" if language == "vi" else "en", **{name: f"{{{name}}}" for name in names})
