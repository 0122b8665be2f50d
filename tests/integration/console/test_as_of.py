"""stats as of an instant, counted from the journal, against the read models and against the independent script."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import asyncpg
import pytest

from activities.journal.write import write
from console.cells import CELLS
from domain.event import Event
from domain.events import read_event
from domain.fold import fold
from domain.handling import Handling
from tests.support.builders import acknowledge, by, command, directive, local_time, obligation, someone
from tests.support.desk import Desk
from tests.support.figures import cells_at, told_at
from tests.support.lives import lived
from tests.support.typed import Type

AGO: Final = timedelta(weeks=300)
"""How long ago the lives were lived: what read models tell is the present, which has to lie behind them."""
LIVES: Final = 12
Json = dict[str, Any]


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
        said = await asyncio.to_thread(type_, "stats", "--json", *argv)
        assert (said.code, said.err) == (0, "")
        document: Json = said.json
        return document

    return do


def long_ago(events: list[Event]) -> list[Event]:
    """The same life, every day in it weeks earlier."""
    written = json.dumps([event.envelope() for event in events])
    days = re.compile(r"(?<![0-9])20[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")
    earlier = days.sub(lambda found: str(datetime.fromisoformat(found[0]).date() - AGO), written)
    return [read_event(one) for one in json.loads(earlier)]


async def keep(connection: asyncpg.Connection, events: list[Event]) -> None:
    handling = Handling(stream=events[0].stream, state=fold(events), known={})
    handling.events = events
    await write(connection, None, handling)


@pytest.fixture
async def lives(connection: asyncpg.Connection) -> list[Event]:
    found = []
    for seed in range(LIVES):
        lived_ = [event for _, handling in lived(seed, stream_number=str(20 + seed)) for event in handling.events]
        events = long_ago(lived_)
        await keep(connection, events)
        found += events
    return found


def by_unit(document: Json) -> Json:
    """Names apart: where directives name a unit differently, any of them may stand for it."""
    units = {
        role: {one["unit"]: {**one, "unit_name": None} for one in document[role]["units"]}
        for role in ("lead", "support")
    }
    return {**document, **{role: {"units": units[role], "all": document[role]["all"]} for role in units}}


async def test_as_of_now_the_journal_and_the_read_models_agree_unit_by_unit(
    lives: list[Event], connection: asyncpg.Connection, stats: Any
) -> None:
    now = str(await connection.fetchval("SELECT now()"))
    day = str(lives[0].at.date())
    for cohort in ((), ("--from", day, "--to", day), ("--to", "2020-01-01")):
        told, counted = await stats(*cohort), await stats(*cohort, "--as-of", now)
        assert told.pop("as_of") >= counted.pop("as_of")
        assert by_unit(told) == by_unit(counted)
    assert (await stats("--as-of", now))["lead"]["all"]["given"] > LIVES


async def test_at_any_instant_the_units_count_what_the_script_tells(lives: list[Event], stats: Any) -> None:
    exported = [event.envelope() for event in lives]
    for at in sorted(event.at for event in lives)[:: len(lives) // 12]:
        document = await stats("--as-of", at.isoformat())
        cells, told = cells_at(exported, at), told_at(exported, at)
        expected = Counter((told[key].unit, cell) for key, cell in cells.items() if cell is not None)
        found: Counter[tuple[str, str]] = Counter()
        for role in ("lead", "support"):
            for one in document[role]["units"]:
                found.update({(one["unit"], cell): one[cell] for cell in CELLS})
        assert +found == expected


DIRECTIVE: Final = directive(obligation("unit-a", deadline=by("2020-11-20")), document={"issued_date": "2020-11-02"})


@pytest.fixture
async def desk(connection: asyncpg.Connection) -> Desk:
    """Renamed on the 10th, due on the 20th, never done."""
    one = Desk(DIRECTIVE, at=local_time("2020-11-02 09:00"))
    one.do(acknowledge())
    renamed = {"id": "unit-a", "name": "Sở Mới", "email": "unit-a@example.invalid"}
    document = {"notation": "9/QĐ-UBND", "issued_date": "2020-11-09"}
    fields = {"document": document, "effective": "2020-11-10", "kind": "rename", "units": [renamed]}
    one.do(command("reorganise", someone("operator"), **fields), at=local_time("2020-11-10 09:00"))
    await keep(connection, one.events)
    return one


def cell_of(document: Json) -> Iterator[str]:
    for one in document["lead"]["units"]:
        yield from (cell for cell in CELLS if one[cell])


@pytest.mark.usefixtures("desk")
async def test_a_day_means_its_end_and_an_hour_is_local(stats: Any) -> None:
    found = {
        typed: (one["as_of"], list(cell_of(one)))
        for typed in (
            "2020-11-01", "2020-11-20", "2020-11-21", "2020-11-21 00:01", "2020-11-20T17:01Z", "2020-11-21T00:00+07:00",
        )
        for one in [await stats("--as-of", typed)]
    }  # fmt: skip
    assert found == {
        "2020-11-01": ("2020-11-01T17:00:00+00:00", []),
        "2020-11-20": ("2020-11-20T17:00:00+00:00", ["open_in_time"]),
        "2020-11-21": ("2020-11-21T17:00:00+00:00", ["open_overdue"]),
        "2020-11-21 00:01": ("2020-11-20T17:01:00+00:00", ["open_overdue"]),
        "2020-11-20T17:01Z": ("2020-11-20T17:01:00+00:00", ["open_overdue"]),
        "2020-11-21T00:00+07:00": ("2020-11-20T17:00:00+00:00", ["open_in_time"]),
    }


@pytest.mark.usefixtures("desk")
async def test_units_bear_the_name_that_they_had_then(stats: Any) -> None:
    names = [(await stats("--as-of", day))["lead"]["units"][0]["unit_name"] for day in ("2020-11-09", "2020-11-10")]
    assert names == ["Đơn vị unit-a", "Sở Mới"]


@pytest.mark.usefixtures("desk")
async def test_an_instant_that_is_still_to_come_is_provisional_and_people_are_told(stats: Any, type_: Type) -> None:
    assert [(await stats(*argv))["provisional"] for argv in ((), ("--as-of", "2020-11-20"))] == [False, False]
    assert (await stats("--as-of", "2199-01-01"))["provisional"] is True
    said = (await asyncio.to_thread(type_, "stats", "--as-of", "2199-01-01", "--lang", "en")).out
    assert said.startswith("Figures as of 01/01/2199 24:00, all directives\nProvisional: ")


@pytest.mark.parametrize(
    "typed",
    ["", "tomorrow", "2023-02-30", "20230424", "2023-04-24 25:00", "2023-04-24T10", "0001-01-01 00:00", "9999-12-31"],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nonsense_is_wrong_usage_and_names_the_option(type_: Type, typed: str, language: str) -> None:
    said = type_("stats", "--as-of", typed, "--lang", language)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "--as-of" in said.err
    assert "YYYY-MM-DD[ HH:MM]" in said.err
