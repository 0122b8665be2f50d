"""stats as of any instant, told by SQL, against the independent script: assignment by assignment, number by number."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any, Final

import asyncpg
import pytest

from activities.journal.read import Head
from activities.journal.write import write
from console.cells import AGES, CELLS, RELEASED, SUBSETS
from domain.durations import shown
from domain.event import Event
from domain.events import read_event
from domain.handling import Handling
from domain.spans import Spans
from domain.state import DirectiveState
from tests.support.builders import acknowledge, by, command, directive, local_time, obligation, someone
from tests.support.desk import Desk
from tests.support.figures import Told, acknowledgements_at, age, day_ended, handed_on, nearest_rank, told_at
from tests.support.instants import instants
from tests.support.lives import lived
from tests.support.typed import Type

AGO: Final = timedelta(weeks=300)
"""How long ago the lives were lived: what read models tell is the present, which has to lie behind them."""
LIVES: Final = 8
INSTANTS: Final = 12
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


async def keep(connection: asyncpg.Connection, batches: Iterable[list[Event]]) -> None:
    head: Head | None = None
    people: dict[str, Any] = {}
    state: DirectiveState | None = None
    for events in batches:
        recorder = Spans()
        for event in events:
            state = recorder.evolve(state, event)
        handling = Handling(stream=events[0].stream, state=state, known={})
        handling.events, handling.spans = events, recorder
        head = await write(connection, head, handling, people)


def lived_batches(seed: int) -> Iterator[list[Event]]:
    """A life as ``handle`` would write it, some batches taken together: fewer transactions, the same rows."""
    batch: list[Event] = []
    for _, handling in lived(seed, stream_number=str(20 + seed)):
        batch += handling.events
        # Whom an erasure took out comes back as somebody new only in a batch behind it.
        if len(batch) > 12 or any(event.data.type == "WordsErased" for event in handling.events):
            yield batch
            batch = []
    if batch:
        yield batch


@pytest.fixture
async def lives(connection: asyncpg.Connection) -> list[Event]:
    found = []
    for seed in range(LIVES):
        batches = [long_ago(batch) for batch in lived_batches(seed)]
        await keep(connection, batches)
        found += [event for batch in batches for event in batch]
    return found


STANDINGS: Final = "SELECT * FROM standings_at($1, $2)"


async def test_the_table_tells_of_each_assignment_at_any_instant_what_the_script_tells(
    lives: list[Event], connection: asyncpg.Connection
) -> None:
    exported = [event.envelope() for event in lives]
    for at in instants(lives, Random("table"), 4 * INSTANTS):
        for originally in (False, True):
            rows = await connection.fetch(STANDINGS, at, originally)
            found = {(row["stream"], row["assignment"]): stood(row) for row in rows}
            expected = {key: reckoned(one, at, originally) for key, one in told_at(exported, at).items()}
            assert found == expected, (at, originally)


def stood(row: asyncpg.Record) -> Json:
    names = ("role", "unit", "unit_group", "assigned_on", "cell", "overdue_days", "due", "released_overdue")
    minutes, of_day = row["worked_minutes"], row["day_minutes"]
    return {
        **{name: row[name] for name in names},
        "subsets": {name for name in SUBSETS if row[name]},
        "days": None if minutes is None else Fraction(minutes, of_day),
    }


def reckoned(one: Told, at: datetime, originally: bool) -> Json:
    return {
        "role": one.role,
        "unit": one.credited,
        "unit_group": one.group,
        "assigned_on": one.assigned_on,
        "cell": one.cell(at, originally=originally),
        "overdue_days": one.overdue_days(at, originally=originally),
        "due": one.counts_against(at, originally=originally),
        "released_overdue": one.released_overdue_originally if originally else one.released_overdue,
        "subsets": one.subsets(at, originally=originally),
        "days": one.working_days(),
    }


KEYS: Final[dict[str, Callable[[Told, date | None], str]]] = {
    "unit": lambda one, _: one.credited,
    "group": lambda one, _: one.group,
    "issuer": lambda one, _: one.of.document["issuer"],
    "field": lambda one, _: one.of.document["field"],
    "urgency": lambda one, _: str(one.of.document["priority"]),
    "kind": lambda one, _: one.of.document["type_name"],
    "signer": lambda one, _: one.of.document["signer"]["full_name"],
    "month": lambda one, day: f"{day:%Y-%m}",
}


@pytest.mark.parametrize("by_", KEYS)
async def test_every_grouping_counts_at_any_instant_what_the_script_counts(
    lives: list[Event], stats: Any, by_: str
) -> None:
    exported, random = [event.envelope() for event in lives], Random(by_)
    for at in instants(lives, random, INSTANTS // 4):
        originally, cohort = random.choice((False, True)), random.choice(("all", "assigned", "due"))
        first = lives[0].at.date() - timedelta(days=random.randrange(3))
        days = (first, first + timedelta(days=random.randrange(40)))
        typed = () if cohort == "all" else ("--cohort", cohort, "--from", str(days[0]), "--to", str(days[1]))
        against = "original" if originally else "current"
        document = await stats("--as-of", at.isoformat(), "--by", by_, "--against", against, *typed)
        ones = cohort_of(told_at(exported, at).values(), at, originally, cohort, days)
        expected = numbers(ones, by_, at, originally)
        assert numbers_of(document, by_) == expected, (at, originally, cohort, days)


def counted_on(one: Told, at: datetime, originally: bool, cohort: str) -> date | None:
    due = one.counts_against(at, originally=originally)
    return one.assigned_on if cohort != "due" else None if due is None else day_ended(due)


def cohort_of(
    ones: Iterable[Told], at: datetime, originally: bool, cohort: str, days: tuple[date, date]
) -> Iterator[tuple[Told, date | None]]:
    for one in ones:
        day = counted_on(one, at, originally, cohort)
        if cohort == "all" or (day is not None and days[0] <= day <= days[1]):
            yield one, day


def numbers(
    ones: Iterable[tuple[Told, date | None]], by_: str, at: datetime, originally: bool
) -> dict[tuple[str, str], Counter[str]]:
    found: dict[tuple[str, str], Counter[str]] = {}
    for one, day in ones:
        key = (one.role, KEYS[by_](one, day))
        overdue = one.overdue_days(at, originally=originally)
        counted = [one.cell(at, originally=originally), *one.subsets(at, originally=originally), "given"]
        counted += [age(overdue)] if overdue is not None else []
        late = one.released_overdue_originally if originally else one.released_overdue
        found.setdefault(key, Counter()).update([*counted, *(["released_when_overdue"] if late else [])])
        for unit, overdue_then in handed_on([one], originally=originally):
            former = one.of.kind_on(unit, one.assigned_on) if by_ == "group" else unit
            place = (one.role, former) if by_ in ("unit", "group") else key
            found.setdefault(place, Counter()).update(["handed_on", *(["handed_on_overdue"] * overdue_then)])
    return found


PLURALS: Final = {"urgency": "urgencies", "unit": "units"}


def numbers_of(document: Json, by_: str) -> dict[tuple[str, str], Counter[str]]:
    found = {}
    for role in ("lead", "support"):
        for line in document[role][PLURALS.get(by_, f"{by_}s")]:
            flat = {**line, **line["of_which"], **line["released_as"], **line["overdue_days"]}
            names = (
                *CELLS,
                *SUBSETS,
                *RELEASED,
                *AGES,
                "given",
                "released_when_overdue",
                "handed_on",
                "handed_on_overdue",
            )
            found[role, line[by_]] = +Counter({name: flat[name] for name in names})
            assert line["given"] == line["total"] + line["released"]
    return found


async def test_durations_are_those_that_the_script_reckons_by_nearest_rank(lives: list[Event], stats: Any) -> None:
    exported = [event.envelope() for event in lives]
    for at in instants(lives, Random("durations"), INSTANTS // 2):
        document = await stats("--as-of", at.isoformat())
        days = [(one.role, one.working_days()) for one in told_at(exported, at).values() if one.finish is not None]
        for role in ("lead", "support"):
            took = [one for of, one in days if of == role and one is not None]
            ranks = [nearest_rank(took, percent) for percent in (50, 90)]
            expected = [len(took), *(None if rank is None else shown(rank) for rank in ranks)]
            assert [*document[role]["all"]["completed_in"].values()] == expected


async def test_acknowledgements_took_what_the_script_reckons(
    lives: list[Event], connection: asyncpg.Connection
) -> None:
    exported, compared = [event.envelope() for event in lives], 0
    for at in instants(lives, Random("receipts"), INSTANTS):
        query = "SELECT * FROM spans WHERE role = 'receipt' AND since <= $1 AND until > $1"
        found = {
            (row["stream"], row["assignment"]): Fraction(row["worked_minutes"], row["day_minutes"])
            for row in await connection.fetch(query, at)
        }
        took = acknowledgements_at(exported, at)
        expected = {(stream, f"{unit}/{revision}"): days for (stream, unit, revision), days in took.items()}
        assert {key: found.get(key) for key in expected} == expected, at
        compared += len(expected)
    assert compared > INSTANTS


async def test_now_standings_and_spans_tell_the_same(lives: list[Event], connection: asyncpg.Connection) -> None:
    assert lives
    differing = """
        SELECT s.stream, s.id FROM standings AS s
        FULL JOIN standings_at(now(), false) AS t ON t.stream = s.stream AND t.assignment = s.id
        WHERE (s.role, s.status, s.done, s.released, s.late AND NOT s.released, s.released_overdue, s.assigned_on)
              IS DISTINCT FROM
              (t.role, t.status, t.done, t.released, t.late AND NOT t.released, t.released_overdue, t.assigned_on)
    """
    assert await connection.fetch(differing) == []


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
    await keep(connection, [one.events])
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
