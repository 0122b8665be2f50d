"""What deciding and recording costs. Run by hand: ``python benchmarks/journal.py [--commands N] [--profile] [--json]``.

Lives (acknowledge, two progress reports, completion report, acceptance) of the units of one directive, or of many at
once. Messages are given to ``handle`` in batches, as a workflow gives them; each directive hands over the next batch
when the last is answered.

In the same run what it wrote is inserted again, into an empty journal of the same schema, batch by batch and with as
many at once, by one bare ``INSERT … SELECT FROM unnest`` a batch and nothing else: once the rows of ``events`` alone,
once all rows that it added (events, words, answers, spans). The ratios say what deciding, locking, answering and
keeping the read models leave of the speed of writing. Absolute figures mean nothing on a shared machine.
"""

import argparse
import asyncio
import cProfile
import json
import pstats
import time
import uuid
from bisect import bisect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from operator import itemgetter
from typing import Any, Final, TypeVar, cast

import asyncpg
from server import Server, running_server
from temporalio.api.common.v1 import Payload
from temporalio.client import Client

from activities.handle import Handler
from activities.journal.pool import open_pool
from activities.memory import Memory
from domain.base import local
from domain.directive import Directive
from domain.document import stream_of
from domain.wire import HandleRequest, Message
from observe import logs
from workflows.raw import raw

T = TypeVar("T")
Json = dict[str, Any]

ISSUER: Final = "office"
STREAMS: Final = (1, 8, 32)
BATCHES: Final = (1, 10, 100)
STEPS: Final = 5
"""Commands of a life."""
ADDED: Final = ("events", "texts", "commands", "spans")
"""Tables to which ``handle`` only adds, or nearly so."""
COLUMNS: Final = """
SELECT attname AS name, format_type(atttypid, atttypmod) AS type
FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
"""


@dataclass(frozen=True)
class Life:
    """A directive and what its units have to tell. ``batches``: of messages."""

    stream: str
    start: Message
    batches: Sequence[Sequence[Message]]


