"""What a figure costs. Run by hand: ``python benchmarks/figures.py [--rows N] [--events N] [--svg FILE] [--json]``.

``--rows`` assignments and ``--events`` events of each are made by SQL alone, as wide as real ones: 40 assignments a
directive, 100 units, one life after the other over two years; one in ten extended, some returned, some waived, some
open. Then the four cells by unit are counted by the very statement of ``directives stats``, as of now and as of an
instant in the middle, and by a bare aggregate of four counts over ``assignments`` with the same predicate. The same at
a hundredth, a tenth and the whole: how it grows. Absolute figures mean nothing on a shared machine.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from math import ceil, floor, log10
from pathlib import Path
from typing import Any, Final

import asyncpg
from server import running_server

from console.figures.counting import asked
from console.figures.question import Question

Json = dict[str, Any]
Rows = Sequence[asyncpg.Record]

ROUNDS: Final = 5
MEGABYTE: Final = 1024 * 1024
BEGUN: Final = datetime(2025, 1, 1, tzinfo=UTC)
NOW: Final = datetime(2027, 6, 1, tzinfo=UTC)
MIDDLE: Final = datetime(2026, 1, 1, tzinfo=UTC)
BARE: Final = """
SELECT unit, role,
       count(*) FILTER (WHERE status = 'accepted' AND NOT late) AS done_on_time,
       count(*) FILTER (WHERE status = 'accepted' AND late) AS done_late,
       count(*) FILTER (WHERE status <> 'accepted' AND NOT late) AS open_in_time,
       count(*) FILTER (WHERE status <> 'accepted' AND late) AS open_overdue
FROM (
    SELECT unit, role, status, coalesce(least(held_until, $1::timestamptz) > judged_by, false) AS late
    FROM assignments
    WHERE assigned_on BETWEEN $2::date AND $3::date
      AND status <> ALL ('{waived,withdrawn,recalled,superseded}')
) AS counted
GROUP BY unit, role
"""
LIVES: Final = """
CREATE UNLOGGED TABLE lives (
    n integer, stream text, assignment text, unit integer, issued timestamptz, due timestamptz, later timestamptz,
    reported timestamptz, extended boolean, waived boolean, done boolean,
    last_due timestamptz GENERATED ALWAYS AS (CASE WHEN extended THEN later ELSE due END) STORED)
