"""Fifty lives on the real service, whatever is sent by whomever at once: neither verifier raises an alarm."""

import asyncio
from pathlib import Path

import pytest

from activities.record.anchor import Anchor
from activities.record.notes import SigningKey
from activities.record.service import sequencing
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.traffic import Traffic, start
from tests.integration.tampering.conftest import Server
from tests.integration.tampering.inspection import inspect
from tests.support.parts import TemporalServer
from tests.support.service import Service, running_service
from tests.support.waiting import until

LIVES = 50
SENDERS = 2
MESSAGES = 7
TOGETHER = 10


@pytest.mark.timeout(300)
async def test_fifty_real_lives_raise_no_alarm(temporal: TemporalServer, server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    anchor = Anchor(folder, SigningKey.generate("record.example"))
    async with server.database() as url, running_service(temporal.client, url) as service:
        async with sequencing(service.pool, anchor, every=0.05, checkpoint_every=0.2):
            turns = asyncio.Semaphore(TOGETHER)
            await asyncio.gather(*(live(service, seed, turns) for seed in range(LIVES)))
            await until(lambda: waiting(service), lambda count: count == 0)
        async with service.pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
            seen = await inspect(connection, folder, tmp_path / "export")
    assert (seen.on_site, seen.elsewhere.findings) == ([], [])
    assert len(seen.elsewhere.streams) == LIVES
    assert seen.whole.anchored is not None
    print(f"\n{LIVES} lives: {seen.whole.size} entries, {seen.whole.checkpoints} checkpoints")


async def live(service: Service, seed: int, turns: asyncio.Semaphore) -> None:
    async with turns:
        ledger = Ledger(service.client, service.queue, start(policy={"linger_days": seed % 2}))
        await ledger.issue()
        await Traffic(ledger, seed).send_together(MESSAGES, SENDERS)
        await settled_in(ledger, service.pool, f"seed {seed}")


async def waiting(service: Service) -> int:
    return int(await service.pool.fetchval("SELECT count(*) FROM unsequenced"))
