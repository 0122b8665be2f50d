"""Temporal's data deleted in the middle of the city's four months: at their end all is as if it never happened."""

import asyncio
import shutil
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest

from activities.journal.read import load_events
from activities.reconciling.runs import is_running
from domain.event import Event
from domain.figures import cell
from domain.fold import folded
from embedded import ports
from embedded.postgres import PostgreSQL
from simulation.driver import AT_ONCE, Performed, _Driver, perform
from simulation.plan import Lead, Life, Plan
from simulation.pure import play
from simulation.stage import Stage, played
from tests.acceptance.faults.recovering import typed
from tests.support.quarter import planned

pytestmark = pytest.mark.timeout(300)

EVERY: Final = 9
"""Of the plan's directives one in so many is enough to see it."""
MIDDLE: Final = datetime(2023, 3, 1, tzinfo=timezone(timedelta(hours=7)))


class Resumed(_Driver):
    """Drives a directive whose run was restored."""

    async def _start(self) -> Any:
        return self._stage.client.get_workflow_handle(self._life.stream)


def part(plan: Plan, *, later: bool) -> Plan:
    """What is done until the middle, or after it."""
    lives = [
        replace(life, moments=tuple(one for one in life.moments if (one.at > MIDDLE) is later)) for life in plan.lives
    ]
    if later:
        return replace(plan, lives=tuple(lives))
    return replace(plan, lives=tuple(life for life in lives if life.issued_at <= MIDDLE), ends=MIDDLE)


async def test_with_temporal_deleted_in_the_middle_the_figures_of_the_end_are_the_same_and_no_notice_comes_twice(
    tmp_path: Path,
) -> None:
    plan = replace(planned(), lives=planned().lives[::EVERY])
    data = tmp_path / "data"
    first, second = part(plan, later=False), part(plan, later=True)
    performed = await played(data, plan.begins, lambda stage: perform(stage, first, _nothing))
    assert performed.refused == []
    before = await notices(data)
    shutil.rmtree(data / "temporal")
    began = {life.stream for life in first.lives}
    refused = await played(data, plan.begins, lambda stage: _go_on(stage, second, began, data))
    assert refused == []

    expected = play(plan)
    events = await journal(data, plan)
    assert {stream: [one.data.type for one in found] for stream, found in events.items()} == {
        stream: [one.data.type for one in found] for stream, found in expected.events.items()
    }
    states = [folded(found) for found in events.values()]
    assert {
        Lead(state.stream, one.id): cell(one, plan.ends)
        for state in states
        for one in state.assignments.values()
        if one.role == "lead"
    } == expected.cells(plan.ends)
    after = await notices(data)
    assert {id_: after[id_] for id_ in before} == before
    assert len(after) > len(before)


async def _go_on(stage: Stage, plan: Plan, began: set[str], data: Path) -> list[Any]:
    """Restored from the journal alone, then driven to the end."""
    said = await typed("restore", "--all", DIRECTIVES_DATA=str(data))
    assert (said["started"], said["already_there"], said["failed"]) == (said["directives"], 0, [])
    assert said["directives"] > 0
    performed = Performed()
    room = asyncio.Semaphore(AT_ONCE)

    async def one(life: Life) -> None:
        if life.stream in began and life.stream not in running:
            # It had ended, and was left alone.
            return
        async with room:
            driver = Resumed if life.stream in began else _Driver
            await driver(stage, life, performed, _nothing).drive(plan.ends)

    running = {life.stream for life in plan.lives if await is_running(stage.client, life.stream)}
    await asyncio.gather(*(one(life) for life in plan.lives))
    return performed.refused


def _nothing(_: int) -> None:
    """Nobody looks how far it has come."""


async def journal(data: Path, plan: Plan) -> dict[str, list[Event]]:
    """All that was recorded, directive by directive."""
    server = PostgreSQL(data / "postgresql", ports.ANY)
    connection = await asyncpg.connect(await server.start())
    try:
        return {life.stream: await load_events(connection, life.stream) for life in plan.lives}
    finally:
        await connection.close()
        await server.stop()


async def notices(data: Path) -> dict[Any, tuple[Any, ...]]:
    """Every notice as it stands, by its id."""
    server = PostgreSQL(data / "postgresql", ports.ANY)
    connection = await asyncpg.connect(await server.start())
    try:
        rows = await connection.fetch("SELECT id, stream, kind, unit, status, settled_at FROM notices")
        return {row["id"]: tuple(row) for row in rows}
    finally:
        await connection.close()
        await server.stop()
