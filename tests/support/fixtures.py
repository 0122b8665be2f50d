"""Fixtures for tests that need the real parts."""

from collections.abc import AsyncIterator

import pytest

from tests.support.parts import Cluster, TemporalServer, running_cluster, running_temporal
from tests.support.service import Service, running_service


@pytest.fixture(scope="session")
async def cluster(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    async with running_cluster(tmp_path_factory.mktemp("parts") / "postgresql") as cluster:
        yield cluster


@pytest.fixture(scope="session")
async def temporal(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TemporalServer]:
    async with running_temporal(tmp_path_factory.mktemp("parts") / "temporal") as server:
        yield server


@pytest.fixture
async def database_url(cluster: Cluster) -> AsyncIterator[str]:
    async with cluster.database() as url:
        yield url


@pytest.fixture
async def service(temporal: TemporalServer, database_url: str) -> AsyncIterator[Service]:
    async with running_service(temporal.client, database_url) as service:
        yield service
