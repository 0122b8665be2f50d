"""How fast a journal is loaded. Run by hand: ``python benchmarks/loading.py [--commands N] [--json]``.

A journal that ``handle`` wrote, lives of many directives in batches of a hundred, is brought into an empty database in
the ways that there are: the rows of ``events`` by ``COPY`` alone; all of it by ``pg_dump`` and ``pg_restore``, as a
backup comes back (``COPY``, and the indexes afterwards); and by the commands themselves, which is how ``directives
import`` brings in a list and ``directives reconcile`` what a restored journal misses: nothing is ever loaded past
``handle``. Absolute figures mean nothing on a shared machine.
"""

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import asyncpg
from journal import database, handled, lives
from server import Server, running_server

from embedded.postgres import binaries
from observe import logs

STREAMS: Final = 32
BATCH: Final = 100
MEGABYTE: Final = 1024 * 1024


async def measured(commands: int) -> dict[str, Any]:
    """Events a second, each way."""
    async with running_server() as server:
        told = lives(STREAMS, commands, BATCH)
        async with database(server, "handled") as journal:
            handling = await handled(journal, told, None)
            decided = await journal.fetchval("SELECT count(*) FROM events WHERE version > 1")
            events = await journal.fetchval("SELECT count(*) FROM events")
            async with database(server, "copied") as bare:
                copying = await copied(journal, bare)
            dumping, restoring, size = await restored(server)
    return {
        "events": events,
        "dump_mb": round(size / MEGABYTE, 1),
        "handled_per_second": round(decided / handling),
        "copied_per_second": round(events / copying),
        "dumped_per_second": round(events / dumping),
        "restored_per_second": round(events / restoring),
    }


async def copied(journal: asyncpg.Pool, bare: asyncpg.Pool) -> float:
    """Seconds in which ``COPY`` takes the rows of ``events``, with its indexes and checks as they are."""
    heads = await journal.fetch("SELECT stream, version, hash FROM streams")
    rows = await journal.fetch("SELECT * FROM events ORDER BY stream, version")
    async with bare.acquire() as connection:
        await connection.copy_records_to_table("streams", records=heads)
        begun = time.perf_counter()
        await connection.copy_records_to_table("events", records=rows)
        return time.perf_counter() - begun


async def restored(server: Server) -> tuple[float, float, int]:
    """Seconds of ``pg_dump`` and of ``pg_restore`` into a new database, and the bytes between them."""
    with tempfile.TemporaryDirectory(prefix="loading-") as folder:
        dump = f"{folder}/journal.dump"
        dumping = await _took("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={server.url('handled')}")
        await server.empty("restored")
        restoring = await _took("pg_restore", "--exit-on-error", f"--dbname={server.url('restored')}", dump)
        return dumping, restoring, _size(dump)


def _size(file: str) -> int:
    return Path(file).stat().st_size


async def _took(program: str, *arguments: str) -> float:
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(binaries() / program, *arguments)
    if await process.wait() != 0:
        raise SystemExit(program)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast a journal is loaded.")
    parser.add_argument("--commands", type=int, default=20_000)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    given = parser.parse_args()
    logs.configure("warning")
    found = asyncio.run(measured(given.commands))
    if given.json:
        print(json.dumps(found))
        return
    print(f"{found['events']:,} events, {found['dump_mb']} MB as pg_dump writes them; events a second:")
    for way in ("handled", "copied", "dumped", "restored"):
        print(f"{way:>10}  {found[f'{way}_per_second']:>9,}")


if __name__ == "__main__":
    main()
