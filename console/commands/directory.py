"""directory: a file of units is made from a table; it reaches open directives, or is tried on them."""

from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError

import domain.directive
from console.applying import PER_SECOND, Rate, apply
from console.building import Out, give, json_of
from console.call import Call
from console.changing import Change, Issuer, Notation, NotationDay, Scope, reference
from console.faulty_list import told
from console.foretelling import stand_in, what_if
from console.giving import Json
from console.input_files import BadFileError, loaded
from console.options import LetterFile, MaybeDirectiveId
from console.paper import answer
from domain.state import DirectiveState
from intake import load_directory
from intake.directory import Directory
from intake.directory_building import HEADERS, build_directory, yaml_of
from intake.errors import first_error
from intake.extract import Extracts
from intake.importing import FaultyError, read_table

_LONGEST: Final = 200


def build_(
    call: Call,
    file: LetterFile,
    *,
    version: Annotated[str | None, typer.Option("--version", metavar="VERSION")] = None,
    out: Out = None,
) -> None:
    """One unit a line. Without ``version``: the file's name. Without ``out``: on standard output."""
    directory = _build(call, file, version or file.stem[:_LONGEST])
    if call.json if out is None else out.suffix == ".json":
        give(out, json_of(directory.model_dump(mode="json", exclude_defaults=True)))
    else:
        give(out, yaml_of(directory))
    if out is not None:
        counts = {"units": len(directory.units), "groups": len(directory.groups)}
        document = {"file": str(out), "version": directory.version, "sha256": directory.sha256(), **counts}
        answer(call, document, lambda paper: paper.line(call.text("cli.directory_built", **document)))


def apply_(  # noqa: PLR0913 - each of them is an option of its own
    call: Call,
    file: LetterFile,
    directive: MaybeDirectiveId = None,
    *,
    document: Notation,
    document_date: NotationDay,
    issuer: Issuer = None,
    rate: Rate = PER_SECOND,
) -> None:
    """Names, addresses, delegations; who holds what stays."""
    apply(call, _change(file, reference(document, document_date)), Scope(issuer, directive), rate)


def what_if_(call: Call, file: LetterFile, directive: MaybeDirectiveId = None, *, issuer: Issuer = None) -> None:
    """Nothing is sent."""
    what_if(call, _change(file, stand_in()), Scope(issuer, directive))


def _build(call: Call, file: Path, version: str) -> Directory:
    try:
        return build_directory(loaded(read_table, file), version)
    except FaultyError as error:
        raise told(call, error, HEADERS) from error
    except ValidationError as error:
        raise BadFileError(first_error(str(file), error)) from error


def _change(file: Path, document: Json) -> Change:
    """Each directive is told of the units that it knows, and of those above them."""
    directory = loaded(load_directory, file)
    extracts, named = Extracts(directory), {unit.id for unit in directory.units}

    def part(state: DirectiveState) -> Json | None:
        known = [unit for unit in state.units if unit in named]
        if not known:
            return None
        extract = domain.directive.Directory.model_validate(extracts.of(known))
        return {"directory": extract.model_dump(mode="json"), "document": document}

    return Change("apply_directory", {"directory": directory.model_dump(mode="json"), "document": document}, part)


COMMANDS = {"directory": {"build": build_, "apply": apply_, "what-if": what_if_}}
