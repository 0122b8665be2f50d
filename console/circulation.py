"""Directives whose circulation is limited: who looks at one is written down before anything of it is shown."""

import unicodedata
from collections.abc import Collection

from console.call import Call
from console.database import Connection, connected, rows, statement
from console.places import reader_database_url


async def noted(call: Call, connection: Connection, streams: Collection[str], command: str) -> None:
    """Write down that the caller is about to see these, as far as they are limited. Raises ``ConsoleError``.

    ``connection`` sees what is shown and can write nothing: what is written stands even if showing fails.
    """
    limited = [row["stream"] for row in await rows(connection, "limited", list(streams))]
    if limited:
        async with connected(call, reader_database_url) as writing:
            await writing.execute(statement("note_reads"), limited, person_of(call), command)


def person_of(call: Call) -> str:
    """Who calls, spelt as the journal spells everybody."""
    return unicodedata.normalize("NFC", call.person)
