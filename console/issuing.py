"""From a file to an issue command, and from there to a directive."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalogue import Language, text
from console.call import Call
from console.command_ids import new_command_id
from console.envelope import envelope
from console.failures import FailedError, RefusedError
from console.input_files import CALENDAR, DIRECTORY, POLICY, loaded, read_text
from console.opening import items_of
from console.submitting import submit_one
from domain.actor import Role
from domain.commands.issue import Issue
from domain.directive import Directive
from domain.document import stream_of
from intake import Problem, Unresolved, draft, load_calendar, load_directory, load_policy, read
from intake.reading import Caution


@dataclass(frozen=True, slots=True)
class Books:
    """By what a text becomes a directive: who stands behind the names, which days are worked, what the issuer rules."""

    directory: Path = DIRECTORY
    policy: Path = POLICY
    calendar: Path = CALENDAR


@dataclass(frozen=True, slots=True)
class Start:
    """An issue command ready to be sent. ``warnings``: what a reader of the text has to know."""

    command: dict[str, Any]
    directive: Directive
    warnings: list[Caution] = field(default_factory=list)

    @property
    def stream(self) -> str:
        """The directive's name for ever."""
        return stream_of(self.directive.document)


class UnresolvedError(FailedError):
    """The text cannot be issued as it was read."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("unresolved", count=len(problems))
        self.problems = problems

    def sentence(self, language: Language) -> str:
        """How many, and the first of them."""
        first = self.problems[0]
        return text("failure.unresolved", language, **self.params, first=f"{first.field}: {why(first, language)}")

    def document(self, language: Language) -> Any:  # noqa: ANN401 - JSON
        """With every problem."""
        return {**super().document(language), "problems": [one.model_dump(mode="json") for one in self.problems]}


def why(problem: Problem, language: Language) -> str:
    """What stands in the way, in words."""
    return text(f"draft.{problem.code}", language, phrase=problem.phrase, reason=problem.reason)


def prepare(call: Call, file: Path, books: Books) -> Start:
    """Read the file: ``.json`` is an issue command or the content of one, anything else an official text.

    Raises ``UnresolvedError`` with all that stands in the way, ``ConsoleError`` where the file cannot be used.
    """
    if file.suffix == ".json":
        return _from_json(call, file)
    reading = read(read_text(file))
    directory = loaded(load_directory, books.directory)
    try:
        drafted = draft(reading, directory, loaded(load_calendar, books.calendar), loaded(load_policy, books.policy))
    except Unresolved as error:
        raise UnresolvedError(error.problems) from error
    return _started(call, drafted.directive, [*reading.warnings, *drafted.warnings])


async def issue(call: Call, start: Start) -> dict[str, Any]:
    """The outcome. An outcome without events: it was issued before, with the same content. Raises ``ConsoleError``."""
    return await submit_one(
        call, start.stream, start.command, start=start.command, abstract=start.directive.document.subject
    )


def _started(call: Call, directive: Directive, warnings: list[Caution]) -> Start:
    command = {**_envelope(call, directive.document.issuer), "directive": directive.model_dump(mode="json")}
    return Start(command, directive, warnings)


def _from_json(call: Call, file: Path) -> Start:
    content = _json(read_text(file))
    if content.get("type") == "issue":
        command = _completed(call, content)
    else:
        command = {**_envelope(call, _issuer(content)), "directive": content}
    return Start(command, _understood(command))


def _json(content: str) -> dict[str, Any]:
    try:
        read_in = json.loads(content, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise RefusedError("unreadable", {"problem": "json_invalid", "limit": str(error)}) from error
    if not isinstance(read_in, dict):
        raise RefusedError("unreadable", {"problem": "model_type"})
    return read_in


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"given twice: {min(twice)}")
    return dict(pairs)


def _completed(call: Call, command: dict[str, Any]) -> dict[str, Any]:
    """What the file leaves out is added; what was typed counts more than what the file says."""
    own = _envelope(call, _issuer(command.get("directive")), command.get("command_id"))
    given = command.get("actor")
    actor = dict(given) if isinstance(given, dict) else own["actor"]
    if call.actor is not None:
        actor["person"] = call.actor
    if call.role is not None:
        actor["role"] = call.role
    return {**own, **command, "command_id": own["command_id"], "actor": actor}


def _issuer(directive: Any) -> Any:  # noqa: ANN401 - JSON
    document = directive.get("document") if isinstance(directive, dict) else None
    return document.get("issuer") if isinstance(document, dict) else None


def _envelope(call: Call, issuer: str | None, known_id: str | None = None) -> dict[str, Any]:
    return envelope(call, call.command_id or known_id or new_command_id(), "issue", Role.CLERK, issuer)


def _understood(command: dict[str, Any]) -> Directive:
    """Read as the service reads it, so that it is refused here with the very same words. Raises ``RefusedError``."""
    [item] = items_of(command, "start")
    if not isinstance(item.command, Issue):
        raise RefusedError(item.code or "unreadable", item.details)
    return item.command.directive
