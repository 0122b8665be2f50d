"""setup: make a real installation ready, as often as one likes."""

import asyncio
from typing import Any

from console.call import Call
from console.database import reading
from console.installing import migrated, registered
from console.paper import Paper, answer
from console.places import database_url
from console.temporal import patiently
from console.waiting import spinner


def setup(call: Call) -> None:
    """Tables, namespace, search attributes: what is missing is added, what is there stays."""
    document = asyncio.run(_set_up(call))
    answer(call, document, lambda paper: _render(call, document, paper))


async def _set_up(call: Call) -> dict[str, Any]:
    with spinner(call, "cli.waiting"):
        async with reading(call):
            # Only whether somebody answers: dbmate would not tell an outage from a fault in a file.
            pass
        migrations = await migrated(database_url(call))
        attributes = await patiently(call, registered)
    return {"migrations": migrations, "search_attributes": attributes}


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    for name, added in document.items():
        paper.line(call.text(f"cli.{name}_added", added=", ".join(added)) if added else call.text(f"cli.{name}_there"))


COMMANDS = {"setup": setup}
