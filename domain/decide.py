"""The decider: from a command to events, or to a refusal."""

from collections.abc import Sequence
from datetime import datetime

from domain.command import Command
from domain.commands.erase import Erase
from domain.commands.issue import Issue
from domain.erasure import NOTHING_KEPT, KeptWords
from domain.event import EventData
from domain.refusal import Code, Refused
from domain.state import DirectiveState
from domain.superiors import SuperiorFacts


def decide(
    state: DirectiveState | None,
    command: Command,
    at: datetime,
    superior: SuperiorFacts | None = None,
    kept: KeptWords = NOTHING_KEPT,
) -> Sequence[EventData]:
    """What the command brings about at that time; ``due(state, at)`` has been applied before. Raises ``Refused``.

    ``superior``: what is known of the assignment that an issue is under; ``kept``: of the words that an erase is about.
    """
    if state is not None:
        command.check(state, at)
        if isinstance(command, Erase):
            return command.erase(state, kept)
        return command.decide(state, at)
    if not isinstance(command, Issue):
        raise Refused(Code.NOT_FOUND)
    return command.begin(at, superior)
