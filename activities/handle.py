"""The activity ``handle``: messages and the time in, decided and recorded in one transaction.

What is answered is in the journal, and what is not in the journal did not happen.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from typing import Final

import asyncpg
import structlog
from temporalio import activity
from temporalio.client import Client

from activities.command_time import needs_look_up, stamp
from activities.describing import describe
from activities.journal.erasable import People
from activities.journal.erasing import kept_words
from activities.journal.pool import Connection
from activities.journal.read import Head, known_commands, load_state, lock_head
from activities.journal.write import write
from activities.memory import Kept, Memory
from activities.reading import Item, Opened, clean, is_restore, open_message
from activities.signal_times import Seen, look_up
from activities.simulated_time import SimulatedTime
from domain.agenda import Agenda
from domain.arrival import TRACELESS, Arrival, Parcel
from domain.canonical import digest
from domain.command import Command
from domain.commands import COMMANDS
from domain.commands.issue import Issue
from domain.erasure import NOTHING_KEPT
from domain.handling import Handling, reused_key
from domain.rejection import EXCERPT, Trace
from domain.state import DirectiveState
from domain.superiors import SuperiorFacts
from domain.wire import HANDLE, HandleRequest, HandleResult, Message
from observe import metrics

MOST_TOLD: Final = 20
"""Commands, and events, that one line of the log names."""

log = structlog.get_logger("handle")


class Handler:
    """Holds what ``handle`` needs of the world: the journal, and Temporal for the times of signals.

    ``simulated``: of a simulation, when it is there.
    """

    def __init__(
        self, pool: asyncpg.Pool, client: Client, memory: Memory, *, simulated: SimulatedTime | None = None
    ) -> None:
        self._pool = pool
        self._client = client
        self._memory = memory
        self._simulated = simulated

    @activity.defn(name=HANDLE)
    async def handle(self, request: HandleRequest) -> HandleResult:
        """Decide and record. Safe to repeat: every command and every alarm is known again by its id."""
        begun = time.perf_counter()
        oldest = min((message.received_at for message in request.messages), default=request.now)
        # Held from the first try on: one that runs into its time-out is cancelled, and ends here without a word.
        metrics.waiting.hold(request.stream, oldest.timestamp())
        try:
            result = await self._handle_in_time(request)
        except (Exception, asyncio.CancelledError):
            metrics.handle_failures.inc()
            raise
        metrics.waiting.release(request.stream)
        metrics.handle_seconds.observe(time.perf_counter() - begun)
        metrics.batch_messages.observe(len(request.messages))
        return result

    async def _handle_in_time(self, request: HandleRequest) -> HandleResult:
        if self._simulated is None:
            return await self._handle(request)
        return self._simulated.answered(await self._handle(self._simulated.asked(request)))

    async def _handle(self, request: HandleRequest) -> HandleResult:
        opened = [open_message(message) for message in request.messages if not is_restore(message)]
        parcels = await self._parcels(request.stream, opened)
        async with self._memory.one_at_a_time(request.stream):
            async with self._pool.acquire() as connection, connection.transaction():
                handling, kept = await self._decide(connection, request, parcels)
            # Only now is it recorded; a state that ran ahead of the journal would decide on what never happened.
            if kept is not None:
                self._memory.put(kept)
            result = describe(handling, opened, request.now)
        _count(handling, parcels)
        _tell(handling)
        return result

    async def _decide(
        self, connection: Connection, request: HandleRequest, parcels: Sequence[Parcel]
    ) -> tuple[Handling, Kept | None]:
        head = await lock_head(connection, request.stream)
        ids = [key for parcel in parcels for arrival in parcel.arrivals for key in _keys(arrival)]
        state, people, agenda = await self._recall(connection, request.stream, head)
        handling = Handling(
            stream=request.stream,
            state=state,
            agenda=agenda,
            known=await known_commands(connection, request.stream, ids) if head and ids else {},
            superior=None if head else await _superior(connection, parcels),
            kept=await kept_words(connection, request.stream, _commands(parcels)) if head else NOTHING_KEPT,
            shift=self._simulated.seconds if self._simulated else None,
        )
        handling.run(parcels, request.now)
        new = await write(connection, head, handling, people)
        if new is None or handling.state is None:
            return handling, None
        return handling, Kept(new, handling.state, people, handling.agenda)

    async def _recall(
        self, connection: Connection, stream: str, head: Head | None
    ) -> tuple[DirectiveState | None, People, Agenda]:
        if head is None:
            return None, {}, Agenda()
        kept = self._memory.take(stream, head)
        if kept is not None:
            return kept.state, kept.people, kept.agenda
        return await load_state(connection, stream), {}, Agenda()

    async def _parcels(self, stream: str, opened: Sequence[Opened]) -> list[Parcel]:
        unsure = [one.message for one in opened if needs_look_up(one)]
        seen = await look_up(self._client, stream, unsure) if unsure else {}
        if self._simulated is not None:
            seen = self._simulated.seen(seen)
        return [
            Parcel(arrivals=[_arrival(one, item, seen.get(one.message.id)) for item in one.items], atomic=one.atomic)
            for one in opened
        ]


async def _superior(connection: Connection, parcels: Sequence[Parcel]) -> SuperiorFacts | None:
    """What is known of the assignment that the first issue is under.

    Not locked: what changes there meanwhile is passed down when the new directive is heard of above.
    """
    issues = (one for one in _commands(parcels) if isinstance(one, Issue))
    under = next((one.directive.under for one in issues if one.directive.under is not None), None)
    if under is None:
        return None
    return SuperiorFacts.of(await load_state(connection, under.stream), under)


def _commands(parcels: Sequence[Parcel]) -> Iterator[Command]:
    return (one.command for parcel in parcels for one in parcel.arrivals if one.command is not None)


def _arrival(opened: Opened, item: Item, seen: Seen | None) -> Arrival:
    time_of_it = stamp(opened, item, seen)
    return Arrival(
        command_id=item.command_id,
        digest=item.digest,
        at=time_of_it.at,
        clock=time_of_it.clock,
        sent_at=time_of_it.sent_at,
        trace=_trace(opened.message, item, seen),
        type=item.type,
        command=item.command,
        code=item.code,
        details=item.details,
    )


def _trace(message: Message, item: Item, seen: Seen | None) -> Trace:
    sender = item.command.actor.person if item.command else seen.identity if seen else ""
    first = message.payloads[0] if message.payloads else None
    excerpt = (first.head if first.text is None else first.text) if first else ""
    nothing = TRACELESS in excerpt
    return Trace(
        door=message.door,
        name=clean(message.name, 100),
        sender=clean(sender),
        sha256=digest(b"") if nothing else first.sha256 if first else item.digest,
        size=0 if nothing else sum(raw.size for raw in message.payloads),
        excerpt="" if nothing else clean(excerpt, EXCERPT),
    )


def _keys(arrival: Arrival) -> tuple[str, str]:
    return arrival.command_id, reused_key(arrival)


def _tell(handling: Handling) -> None:
    log.info(
        "handled",
        directive=handling.stream,
        version=handling.state.version if handling.state else 0,
        commands=list(handling.answered)[:MOST_TOLD],
        events=[event.data.type for event in handling.events[:MOST_TOLD]],
    )


def _count(handling: Handling, parcels: Sequence[Parcel]) -> None:
    # A type is the sender's word until it is one of ours; as a label it must stay one of few.
    types = {key: arrival.type for parcel in parcels for arrival in parcel.arrivals for key in _keys(arrival)}
    for key, known in handling.answered.items():
        kind = types[key] if types[key] in COMMANDS else "unknown"
        metrics.commands.labels(kind, known.outcome.outcome, known.outcome.code or "").inc()
    for event in handling.events:
        metrics.events.labels(event.data.type).inc()
        if alarm := event.data.alarm():
            metrics.alarm_lag_seconds.observe((event.at - alarm.due_at).total_seconds())
