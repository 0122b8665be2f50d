"""Many commands sent, and one outcome told for each."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from activities.reading import LIMIT
from console.bulk.delivery import ONE_BY_ONE, Speed, deliver
from console.call import Call
from console.failures import AnsweredError, ConsoleError, UnavailableError, retry_with
from console.giving import Json
from console.outcomes import check, happened, refusal_in
from console.paper import Alert, Paper, answer
from console.streams import number_and_symbol
from console.waiting import progress

COLUMNS: Final = ("place", "number", "outcome", "what")


@dataclass(frozen=True, slots=True)
class Errand:
    """One command for one directive. ``place``: what it is called in the answer: a line of a file, or nothing.

    ``error``: why there is nobody to ask; then the command is no more than its id.
    """

    place: str
    stream: str
    command: Json
    error: ConsoleError | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an errand."""

    errand: Errand
    outcome: Json

    @property
    def refusal(self) -> ConsoleError | None:
        """Why it was not done."""
        return self.errand.error or refusal_in(self.outcome)

    def as_json(self) -> Json:
        """The outcome with what it is about."""
        return {"place": self.errand.place, "stream": self.errand.stream, **self.outcome}


class UnfinishedError(UnavailableError):
    """Some outcomes are not known. The answer says which."""

    answered: ClassVar[bool] = True


def send_all(call: Call, errands: Sequence[Errand], again: str, speed: Speed = ONE_BY_ONE) -> None:
    """Send them, those of one directive in lists; answer with one outcome each.

    ``again``: the command id under which a repetition of the call repeats nothing. Raises ``AnsweredError`` where one
    was refused, ``UnfinishedError`` where the outcome of some is not known, ``UnavailableError`` after Ctrl-C.
    """
    with retry_with(again):
        answers, failure = asyncio.run(delivered(call, errands, speed))
    tell(call, answers)
    conclude(call, answers, failure, again)


async def delivered(
    call: Call, errands: Sequence[Errand], speed: Speed = ONE_BY_ONE
) -> tuple[list[Answer], ConsoleError | None]:
    """What came of each; and why of some nothing is known."""
    lots = [*lists(errands)]
    with progress(call, len(errands), "cli.sending") as advance:
        came = await deliver(call, [(stream, [one.command for one in lot]) for stream, lot in lots], speed, advance)
    outcomes: dict[int, Json] = {}
    refused: dict[int, ConsoleError] = {}
    for place, (_, lot) in enumerate(lots):
        if place in came.outcomes:
            outcomes |= {id(one): outcome for one, outcome in zip(lot, came.outcomes[place], strict=True)}
        elif place in came.refused:
            refused |= {id(one): came.refused[place] for one in lot}
    told = [answered(replace(one, error=refused.get(id(one), one.error)), outcomes.get(id(one))) for one in errands]
    return told, came.failure


def conclude(call: Call, answers: Sequence[Answer], failure: ConsoleError | None, again: str) -> None:
    """After it was told what came of them. Raises as ``send_all`` does, but for Ctrl-C."""
    if isinstance(failure, UnavailableError):
        raise UnfinishedError(failure.code, again, **failure.params) from failure
    if failure is not None:
        raise AnsweredError("stopped", reason=failure.sentence(call.language)) from failure
    check(call, [one.refusal for one in answers])


def tell(call: Call, answers: Sequence[Answer]) -> None:
    """One line for each."""
    answer(call, [one.as_json() for one in answers], lambda paper: _render(call, answers, paper))


def lists(errands: Iterable[Errand]) -> Iterator[tuple[str, list[Errand]]]:
    """By directive, at most as many at once as one message may hold; in the order given."""
    by_stream: dict[str, list[Errand]] = {}
    for one in errands:
        if one.error is None:
            by_stream.setdefault(one.stream, []).append(one)
    for stream, all_of_it in by_stream.items():
        for start in range(0, len(all_of_it), LIMIT):
            yield stream, all_of_it[start : start + LIMIT]


def answered(errand: Errand, outcome: Json | None) -> Answer:
    """``outcome``: none where it is not known."""
    command_id = errand.command["command_id"]
    if errand.error is not None:
        details = {name: str(value) for name, value in errand.error.params.items()}
        refused = {"outcome": "refused", "code": errand.error.code, "details": details}
        return Answer(errand, {"command_id": command_id, **refused})
    return Answer(errand, outcome or {"command_id": command_id, "outcome": "unknown"})


def _render(call: Call, answers: Sequence[Answer], paper: Paper) -> None:
    if not answers:
        paper.line(call.text("cli.nothing_to_send"))
        return
    paper.table([call.text(f"column.{name}") for name in COLUMNS], [_row(call, one) for one in answers])


def _row(call: Call, one: Answer) -> tuple[str, str, str, str]:
    outcome = call.text(f"outcome.{one.outcome['outcome']}")
    if one.refusal is not None:
        outcome, what = Alert(outcome), one.refusal.told(call.language)
    else:
        what = happened(call, one.outcome) if one.outcome["outcome"] == "done" else ""
    return one.errand.place, number_and_symbol(one.errand.stream), outcome, what
