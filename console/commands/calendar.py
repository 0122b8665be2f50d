"""calendar: a file of working days is made; its days reach open directives, or are tried on all of them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from catalogue.times import day_shown
from console.applying import PER_SECOND, Rate, apply
from console.building import Out, comment, give, json_of
from console.call import Call
from console.changing import Change, Issuer, Notation, NotationDay, Scope, reference
from console.commands.issue import ReferenceFile
from console.foretelling import stand_in, what_if
from console.giving import Json
from console.input_files import BadFileError, loaded
from console.options import LetterFile, MaybeDirectiveId
from console.paper import Paper, answer
from intake import InputError, load_calendar
from intake.calendar_building import FIRST_YEAR, ID, LAST_YEAR, Built, Overrides, build, load_overrides, years_shown
from intake.calendar_file import yaml_of


def build_(  # noqa: PLR0913 - each of them is an option of its own
    call: Call,
    *,
    year: Annotated[list[int], typer.Option("--year", metavar="YEAR", min=FIRST_YEAR, max=LAST_YEAR)],
    overrides: ReferenceFile = None,
    id: Annotated[str, typer.Option("--id", metavar="ID")] = ID,  # noqa: A002 - its name
    version: Annotated[str | None, typer.Option("--version", metavar="VERSION")] = None,
    out: Out = None,
) -> None:
    """Equal years, overrides and package give an equal file. Without ``out``: on standard output."""
    built = _build(year, overrides, id, version)
    as_json = call.json if out is None else out.suffix == ".json"
    if as_json:
        give(out, json_of(built.calendar.model_dump(mode="json", exclude_defaults=True)))
    else:
        give(out, _head(call, year, built, overrides) + yaml_of(built.calendar))
    if out is not None:
        document = _document(out, built)
        answer(call, document, lambda paper: _render(call, document, built, paper))


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
    """Open deadlines move; what is done stays as it was judged."""
    apply(call, _change(file, reference(document, document_date)), Scope(issuer, directive), rate)


def what_if_(call: Call, file: LetterFile, directive: MaybeDirectiveId = None, *, issuer: Issuer = None) -> None:
    """Also which closed results would have come out otherwise."""
    what_if(call, _change(file, stand_in()), Scope(issuer, directive))


def _change(file: Path, document: Json) -> Change:
    calendar = loaded(load_calendar, file)
    return Change("apply_calendar", {"calendar": calendar.model_dump(mode="json"), "document": document})


def _build(years: list[int], file: Path | None, id: str, version: str | None) -> Built:  # noqa: A002 - its name
    overrides = Overrides() if file is None else loaded(load_overrides, file)
    try:
        return build(set(years), overrides, id=id, version=version)
    except InputError as error:
        raise BadFileError(error) from error


def _head(call: Call, years: list[int], built: Built, overrides: Path | None) -> str:
    """What the file is, and how it came about, as a comment in it."""
    sources = built.package if overrides is None else f"{built.package} + {overrides.name}"
    return comment(call.text("cli.calendar_head", years=years_shown(years), sources=sources))


def _document(out: Path, built: Built) -> dict[str, Any]:
    days = built.calendar.days
    return {
        "file": str(out),
        "id": built.calendar.id,
        "version": built.calendar.version,
        "sha256": built.calendar.sha256(),
        "off": sum(one.works == "off" for one in days),
        "made_up": sum(one.works == "full" for one in days),
        "half": sum(one.works in ("morning", "afternoon") for one in days),
        "replaced": [one.model_dump(mode="json", exclude_defaults=True) for one in built.replaced],
    }


def _render(call: Call, document: dict[str, Any], built: Built, paper: Paper) -> None:
    paper.line(call.text("cli.calendar_built", **{**document, "replaced": len(built.replaced)}))
    for one in built.replaced:
        paper.line(f"- {day_shown(one.day)}: {one.source}")


COMMANDS = {"calendar": {"build": build_, "apply": apply_, "what-if": what_if_}}