"""
WITHOUT_CHECKS: Final = "SET session_replication_role = replica"
"""Rows that are made to fit need no look at other tables."""
ONCE: Final = "events ADD CONSTRAINT events_once UNIQUE (event_id)"


async def made(connection: asyncpg.Connection, rows: int, events: int) -> None:
    """Everything that the figures might look at, and everything that they must not."""
    await connection.execute(f"{WITHOUT_CHECKS}; {LIVES}; ALTER TABLE events DROP CONSTRAINT events_once")
    await connection.execute(_statement("lives"), rows)
    await connection.execute(_statement("streams"), events)
    for name in ("directives", "assignments", "spans"):
        await connection.execute(_statement(name))
    await connection.execute(_statement("events"), events)
    await connection.execute(f"DROP TABLE lives; ALTER TABLE {ONCE}")
    await connection.execute("VACUUM ANALYZE")


def _statement(name: str) -> str:
    return Path(__file__).with_name("sql").joinpath(f"{name}.sql").read_text(encoding="utf-8")


async def measured(rows: int, events: int, folder: Path | None) -> dict[str, Any]:
    """Seconds of each question, the fastest of some rounds; and how large all is."""
    async with running_server(folder) as server:
        connection = await asyncpg.connect(
            await server.database("figures"), command_timeout=7200, statement_cache_size=0
        )
        try:
            begun = time.perf_counter()
            await made(connection, rows, events)
            making = time.perf_counter() - begun
            days = BEGUN.date(), NOW.date()
            cells = asked("figures_cells")

            async def ask(at: datetime) -> Rows:
                question = Question(at=at, by="unit", cohort="assigned", since=days[0], until=days[1])
                found: Rows = await connection.fetch(cells, *question.arguments())
                return found

            bare, bare_rows = await _fastest(lambda: connection.fetch(BARE, NOW, *days))
            now, now_rows = await _fastest(lambda: ask(NOW))
            then, _ = await _fastest(lambda: ask(MIDDLE))
            _same(bare_rows, now_rows)
            sizes = await connection.fetchrow(
                "SELECT count(*) AS spans, "
                "(SELECT sum(pg_table_size(relid)) FROM pg_partition_tree('spans')) AS spans_bytes, "
                "pg_table_size('assignments') AS assignments_bytes, pg_total_relation_size('events') AS events_bytes, "
                "pg_database_size(current_database()) AS all_bytes FROM spans"
            )
        finally:
            await connection.close()
    return {
        "assignments": rows,
        "events": rows * events,
        "spans": sizes["spans"],
        "mb": {name: round(sizes[f"{name}_bytes"] / MEGABYTE) for name in ("assignments", "spans", "events", "all")},
        "made_in_seconds": round(making),
        "bare_ms": round(bare * 1000, 1),
        "now_ms": round(now * 1000, 1),
        "then_ms": round(then * 1000, 1),
        "now_ratio": round(now / bare, 2),
        "then_ratio": round(then / bare, 2),
    }


async def _fastest(ask: Callable[[], Awaitable[Rows]]) -> tuple[float, Rows]:
    """Seconds of the fastest round, and what came of it."""
    took, rows = [], await ask()
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        rows = await ask()
        took.append(time.perf_counter() - begun)
    return min(took), rows


def _same(bare: Rows, figures: Rows) -> None:
    """Both count the same, or the comparison is worth nothing."""
    cells = ("done_on_time", "done_late", "open_in_time", "open_overdue")
    found = {row["unit"]: [row[cell] for cell in cells] for row in bare}
    told = {row["key"]: [row[cell] for cell in cells] for row in figures}
    if found != told:
        raise SystemExit(f"{found} by the bare aggregate, {told} by the figures")


def drawn(found: Sequence[Json]) -> str:
    """How the seconds grow with the assignments, both on logarithmic scales, as SVG."""
    width, height, left, top = 640, 380, 70, 30
    lines = {"bare_ms": ("bare aggregate", "#888"), "now_ms": ("now", "#0a6"), "then_ms": ("as of T", "#06c")}
    xs = [log10(one["assignments"]) for one in found]
    ys = [log10(one[name]) for one in found for name in lines]
    low, high = floor(min(ys)), ceil(max(ys))

    def place(x: float, y: float) -> str:
        across = left + (x - xs[0]) / (xs[-1] - xs[0]) * (width - left - 140)
        return f"{across:.0f},{height - 50 - (y - low) / (high - low) * (height - 50 - top):.0f}"

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">']
    parts.append('<rect width="100%" height="100%" fill="white"/>')
    for exponent in range(low, high + 1):
        x, y = place(xs[0], exponent).split(",")
        parts.append(f'<path d="M{x},{y}H{width - 140}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y}" font-size="12" text-anchor="end">{10**exponent:,} ms</text>')
    for at, one in zip(xs, found, strict=True):
        x = place(at, low).split(",")[0]
        label = f"{one['assignments']:,}"
        parts.append(f'<text x="{x}" y="{height - 30}" font-size="12" text-anchor="middle">{label}</text>')
    each = found[0]["events"] // found[0]["assignments"]
    parts.append(f'<text x="{left}" y="{height - 10}" font-size="12">assignments, of {each} events each</text>')
    for name, (title, colour) in lines.items():
        points = [place(x, log10(one[name])) for x, one in zip(xs, found, strict=True)]
        x, y = points[-1].split(",")
        parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{int(x) + 8}" y="{int(y) + 4}" font-size="13" fill="{colour}">{title}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a figure costs.")
    parser.add_argument("--rows", type=int, default=100_000, help="assignments of the largest measurement")
    parser.add_argument("--events", type=int, default=10, help="of each assignment")
    parser.add_argument("--folder", type=Path, help="where the data shall lie; some 1.3 GB for each million events")
    parser.add_argument("--svg", type=Path, help="where the curve shall be written")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    given = parser.parse_args()
    sizes = [given.rows // 100, given.rows // 10, given.rows]
    found = [asyncio.run(measured(rows, given.events, given.folder)) for rows in sizes]
    if given.svg:
        given.svg.write_text(drawn(found), encoding="utf-8")
    if given.json:
        print(json.dumps(found))
        return
    print("assignments      events  spans MB  bare ms   now ms  now/bare  as of ms  as of/bare")
    for one in found:
        print(
            f"{one['assignments']:>11,}  {one['events']:>10,}  {one['mb']['spans']:>8,}  {one['bare_ms']:>7,.1f}  "
            f"{one['now_ms']:>7,.1f}  {one['now_ratio']:>8.2f}  {one['then_ms']:>8,.1f}  {one['then_ratio']:>10.2f}"
        )


if __name__ == "__main__":
    main()
