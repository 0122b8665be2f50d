"""What can be asked of stats, and that each number leads to what is behind it."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest
from openpyxl import load_workbook

from activities.journal.read import Head
from activities.journal.write import write
from console.figures.listing import LISTED
from domain.command import Command
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
    report,
    someone,
    unit_json,
)
from tests.support.desk import Desk
from tests.support.typed import Said, Type

Json = dict[str, Any]
KINDS: Final = {"unit-a": "so", "unit-b": "so", "unit-c": "quan"}
DOCUMENT: Final = {"notation": "9/QĐ-UBND", "issued_date": "2020-11-01"}
EXPLAINED: Final = {"item": "1", "cause": "late_input", "text": "thiếu số liệu"}


@pytest.fixture
async def connection(
    database_url: str, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[asyncpg.Connection]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture
def stats(type_: Type) -> Any:
    async def do(*argv: str) -> Json:
        said = await typed(type_, "stats", "--json", *argv)
        document: Json = said.json
        return document

    return do


async def typed(type_: Type, *argv: str) -> Said:
    said = await asyncio.to_thread(type_, *argv)
    assert (said.code, said.err) == (0, "")
    return said


class Office:
    """A directive of long ago whose every batch goes into the journal."""

    def __init__(self, connection: asyncpg.Connection, number: str, at: str, **changes: Any) -> None:
        self.connection = connection
        above = changes.pop("above", None)
        day = at.partition(" ")[0]
        document = {"code_number": number, "issued_date": day, **changes.pop("document", {})}
        units = changes.pop("units", tuple(KINDS))
        tasks = changes.pop("tasks", [obligation(*units, deadline=by(changes.pop("due", "2020-11-20")))])
        content = directive(*tasks, document=document, **changes)
        entries = [one.model_copy(update={"kind": KINDS.get(one.id, "")}) for one in content.directory.units]
        named = content.directory.model_copy(update={"units": entries})
        self.desk = Desk(content.model_copy(update={"directory": named}), at=local_time(at), above=above)
        self._head: Head | None = None
        self._people: Json = {}

    async def do(self, at: str, *commands: Command) -> None:
        """Carry out what must be allowed, and keep it."""
        if self._head is None:
            self._head = await write(self.connection, None, self.desk.last, self._people)
        for one in commands:
            self.desk.do(one, at=local_time(at))
            self._head = await write(self.connection, self._head, self.desk.last, self._people)


def finished(unit: str) -> tuple[Command, ...]:
    return report(unit, by=head_of(unit)), accept(unit)


async def november(connection: asyncpg.Connection) -> Office:
    """unit-a done on the 10th, unit-b overdue since the 20th, unit-c extended to the end of the month."""
    office = Office(
        connection,
        "21",
        "2020-11-02 09:00",
        document={"field": "Tài chính", "priority": 1, "signer": {"position": "CHỦ TỊCH", "full_name": "Trần A"}},
    )
    await office.do("2020-11-03 09:00", *map(acknowledge, KINDS))
    await office.do("2020-11-10 09:00", *finished("unit-a"))
    asked = {"item": "1", "until": by("2020-11-30"), "reason": "chờ số liệu"}
    await office.do("2020-11-12 09:00", command("request_extension", head_of("unit-c"), **asked))
    await office.do("2020-11-13 09:00", command("grant_extension", LEADER, item="1", unit="unit-c"))
    return office


async def test_as_of_figures_asked_in_april_in_may_and_after_later_extensions_are_identical(
    connection: asyncpg.Connection, type_: Type
) -> None:
    office = Office(connection, "21", "2020-03-02 09:00", due="2020-04-20")
    await office.do("2020-03-03 09:00", *map(acknowledge, KINDS))
    other = Office(connection, "22", "2020-03-09 09:00", due="2020-05-20")
    await other.do("2020-03-10 09:00", *map(acknowledge, KINDS))
    await office.do("2020-04-10 09:00", *finished("unit-a"))
    await office.do("2020-04-24 08:00", report("unit-b", by=head_of("unit-b")))
    asked = [
        ("stats", "--as-of", "2020-04-24", "--json", *more)
        for more in ((), ("--by", "month"), ("--against", "original"), ("--list", "open_overdue"), ("--by", "group"))
    ]
    in_april = [(await typed(type_, *argv)).out for argv in asked]
    await office.do("2020-05-05 09:00", command("explain", head_of("unit-b"), **EXPLAINED), accept("unit-b"))
    in_may = [(await typed(type_, *argv)).out for argv in asked]
    later = {"item": "1", "until": by("2020-06-30"), "reason": "chờ số liệu"}
    await other.do("2020-05-06 09:00", command("request_extension", head_of("unit-c"), **later))
    await other.do("2020-05-07 09:00", command("grant_extension", LEADER, item="1", unit="unit-c"))
    put_back = {"what": "report", "to": local_time("2020-04-19 09:00").isoformat(), "reason": "mất điện"}
    proof = {"document": DOCUMENT, "item": "1", "unit": "unit-b"}
    await office.do("2020-05-08 09:00", command("correct_time", LEADER, **put_back, **proof))
    renamed = {**unit_json("unit-c"), "name": "Quận Mới", "kind": "phuong"}
    reorganised = {"document": DOCUMENT, "effective": "2020-05-09", "kind": "rename", "units": [renamed]}
    await office.do("2020-05-09 09:00", command("reorganise", someone("operator"), **reorganised))
    afterwards = [(await typed(type_, *argv)).out for argv in asked]
    assert in_april == in_may == afterwards
    assert json.loads(in_april[0])["provisional"] is False
    assert json.loads(in_april[0])["lead"]["all"]["open_overdue"] == 2
    assert json.loads((await typed(type_, "stats", "--json")).out)["lead"]["all"]["done_on_time"] == 2


async def test_against_the_original_deadline_an_extension_helps_nobody(
    connection: asyncpg.Connection, stats: Any
) -> None:
    await november(connection)
    for against, overdue in (("current", ["unit-b"]), ("original", ["unit-b", "unit-c"])):
        document = await stats("--as-of", "2020-11-25", "--against", against)
        assert document["against"] == against
        assert [one["unit"] for one in document["lead"]["units"] if one["open_overdue"]] == overdue
        assert document["lead"]["all"]["of_which"]["extended"] == 1


async def test_the_cohort_due_takes_what_falls_due_and_counts_apart_what_never_does(
    connection: asyncpg.Connection, stats: Any
) -> None:
    await november(connection)
    await Office(connection, "22", "2020-11-02 09:00", tasks=[obligation("unit-a")]).do("2020-11-02 10:00")
    asked = ("--as-of", "2020-12-31", "--cohort", "due")
    # By the 20th and by the 30th: 24:00 belongs to its day.
    for days, given in (
        (("2020-11-20", "2020-11-20"), 2),
        (("2020-11-21", "2020-11-29"), 0),
        (("2020-11-30", "2020-12-31"), 1),
    ):
        document = await stats(*asked, "--from", days[0], "--to", days[1])
        assert (document["cohort"], document["lead"]["all"]["given"]) == ("due", given), days
        assert document["without_deadline"] == {"lead": 1, "support": 0}
    [line] = (await stats(*asked, "--list", "without_deadline"))["lines"]
    assert (line["number"], line["due"]) == ("22/UBND-NC", None)


GROUPINGS: Final = {
    "unit": ("units", {"unit-a": 2, "unit-b": 2, "unit-c": 1}),
    "group": ("groups", {"quan": 1, "so": 4}),
    "issuer": ("issuers", {"office": 3, "so-khac": 2}),
    "field": ("fields", {"": 2, "Tài chính": 3}),
    "urgency": ("urgencies", {"0": 2, "1": 3}),
    "kind": ("kinds", {"chỉ thị": 2, "công văn": 3}),
    "signer": ("signers", {"Lê B": 2, "Trần A": 3}),
    "month": ("months", {"2020-11": 3, "2020-12": 2}),
}


@pytest.mark.parametrize("by_", GROUPINGS)
async def test_every_grouping_adds_up_and_each_of_its_rows_can_be_asked_for_alone(
    connection: asyncpg.Connection, stats: Any, by_: str
) -> None:
    await november(connection)
    signer = {"position": "GIÁM ĐỐC", "full_name": "Lê B"}
    document = {"issuer": "so-khac", "type_name": "chỉ thị", "signer": signer}
    other = Office(
        connection,
        "30",
        "2020-12-01 09:00",
        document=document,
        units=("unit-a", "unit-b"),
        due="2020-12-20",
        directory={
            "version": "1",
            "sha256": "0" * 64,
            "units": [unit_json(one) for one in ("so-khac", "unit-a", "unit-b")],
        },
    )
    await other.do("2020-12-01 10:00")
    rows, expected = GROUPINGS[by_]
    told = await stats("--as-of", "2020-12-31", "--by", by_)
    assert {one[by_]: one["given"] for one in told["lead"][rows]} == expected
    assert told["lead"]["all"]["given"] == 5
    for key, given in expected.items():
        alone = await stats("--as-of", "2020-12-31", f"--{by_}", key)
        assert (alone["only"], alone["lead"]["all"]["given"]) == ({by_: key}, given)


async def test_issuers_of_one_cascade_are_not_added_and_the_answer_names_who_is_left_out(
    connection: asyncpg.Connection, stats: Any, type_: Type
) -> None:
    parent = await november(connection)
    below = {"stream": parent.desk.stream, "assignment": "1.2"}
    names = ("unit-b", "phong-a", "phong-b")
    child = Office(
        connection,
        "5",
        "2020-11-12 09:00",
        document={"issuer": "unit-b"},
        tasks=[obligation("phong-a", "phong-b", deadline=by("2020-11-18"))],
        directory={"version": "1", "sha256": "0" * 64, "units": [unit_json(one) for one in names]},
        under=below,
        above=parent.desk.state,
    )
    await child.do("2020-11-12 10:00")
    told = await stats("--as-of", "2020-11-25", "--by", "issuer")
    assert {one["issuer"]: one["given"] for one in told["lead"]["issuers"]} == {"office": 3, "unit-b": 2}
    assert (told["lead"]["all"]["given"], told["not_in_total"]) == (3, ["unit-b"])
    assert (await stats("--as-of", "2020-11-25"))["lead"]["all"]["given"] == 5
    assert (await stats("--as-of", "2020-11-12 09:30", "--by", "issuer"))["not_in_total"] == ["unit-b"]
    assert (await stats("--as-of", "2020-11-11", "--by", "issuer"))["not_in_total"] == []
    alone = await stats("--as-of", "2020-11-25", "--by", "issuer", "--issuer", "unit-b")
    assert (alone["lead"]["all"]["given"], alone["not_in_total"]) == (2, [])
    said = await typed(type_, "stats", "--as-of", "2020-11-25", "--by", "issuer", "--lang", "en")
    assert (
        "Not added to All, for their directives stand under those of another issuer of the table: unit-b\n" in said.out
    )


async def test_each_line_of_a_list_ends_with_what_shows_its_events(
    connection: asyncpg.Connection, stats: Any, type_: Type
) -> None:
    await november(connection)
    [line] = (await stats("--as-of", "2020-12-05", "--list", "overdue_11_30"))["lines"]
    assert line == {
        "number": "21/UBND-NC",
        "stream": "directive/office/2020/21-UBND-NC",
        "issued_date": "2020-11-02",
        "item": "1",
        "occurrence": None,
        "assignment": "1.2",
        "role": "lead",
        "unit": "unit-b",
        "cell": "open_overdue",
        "due": "2020-11-20T17:00:00+00:00",
        "finish": None,
        "days": 15,
        "working_days": None,
        "unit_name": "Đơn vị unit-b",
        "next": "directives history directive/office/2020/21-UBND-NC",
    }
    said = (await typed(type_, "stats", "--as-of", "2020-12-05", "--list", "overdue_11_30", "--lang", "en")).out
    assert "\n11–30 days: 1 in all\n" in said
    [shown] = [one for one in said.splitlines() if one.startswith("21/UBND-NC")]
    assert shown.split()[-6:] == ["–", "15", "–", *line["next"].split()]
    _, *argv = line["next"].split()
    assert "ReportSubmitted" in (await typed(type_, *argv, "--json")).out


async def test_how_long_it_took_is_told_in_working_days(
    connection: asyncpg.Connection, stats: Any, type_: Type
) -> None:
    await november(connection)
    document = await stats("--as-of", "2020-11-25")
    # Created on Monday the 2nd at 09:00, finished on Tuesday the 10th at 09:00; acknowledged a day after it was sent.
    assert document["lead"]["all"]["completed_in"] == {"count": 1, "median": "6.0", "p90": "6.0"}
    assert document["receipts"]["all"]["acknowledged_in"] == {"count": 3, "median": "1.0", "p90": "1.0"}
    assert [one["unit"] for one in document["receipts"]["units"]] == [*KINDS]
    lines = (await stats("--as-of", "2020-11-25", "--list", "acknowledged"))["lines"]
    assert [(one["unit"], one["revision"], one["working_days"]) for one in lines] == [
        (unit, 1, "1.0") for unit in KINDS
    ]
    said = (await typed(type_, "stats", "--as-of", "2020-11-25", "--lang", "en")).out
    assert "\nCompleted in working days: median 6.0 days, 90% within 6.0 days (of 1)\n" in said


async def test_what_workers_hold_unhandled_makes_later_figures_provisional(
    connection: asyncpg.Connection, stats: Any
) -> None:
    await november(connection)
    now: datetime = await connection.fetchval("SELECT now()")
    await connection.execute("INSERT INTO workers VALUES ('w', $1, $2)", now, now - timedelta(hours=1))
    late, early = ((now - timedelta(minutes=minutes)).isoformat() for minutes in (30, 90))
    assert [(await stats("--as-of", at))["provisional"] for at in (late, early)] == [True, False]
    told = await stats()
    assert (told["provisional"], told["complete_through"] is None) == (True, False)


async def test_figures_and_lists_go_into_files_and_no_words_become_a_formula(
    connection: asyncpg.Connection, type_: Type, tmp_path: Path
) -> None:
    evil = '=HYPERLINK("http://example.invalid")'
    units = [unit_json("office"), {**unit_json("unit-a"), "name": evil}]
    directory = {"version": "1", "sha256": "0" * 64, "units": units}
    await Office(connection, "21", "2020-11-02 09:00", units=("unit-a",), directory=directory).do("2020-11-02 10:00")
    for argv, column in ((("--by", "unit"), 2), (("--list", "given"), 13)):
        files = [tmp_path / f"{argv[1]}{ending}" for ending in (".csv", ".xlsx", ".json")]
        said = [await typed(type_, "stats", "--as-of", "2020-12-31", *argv, "--out", str(file)) for file in files]
        as_csv, as_xlsx, as_json = files
        rows = list(csv.reader(io.StringIO(as_csv.read_text(encoding="utf-8-sig"))))
        assert rows[0] == ["Tính đến", "2020-12-31T17:00:00+00:00"]
        assert next(row[column] for row in rows if len(row) > column and "HYPERLINK" in row[column]) == f"'{evil}"
        sheet = load_workbook(as_xlsx).active
        assert sheet is not None
        [cell, *_] = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
        assert (cell.value, cell.data_type) == (evil, "s")
        assert json.loads(as_json.read_text())["as_of"] == "2020-12-31T17:00:00+00:00"
        assert all(evil in one.out for one in said)


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("--list", "everything"), "no_such_figure"),
        (("--out", "figures.doc"), "unknown_ending"),
        (("--cohort", "all", "--from", "2020-11-01"), "cohort_needs_no_days"),
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(type_: Type, argv: tuple[str, ...], code: str) -> None:
    said = type_("stats", *argv, "--lang", "en")
    assert (said.code, said.out, said.err.partition(":")[0]) == (2, "", code)


@pytest.mark.timeout(150)
async def test_behind_every_number_stand_as_many_lines(connection: asyncpg.Connection, stats: Any) -> None:
    office = await november(connection)
    waived = {"item": "1", "unit": "unit-b", "authority": DOCUMENT, "reason": "không còn cần"}
    await office.do("2020-11-23 09:00", command("waive", LEADER, **waived))
    moved = {"item": "1", "to": "unit-a", "reason": "đúng chức năng"}
    await office.do("2020-11-24 09:00", command("propose_transfer", head_of("unit-c"), **moved))
    await office.do("2020-11-25 09:00", command("agree_transfer", LEADER, assignment="1.3"))
    for at, only in (("2020-12-20", ()), ("2020-11-26", ("--unit", "unit-c")), ("2021-06-30", ("--group", "so"))):
        told = (await stats("--as-of", at, *only))["lead"]["all"]
        flat = {**told, **told["released_as"], **told["of_which"], **told["overdue_days"], "without_deadline": 0}
        for name in (name for name in LISTED if name != "acknowledged"):
            lines = (await stats("--as-of", at, *only, "--list", name))["lines"]
            assert len(lines) == flat[name], (at, only, name)
