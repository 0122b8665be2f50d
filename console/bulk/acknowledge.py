"""acknowledge --unit U --all: every directive whose acknowledgement that unit owes."""

import asyncio
from inspect import Parameter
from typing import Annotated, Final

import typer

from console.bulk import Bulk
from console.bulk.everywhere import no_directive_beside
from console.bulk.sending import Errand, send_all
from console.call import Call
from console.command_ids import new_command_id
from console.database import fetch
from console.fields import Given
from console.giving import Giving
from console.verb import Verb

_OWED: Final = ("acknowledge", "refusal_declined")
"""What comes next, where a directive as a whole waits for its acknowledgement."""


def _run(verb: Verb, call: Call, given: Given) -> None:
    no_directive_beside(given, "--all")
    # An id is unique within its directive: one serves for all of them.
    command_id = call.command_id or new_command_id()
    send_all(call, asyncio.run(_errands(verb, call, given, command_id)), command_id)


async def _errands(verb: Verb, call: Call, given: Given, command_id: str) -> list[Errand]:
    giving = await Giving.typed(verb, call, given)
    return [
        Errand("", row["stream"], giving.command(row["stream"], command_id))
        for row in await fetch(call, "owed", given["unit"])
        if row["assignment"] is None and row["next"] in _OWED
    ]


def _wanted(given: Given) -> bool:
    return bool(given["all"])


BULK = Bulk(
    parameters=(
        Parameter("all", Parameter.KEYWORD_ONLY, annotation=Annotated[bool, typer.Option("--all")], default=False),
    ),
    wanted=_wanted,
    run=_run,
)
