"""PostgreSQL and Temporal together on one data directory."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from temporalio.common import SearchAttributeIndexedValueType

from embedded import temporal
from embedded.data_directory import DataDirectory, Endpoints
from embedded.postgres import Logins, PostgreSQL
from embedded.temporal import Temporal


class Stack:
    """Both servers, started together and stopped in order.

    They end with the thread that started them, however it ends (on Linux; elsewhere only when they are stopped).

    Args:
        data: the data directory; its parent must exist.
        search_attributes: see `Temporal`.
        dynamic_config: see `Temporal`.
        others: what else other commands shall find through the data directory, by name: ports or addresses.
        logins: see `PostgreSQL`.
    """

    def __init__(
        self,
        data: Path,
        *,
        search_attributes: Mapping[str, SearchAttributeIndexedValueType],
        dynamic_config: Mapping[str, object],
        others: Mapping[str, int | str],
        logins: Logins | None = None,
    ) -> None:
        data = data.absolute()
        self._directory = DataDirectory(data)
        self._others = others
        self._postgresql = PostgreSQL(data / "postgresql", logins=logins)
        self._temporal = Temporal(data / "temporal", search_attributes=search_attributes, dynamic_config=dynamic_config)

    async def start(self) -> Endpoints:
        """Start both and let other commands find them.

        Raises:
            EmbeddedError: the directory is in use or unusable, or a server does not start; nothing is left running.
        """
        await self._directory.lock()
        starts = [asyncio.create_task(self._postgresql.start()), asyncio.create_task(self._temporal.start())]
        try:
            await asyncio.gather(*starts)
        except BaseException:
            for start in starts:
                start.cancel()
            await asyncio.wait(starts)
            await self.stop()
            raise
        endpoints = self._endpoints()
        self._directory.publish(endpoints)
        return endpoints

    async def stop(self) -> None:
        """End Temporal, then PostgreSQL, and let the directory go; what was not started is passed over."""
        self._directory.withdraw()
        await self._temporal.stop()
        await self._postgresql.stop()
        self._directory.release()

    async def wait_for_failure(self) -> None:
        """Wait until a server ends by itself; return when the stack was stopped.

        Raises:
            ChildFailedError: names the server and shows the last lines of its log.
        """
        children = [self._postgresql.child, self._temporal.child]
        ends = {asyncio.create_task(child.ended()): child for child in children}
        try:
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
        for end in done:
            if not ends[end].stopping:
                raise ends[end].failure()

    def _endpoints(self) -> Endpoints:
        return Endpoints(
            pid=os.getpid(),
            database_url=self._postgresql.url,
            migrator_url=self._postgresql.migrator_url,
            writer_url=self._postgresql.writer_url,
            reader_url=self._postgresql.reader_url,
            temporal_address=self._temporal.address,
            temporal_namespace=temporal.NAMESPACE,
            temporal_ui_url=self._temporal.ui_url,
            temporal_http_port=self._temporal.http_port,
            temporal_metrics_port=self._temporal.metrics_port,
            others=dict(self._others),
        )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
