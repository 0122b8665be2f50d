"""The verbs of a directive's life (``console.verb``), as commands of the command line."""

import asyncio
from collections.abc import Mapping
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any, Final, get_args

import typer

from console.bulk import Bulk, accept, acknowledge, delegate, pause, reorganise
from console.call import Call
from console.command_ids import new_command_id
from console.declaring import Command
from console.failures import WrongUsageError, retry_with
from console.giving import Giving
from console.options import DirectiveId, MaybeDirectiveId, MaybeUnit, Unit
from console.outcomes import render_done, with_notes
from console.paper import answer
from console.streams import resolve
from console.submitting import submit_one
from console.verb import BOOK, REST, VERBS, Verb

_BULK: Final[Mapping[str, Bulk]] = {
    "accept": accept.BULK,
    "acknowledge": acknowledge.BULK,
    "delegate": delegate.BULK,
    "pause": pause.BULK,
    "reorganise": reorganise.BULK,
}
_FILE: Final[dict[str, Any]] = {"metavar": "FILE", "exists": True, "dir_okay": False, "readable": True}


def _command(verb: Verb) -> Command:
    bulk = _BULK.get(verb.type)

    def give(call: Call, **given: Any) -> None:  # noqa: ANN401 - the verb's own options
        if bulk is not None and bulk.wanted(given):
            bulk.run(verb, call, given)
            return
        if given["directive"] is None:
            raise WrongUsageError("no_directive")
        command_id = call.command_id or new_command_id()
        with retry_with(command_id):
            outcome = with_notes(call, asyncio.run(_give(verb, call, command_id, given)))
        answer(call, outcome, lambda paper: render_done(call, outcome, paper))

    give.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter("call", Parameter.KEYWORD_ONLY), *_parameters(verb, bulk)]
    )
    return give


async def _give(verb: Verb, call: Call, command_id: str, given: dict[str, Any]) -> dict[str, Any]:
    giving = await Giving.typed(verb, call, given)
    stream = await resolve(call, given["directive"])
    return await submit_one(call, stream, giving.command(stream, command_id))


def _parameters(verb: Verb, bulk: Bulk | None) -> list[Parameter]:
    found = [_parameter("directive", MaybeDirectiveId, None) if bulk else _parameter("directive", DirectiveId)]
    if verb.of_unit:
        found.append(_parameter("unit", Unit))
    if verb.of_either:
        found.append(_parameter("unit", MaybeUnit, None))
    for field in verb.fields:
        if field.name != "unit" or not verb.of_unit:
            found += [_optional(one) if verb.by_file else one for one in field.parameters]
    if verb.by_file:
        found.append(_parameter(REST, Annotated[Path | None, typer.Option("--file", **_FILE)], None))
    if verb.names_new_units:
        found.append(_parameter(BOOK, Annotated[Path | None, typer.Option("--directory", **_FILE)], None))
    found.append(_parameter("on_behalf_of", Annotated[str | None, typer.Option("--for", metavar="PERSON")], None))
    return [*found, *(bulk.parameters if bulk else ())]


def _parameter(name: str, annotation: Any, default: Any = Parameter.empty) -> Parameter:  # noqa: ANN401 - typer's own
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _optional(parameter: Parameter) -> Parameter:
    """What the file may say as well need not be typed."""
    if parameter.default is not Parameter.empty:
        return parameter
    kind, info = get_args(parameter.annotation)
    return parameter.replace(annotation=Annotated[kind | None, info], default=None)


COMMANDS: Final = {name: _command(verb) for name, verb in VERBS.items()}
