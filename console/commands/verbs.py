"""The verbs of a directive's life: what each sends stands in one table."""

import asyncio
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

import typer

from console.call import Call
from console.command_ids import new_command_id
from console.declaring import Command
from console.envelope import envelope
from console.failures import WrongUsageError, retry_with
from console.options import DirectiveId, MaybeUnit, Unit
from console.outcomes import render_done
from console.paper import answer
from console.streams import issuer_of, resolve
from console.submitting import submit_one
from domain.actor import Role
from domain.commands.refuse import Cause


@dataclass(frozen=True, slots=True)
class Option:
    """One option that goes into the command under its own name. ``default``: required where it is empty."""

    name: str
    annotation: Any
    default: Any = Parameter.empty


@dataclass(frozen=True, slots=True)
class Verb:
    """``type`` of the command, ``role`` in which it is given unless said otherwise, and the options it has.

    ``of_unit``: the actor belongs to ``--unit``; otherwise to the issuer, and ``--unit`` tells whose work is meant.
    """

    type: str
    role: Role
    of_unit: bool
    options: tuple[Option, ...]


_ITEM: Final = Option("item", Annotated[str | None, typer.Option("--item", metavar="ITEM")], None)
_ASSIGNMENT: Final = Option("assignment", Annotated[str | None, typer.Option("--assignment", metavar="ID")], None)
_UNIT: Final = Option("unit", Unit)
_WHOSE: Final = Option("unit", MaybeUnit, None)
_TEXT: Final = Option("text", Annotated[str, typer.Option("--text", metavar="TEXT")])
_MAYBE_TEXT: Final = Option("text", Annotated[str | None, typer.Option("--text", metavar="TEXT")], None)
_REASON: Final = Option("reason", Annotated[str, typer.Option("--reason", metavar="TEXT")])
_NOTE: Final = Option("note", Annotated[str | None, typer.Option("--note", metavar="TEXT")], None)
_CAUSE: Final = Option("cause", Annotated[Cause, typer.Option("--cause")])
_PERCENT: Final = Option("percent", Annotated[int, typer.Option("--percent", min=0, max=100)])

_UNITS_WORK: Final = (_UNIT, _ITEM, _ASSIGNMENT)
_ISSUERS_VIEW: Final = (_WHOSE, _ITEM, _ASSIGNMENT)

VERBS: Final[dict[str, Verb]] = {
    "acknowledge": Verb("acknowledge", Role.UNIT_HEAD, of_unit=True, options=(_UNIT,)),
    "refuse": Verb("refuse", Role.UNIT_HEAD, of_unit=True, options=(_UNIT, _CAUSE, _REASON)),
    "progress": Verb("progress", Role.OFFICER, of_unit=True, options=(*_UNITS_WORK, _PERCENT, _MAYBE_TEXT)),
    "report": Verb("report", Role.OFFICER, of_unit=True, options=(*_UNITS_WORK, _TEXT)),
    "approve": Verb("approve", Role.UNIT_HEAD, of_unit=True, options=_UNITS_WORK),
    "send-back": Verb("send_back", Role.UNIT_HEAD, of_unit=True, options=(*_UNITS_WORK, _REASON)),
    "accept": Verb("accept", Role.LEADER, of_unit=False, options=_ISSUERS_VIEW),
    "return": Verb("return", Role.LEADER, of_unit=False, options=(*_ISSUERS_VIEW, _REASON)),
    "close": Verb("close", Role.LEADER, of_unit=False, options=(_NOTE,)),
}


def _command(verb: Verb) -> Command:
    def give(call: Call, directive: str, **given: Any) -> None:  # noqa: ANN401 - the verb's own options
        if "unit" in given and given["unit"] is None and given["assignment"] is None:
            raise WrongUsageError("nobody_named")
        command_id = call.command_id or new_command_id()
        with retry_with(command_id):
            outcome = asyncio.run(_give(verb, call, command_id, directive, given))
        answer(call, outcome, lambda paper: render_done(call, outcome, paper))

    own = [Parameter("directive", Parameter.KEYWORD_ONLY, annotation=DirectiveId)]
    own += [
        Parameter(one.name, Parameter.KEYWORD_ONLY, annotation=one.annotation, default=one.default)
        for one in verb.options
    ]
    give.__signature__ = Signature([Parameter("call", Parameter.KEYWORD_ONLY), *own])  # type: ignore[attr-defined]
    return give


async def _give(verb: Verb, call: Call, command_id: str, directive: str, given: dict[str, Any]) -> dict[str, Any]:
    stream = await resolve(call, directive)
    said = {name: value for name, value in given.items() if value is not None}
    unit = said.pop("unit") if verb.of_unit else issuer_of(stream)
    command = {**envelope(call, command_id, verb.type, verb.role, unit), **said}
    return await submit_one(call, stream, command)


COMMANDS: Final = {name: _command(verb) for name, verb in VERBS.items()}
