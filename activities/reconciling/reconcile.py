"""The activity ``reconcile``: compares all runs with all streams, and mends where it is told to."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import asyncpg
import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.handle import Handler
from activities.reconciling.comparing import Comparing, Retold
from activities.reconciling.queries import query
from activities.reconciling.read_models import differing_tables
from activities.reconciling.runs import Run, known_runs
from activities.reconciling.standing import Standing, standings
from activities.record.anchor import Anchor
from activities.record.gap import Incomplete, NothingLostError, declare
from activities.shift import heartbeats
from domain.wire import RECONCILE, Declaration, Finding, Reconciled, ReconcileRequest

AT_ONCE: Final = 8
"""Directives looked at at the same time."""
SAMPLE: Final = 100
"""Directives whose read models are compared where not all are asked for; other ones every day."""
MOST_TOLD: Final = 1_000
"""Findings in the answer; all of them are in the log."""
_AWAY: Final = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.RESOURCE_EXHAUSTED)

log = structlog.get_logger("reconcile")


@dataclass(slots=True)
class _Work:
    """``done`` of ``total`` directives; no total before they are counted."""

    total: int = 0
    done: int = 0
    findings: list[Finding] = field(default_factory=list)

    def advance(self, found: Sequence[Finding]) -> None:
        self.done += 1
        self.findings += found
        for one in found:
            log.warning("found", code=one.code, directive=one.stream, mended=one.mended, **one.details)
        activity.heartbeat(*self.told())

    def told(self) -> tuple[int, int]:
        return self.done, self.total


class Reconciling:
    """Holds what reconciling needs of the world. ``anchor``: none where no checkpoints are kept."""

    def __init__(
        self, pool: asyncpg.Pool, client: Client, handler: Handler, retold: Retold, anchor: Anchor | None
    ) -> None:
        self._pool = pool
        self._client = client
        self._handler = handler
        self._retold = retold
        self._anchor = anchor

    @activity.defn(name=RECONCILE)
    async def reconcile(self, request: ReconcileRequest) -> Reconciled:
        """Safe to repeat: what is mended is found no more."""
        work = _Work()
        async with heartbeats(work.told):
            result = await self._work(request, work)
            if request.declare is not None:
                await self._declare(request.declare, work.findings, result)
        log.info("reconciled", streams=result.streams, runs=result.runs, found=result.found, mended=result.mended)
        return result

    async def _work(self, request: ReconcileRequest, work: _Work) -> Reconciled:
        runs = await known_runs(self._client, request.streams)
        known = {one.stream: one for one in await standings(self._pool, request.streams)}
        real = [one for one in known.values() if not one.simulated]
        # Runs alone: of directives that the journal does not know, or that it has lost.
        alone = [Standing(stream) for stream in runs if stream not in known]
        sampled = await self._sampled(request, real)
        work.total = len(real) + len(alone) + len(sampled)
        comparing = Comparing(self._pool, self._client, self._handler, self._retold, request.mend)
        await self._compare(comparing, [*real, *alone], runs, work)
        for stream in sampled:
            work.advance(await self._read_models(stream))
        return Reconciled(
            streams=len(real),
            runs=sum(len(each) for each in runs.values()),
            read_models=len(sampled),
            found=len(work.findings),
            mended=sum(one.mended for one in work.findings),
            findings=work.findings[:MOST_TOLD],
        )

    async def _compare(
        self, comparing: Comparing, all_: Sequence[Standing], runs: dict[str, list[Run]], work: _Work
    ) -> None:
        left: Iterator[Standing] = iter(all_)

        async def carry() -> None:
            for standing in left:
                try:
                    found = await comparing.compare(standing, runs.get(standing.stream, ()))
                except RPCError as error:
                    if error.status in _AWAY:
                        raise
                    problem = f"{error.status.name}: {error}"
                    found = [Finding(code="unreadable", stream=standing.stream, details={"problem": problem})]
                work.advance(found)

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(carry())

    async def _sampled(self, request: ReconcileRequest, known: Sequence[Standing]) -> list[str]:
        if request.read_models or request.streams:
            return [one.stream for one in known]
        return [row["stream"] for row in await self._pool.fetch(query("sample"), SAMPLE)]

    async def _read_models(self, stream: str) -> list[Finding]:
        tables = await differing_tables(self._pool, stream)
        return [Finding(code="differs", stream=stream, details={"tables": ", ".join(tables)})] if tables else []

    async def _declare(self, said: Declaration, findings: Sequence[Finding], result: Reconciled) -> None:
        """Enters its number in the result, or why there is none."""
        if self._anchor is None:
            result.not_declared = "gap_no_checkpoints"
            return
        incomplete = [
            Incomplete(one.stream, int(one.details["journal"]), int(one.details["known"]))
            for one in findings
            if one.code in ("incomplete", "tail_missing", "stream_missing") and not one.mended
        ]
        try:
            async with self._pool.acquire() as connection:
                gap = await declare(connection, self._anchor, said, incomplete)
        except NothingLostError:
            result.not_declared = "gap_nothing_lost"
        else:
            result.gap = gap.number
            log.warning("gap declared", number=gap.number, kept=gap.loss.kept, lost=gap.loss.lost, by=said.person)
