"""Random lives on the real journal, with erasures in them: what is remembered, stored and shown stays one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import asyncpg
import pytest

from activities.journal.erasable import People
from activities.journal.erasing import kept_words
from activities.journal.pool import Connection
from activities.journal.read import known_commands, load_state, lock_head
from activities.journal.verify import verify
from activities.journal.write import write
from domain.arrival import Parcel
from domain.commands.erase import WordsErased
from domain.handling import Handling, reused_key
from domain.state import DirectiveState
from tests.support.builders import STREAM
from tests.support.lives import Life, Sent, parcels_of

LIVES: Final = 12
BATCHES: Final = 40
TABLES: Final = (
    "SELECT table_name FROM information_schema.columns WHERE column_name = 'stream' AND table_schema = 'public'"
)


@dataclass
class Worker:
    """What a worker does with a batch, whatever the time; and what it remembers of one directive."""

    connection: Connection
    stream: str
    state: DirectiveState | None = None
    people: People = field(default_factory=dict)

    async def handle(self, life: Life, parcels: Sequence[Parcel]) -> Handling:
        arrivals = [one for parcel in parcels for one in parcel.arrivals]
        async with self.connection.transaction():
            head = await lock_head(self.connection, self.stream)
            ids = [key for one in arrivals for key in (one.command_id, reused_key(one))]
            commands = [one.command for one in arrivals if one.command is not None]
            handling = Handling(
                stream=self.stream,
                state=self.state,
                known=await known_commands(self.connection, self.stream, ids),
                superior=None if head else life.above,
                kept=await kept_words(self.connection, self.stream, commands),
            )
            handling.run(parcels, life.now)
            await write(self.connection, head, handling, self.people)
        self.state = handling.state
        return handling


async def lived(connection: Connection, seed: int) -> tuple[str, set[str], int]:
    """A life; its stream, who was erased and not named since, and how many erasures there were."""
    random = Random(seed)
    life = Life(random, stream_number=str(100 + seed))
    worker = Worker(connection, STREAM.replace("/17-", f"/{100 + seed}-"))
    sent, gone, erasures = [Sent([life.start], door="start")], set[str](), 0
    for number in range(BATCHES):
        handling = await worker.handle(life, parcels_of(sent, random, life.now))
        said = str([one.contents for one in sent])
        erased = [event.data for event in handling.events if isinstance(event.data, WordsErased)]
        # Who is spoken of in the same messages may have come back behind the erasure.
        gone = {name for name in gone if name not in said}
        gone |= {one.person for one in erased if one.person is not None and said.count(one.person) == 1}
        erasures += len(erased)
        assert worker.state is not None
        if erased or number == BATCHES - 1:
            assert await load_state(connection, worker.stream) == worker.state
            assert (await verify(connection, worker.stream)).differences == []
        life.pass_time(worker.state)
        sent = life.batch(worker.state)
    return worker.stream, gone, erasures


async def held(connection: Connection, stream: str) -> str:
    """All that is in all tables of that directive."""
    tables = [row["table_name"] for row in await connection.fetch(TABLES)]
    rows = [
        await connection.fetch(f"SELECT to_jsonb(t) AS row FROM {one} AS t WHERE stream = $1", stream)  # noqa: S608 - names of our schema
        for one in tables
    ]
    return json.dumps([[json.loads(row["row"]) for row in found] for found in rows], ensure_ascii=False)


@pytest.mark.timeout(120)
async def test_random_lives_with_erasures_stay_one_and_leave_nothing_of_the_erased(database_url: str) -> None:
    erasures, left = 0, dict[str, Any]()
    connection = await asyncpg.connect(database_url)
    try:
        for seed in range(LIVES):
            stream, gone, number = await lived(connection, seed)
            # Another person's name ends in the same words as an officer's.
            everything = (await held(connection, stream)).replace("records_officer", "")
            left |= {f"{seed}: {name}": stream for name in gone if name in everything}
            erasures += number
    finally:
        await connection.close()
    assert left == {}
    assert erasures > LIVES / 2
