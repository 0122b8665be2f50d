"""What commands would come to, by the very rules that would decide them, without sending them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from activities.journal.read import known_commands, load_state
from activities.reading import Item
from console.bulk.sending import Answer, Errand, answered, lists
from console.call import Call
from console.database import reading
from console.giving import Json
from console.opening import items_of
from domain.arrival import Arrival, Parcel
from domain.handling import Handling
from domain.rejection import Trace


async def tried(call: Call, errands: Sequence[Errand]) -> list[Answer]:
    """One outcome each; what another command meanwhile does is not known. Raises ``ConsoleError``."""
    outcomes: dict[int, Json] = {}
    now = datetime.now(UTC)
    async with reading(call) as connection:
        known = {
            stream: await load_state(connection, stream)
            for stream in dict.fromkeys(stream for stream, _ in lists(errands))
        }
        for stream, some in lists(errands):
            arrivals = [_arrival(item, now) for item in items_of([one.command for one in some], "update")]
            handling = Handling(
                stream=stream,
                state=known[stream],
                known=await known_commands(connection, stream, [one.command_id for one in arrivals]),
            )
            handling.run([Parcel(arrivals=arrivals)], now)
            # Of more than one list the second meets what the first would have left.
            known[stream] = handling.state
            [came] = handling.outcomes
            outcomes |= {id(one): two.model_dump(mode="json") for one, two in zip(some, came, strict=True)}
    return [answered(one, outcomes.get(id(one))) for one in errands]


def _arrival(item: Item, now: datetime) -> Arrival:
    return Arrival(
        command_id=item.command_id,
        digest=item.digest,
        at=now,
        clock="service",
        sent_at=None,
        # Nothing is recorded, and so nothing is traced.
        trace=Trace(door="update", name="submit", sender="", sha256=item.digest, size=0, excerpt=""),
        type=item.type,
        command=item.command,
        code=item.code,
        details=item.details,
    )
