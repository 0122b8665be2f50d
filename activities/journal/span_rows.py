"""The rows of ``spans``: what a batch begins, and what a directive has from its first event on."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from activities.journal.pool import Connection
from activities.journal.queries import query
from activities.journal.read import load_events
from domain.event import Event
from domain.spans import Span, Spans, Standing, lasting, rewritten, spans_of


async def write_spans(connection: Connection, stream: str, spans: Spans) -> None:
    """Write what the batch began, once its events are written."""
    if not spans.begun:
        return
    begun, whole = {**spans.begun}, list[str]()
    for assignment, since in (await _disturbed(connection, stream, spans)).items():
        told = rewritten(spans.begun[assignment], since, await load_events(connection, stream))
        begun[assignment] = told.spans
        whole += [assignment] if told.whole else []
    rows = [row for told in begun.values() for row in _rows(told)]
    await connection.execute(query("write_spans"), stream, json.dumps(rows), whole)


def span_rows(events: Sequence[Event]) -> Iterator[dict[str, Any]]:
    """All rows of a directive."""
    for told in spans_of(events).values():
        yield from (row for row in _rows(told) if "role" in row)


async def _disturbed(connection: Connection, stream: str, spans: Spans) -> dict[str, datetime | None]:
    """Whose times do not rise, and when the last span of each began that is written."""
    if not spans.unsure:
        return {}
    rows = await connection.fetch(query("open_spans"), stream, list(spans.unsure))
    since: dict[str, datetime | None] = {row["assignment"]: row["since"] for row in rows}
    return {
        assignment: since.get(assignment)
        for assignment in spans.unsure
        if not _rise(since.get(assignment), spans.begun[assignment])
    }


def _rise(since: datetime | None, spans: Iterable[Span]) -> bool:
    times = [*([] if since is None else [since]), *(one.since for one in spans)]
    return times == sorted(times)


def _rows(spans: Sequence[Span]) -> Iterator[dict[str, Any]]:
    for span, until in lasting(spans):
        stood = {} if span.standing is None else _columns(span.standing)
        yield {
            "assignment": span.assignment,
            "version": span.version,
            "since": span.since.isoformat(),
            "until": until.isoformat() if until else None,
            **stood,
        }


def _columns(standing: Standing) -> dict[str, Any]:
    columns = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in standing._asdict().items()
    }
    return {"unit_group": columns.pop("group"), **columns}
