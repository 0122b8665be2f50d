"""Directives of a list on their way to the service, one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from catalogue import Language
from console.call import Call
from console.command_ids import derived
from console.database import fetch
from console.envelope import envelope
from console.failures import ConsoleError, ServerRefusedError, UnavailableError
from console.issuing import Start
from console.outcomes import refusal_in
from console.submitting import exchange
from console.temporal import Line
from domain.actor import Role
from domain.directive import Directive
from domain.document import stream_of


@dataclass(slots=True)
class Came:
    """What became of the directives so far. ``there``: they were before, with the same content."""

    issued: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    stopped: UnavailableError | None = None


class StoppedError(UnavailableError):
    """The service went away in the middle."""

    answered: ClassVar[bool] = True

    def __init__(self, cause: UnavailableError, done: int, total: int) -> None:
        super().__init__("import_stopped", done=done, total=total)
        self._cause = cause

    def sentence(self, language: Language) -> str:
        """Why, and how to go on."""
        return f"{self._cause.sentence(language)} {super().sentence(language)}"


def start_of(call: Call, directive: Directive) -> Start:
    """The issue command. Its id follows from what it says and who gives it, so that a repetition issues nothing twice.

    A list that was corrected, or other books, are another command: what they change is then refused by name.
    """
    issuer, stream = directive.document.issuer, stream_of(directive.document)
    given = envelope(call, "", "issue", Role.CLERK, issuer)
    list_ = directive.imported.sha256 if directive.imported else ""
    command_id = derived("import", list_, directive.sha256(), given["actor"], stream)
    command = {**given, "command_id": command_id, "directive": directive.model_dump(mode="json")}
    return Start(command, directive)


async def issue_all(call: Call, starts: Sequence[Start], advance: Callable[[], None]) -> Came:
    """Issue those that are not there yet; ``advance`` is told of each. Raises ``ConsoleError``."""
    came = Came()
    line = Line(call)
    streams = [one.stream for one in starts]
    known = {row["stream"]: row["content_sha256"] for row in await fetch(call, "contents_issued", streams)}
    for start in starts:
        if known.get(start.stream) == start.directive.sha256():
            came.there.append(start.stream)
        else:
            try:
                await _issue(call, line, start, came)
            except UnavailableError as error:
                # The next one would wait as long, and in vain.
                came.stopped = error
                return came
        advance()
    return came


async def _issue(call: Call, line: Line, start: Start, came: Came) -> None:
    abstract = start.directive.document.subject
    try:
        outcome = await exchange(line, start.stream, start.command, start=start.command, abstract=abstract)
    except ServerRefusedError as error:
        came.refused.append(_refused(call, start, error))
        return
    if refusal := refusal_in(outcome):
        came.refused.append(_refused(call, start, refusal))
    else:
        (came.issued if outcome.get("events") else came.there).append(start.stream)


def _refused(call: Call, start: Start, refusal: ConsoleError) -> dict[str, Any]:
    lines = start.directive.imported.lines if start.directive.imported else []
    return {
        "stream": start.stream,
        "line": min((one.line for one in lines), default=None),
        "code": refusal.code,
        "reason": refusal.sentence(call.language),
    }
