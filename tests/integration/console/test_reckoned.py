"""What stats counts, against a reckoning that shares no code with it and reads only the events."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
import pytest

from activities.journal.read import Head
from activities.journal.verify import verify
from activities.journal.write import write
from activities.notices.claim import LEASE
from activities.notices.queries import query as notices_query
from console.cells import CELLS, RELEASED, added
from console.database import statement
from console.figures.counting import counted
from console.figures.question import Narrowed, Question
from domain.command import Command
from domain.event import Event
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    by,
    command,
    directive,
    head_of,
    local_time,
    obligation,
    refuse,
    report,
    return_report,
)
from tests.support.desk import Desk
from tests.support.figures import Told, cells, counts, handed_on, told

UNITS: Final = ("unit-a", "unit-b", "unit-c")
DEADLINE: Final = "2020-11-20"
NONE: Final = dict.fromkeys((*CELLS, *RELEASED), 0)
DOCUMENT: Final = {"notation": "9/QĐ-UBND", "issued_date": "2020-11-01"}


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


class Office:
    """A desk in the past, whose every batch goes into a real journal."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        content = directive(
            obligation(*UNITS, item="1", deadline=by(DEADLINE)),
            obligation(*UNITS, item="2"),
            document={"issued_date": "2020-11-02"},
            informed=["unit-d"],
        )
        self.connection = connection
        self.desk = Desk(content, at=local_time("2020-11-02 09:00"))
        self._head: Head | None = None
        self._people: dict[str, Any] = {}

    async def open(self) -> None:
        await self._keep()

    async def do(self, day: str, *commands: Command) -> None:
        """Carry out what must be allowed, at nine o'clock of that day of November."""
        for one in commands:
            self.desk.do(one, at=local_time(f"2020-11-{day} 09:00"))
            await self._keep()

    async def _keep(self) -> None:
        self._head = await write(self.connection, self._head, self.desk.last, self._people)

    @property
    def events(self) -> list[Event]:
        return self.desk.events


def leader(kind: str, **fields: Any) -> Command:
    return command(kind, LEADER, **fields)


def head(kind: str, unit: str = "unit-a", **fields: Any) -> Command:
    return command(kind, head_of(unit), **fields)


def explained(unit: str, **of: Any) -> Command:
    """Who was late says why before it is accepted."""
    return head("explain", unit, cause="late_input", text="thiếu số liệu", **of)


def finished(unit: str = "unit-a", item: str = "1") -> list[Command]:
    return [report(unit, by=head_of(unit), item=item), accept(unit, item=item)]


async def extended_and_done(office: Office) -> None:
    await office.do("03", acknowledge(), acknowledge("unit-b"))
    asked = {"item": "1", "until": by("2020-11-27"), "reason": "chờ số liệu"}
    await office.do("10", head("request_extension", **asked), head("request_extension", "unit-b", **asked))
    await office.do("11", leader("grant_extension", item="1", unit="unit-a"))
    await office.do("11", leader("deny_extension", item="1", unit="unit-b", reason="đủ thời gian"))
    await office.do("25", *finished())


async def suspended_before_and_after_the_deadline(office: Office) -> None:
    await office.do("10", leader("suspend", item="1", unit="unit-a", cause="other", reason="chờ"))
    await office.do("22", leader("suspend", item="1", unit="unit-b", cause="other", reason="chờ"))
    await office.do("23", leader("suspend", item="1", unit="unit-c", cause="other", reason="chờ"))
    await office.do("24", leader("resume", item="1", unit="unit-c"))


async def reports_that_wait_and_that_were_returned(office: Office) -> None:
    await office.do("03", *map(acknowledge, UNITS))
    await office.do("19", report("unit-a", by=head_of("unit-a")), report("unit-b", by=head_of("unit-b")))
    await office.do("20", return_report("unit-b"))
    await office.do("22", report("unit-c", by=head_of("unit-c")), explained("unit-c", item="1"), accept("unit-c"))


async def waived_and_refused(office: Office) -> None:
    waived = {"authority": DOCUMENT, "reason": "không còn cần"}
    await office.do("05", leader("waive", item="1", unit="unit-a", **waived), refuse("unit-c"))
    await office.do("22", leader("waive", item="1", unit="unit-b", **waived))


async def reopened(office: Office) -> None:
    await office.do("03", acknowledge(), acknowledge("unit-b"), acknowledge("unit-c"))
    await office.do("10", *finished(), *finished("unit-b"), *finished("unit-c"))
    again = {"until": by("2020-11-26"), "reason": "sai số liệu"}
    await office.do("12", leader("reopen", item="1", unit="unit-a", **again))
    await office.do("12", leader("reopen", item="1", unit="unit-b", **again))
    await office.do("27", explained("unit-b", item="1"), *finished("unit-b"))


async def a_time_put_back(office: Office) -> None:
    await office.do("03", acknowledge())
    await office.do("22", report(by=head_of("unit-a")))
    to = local_time("2020-11-20 09:00").isoformat()
    proof = {"reason": "mất điện", "document": DOCUMENT}
    await office.do("23", leader("correct_time", what="report", item="1", unit="unit-a", to=to, **proof), accept())


