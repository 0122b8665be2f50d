"""A service whose journal or whose server is lost and comes back otherwise."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from temporalio.client import Client

from activities.handle import Handler
from activities.journal.pool import open_pool
from activities.memory import Memory
from activities.reconciling.reconcile import Reconciling
from activities.record.anchor import Anchor
from domain.wire import RECONCILIATION, RECOVERY_QUEUE, TASK_QUEUE, Reconciled, ReconcileRequest
from tests.support.parts import Cluster
from tests.support.service import Service, running_service
from workflows.converter import WORKER_CONVERTER
from workflows.registration import recovery_worker
from workflows.retelling import retold


@asynccontextmanager
async def recovery(client: Client, database_url: str, anchor: Anchor | None = None) -> AsyncIterator[None]:
    """A worker that reconciles and does nothing else."""
    pool = await open_pool(database_url)
    config = client.config()
    config["data_converter"] = WORKER_CONVERTER
    own = Client(**config)
    reconciling = Reconciling(pool, own, Handler(pool, own, Memory()), retold, anchor)
    try:
        async with recovery_worker(own, reconciling.reconcile):
            yield
    finally:
        await pool.close()


async def reconcile(client: Client, **asked: Any) -> Reconciled:
    """What comes of it."""
    result: Reconciled = await client.execute_workflow(
        RECONCILIATION,
        ReconcileRequest(**asked),
        id=f"reconciliation/{uuid.uuid4()}",
        task_queue=RECOVERY_QUEUE,
        result_type=Reconciled,
    )
    return result


@asynccontextmanager
async def serving(client: Client, database_url: str, anchor: Anchor | None = None) -> AsyncIterator[Service]:
    """A worker for directives on the queue that runs are begun on, and one that reconciles."""
    async with recovery(client, database_url, anchor), running_service(client, database_url, queue=TASK_QUEUE) as one:
        yield one


@asynccontextmanager
async def copied(cluster: Cluster, database_url: str) -> AsyncIterator[str]:
    """The database as it is now, under another name. Nobody may be connected to it."""
    parts = urlsplit(database_url)
    name = f"copy_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(parts._replace(path="/postgres").geturl())
    try:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {parts.path[1:]} STRATEGY file_copy")
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()
