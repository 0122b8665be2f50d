"""A whole directive from the journal: all that happened to it."""

from activities.journal.read import load_events
from console.call import Call
from console.circulation import noted
from console.database import reading
from console.failures import RefusedError
from console.streams import resolve
from domain.event import Event


async def whole_story(call: Call, directive: str, command: str) -> list[Event]:
    """Every event, the first one first. ``command``: by which they are looked at. Raises ``ConsoleError``."""
    stream = await resolve(call, directive)
    async with reading(call) as connection:
        events = await load_events(connection, stream)
        await noted(call, connection, [stream], command)
    if not events:
        raise RefusedError("not_found", {})
    return events
