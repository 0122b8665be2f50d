"""The relayer beside the service."""

from collections.abc import AsyncIterator

import pytest
from temporalio.worker import Worker

from activities.relays.relay import Relaying
from domain.wire import RELAYER
from tests.support.service import Service
from workflows.relayer import Relayer


@pytest.fixture
async def relayer(service: Service) -> AsyncIterator[None]:
    """A relayer on a queue of its own, which looks into the database of the test alone."""
    queue = f"{service.queue}-relays"
    relaying = Relaying(service.pool, service.client)
    async with Worker(service.client, task_queue=queue, workflows=[Relayer], activities=[relaying.relay]):
        handle = await service.client.start_workflow(RELAYER, id=queue, task_queue=queue)
        yield
        await handle.terminate()
