"""Journals of earlier releases: every event is still read, says what it said, and folds to what followed then.

The first release saved events and rows as JSON; those after it the very bytes of their tables (``capture_journal``).
"""

import json
from collections.abc import Mapping
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

from activities.journal.chain import GENESIS, chained
from activities.journal.erasable import is_reference, references, seal
from activities.journal.rows import assignment_row, directive_row, receipt_rows
from domain.canonical import canonical
from domain.event import Event
from domain.events import EVENTS, as_written_now, read_event
from domain.fold import fold
from domain.state import DirectiveState
from tests.replay.capture_journal import read_back, rows_that_follow

FOLDER: Final = Path(__file__).parent / "journals"
RENAMED: Final[Mapping[str, str]] = {"closed_at": "ended_at"}
"""Columns of the read models that bear another name since."""
FIRST: Final = "0.1.0/"
Json = dict[str, Any]


@cache
def saved() -> dict[str, Json]:
    """Of the first release. One line, one directive: its events, and the rows that followed from them."""
    return {name: one for name, one in _lines().items() if name.startswith(FIRST)}


@cache
def stored() -> dict[str, Json]:
    """Of those after it. One line, one directive: bytes, hashes, words, and the rows that followed from them."""
    return {name: one for name, one in _lines().items() if not name.startswith(FIRST)}


def _lines() -> dict[str, Json]:
    return {
        f"{file.stem}/{number}": json.loads(line)
        for file in sorted(FOLDER.glob("*.jsonl"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    }


@pytest.fixture(params=sorted(saved()))
def journal(request: pytest.FixtureRequest) -> Json:
    return saved()[request.param]


def test_there_are_journals_of_the_first_release() -> None:
    kinds = {event["type"] for one in saved().values() for event in one["events"]}
    assert kinds == {
        "DirectiveIssued", "DeadlineSet", "ReceiptDelivered", "NoticeGivenUp", "Acknowledged", "ReceiptRefused",
        "ProgressReported", "ReportSubmitted", "ReportApproved", "ReportSentBack", "ReportReturned", "ReportAccepted",
        "DirectiveClosed", "CommandRejected", "Reminded", "DeadlinePassed", "AcknowledgementDeadlinePassed",
    }  # fmt: skip


def test_every_event_is_read_and_says_what_it_said(journal: Json) -> None:
    for envelope in journal["events"]:
        written = read_event(envelope).envelope()
        # But for what upcasters make of it.
        then = as_written_now(envelope)
        assert canonical(as_then(written, then)) == canonical(then)


def test_of_what_the_first_release_wrote_nothing_but_the_time_to_remind_is_read_otherwise() -> None:
    for journal in saved().values():
        for envelope in journal["events"]:
            told = {name: value for name, value in envelope["data"].items() if name != "remind_at"}
            assert as_written_now(envelope)["data"] == told


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


# -- the releases after it, from the bytes of their tables


@pytest.fixture(params=sorted(stored()))
def kept(request: pytest.FixtureRequest) -> Json:
    return stored()[request.param]


def test_the_journals_of_the_present_release_have_every_kind_of_event() -> None:
    assert {json.loads(event["body"])["type"] for one in stored().values() for event in one["events"]} == EVENTS.keys()


def test_the_bytes_are_chained_as_they_were(kept: Json) -> None:
    before = GENESIS
    for version, event in enumerate(kept["events"], start=1):
        assert (event["version"], bytes.fromhex(event["prev_hash"])) == (version, before)
        before = chained(before, event["body"])
        assert before == bytes.fromhex(event["hash"])


def test_words_kept_apart_are_those_that_were_sealed(kept: Json) -> None:
    texts = {UUID(one["id"]): one for one in kept["texts"]}
    sealed = {text: hmac for event in kept["events"] for text, hmac in references(json.loads(event["body"])).items()}
    assert texts.keys() <= sealed.keys()
    for text, one in texts.items():
        assert seal(bytes.fromhex(one["key"]), one["content"]) == sealed[text]


def test_every_stored_event_is_read_and_says_what_it_said(kept: Json) -> None:
    for event, stored_one in zip(read_back(kept), kept["events"], strict=True):
        then = as_written_now(json.loads(stored_one["body"]))
        assert canonical(as_then(without_words(event, then), then)) == canonical(then)


def test_the_read_models_follow_from_the_stored_bytes_as_they_did(kept: Json) -> None:
    rows = json.loads(json.dumps(rows_that_follow(read_back(kept))))
    for table, then in kept["rows"].items():
        assert as_then(rows[table], then) == then, table


def without_words(event: Event, then: Json) -> Json:
    """The event's envelope, with references where the stored one has them."""

    def put(now: Any, stored_one: Any) -> Any:
        if is_reference(stored_one):
            return stored_one
        if isinstance(now, dict) and isinstance(stored_one, dict):
            return {key: put(value, stored_one.get(key)) for key, value in now.items()}
        if isinstance(now, list) and isinstance(stored_one, list):
            return [put(one, other) for one, other in zip(now, stored_one, strict=True)]
        return now

    envelope: Json = put(event.envelope(), then)
    return envelope