async def handed_on_in_time_and_too_late(office: Office) -> None:
    await office.do("03", *map(acknowledge, UNITS))
    await office.do("05", head("propose_transfer", item="1", to="unit-b", reason="đúng chức năng"))
    await office.do("06", leader("agree_transfer", assignment="1.1"))
    await office.do("21", head("propose_transfer", "unit-b", assignment="1.1", to="unit-c", reason="đúng chức năng"))
    await office.do("22", leader("agree_transfer", assignment="1.1"))
    of = {"assignment": "1.1"}
    await office.do("23", report("unit-c", by=head_of("unit-c"), **of), explained("unit-c", **of), accept(**of))


async def refused_and_agreed(office: Office) -> None:
    await office.do("03", *map(refuse, UNITS))
    await office.do("04", leader("agree_refusal", unit="unit-a"), leader("agree_refusal", unit="unit-b", to="unit-d"))
    await office.do("22", leader("decline_refusal", unit="unit-c", reason="đúng chức năng"))


LIVES: Final = (
    handed_on_in_time_and_too_late,
    refused_and_agreed,
    extended_and_done,
    suspended_before_and_after_the_deadline,
    reports_that_wait_and_that_were_returned,
    waived_and_refused,
    reopened,
    a_time_put_back,
)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
async def test_stats_and_the_reckoning_from_events_agree_unit_by_unit(
    connection: asyncpg.Connection, life: Callable[[Office], Any]
) -> None:
    office = Office(connection)
    await office.open()
    await life(office)
    now = datetime.now(UTC)
    expected = told(office.events, now)
    narrowed = Narrowed(stream=office.desk.stream)
    found = {row["key"]: row for row in await counted(connection, Question(at=now, narrowed=narrowed))}
    for unit in (*UNITS, "unit-d"):
        own = Counter(one.cell(now) for one in expected.values() if one.credited == unit)
        row = found.get(unit, NONE)
        assert {name: row[name] for name in NONE} == {name: own[name] for name in NONE}
        passed_on = [overdue for before, overdue in handed_on(expected.values()) if before == unit]
        if unit in found:
            assert (found[unit]["handed_on"], found[unit]["handed_on_overdue"]) == (len(passed_on), sum(passed_on))
    summed = added(found.values())
    assert {name: summed[name] for name in counts([])} == counts(cells(office.events, now).values())
    assert beside(summed) == reckoned(list(expected.values()))
    assert (await verify(connection, office.desk.stream)).differences == []


def beside(summed: dict[str, Any]) -> dict[str, int]:
    names = ("awaiting_issuer", "suspended", "extended", "reopened", "no_deadline", "transferred")
    of_which = {name: summed["of_which"][name] for name in names}
    return {**of_which, **{name: summed[name] for name in ("released_when_overdue", "handed_on", "handed_on_overdue")}}


def reckoned(ones: list[Told]) -> dict[str, int]:
    in_force = [one for one in ones if one.released is None]
    handed = list(handed_on(ones))
    return {
        "awaiting_issuer": sum(one.waiting in one.left for one in in_force),
        "suspended": sum(one.suspended is not None for one in in_force if one.accepted is None),
        "extended": sum(one.extended > 0 for one in in_force),
        "reopened": sum(one.reopened > 0 for one in in_force),
        "transferred": sum(any(by.cause != "reorganisation" for by in one.handed_on) for one in in_force),
        "no_deadline": sum(not one.deadlines for one in in_force),
        "released_when_overdue": sum(one.released_overdue for one in ones),
        "handed_on": len(handed),
        "handed_on_overdue": sum(overdue for _, overdue in handed),
    }


async def test_a_receipt_of_an_earlier_revision_stays_and_the_current_one_is_read(
    connection: asyncpg.Connection,
) -> None:
    office = Office(connection)
    await office.open()
    await office.do("03", acknowledge())
    state = office.desk.state
    first = state.receipts["unit-a"]
    state.revision = 2
    state.revised_on.append(state.document.issued_date)
    state.earlier_receipts.append(first)
    state.receipts["unit-a"] = first.model_copy(update={"revision": 2, "acknowledged_at": None})
    await office.do("05", acknowledge())
    kept = await connection.fetch(
        "SELECT revision, current, acknowledged_at FROM receipts WHERE unit = 'unit-a' ORDER BY revision"
    )
    days = [(row["revision"], row["current"], row["acknowledged_at"].day) for row in kept]
    assert days == [(1, False, 3), (2, True, 5)]
    [shown] = await connection.fetch(statement("receipts"), state.stream, "unit-a")
    assert (shown["revision"], shown["acknowledged_at"].day) == (2, 5)
    [register] = await connection.fetch(statement("register"), state.stream)
    assert (register["units"], register["acknowledged"]) == (3, 1)
    due = await connection.fetch(notices_query("claim"), "email/test", LEASE, 100, 300)
    assert len({row["id"] for row in due}) == len(due) == 4
