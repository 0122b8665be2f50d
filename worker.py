"""The worker process: settings, connections, registration, metrics, draining."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

import asyncpg
import structlog
from temporalio.client import Client
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.worker import Worker

from activities.followers.following import following
from activities.gauges import publish_gauges
from activities.handle import Handler
from activities.journal.pool import open_pool
from activities.memory import Memory
from activities.notices.dispatch import Dispatching, ensure_dispatcher
from activities.readiness import checks
from activities.reconciling.nightly import ensure_nightly
from activities.reconciling.reconcile import Reconciling
from activities.record.anchor import anchor_of
from activities.record.service import sequencing
from activities.relays.relay import Relaying, ensure_relayer
from activities.reporting import reporting
from domain.commands import COMMANDS
from domain.events import EVENTS
from domain.wire import NOTICES_QUEUE, RECOVERY_QUEUE, TASK_QUEUE
from observe import logs, metrics
from observe.health import serve_health
from observe.runtime import build_runtime
from settings import Settings
from workflows.attributes import TYPES
from workflows.converter import WORKER_CONVERTER
from workflows.dispatcher import Dispatcher
from workflows.registration import directive_worker, recovery_worker
from workflows.relayer import Relayer
from workflows.retelling import retold

GRACE: Final = timedelta(seconds=3)
"""How long what has begun may take to end."""
HARD_EXIT: Final = 9.0
"""Seconds after which a shutdown that hangs is cut short; a poll in flight may never return (sdk-rust 1297)."""

log = structlog.get_logger("worker")


async def run(
    settings: Settings,
    temporal: ClientConnectConfig,
    database_url: str,
    stop: asyncio.Event,
    ready: asyncio.Event | None = None,
) -> None:
    """Work until ``stop`` is set, then drain. ``ready`` is set once the workers poll."""
    metrics.bear_at_zero(COMMANDS, EVENTS)
    client = await Client.connect(**temporal, data_converter=WORKER_CONVERTER, runtime=build_runtime(settings))
    async with contextlib.AsyncExitStack() as stack:
        pool = await open_pool(database_url)
        stack.push_async_callback(pool.close)
        working = asyncio.Event()
        await stack.enter_async_context(serve_health(settings, checks(pool, client, TYPES, working)))
        await stack.enter_async_context(publish_gauges(pool))
        await stack.enter_async_context(reporting(pool))
        await stack.enter_async_context(following(pool))
        await stack.enter_async_context(sequencing(pool, anchor_of(settings)))
        await stack.enter_async_context(_workers(client, pool, settings))
        await ensure_dispatcher(client)
        await ensure_relayer(client)
        await ensure_nightly(client)
        working.set()
        queues = [RECOVERY_QUEUE] if settings.recovering else [TASK_QUEUE, NOTICES_QUEUE, RECOVERY_QUEUE]
        log.info("working", namespace=client.namespace, queues=queues)
        if ready is not None:
            ready.set()
        await stop.wait()
        # Readiness ends first, so that nobody counts on a worker that is about to go.
        working.clear()
        log.info("draining")


@contextlib.asynccontextmanager
async def _workers(client: Client, pool: asyncpg.Pool, settings: Settings) -> AsyncIterator[None]:
    handler = Handler(pool, client, Memory())
    dispatching = Dispatching(pool, client, settings)
    relaying = Relaying(pool, client)
    directives = directive_worker(client, handler.handle, graceful_shutdown_timeout=GRACE)
    notices = Worker(
        client,
        task_queue=NOTICES_QUEUE,
        workflows=[Dispatcher, Relayer],
        activities=[dispatching.dispatch, relaying.relay],
        graceful_shutdown_timeout=GRACE,
    )
    reconciling = Reconciling(pool, client, handler, retold, anchor_of(settings))
    recovery = recovery_worker(client, reconciling.reconcile, graceful_shutdown_timeout=GRACE)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(recovery)
        if not settings.recovering:
            await stack.enter_async_context(notices)
            await stack.enter_async_context(directives)
        yield


async def _main() -> None:
    settings = Settings()
    logs.configure(settings.log_level)
    if settings.database_url is None:
        raise SystemExit("DATABASE_URL is not set; the embedded stack with a worker in it is started by: directives up")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _begin_stop, stop)
    temporal = ClientConfig.load_client_connect_config()
    await run(settings, temporal, settings.database_url.get_secret_value(), stop)


def _begin_stop(stop: asyncio.Event) -> None:
    stop.set()
    asyncio.get_running_loop().call_later(HARD_EXIT, os._exit, 1)


def main() -> None:
    """Entry point of ``directives-worker``."""
    code = 0
    try:
        asyncio.run(_main())
    except Exception:
        log.exception("ended by an error")
        code = 1
    logging.shutdown()
    # The interpreter would wait for the SDK's threads, and these for a server that may be away.
    os._exit(code)


if __name__ == "__main__":
    main()
