"""Fixtures of the notices' tests: a mail server, and an office with a running service behind it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client

from domain.wire import TASK_QUEUE
from tests.integration.notices.mail_server import MailServer
from tests.integration.notices.office import Office
from tests.support.parts import TemporalServer
from tests.support.service import Service, running_service
from workflows.converter import WORKER_CONVERTER


@pytest.fixture
async def mail_server() -> AsyncIterator[MailServer]:
    async with MailServer().running() as server:
        yield server


@pytest.fixture
def dispatcher_client(temporal: TemporalServer) -> Client:
    """As a worker has it."""
    config = temporal.client.config()
    config["data_converter"] = WORKER_CONVERTER
    return Client(**config)


@pytest.fixture
async def service(temporal: TemporalServer, database_url: str) -> AsyncIterator[Service]:
    """On the queue of the contract: a dispatcher that opens a run again knows no other."""
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        yield service
        # Another test's worker on this queue would look for these directives in its own database.
        streams = await service.pool.fetch("SELECT stream FROM streams")
        for row in streams:
            handle = temporal.client.get_workflow_handle(row["stream"])
            if (await handle.describe()).close_time is None:
                await handle.terminate()


@pytest.fixture
def office(service: Service, dispatcher_client: Client, tmp_path: Path, mail_server: MailServer) -> Office:
    return Office(service, dispatcher_client, tmp_path / "mail", mail_server.port)


@pytest.fixture
def office_without_server(service: Service, dispatcher_client: Client, tmp_path: Path) -> Office:
    return Office(service, dispatcher_client, tmp_path / "mail", None)
