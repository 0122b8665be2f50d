"""The decider: from a command to events, or to a refusal."""

from collections.abc import Sequence
from datetime import datetime

from domain.command import Command
from domain.commands.issue import Issue
from domain.event import EventData
from domain.refusal import Code, Refused
from domain.state import DirectiveState
from domain.superiors import SuperiorFacts


def decide(
    state: DirectiveState | None, command: Command, at: datetime, superior: SuperiorFacts | None = None
) -> Sequence[EventData]:
    """What the command brings about at that time; ``due(state, at)`` has been applied before. Raises ``Refused``.

    ``superior``: what is known of the assignment that an issue is under.
    """
    if state is not None:
        command.check(state, at)
        return command.decide(state, at)
    if not isinstance(command, Issue):
        raise Refused(Code.NOT_FOUND)
    return command.begin(at, superior)
