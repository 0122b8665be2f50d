"""Many commands sent, and one outcome told for each."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from catalogue import Language
from console.call import Call
from console.failures import AnsweredError, ConsoleError, RefusedError, UnavailableError
from console.outcomes import happened
from console.paper import Alert, Paper, answer
from console.streams import number_and_symbol
from console.submitting import exchange
from console.waiting import progress

Json = dict[str, Any]
MOST: Final = 500
"""Commands in one list (DESIGN §4)."""
COLUMNS: Final = ("place", "number", "outcome", "what")


@dataclass(frozen=True, slots=True)
class Errand:
    """One command for one directive. ``place``: what it is called in the answer: a line of a file, or nothing.

    ``outcome``: where it is known without asking, for what was meant is not there.
    """

    place: str
    stream: str
    command: Json
    outcome: Json | None = None


class UnfinishedError(UnavailableError):
    """Some outcomes are not known. The answer, which has been given, says which: only the line is left to say."""

    def document(self, language: Language) -> Any:  # noqa: ANN401, ARG002 - JSON; same for all
        """There is no second one."""
        return None


def send_all(call: Call, errands: Sequence[Errand], again: str) -> None:
    """Send them, those of one directive in lists; answer with one outcome each.

    ``again``: the command id under which a repetition of the call repeats nothing. Raises ``AnsweredError`` where one
    was refused, ``UnfinishedError`` where the outcome of some is not known.
    """
    answers, failure = asyncio.run(_send(call, errands))
    tell(call, answers)
    if isinstance(failure, UnavailableError):
        raise UnfinishedError(failure.code, again, **failure.params) from failure
    if failure is not None:
        raise AnsweredError("stopped", reason=failure.sentence(call.language)) from failure
    check(call, answers)


def tell(call: Call, answers: Sequence[Json]) -> None:
    """One line for each."""
    answer(call, answers, lambda paper: _render(call, answers, paper))


def check(call: Call, answers: Sequence[Json]) -> None:
    """Raises ``AnsweredError`` where one was refused."""
    refused = [one for one in answers if one["outcome"] == "refused"]
    if refused:
        first = f"{refused[0]['code']}: {_sentence(call, refused[0])}"
        raise AnsweredError("some_refused", refused=len(refused), sent=len(answers), first=first)


def lists(errands: Iterable[Errand]) -> Iterator[tuple[str, list[Errand]]]:
    """By directive, at most as many at once as one message may hold; in the order given."""
    by_stream: dict[str, list[Errand]] = {}
    for one in errands:
        if one.outcome is None:
            by_stream.setdefault(one.stream, []).append(one)
    for stream, all_of_it in by_stream.items():
        for start in range(0, len(all_of_it), MOST):
            yield stream, all_of_it[start : start + MOST]


def answered(errand: Errand, outcome: Json) -> Json:
    """The outcome with what it is about."""
    return {"place": errand.place, "stream": errand.stream, **outcome}


async def _send(call: Call, errands: Sequence[Errand]) -> tuple[list[Json], ConsoleError | None]:
    outcomes: dict[int, Json] = {id(one): one.outcome for one in errands if one.outcome is not None}
    failure: ConsoleError | None = None
    with progress(call, len(errands), "cli.sending") as advance:
        for stream, some in lists(errands):
            try:
                came = await exchange(call, stream, [one.command for one in some])
            except ConsoleError as error:
                # The next one would fare no better; what was not tried is as unknown as what was.
                failure = error
                break
            outcomes |= {id(one): outcome for one, outcome in zip(some, came, strict=True)}
            advance(len(some))
    unknown = {"outcome": "unknown"}
    return [
        answered(one, outcomes.get(id(one), {"command_id": one.command.get("command_id"), **unknown}))
        for one in errands
    ], failure


def _render(call: Call, answers: Sequence[Json], paper: Paper) -> None:
    if not answers:
        paper.line(call.text("cli.nothing_to_send"))
        return
    paper.table([call.text(f"column.{name}") for name in COLUMNS], [_row(call, one) for one in answers])


def _row(call: Call, one: Json) -> tuple[str, str, str, str]:
    outcome = call.text(f"outcome.{one['outcome']}")
    if one["outcome"] == "refused":
        outcome, what = Alert(outcome), f"{one['code']}: {_sentence(call, one)}"
    else:
        what = happened(call, one) if one["outcome"] == "done" else ""
    return one["place"], number_and_symbol(one["stream"]), outcome, what


def _sentence(call: Call, one: Json) -> str:
    return RefusedError(one["code"], one.get("details", {})).sentence(call.language)
