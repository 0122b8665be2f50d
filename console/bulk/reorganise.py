"""reorganise --file F without a directive: all those that are not over and name a unit of it."""

import asyncio

from console.bulk import Bulk
from console.bulk.everywhere import send_everywhere
from console.call import Call
from console.database import fetch
from console.fields import Given
from console.giving import Giving
from console.verb import Verb


def _run(verb: Verb, call: Call, given: Given) -> None:
    giving = asyncio.run(Giving.typed(verb, call, given))
    units = [one.get("unit") for one in giving.said.get("moves", []) if isinstance(one, dict)]
    found = asyncio.run(fetch(call, "streams_with_units", units))
    send_everywhere(giving, [row["stream"] for row in found])


def _wanted(given: Given) -> bool:
    return given["directive"] is None


BULK = Bulk(parameters=(), wanted=_wanted, run=_run)
