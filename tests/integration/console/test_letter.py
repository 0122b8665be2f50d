"""The letter's paragraph, drafted from a real journal: the figures of stats in another form."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

import asyncpg
import pytest

from activities.journal.write import write
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
)
from tests.support.desk import Desk
from tests.support.typed import Said, Type

UNITS: Final = ("unit-a", "unit-b", "unit-c", "unit-d")
DOCUMENT: Final = {"notation": "9/QĐ-UBND", "issued_date": "2020-11-01"}
NOVEMBER: Final = ("--from", "2020-11-01", "--to", "2020-11-30")
AT_ITS_END: Final = (*NOVEMBER, "--as-of", "2020-11-30")


@pytest.fixture
async def connection(
    database_url: str, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[asyncpg.Connection]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def live(connection: asyncpg.Connection, number: str, issued: str, *steps: tuple[str, Command]) -> None:
    """Four units with the same task, due on the 20th; another that the first leads and the second supports."""
    joint = obligation("unit-a", item="2", mode="joint", support=["unit-b"])
    content = directive(
        obligation(*UNITS, deadline=by(f"{issued[:7]}-20")),
        joint,
        document={"code_number": number, "issued_date": issued},
    )
    desk = Desk(content, at=local_time(f"{issued} 09:00"))
    people: dict[str, Any] = {}
    head = await write(connection, None, desk.last, people)
    for day, one in steps:
        desk.do(one, at=local_time(f"2020-11-{day} 09:00"))
        head = await write(connection, head, desk.last, people)


@pytest.fixture(autouse=True)
async def november(connection: asyncpg.Connection) -> None:
    """One done in time, one late, one overdue, one waived when overdue, one open; and a paper of the next month."""
    late = {"item": "1", "cause": "late_input", "text": "thiếu số liệu"}
    await live(
        connection,
        "21",
        "2020-11-02",
        ("03", acknowledge("unit-a")),
        ("03", acknowledge("unit-b")),
        ("19", report("unit-a", by=head_of("unit-a"))),
        ("20", accept("unit-a")),
        ("23", report("unit-b", by=head_of("unit-b"))),
        ("24", command("explain", head_of("unit-b"), **late)),
        ("25", accept("unit-b")),
        ("26", command("waive", LEADER, item="1", unit="unit-d", authority=DOCUMENT, reason="không còn cần")),
    )
    await live(connection, "22", "2020-12-01")


@pytest.fixture
def letter(type_: Type) -> Any:
    async def do(*argv: str) -> Said:
        said = await asyncio.to_thread(type_, "letter", *argv)
        assert (said.code, said.err) == (0, "")
        return said

    return do


async def test_people_read_the_paragraph_the_percentages_and_what_they_are_of(letter: Any) -> None:
    assert (await letter(*AT_ITS_END)).out.splitlines() == [
        (
            "Qua công tác thống kê, theo dõi chung tình hình thực hiện các nhiệm vụ được Ủy ban nhân dân, Chủ tịch Ủy "
            "ban nhân dân giao cho sở, ban, ngành, Ủy ban nhân dân quận, huyện, từ ngày 01 tháng 11 năm 2020 đến ngày "
            "30 tháng 11 năm 2020, đã có 5 nhiệm vụ được phân công, trong đó: đã hoàn thành 2 nhiệm vụ (có 1 nhiệm vụ "
            "quá hạn); đang xử lý 2 nhiệm vụ (có 1 nhiệm vụ quá hạn); đã thôi hiệu lực 1 nhiệm vụ (có 1 nhiệm vụ quá "
            "hạn khi thôi hiệu lực)."
        ),
        "",
        "Đúng hạn / Đã xong:         50,0% (1/2)",
        "Trễ hạn / Đã xong:          50,0% (1/2)",
        "Quá hạn / Đang làm:         50,0% (1/2)",
        "Trễ hạn và Quá hạn / Tổng:  50,0% (2/4)",
        "Đã xong / Tổng:             50,0% (2/4)",
        "",
        "Số liệu lúc 30/11/2020 24:00, nhiệm vụ giao từ 01/11/2020 đến 30/11/2020",
        "Đối chiếu với thời hạn hiện hành lúc đó.",
        "Đơn vị đếm là một phân công chủ trì; công văn 1680/UBND-NC đếm như vậy hay không là giả định.",
    ]
    english = (await letter(*AT_ITS_END, "--lang", "en")).out
    assert "from 01/11/2020 to 30/11/2020 the number of tasks assigned was 5, of which: done 2 (overdue 1)" in english
    assert "\nFigures as of 30/11/2020 24:00, what was assigned from 01/11/2020 to 30/11/2020\nHeld against " in english
    assert english.endswith(
        "\nOne lead assignment is counted as one; that letter 1680/UBND-NC counted so is an assumption.\n"
    )


@pytest.mark.parametrize("until", ["2020-11-18", "2020-11-22", "2020-11-30", "2199-01-01"])
async def test_it_says_what_stats_says_of_all_units_at_that_instant(letter: Any, type_: Type, until: str) -> None:
    cohort = (*NOVEMBER, "--as-of", until)
    drafted, said = (await letter(*cohort, "--json")).json, await asyncio.to_thread(type_, "stats", "--json", *cohort)
    stats = {**said.json, **said.json["lead"]["all"]}
    shared = drafted.keys() - {"paragraph"}
    assert {"as_of", "provisional", "cohort", "from", "to", "unit_of_count", "assumption", "percentages"} < shared
    for one in (drafted, stats):
        # Of what is provisional, it moves on from call to call.
        assert (one.pop("complete_through") is None) == (until != "2199-01-01")
    shared -= {"complete_through"}
    assert {name: drafted[name] for name in shared} == {name: stats[name] for name in shared}
    assert f"đã có {stats['given']} nhiệm vụ" in drafted["paragraph"]
    assert (drafted["given"], drafted["provisional"]) == (5, until == "2199-01-01")


async def test_before_anything_was_assigned_it_says_0_and_a_dash_for_each_percentage(letter: Any) -> None:
    said = await letter(*NOVEMBER, "--as-of", "2020-11-01", "--lang", "en")
    assert "the number of tasks assigned was 0, of which: done 0 (overdue 0); in hand 0 (overdue 0)." in said.out
    assert said.out.count(" – (0/0)\n") == 5
    told = (await letter(*NOVEMBER, "--as-of", "2020-11-01", "--json")).json["percentages"]
    assert {(one["numerator"], one["denominator"], one["percent"]) for one in told.values()} == {(0, 0, None)}


async def test_what_may_still_change_is_called_provisional(letter: Any) -> None:
    assert "\nProvisional: " in (await letter(*NOVEMBER, "--as-of", "2199-01-01", "--lang", "en")).out
    assert "Provisional" not in (await letter(*AT_ITS_END, "--lang", "en")).out


async def test_stats_tell_the_percentages_to_people_and_of_each_unit(type_: Type) -> None:
    said = await asyncio.to_thread(type_, "stats", *AT_ITS_END, "--lang", "en")
    lead, _, support = said.out.partition("Supporting assignments")
    assert "\nDone late / Done:                    50.0% (1/2)\n" in lead
    assert "\nDone late / Done:                    – (0/0)\n" in support
    units = (await asyncio.to_thread(type_, "stats", *AT_ITS_END, "--json")).json["lead"]["units"]
    done = {one["unit"]: tuple(one["percentages"]["done_of_total"].values()) for one in units}
    assert done == {
        "unit-a": (1, 2, "50.0"),
        "unit-b": (1, 1, "100.0"),
        "unit-c": (0, 1, "0.0"),
        "unit-d": (0, 0, None),
    }


@pytest.mark.parametrize("name", ["letter", "stats"])
def test_days_in_the_wrong_order_are_wrong_usage(type_: Type, name: str) -> None:
    said = type_(name, "--from", "2020-11-30", "--to", "2020-11-01", "--lang", "en")
    assert (said.code, said.out) == (2, "")
    assert said.err == "days_reversed: --from 30/11/2020 is after --to 01/11/2020.\n"
