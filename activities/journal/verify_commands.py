"""The answers that were given to commands, against the events that the commands brought about."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pydantic import ValidationError

from activities.journal.difference import Difference
from activities.journal.verify_chain import Row, Stored
from domain.event import event_id
from domain.outcome import Outcome
from domain.rejection import CommandRejected

_REJECTED: Final[str] = CommandRejected.model_fields["type"].default


def differing_commands(stream: str, events: Sequence[Stored], answers: Iterable[Row]) -> Iterator[Difference]:
    """Answers that name other events than there are, and events of commands that were never answered."""
    by_version = {one.version: one for one in events}
    answered: set[int] = set()
    for row in answers:
        key, outcome = row["command_id"], _outcome(row)
        if outcome is None:
            yield Difference("command", None, {"command_id": key})
        elif outcome.events:
            found = [by_version[version] for version in _versions(outcome, len(events)) if version in by_version]
            answered |= {one.version for one in found}
            if not _agree(stream, key, outcome, found):
                yield Difference("command", outcome.events[0].version, {"command_id": key})
    for one in events:
        if one.row["command_id"] is not None and one.version not in answered:
            yield Difference("command_missing", one.version, {"command_id": one.row["command_id"]})


def _outcome(row: Row) -> Outcome | None:
    try:
        return Outcome.model_validate_json(row["outcome"])
    except ValidationError:
        return None


def _versions(outcome: Outcome, most: int) -> range:
    """Of all its events: those of one command follow one another. ``most``: however many it claims to have."""
    first = outcome.events[0].version
    return range(first, first + min(_count(outcome), most))


def _count(outcome: Outcome) -> int:
    return len(outcome.events) + outcome.unnamed


def _agree(stream: str, key: str, outcome: Outcome, found: Sequence[Stored]) -> bool:
    """Whether these are the events of that answer: their ids follow from the command's, their kinds are those named."""
    ids = [event_id(stream, key, index) for index in range(len(found))]
    if len(found) != _count(outcome) or [one.row["event_id"] for one in found] != ids:
        return False
    named = [(one.version, one.event_id, one.type) for one in outcome.events]
    there = [(one.version, one.row["event_id"], one.row["type"]) for one in found]
    if outcome.version != found[-1].version or named != there[: len(named)]:
        return False
    if outcome.outcome == "done":
        return all(one.row["type"] != _REJECTED for one in found)
    told = found[0].envelope
    return found[0].row["type"] == _REJECTED and told is not None and told["data"].get("code") == outcome.code
