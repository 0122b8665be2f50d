"""A process that runs a stack, or PostgreSQL alone, on the data directory given until it is told to end.

    run.py stack|postgresql DATA

Prints one line of JSON: the endpoints when all is ready, or the error that kept it from it.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path

from embedded import ports
from embedded.errors import EmbeddedError
from embedded.postgres import PostgreSQL
from embedded.stack import Stack


def say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def main(what: str, data: Path) -> int:
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    stack = Stack(data, search_attributes={}, dynamic_config={}, others={})
    part = stack if what == "stack" else PostgreSQL(data, ports.ANY)
    try:
        started = await part.start()
    except EmbeddedError as error:
        say({"code": error.code, "says": str(error)})
        return 1
    say({"database_url": started} if isinstance(started, str) else started.model_dump())
    await told.wait()
    await part.stop()
    return 0


sys.exit(asyncio.run(main(sys.argv[1], Path(sys.argv[2]))))
