"""The options that every command has, and those that several share. Their words stand in the catalogue."""

import inspect
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from console.completion import directives, units
from domain.actor import Role

DirectiveId = Annotated[str, typer.Argument(metavar="ID", autocompletion=directives)]
"""The whole stream id, or number/symbol where that leaves one."""
MaybeDirectiveId = Annotated[str | None, typer.Argument(metavar="ID", autocompletion=directives)]
Unit = Annotated[str, typer.Option("--unit", metavar="UNIT", autocompletion=units)]
MaybeUnit = Annotated[str | None, typer.Option("--unit", metavar="UNIT", autocompletion=units)]
LetterFile = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]


def _help(context: typer.Context, wanted: bool) -> None:  # noqa: FBT001 - typer's shape
    if wanted:
        typer.echo(context.get_help())
        raise typer.Exit


def _common(  # noqa: PLR0913 - the contract's list
    *,
    json: Annotated[bool, typer.Option("--json")] = False,
    actor: Annotated[str | None, typer.Option("--actor", metavar="PERSON")] = None,
    role: Annotated[Role | None, typer.Option("--role")] = None,
    command_id: Annotated[str | None, typer.Option("--command-id", metavar="ID")] = None,
    lang: Annotated[Literal["vi", "en"] | None, typer.Option("--lang")] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR")] = None,
    timeout: Annotated[float | None, typer.Option("--timeout", metavar="SECONDS", min=0.1)] = None,
    help: Annotated[bool, typer.Option("--help", "-h", is_eager=True, callback=_help)] = False,  # noqa: A002 - its name
) -> None:
    """Never called: its signature is the list."""


COMMON: Final = tuple(inspect.signature(_common).parameters.values())
