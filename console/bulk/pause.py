"""pause --until without a directive: all that are not over; with now, all in which a pause lasts."""

import asyncio
from datetime import datetime
from typing import Final

from console.bulk import Bulk
from console.bulk.delivery import Speed
from console.bulk.sending import Errand, send_all
from console.call import Call
from console.command_ids import new_command_id
from console.database import fetch
from console.fields import NOW, Given
from console.giving import Giving
from console.verb import Verb

SPEED: Final = Speed(at_once=8, per_second=20)
"""Gentle: what makes a pause necessary may be an outage."""


def _run(verb: Verb, call: Call, given: Given) -> None:
    """Those that are paused until then already are left alone: a second run does what the first did not come to."""
    giving = asyncio.run(Giving.typed(verb, call, given))
    until = giving.said["until"]
    found = asyncio.run(fetch(call, "streams_to_pause", None if until == NOW else datetime.fromisoformat(until)))
    command_id = call.command_id or new_command_id()
    errands = [Errand("", row["stream"], giving.command(row["stream"], command_id)) for row in found]
    send_all(call, errands, command_id, SPEED)


def _wanted(given: Given) -> bool:
    return given["directive"] is None


BULK = Bulk(parameters=(), wanted=_wanted, run=_run)
