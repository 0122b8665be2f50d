"""The worker as writer: everything that it does in a directive's life, and in the background, with no more rights."""

import asyncio
import json
import uuid
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from activities.journal.roles import OWNER, WRITER
from domain.wire import (
    RECONCILIATION,
    RECONCILIATION_ID,
    RECOVERY_QUEUE,
    TASK_QUEUE,
    Finding,
    Reconciled,
    ReconcileRequest,
)
from tests.acceptance.test_worker_process import get, lines, worker
from tests.integration.cascade.test_three_levels import cascade, in_seconds
from tests.integration.roles.servers import Journal, journal
from tests.support.parts import TemporalServer, running_temporal
from tests.support.service import ISSUER, Service, command, life, stamped
from tests.support.waiting import until


@pytest.mark.timeout(180)
async def test_lives_notices_relays_the_record_and_its_followers_with_the_rights_of_the_writer(
    superuser: str, tmp_path: Path
) -> None:
    # A server of its own: what the worker starts there for good belongs to this journal.
    async with journal(superuser) as made, running_temporal(tmp_path / "temporal") as temporal:
        async with worker(made.urls[WRITER], temporal, tmp_path) as (process, health):
            # What went wrong is told all the time; a pipe that nobody reads would hold the worker up.
            told = asyncio.create_task(lines(process))
            await until(lambda: asyncio.to_thread(get, f"{health}/readyz"), lambda answer: answer[0] == 200)
            async with asyncpg.create_pool(made.urls[OWNER], min_size=0) as pool:
                service = Service(temporal.client, pool, made.urls[OWNER], TASK_QUEUE)
                streams = await lived(service)
                await everything_told(pool)
                assert await differing(temporal, streams) == []
                assert await as_whom_the_worker_works(made) == {WRITER}
            process.terminate()
            said = await told
    assert [line for line in said if "permission denied" in json.dumps(line)] == []
    assert [line for line in said if line.get("level") in ("error", "critical")] == []


async def lived(service: Service) -> list[str]:
    """Two levels: the lower one is done, then so is the upper one; a name and words go."""
    day = in_seconds(86_400)
    upper, lower = await cascade(service, [day, day])
    of_ward = life("ward")
    of_ward[-1]["actor"]["unit"] = "district"
    await done(service, lower, stamped(of_ward))
    await until(lambda: types(service, upper), lambda found: found.count("ChildRecorded") >= 2)
    await done(service, upper, stamped(life("district")))
    await done(service, upper, command("close", "", role="leader"))
    await done(service, upper, erase(person="unit_head of district"))
    await done(service, lower, erase(version=await versions(service, lower, "ReportSubmitted"), of="district"))
    return [upper, lower]


def erase(*, of: str = ISSUER, **what: Any) -> dict[str, Any]:
    ground = {"ground": "Điều 14", "document": {"notation": "88/QĐ-UBND", "issued_date": "2026-11-02"}}
    actor = {"person": "Văn thư lưu trữ", "role": "records_officer", "unit": of}
    return {"type": "erase", "command_id": str(uuid.uuid4()), "actor": actor, **ground, **what}


async def done(service: Service, stream: str, commands: Any) -> None:
    answers = await service.submit(stream, commands)
    for answer in answers if isinstance(answers, list) else [answers]:
        assert answer["outcome"] == "done", answer


async def types(service: Service, stream: str) -> list[str]:
    return [event.data.type for event in await service.events(stream)]


async def versions(service: Service, stream: str, type_: str) -> list[int]:
    return [event.version for event in await service.events(stream) if event.data.type == type_]


async def differing(temporal: TemporalServer, streams: list[str]) -> list[Finding]:
    """What the nightly comparison finds, which verifies each directive."""
    compared = await temporal.client.execute_workflow(
        RECONCILIATION,
        ReconcileRequest(mend=True, streams=streams, read_models=True),
        id=f"{RECONCILIATION_ID}/{uuid.uuid4()}",
        task_queue=RECOVERY_QUEUE,
        result_type=Reconciled,
    )
    return compared.findings


async def everything_told(pool: asyncpg.Pool) -> None:
    """Every notice sent, every relay delivered, every event in the record, every follower at its end."""
    for waiting in (
        "SELECT count(*) FROM notices WHERE status <> 'sent' OR NOT reported",
        "SELECT count(*) FROM relays WHERE sent_at IS NULL",
        "SELECT count(*) FROM unsequenced",
        "SELECT (SELECT count(*) FROM events) - (SELECT size FROM tree)",
        "SELECT count(*) FROM followers WHERE seq < (SELECT max(seq) FROM log)",
        "SELECT 1 - least(count(*), 1) FROM workers",
    ):
        await until(lambda statement=waiting: pool.fetchval(statement), lambda left: left == 0)


async def as_whom_the_worker_works(made: Journal) -> set[str]:
    connection = await asyncpg.connect(made.superuser)
    try:
        rows = await connection.fetch(
            "SELECT DISTINCT usename FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'directives'"
        )
    finally:
        await connection.close()
    return {row["usename"] for row in rows}
