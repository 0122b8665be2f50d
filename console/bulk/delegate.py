"""delegate --everywhere: told to every directive in force of the issuer, or in which the unit acts."""

import asyncio
from inspect import Parameter
from typing import Annotated

import typer

from console.bulk import Bulk
from console.bulk.everywhere import no_directive_beside, send_everywhere
from console.call import Call
from console.database import fetch
from console.fields import Given
from console.giving import Giving
from console.verb import Verb


def _run(verb: Verb, call: Call, given: Given) -> None:
    no_directive_beside(given, "--everywhere")
    giving = asyncio.run(Giving.typed(verb, call, given))
    said = giving.said
    found = asyncio.run(fetch(call, "streams_of_power", said["for_role"], said["for_unit"]))
    send_everywhere(giving, [row["stream"] for row in found])


def _wanted(given: Given) -> bool:
    return bool(given["everywhere"])


BULK = Bulk(
    parameters=(
        Parameter(
            "everywhere",
            Parameter.KEYWORD_ONLY,
            annotation=Annotated[bool, typer.Option("--everywhere")],
            default=False,
        ),
    ),
    wanted=_wanted,
    run=_run,
)
