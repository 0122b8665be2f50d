"""PostgreSQL as it was at an earlier point: Temporal's histories bring back what came after it."""

from tests.acceptance.faults.ledger import Entry, Ledger
from tests.acceptance.faults.reckoning import Journal
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.traffic import Traffic, start
from tests.integration.recovery.parts import copied, reconcile, recovery, serving
from tests.support.parts import Cluster, TemporalServer


class Patient(Traffic):
    """Waits for every answer: what nobody waited for may have been decided by a task that no history tells of."""

    async def _hasty(self) -> Entry:
        return await self._update()


async def test_the_tail_comes_back_with_its_own_ids_times_and_answers(
    cluster: Cluster, temporal: TemporalServer, database_url: str
) -> None:
    client = temporal.client
    async with serving(client, database_url) as service:
        ledgers = [Ledger(client, service.queue, start()) for _ in range(3)]
        traffic = [Patient(ledger, f"tail {number}") for number, ledger in enumerate(ledgers)]
        for ledger, sender in zip(ledgers[:2], traffic, strict=False):
            await ledger.issue()
            await sender.send_together(12, senders=2)
            await settled_in(ledger, service.pool, "before the copy")
    async with copied(cluster, database_url) as earlier:
        async with serving(client, database_url) as service:
            await ledgers[2].issue()
            for sender in traffic:
                await sender.send_together(12, senders=2)
            lost = [await settled_in(ledger, service.pool, "lost") for ledger in ledgers]
        streams = [ledger.stream for ledger in ledgers]
        alike: list[Ledger] = []
        async with recovery(client, earlier):
            found = await reconcile(client, streams=streams)
            assert {one.stream: one.code for one in found.findings} == {
                streams[0]: "tail_missing",
                streams[1]: "tail_missing",
                streams[2]: "stream_missing",
            }
            assert found.mended == 0
            mended = await reconcile(client, streams=streams, mend=True)
            assert {one.code for one in mended.findings} == {"tail_missing", "stream_missing"}
            assert all(one.mended for one in mended.findings)
            assert (await reconcile(client, streams=streams, mend=True)).findings == []
        async with serving(client, earlier) as service:
            for ledger, before in zip(ledgers, lost, strict=True):
                after = await Journal.read(service.pool, ledger.stream)
                assert after.commands.keys() == before.commands.keys()
                assert list(after.faults()) == []
                if not any(entry.tries > 1 for entry in ledger.entries):
                    assert after.events == before.events
                    assert after.commands == before.commands
                    alike.append(ledger)
            # Of what was sent again the first try may have been decided by a task that was lost at a boundary.
            assert alike
            for ledger in alike:
                await Patient(ledger, "afterwards").send_together(5, senders=2)
                await settled_in(ledger, service.pool, "goes on")
