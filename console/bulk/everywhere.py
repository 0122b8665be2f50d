"""One command to every directive that it concerns, under one id made from what it says."""

from collections.abc import Sequence

from console.bulk import Given
from console.bulk.sending import Errand, send_all
from console.failures import WrongUsageError
from console.giving import Giving
from domain.canonical import canonical, digest


def send_everywhere(giving: Giving, streams: Sequence[str]) -> None:
    """A second run of the same repeats nothing, and does what the first one did not come to."""
    call, verb = giving.call, giving.verb
    who = [call.person, call.role or verb.role, giving.given["on_behalf_of"]]
    command_id = call.command_id or f"{verb.name}-{digest(canonical([who, giving.said]))[:32]}"
    send_all(call, [Errand("", one, giving.command(one, command_id)) for one in streams], command_id)


def no_directive_beside(given: Given, option: str) -> None:
    """All and one exclude each other. Raises ``WrongUsageError``."""
    if given["directive"] is not None:
        raise WrongUsageError("one_or_all", option=option)
