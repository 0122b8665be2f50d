"""What commands would come to, by the very rules that would decide them, without sending them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from activities.journal.read import known_commands, load_state
from activities.reading import Item, open_message
from console.bulk.sending import Errand, answered, lists
from console.call import Call
from console.database import reading
from domain.arrival import Arrival, Parcel
from domain.canonical import digest
from domain.handling import Handling
from domain.rejection import Trace
from domain.wire import Message, Raw

Json = dict[str, Any]


async def tried(call: Call, errands: Sequence[Errand]) -> list[Json]:
    """One outcome each; what another command meanwhile does is not known. Raises ``ConsoleError``."""
    outcomes = {id(one): one.outcome for one in errands if one.outcome is not None}
    now = datetime.now(UTC)
    async with reading(call) as connection:
        known = {
            stream: await load_state(connection, stream)
            for stream in dict.fromkeys(stream for stream, _ in lists(errands))
        }
        for stream, some in lists(errands):
            arrivals = _arrivals(some, now)
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
    return [answered(one, outcomes[id(one)]) for one in errands]


def _arrivals(errands: Sequence[Errand], now: datetime) -> list[Arrival]:
    content = json.dumps([one.command for one in errands], ensure_ascii=False).encode()
    payload = Raw(encoding="json/plain", size=len(content), sha256=digest(content), text=content.decode())
    message = Message(id="trial", door="update", name="submit", payloads=[payload], received_at=now, run_id="trial")
    return [_arrival(item, payload, now) for item in open_message(message).items]


def _arrival(item: Item, payload: Raw, now: datetime) -> Arrival:
    sender = item.command.actor.person if item.command else ""
    return Arrival(
        command_id=item.command_id,
        digest=item.digest,
        at=now,
        clock="service",
        sent_at=None,
        trace=Trace(door="update", name="submit", sender=sender, sha256=payload.sha256, size=payload.size, excerpt=""),
        type=item.type,
        command=item.command,
        code=item.code,
        details=item.details,
    )
