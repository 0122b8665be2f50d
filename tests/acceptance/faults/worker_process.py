"""The worker in a process of its own, which can be made to kill itself at a named point.

Run as a module, told by environment variables: ``TEMPORAL_ADDRESS``, ``DATABASE_URL``, ``QUEUE`` for directives, the
settings' own; ``CACHED``, how many workflows it keeps in memory; and where it has to die, ``DIE_AT`` (a key of
``POINTS``), ``DIE_AFTER`` (how often it passes that point alive) and ``DEATH_NOTE`` (a file, written right before).

It is ``worker.run`` with all its parts. It ends when its standard input is closed, so none outlives the tests.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from temporalio.envconfig import ClientConnectConfig

import worker
from activities import handle
from activities.handle import Handler
from activities.notices import report
from activities.notices.eml import Folder
from embedded.temporal import NAMESPACE
from observe import logs
from settings import Settings
from workflows import raw
from workflows.mailbox import Mailbox
from workflows.registration import directive_worker

READY: Final = b"working\n"


def pass_by() -> None:
    """At the point: live on for some passes, then die without a word to anybody but the note."""
    left = int(os.environ["DIE_AFTER"])
    os.environ["DIE_AFTER"] = str(left - 1)
    if left == 0:
        Path(os.environ["DEATH_NOTE"]).write_text(os.environ["DIE_AT"])
        os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str) -> None:
    """Put the point in front of a function."""
    original = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        pass_by()
        return original(*args, **kwargs)

    setattr(owner, name, wrapped)


def after(owner: Any, name: str) -> None:
    """Put the point behind an asynchronous function."""
    original = getattr(owner, name)

    async def wrapped(*args: Any, **kwargs: Any) -> Any:
        result = await original(*args, **kwargs)
        pass_by()
        return result

    setattr(owner, name, wrapped)


POINTS: Final[dict[str, Callable[[], None]]] = {
    "before the first step of a run": lambda: before(Mailbox, "put_first"),
    "before the transaction": lambda: before(Handler, "_handle"),
    # Events, words, answers and read models are written, and the transaction is open.
    "in the transaction": lambda: after(handle, "write"),
    "committed but unreported": lambda: after(Handler, "_handle"),
    "leaving for the next run": lambda: before(Mailbox, "carry"),
    "taking up the run before": lambda: before(raw, "carried_from"),
    "sent but not recorded": lambda: after(Folder, "send"),
    "told the directive but not recorded that": lambda: after(report, "tell"),
}


async def work() -> None:
    ours = partial(
        directive_worker,
        task_queue=os.environ["QUEUE"],
        max_cached_workflows=int(os.environ.get("CACHED", "1000")),
        # What waits for a worker that was killed is given to the next one at once, not after ten seconds.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
    )
    setattr(worker, "directive_worker", ours)  # noqa: B010 - put in the place of the worker's own
    settings = Settings()
    logs.configure("warning")
    temporal: ClientConnectConfig = {"target_host": os.environ["TEMPORAL_ADDRESS"], "namespace": NAMESPACE}
    stop, ready = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run(settings, temporal, os.environ["DATABASE_URL"], stop, ready))
        await ready.wait()
        sys.stdout.buffer.write(READY)
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
        stop.set()


if __name__ == "__main__":
    if point := os.environ.get("DIE_AT"):
        POINTS[point]()
    asyncio.run(work())
