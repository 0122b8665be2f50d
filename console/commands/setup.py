"""setup: make a real installation ready, as often as one likes."""

import asyncio
from importlib.resources import files
from typing import Any

from activities.reconciling.nightly import ensure_nightly
from console.call import Call
from console.database import reading
from console.installing import installed, registered
from console.paper import Paper, answer
from console.places import migration_database_url
from console.temporal import patiently
from console.waiting import spinner
from domain.wire import RECONCILIATION_ID


def setup(call: Call) -> None:
    """Tables, roles, namespace, search attributes, schedules: what is missing is added, what is there stays."""
    document = asyncio.run(_set_up(call))
    answer(call, document, lambda paper: _render(call, document, paper))


async def _set_up(call: Call) -> dict[str, Any]:
    with spinner(call, "cli.waiting"):
        async with reading(call, migration_database_url):
            # Only whether somebody answers: dbmate would not tell an outage from a fault in a file.
            pass
        journal = await installed(migration_database_url(call))
        attributes = await patiently(call, registered)
        scheduled = await patiently(call, ensure_nightly)
    return {
        "migrations": journal.migrations,
        "search_attributes": attributes,
        "schedules": [RECONCILIATION_ID] if scheduled else [],
        "roles": {
            "in_force": journal.handed_over,
            "missing": journal.missing,
            "sql": None if journal.handed_over else str(files("activities.journal") / "roles" / "roles.sql"),
        },
    }


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    for name in ("migrations", "search_attributes", "schedules"):
        added = document[name]
        paper.line(call.text(f"cli.{name}_added", added=", ".join(added)) if added else call.text(f"cli.{name}_there"))
    roles = document["roles"]
    if roles["in_force"]:
        paper.line(call.text("cli.roles_there"))
    elif roles["missing"]:
        paper.line(call.text("cli.roles_missing", missing=", ".join(roles["missing"]), sql=roles["sql"]))
    else:
        paper.line(call.text("cli.roles_not_handed_over", sql=roles["sql"]))


COMMANDS = {"setup": setup}
