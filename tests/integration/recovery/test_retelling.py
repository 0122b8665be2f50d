"""A history read again gives the messages that its run handed to ``handle``, by the same names."""

from activities.reading import Item, open_message
from domain.wire import Told
from tests.acceptance.faults.histories import chain, run_of
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.reckoning import Journal
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.traffic import Traffic, start
from tests.support.service import Service
from workflows.retelling import retold


async def told_by(service: Service, stream: str) -> list[Told]:
    """Each run of the chain, the first one first."""
    return [retold(stream, run_of(run), run.events) for run in await chain(service.client, stream)]


def items_of(told: list[Told]) -> list[Item]:
    return [
        item for one in told for batch in one.batches for each in batch.messages for item in open_message(each).items
    ]


async def test_every_command_of_a_random_life_has_the_name_under_which_the_journal_knows_it(service: Service) -> None:
    ledger = Ledger(service.client, service.queue, start())
    await ledger.issue()
    await Traffic(ledger, "retold").send_together(25, senders=3)
    before = await settled_in(ledger, service.pool, "lived")
    await service.client.get_workflow_handle(ledger.stream).cancel()
    await service.version_reaches(ledger.stream, before.state.version + 1)
    told = await told_by(service, ledger.stream)
    journal = await Journal.read(service.pool, ledger.stream)
    items = items_of(told)
    names = {item.command_id for item in items}
    assert len(told) > 1
    # A task that was lost on its way to the server may have decided on an update which no history tells of.
    unknown = {one["command_id"] for entry in ledger.told("unknown") for one in entry.commands}
    recorded = {key.partition("#")[0] for key in journal.commands}
    assert names <= recorded
    assert recorded - names <= unknown
    assert max(one.knows for one in told) == told[-1].last == len(journal.events)
    assert [one.began for one in told[1:]] == [one.last for one in told[:-1]]
    assert all(batch.version for one in told for batch in one.batches)
