"""Journals of earlier releases: every event is still read, written as it was, and folded to what followed then."""

import json
from collections.abc import Mapping
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import pytest

from activities.journal.rows import assignment_row, directive_row, receipt_rows
from domain.canonical import canonical
from domain.events import read_event
from domain.fold import fold
from domain.state import DirectiveState

FOLDER: Final = Path(__file__).parent / "journals"
RENAMED: Final[Mapping[str, str]] = {"closed_at": "ended_at"}
"""Columns of the read models that bear another name since."""
Json = dict[str, Any]


@cache
def saved() -> dict[str, Json]:
    """One line, one directive: its events, and the rows that followed from them."""
    return {
        f"{file.stem}/{number}": json.loads(line)
        for file in sorted(FOLDER.glob("*.jsonl"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    }


@pytest.fixture(params=sorted(saved()))
def journal(request: pytest.FixtureRequest) -> Json:
    return saved()[request.param]


def test_there_are_journals_of_the_first_release() -> None:
    kinds = {event["type"] for name, one in saved().items() if name.startswith("0.1.0/") for event in one["events"]}
    assert kinds == {
        "DirectiveIssued", "DeadlineSet", "ReceiptDelivered", "NoticeGivenUp", "Acknowledged", "ReceiptRefused",
        "ProgressReported", "ReportSubmitted", "ReportApproved", "ReportSentBack", "ReportReturned", "ReportAccepted",
        "DirectiveClosed", "CommandRejected", "Reminded", "DeadlinePassed", "AcknowledgementDeadlinePassed",
    }  # fmt: skip


def test_every_event_is_read_and_says_what_it_said(journal: Json) -> None:
    for envelope in journal["events"]:
        written = read_event(envelope).envelope()
        assert canonical(as_then(written, envelope)) == canonical(envelope)


def test_the_events_fold_to_the_rows_that_followed_from_them(journal: Json) -> None:
    state = fold(read_event(envelope) for envelope in journal["events"])
    assert state is not None
    rows = rows_of(state)
    for table, key in (("assignments", "id"), ("receipts", "unit")):
        then = sorted(journal[table], key=itemgetter(key))
        assert as_then(sorted(rows[table], key=itemgetter(key)), then) == then
    register = {RENAMED.get(column, column): value for column, value in journal["directive"].items()}
    assert as_then(rows["directive"], register) == register


def rows_of(state: DirectiveState) -> Json:
    return {
        "directive": directive_row(state),
        "assignments": [assignment_row(state, one) for one in state.assignments.values()],
        "receipts": list(receipt_rows(state, state.receipts.keys())),
    }


def as_then(now: Any, then: Any) -> Any:
    """What stands there now, without the fields that nobody knew then."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {key: as_then(value, then[key]) for key, value in now.items() if key in then}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [as_then(one, other) for one, other in zip(now, then, strict=True)]
    return now
