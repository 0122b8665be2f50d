"""The letter's figures over a list of 916 running papers: 682 done, 135 of them late; 234 open, 57 of them overdue."""

from datetime import datetime
from typing import Any

from activities.journal.rows import assignment_row
from domain.arrival import Parcel
from domain.directive import Directive
from domain.document import stream_of
from domain.handling import Handling
from domain.notices import notices
from intake.importing import draft_all
from intake.importing.table import Row, Table
from tests.support import builders as build
from tests.support.builders import ISSUED
from tests.support.desk import arrival
from tests.support.figures import cells, counts
from tests.support.running_papers import BOOKS, COLUMNS, GIVEN, ISSUER, LETTER, TODAY, Papers


def directives() -> list[Directive]:
    lines = [[line.get(name, "") for name in COLUMNS] for line in Papers(46).lines]
    rows = [Row(number, texts) for number, texts in enumerate([list(COLUMNS), *lines], start=1)]
    return draft_all(Table("papers.csv", "a" * 64, rows), ISSUER, BOOKS, TODAY)


def issued(content: Directive, now: datetime) -> Handling:
    command = build.command("issue", build.someone("clerk", ISSUER.id), directive=content.model_dump(mode="json"))
    handling = Handling(stream=stream_of(content.document), state=None, known={})
    handling.run([Parcel(arrivals=[arrival(command, now)])], now)
    return handling


def by_row(row: dict[str, Any], now: datetime) -> str:
    """As the figures are taken from the register."""
    held, due = (datetime.fromisoformat(row[name]) if row[name] else None for name in ("held_until", "judged_by"))
    late = due is not None and min(held or now, now) > due
    if row["status"] == "accepted":
        return "done_late" if late else "done_on_time"
    return "open_overdue" if late else "open_in_time"


def test_an_import_of_916_lines_reproduces_the_letter_by_events_and_by_rows() -> None:
    now = ISSUED
    by_events: list[str] = []
    by_rows: list[str] = []
    for content in directives():
        handled = issued(content, now)
        state = handled.state
        assert state is not None
        by_events += cells(handled.events, now).values()
        by_rows += [by_row(assignment_row(state, one), now) for one in state.assignments.values()]
        # Everybody has had them on paper, and no deadline of then is news.
        assert notices(state, handled.events) == []
        assert {event.data.type for event in handled.events} <= {"DirectiveIssued", "DeadlineSet", "AssignmentImported"}
    for found in (counts(by_events), counts(by_rows)):
        assert {name: found[name] for name in (*GIVEN, *LETTER)} == {**GIVEN, **LETTER}
