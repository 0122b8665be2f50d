"""What Temporal's histories know of a directive and the journal does not: found, and handed to ``handle`` again.

Every command is known by its id, and bears the time at which it came: handed over twice, it does nothing twice.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import asyncpg

from activities.handle import Handler
from activities.reading import is_restore, open_message
from activities.reconciling.queries import query
from domain.commands.record_delivery import RecordDelivery
from domain.wire import Batch, HandleRequest, Told


@dataclass(frozen=True, slots=True)
class Tail:
    """``batches``: from the first one on that the journal lacks something of. ``commands``: how many it lacks.

    ``known``: the highest version that Temporal ever heard of; ``first``: the version behind which its histories tell.
    """

    known: int
    first: int
    commands: int = 0
    batches: Sequence[Batch] = field(default=())

    def behind(self, version: int) -> bool:
        """Whether the journal, standing there, has less than was answered."""
        return self.commands > 0 or version < self.known


async def tail_of(pool: asyncpg.Pool, stream: str, version: int, told: Sequence[Told]) -> Tail:
    """``version``: of the head, read after the histories were. ``told``: of each run, the oldest first."""
    batches = [batch for one in told for batch in one.batches if _counts(batch, version)]
    names = {id(batch): list(_names(batch)) for batch in batches}
    asked = list({name for found in names.values() for name in found})
    rows = await pool.fetch(query("known"), stream, asked) if asked and version else ()
    missing = set(asked) - {row["command_id"] for row in rows}
    lacking = [
        place
        for place, batch in enumerate(batches)
        if (batch.version or 0) > version or missing.intersection(names[id(batch)])
    ]
    return Tail(
        known=max((one.knows for one in told), default=0),
        first=told[0].began if told else 0,
        commands=len(missing),
        batches=batches[lacking[0] :] if lacking else (),
    )


async def hand_over(pool: asyncpg.Pool, handler: Handler, stream: str, batches: Iterable[Batch]) -> None:
    """Decide and record them, each as of its own time."""
    for batch in batches:
        await handler.handle(HandleRequest(stream=stream, now=batch.now, messages=batch.messages))
        if delivered := list(_delivered(batch)):
            await pool.execute(query("settle_delivered"), json.dumps(delivered))


def _counts(batch: Batch, version: int) -> bool:
    """Whether it concerns the journal: what was answered by "there is no such directive" never did.

    What nobody answered yet is still before the run, unless nobody works on that any more.
    """
    if batch.version is None:
        return batch.closed and version > 0
    return batch.version > 0


def _names(batch: Batch) -> Iterator[str]:
    """Of the commands in it."""
    for message in batch.messages:
        if not is_restore(message):
            yield from (item.command_id for item in open_message(message).items)


def _delivered(batch: Batch) -> Iterator[dict[str, str | None]]:
    for message in batch.messages:
        if is_restore(message):
            continue
        for item in open_message(message).items:
            if isinstance(item.command, RecordDelivery):
                for one in item.command.deliveries:
                    status = "sent" if one.problem is None else "given_up"
                    yield {
                        "id": str(one.notice),
                        "status": status,
                        "at": one.at.isoformat(),
                        "problem": one.problem,
                    }
