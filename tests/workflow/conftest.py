"""A service whose directives live in skipped time."""

from collections.abc import AsyncIterator

import pytest

from tests.support.parts import TemporalServer
from tests.support.service import Service, running_service


@pytest.fixture
async def skipping(temporal: TemporalServer, database_url: str) -> AsyncIterator[Service]:
    async with running_service(temporal.skipper.client, database_url) as service:
        yield service