def lives(streams: int, commands: int, batch: int) -> list[Life]:
    """So many directives; together so many commands, at least a batch each."""
    return [_life(number, max(batch, commands // streams), batch) for number in range(1, streams + 1)]


def _life(number: int, commands: int, batch: int) -> Life:
    units = [f"unit-{one}" for one in range(1, -(-commands // STEPS) + 1)]
    content = _directive(number, units)
    told = [command for step in range(STEPS) for command in (_command(unit, step) for unit in units)][:commands]
    return Life(
        stream=stream_of(content.document),
        start=_message(_by("issue", "clerk", ISSUER, directive=content.model_dump(mode="json")), "start"),
        batches=[[_message(one) for one in chunk] for chunk in _chunks(told, batch)],
    )


def _directive(number: int, units: Sequence[str]) -> Directive:
    content = {
        "document": {
            "issuer": ISSUER,
            "organ_name": "Ủy ban nhân dân",
            "code_number": str(number),
            "code_notation": "UBND-NC",
            "type_name": "công văn",
            "subject": "tăng cường kiểm tra",
            "issued_date": local(datetime.now(UTC)).date().isoformat(),
            "signer": {"position": "CHỦ TỊCH", "full_name": "Signer"},
        },
        "obligations": [
            {
                "item": "1",
                "text": "Tổ chức thực hiện.",
                "mode": "each",
                "lead": [*units],
                "deadline": {"kind": "after", "count": 20, "days": "working", "start": "issue"},
            }
        ],
        "directory": {
            "version": "1",
            "sha256": "0" * 64,
            "units": [{"id": name, "name": name} for name in (ISSUER, *units)],
        },
    }
    return Directive.model_validate(content, strict=False)


def _command(unit: str, step: int) -> Json:
    """The next step of a unit's life."""
    match step:
        case 0:
            return _by("acknowledge", "unit_head", unit)
        case 1 | 2:
            told = "Đã kiểm tra các cơ sở trên địa bàn, đang tổng hợp số liệu."
            return _by("progress", "officer", unit, item="1", percent=30 * step, text=told)
        case 3:
            told = "Đã hoàn thành; số liệu kèm theo báo cáo."
            return _by("report", "unit_head", unit, item="1", text=told)
    return _by("accept", "leader", ISSUER, item="1", unit=unit)


def _by(type_: str, role: str, own: str, **fields: object) -> Json:
    actor = {"person": f"{role} of {own}", "role": role, "unit": own}
    return {"type": type_, "command_id": str(uuid.uuid4()), "actor": actor, **fields}


def _message(command: Json, door: Any = "update") -> Message:  # noqa: ANN401 - a literal of the wire
    payload = Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(command, ensure_ascii=False).encode())
    id_ = str(uuid.uuid4())
    now = datetime.now(UTC)
    return Message(id=id_, door=door, name="submit", payloads=[raw(payload)], received_at=now, run_id=id_)


async def handled(pool: asyncpg.Pool, told: Sequence[Life], profile: cProfile.Profile | None) -> float:
    """Seconds that ``handle`` takes, once all are issued."""
    handler = Handler(pool, cast("Client", None), Memory())  # messages that were just taken in need no look at Temporal

    async def handle(stream: str, messages: Sequence[Message]) -> None:
        await handler.handle(HandleRequest(stream=stream, now=datetime.now(UTC), messages=list(messages)))

    async def live(life: Life) -> None:
        for batch in life.batches:
            await handle(life.stream, batch)

    for life in told:
        await handle(life.stream, [life.start])
    if profile is not None:
        profile.enable()
    try:
        return await _all(live, told)
    finally:
        if profile is not None:
            profile.disable()


async def inserted(pool: asyncpg.Pool, told: Sequence[Life], written: asyncpg.Pool, tables: Sequence[str]) -> float:
    """Seconds that the same rows take, in the same batches."""
    heads = await written.fetch("SELECT stream, version, hash FROM streams")
    await pool.executemany("INSERT INTO streams VALUES ($1, $2, $3)", [tuple(row) for row in heads])
    statement, columns = await _bare(written, tables)
    batches = {life.stream: await _batches(written, life, columns) for life in told}

    async def insert(life: Life) -> None:
        for arrays in batches[life.stream]:
            async with pool.acquire() as connection:
                await connection.execute(statement, *arrays)

    return await _all(insert, told)


async def _bare(pool: asyncpg.Pool, tables: Sequence[str]) -> tuple[str, dict[str, list[str]]]:
    """One statement for all the tables, and their columns."""
    parts, columns, arrays = [], dict[str, list[str]](), count(1)
    for table in tables:
        found = await pool.fetch(COLUMNS, table)
        columns[table] = [one["name"] for one in found]
        given = ", ".join(f"${next(arrays)}::{one['type']}[]" for one in found)
        names = ", ".join(columns[table])
        parts.append(f"INSERT INTO {table} ({names}) SELECT * FROM unnest({given})")  # noqa: S608 - our own tables
    *others, last = parts
    beside = ", ".join(f"_{number} AS ({part})" for number, part in enumerate(others))
    return (f"WITH {beside} {last}" if others else last), columns


async def _batches(pool: asyncpg.Pool, life: Life, columns: dict[str, list[str]]) -> list[list[list[Any]]]:
    """Of each batch the arrays of all columns. What time brought about meanwhile goes with the batch before."""
    rows = {table: await pool.fetch(f"SELECT * FROM {table} WHERE stream = $1", life.stream) for table in columns}  # noqa: S608 - our own tables
    versions = {row["command_id"]: row["version"] for row in sorted(rows["events"], key=itemgetter("version"))}
    issued, *told = versions.values()
    firsts = [told[at] for at in range(0, len(told), len(life.batches[0]))]
    batches = [[[list[Any]() for _ in names] for names in columns.values()] for _ in firsts]
    for place, (table, names) in enumerate(columns.items()):
        for row in rows[table]:
            version = versions[row["command_id"]] if table == "commands" else row["version"]
            if version > issued:
                for array, name in zip(batches[bisect(firsts, version) - 1][place], names, strict=True):
                    array.append(row[name])
    return [[array for arrays in batch for array in arrays] for batch in batches]


async def _all(work: Callable[[Life], Awaitable[None]], told: Sequence[Life]) -> float:
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for life in told:
            group.create_task(_done(work(life)))
    return time.perf_counter() - begun


async def _done(work: Awaitable[None]) -> None:
    await work


def _chunks(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


async def measured(commands: int, profile: cProfile.Profile | None) -> list[Json]:
    """A row for each number of directives and each size of batch."""
    found = []
    async with running_server() as server:
        for streams in STREAMS:
            for batch in BATCHES:
                told = lives(streams, commands, batch)
                async with database(server, "handled") as journal:
                    handling = await handled(journal, told, profile)
                    took = {}
                    for name, tables in (("events", ADDED[:1]), ("rows", ADDED)):
                        async with database(server, f"inserted_{name}") as bare:
                            took[name] = await inserted(bare, told, journal, tables)
                commands = sum(len(one) for life in told for one in life.batches)
                found.append(
                    {
                        "directives": streams,
                        "batch": batch,
                        "commands": commands,
                        "handled_per_second": round(commands / handling),
                        **{f"{name}_per_second": round(commands / seconds) for name, seconds in took.items()},
                        **{f"{name}_ratio": round(seconds / handling, 2) for name, seconds in took.items()},
                    }
                )
    return found


@asynccontextmanager
async def database(server: Server, name: str) -> AsyncIterator[asyncpg.Pool]:
    """An empty journal."""
    pool = await open_pool(await server.database(name))
    try:
        yield pool
    finally:
        await pool.close()
        await server.drop(name)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What deciding and recording costs.")
    parser.add_argument("--commands", type=int, default=2_000, help="of each measurement")
    parser.add_argument("--profile", action="store_true", help="where handle spends its time")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    given = parser.parse_args()
    logs.configure("warning")
    profile = cProfile.Profile() if given.profile else None
    found = asyncio.run(measured(given.commands, profile))
    if given.json:
        print(json.dumps(found))
        return
    print("directives  batch  commands  handled/s  events/s  ratio  all rows/s  ratio")
    for one in found:
        print(
            f"{one['directives']:>10}  {one['batch']:>5}  {one['commands']:>8,}  {one['handled_per_second']:>9,}  "
            f"{one['events_per_second']:>8,}  {one['events_ratio']:>5.2f}  "
            f"{one['rows_per_second']:>10,}  {one['rows_ratio']:>5.2f}"
        )
    if profile is not None:
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
