"""One command to every directive that it concerns, under one id made from what it says."""

from collections.abc import Sequence
from typing import Any

from console.bulk.sending import Errand, send_all
from console.call import Call
from console.command_ids import derived
from console.failures import WrongUsageError
from console.fields import Given
from console.giving import Giving
from console.verb import Verb


def send_everywhere(giving: Giving, streams: Sequence[str]) -> None:
    """A second run of the same repeats nothing, and does what the first one did not come to."""
    call = giving.call
    command_id = same_again(giving.verb, call, giving.given, giving.said)
    send_all(call, [Errand("", one, giving.command(one, command_id)) for one in streams], command_id)


def same_again(verb: Verb, call: Call, given: Given, said: Any) -> str:  # noqa: ANN401 - any JSON value
    """The command id that was typed, else one made from what is said and who says it."""
    role = call.role or verb.role
    return call.command_id or derived(verb.name, call.person, role, given["on_behalf_of"], said)


def no_directive_beside(given: Given, option: str) -> None:
    """All and one exclude each other. Raises ``WrongUsageError``."""
    if given["directive"] is not None:
        raise WrongUsageError("one_or_all", option=option)
