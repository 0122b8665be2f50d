"""Between the fields of a command and the options of the command line: derived from the types, in both directions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from inspect import Parameter
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import annotated_types
import typer
from pydantic import AwareDatetime

from console.completion import assignments, units
from console.failures import WrongUsageError
from domain.base import LOCAL, AssignmentId, Item, Person, UnitId
from domain.calendar import end_of
from domain.command import Command
from domain.deadline import DateDeadline
from domain.document import Reference
from domain.evidence import Evidence

Given = Mapping[str, Any]
"""What was typed, by name of the parameter."""
NOW: Final = "now"
"""Typed for the end of something: when the command is given."""
FILES: Final = "files"
"""The parameter that names files of evidence."""

_METAVARS: Final = ((UnitId, "UNIT"), (Item, "ITEM"), (AssignmentId, "ID"), (Person, "PERSON"))
_COMPLETIONS: Final[Mapping[str, Callable[..., list[str]]]] = {"UNIT": units, "ID": assignments}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a command. ``read``: its JSON value from what was typed; None where nothing was.

    ``kind``: the bare type: a scalar, a model, or one of these in ``list[…]``. ``parameters`` are typer's, without
    words; none where no option can hold such a value.
    """

    name: str
    kind: Any
    required: bool
    parameters: tuple[Parameter, ...]
    read: Callable[[Given], Any]


class BadValueError(WrongUsageError):
    """A value that has not the form which its option needs."""

    def __init__(self, option: str, form: str) -> None:
        super().__init__("bad_value", option=option, problem=form)


def fields_of(model: type[Command]) -> list[Field]:
    """The command's own fields: those that the envelope has not."""
    hints = get_type_hints(model, include_extras=True)
    return [_field(model, name, hints[name]) for name in model.model_fields if name not in Command.model_fields]


def bare(hint: Any) -> Any:  # noqa: ANN401 - any annotation
    """Without "or None" and without what is annotated; of a list, of what it is a list."""
    hint = without_none(hint)
    if get_origin(hint) is list:
        return GenericAlias(list, bare(get_args(hint)[0]))
    return bare(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


def option_name(name: str) -> str:
    """As it is typed."""
    return "--" + name.replace("_", "-")


def _field(model: type[Command], name: str, hint: Any) -> Field:  # noqa: ANN401 - any annotation
    info = model.model_fields[name]
    kind, required = bare(hint), info.is_required()
    parameters, read = _options(name, kind, hint, info.metadata, required=required)
    return Field(name, kind, required, tuple(parameters), read)


def _options(
    name: str,
    kind: Any,  # noqa: ANN401 - any annotation
    hint: Any,  # noqa: ANN401 - the same
    metadata: list[Any],
    *,
    required: bool,
) -> tuple[list[Parameter], Callable[[Given], Any]]:
    if timed := _UNTIL if (name, kind) == ("until", AwareDatetime) else _TIMED.get(kind):
        metavar, read = timed
        return [_option(name, str, metavar, required=required)], lambda given: read(name, given[name])
    if kind is Reference:
        dated = f"{name}_date"
        numbered = _option(name, str, "NUMBER/SYMBOL", required=required)
        parameters = [numbered, _option(dated, str, _DAY, required=required)]
        return parameters, lambda given: _reference(name, given[name], dated, given[dated])
    if kind == list[Evidence]:
        return [_files(required=required)], lambda given: given[FILES] or None
    if get_origin(kind) is list and _scalar(get_args(kind)[0]):
        several, metavar = (list[int], "N") if kind == list[int] else (list[str], _metavar(hint))
        return [_option(name, several, metavar, required=required)], lambda given: given[name] or None
    if _scalar(kind):
        return [_scalar_option(name, kind, hint, metadata, required=required)], lambda given: _plain(given[name])
    return [], lambda _given: None


def _scalar(kind: Any) -> bool:  # noqa: ANN401 - any annotation
    return get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, (str, int)))


def _scalar_option(name: str, kind: Any, hint: Any, metadata: list[Any], *, required: bool) -> Parameter:  # noqa: ANN401 - any annotation
    if kind is bool:
        return Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            annotation=Annotated[bool, typer.Option(option_name(name))],
            default=False,
        )
    if kind is int:
        limits = {
            "min": next((one.ge for one in metadata if isinstance(one, annotated_types.Ge)), None),
            "max": next((one.le for one in metadata if isinstance(one, annotated_types.Le)), None),
        }
        return _option(name, int, "N", required=required, **limits)
    if get_origin(kind) is Literal:
        # Members of an enumeration are typed by their values.
        words = tuple(one.value if isinstance(one, Enum) else one for one in get_args(kind))
        return _option(name, Literal[words], None, required=required)
    return _option(name, str, _metavar(hint), required=required)


def _option(name: str, kind: Any, metavar: str | None, *, required: bool, **more: Any) -> Parameter:  # noqa: ANN401 - any annotation, and typer's own
    completion = _COMPLETIONS.get(metavar or "")
    info = typer.Option(option_name(name), metavar=metavar, autocompletion=completion, **more)
    if required:
        return Parameter(name, Parameter.KEYWORD_ONLY, annotation=Annotated[kind, info])
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=Annotated[kind | None, info], default=None)


def _files(*, required: bool) -> Parameter:
    """Files that the command is about stand as arguments; those that only go with it are an option."""
    checks: dict[str, Any] = {"metavar": "FILE", "exists": True, "dir_okay": False, "readable": True}
    if required:
        info = typer.Argument(**checks)
        return Parameter(FILES, Parameter.KEYWORD_ONLY, annotation=Annotated[list[Path], info])
    option = typer.Option("--file", **checks)
    return Parameter(FILES, Parameter.KEYWORD_ONLY, annotation=Annotated[list[Path] | None, option], default=None)


def _metavar(hint: Any) -> str:  # noqa: ANN401 - any annotation
    hint = without_none(hint)
    if get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) is list:
        hint = get_args(hint)[0]
    inner = get_args(hint)[0] if get_origin(hint) is list else hint
    return next((word for alias, word in _METAVARS if inner == alias), "TEXT")


def without_none(hint: Any) -> Any:  # noqa: ANN401 - any annotation
    """Of "something or None", the something."""
    if get_origin(hint) in (Union, UnionType):
        kept = [one for one in get_args(hint) if one is not type(None)]
        return kept[0] if len(kept) == 1 else hint
    return hint


def _plain(value: Any) -> Any:  # noqa: ANN401 - any scalar
    # A flag that was not given is no word about it.
    return None if value is False else value


def _deadline(name: str, typed: str | None) -> dict[str, str] | None:
    if typed is None:
        return None
    day, _, hour = typed.strip().replace("T", " ").partition(" ")
    found = {"kind": "date"}
    try:
        found["day"] = date.fromisoformat(day).isoformat()
        if hour:
            found["hour"] = time.fromisoformat(hour.strip()).isoformat()
    except ValueError as error:
        raise BadValueError(option_name(name), _MAYBE_HOUR) from error
    return found


def _day(name: str, typed: str | None) -> str | None:
    if typed is None:
        return None
    try:
        return date.fromisoformat(typed.strip()).isoformat()
    except ValueError as error:
        raise BadValueError(option_name(name), _DAY) from error


def _instant(name: str, typed: str | None) -> str | None:
    if typed is None:
        return None
    try:
        instant = datetime.fromisoformat(typed.strip())
    except ValueError as error:
        raise BadValueError(option_name(name), _MINUTE) from error
    return (instant if instant.tzinfo else instant.replace(tzinfo=LOCAL)).isoformat()


def _until(name: str, typed: str | None) -> str | None:
    """The end of something: of a day its 24:00."""
    if typed is None or typed.strip() == NOW:
        return typed and NOW
    try:
        return end_of(date.fromisoformat(typed.strip())).isoformat()
    except ValueError:
        return _instant(name, typed)


def _reference(name: str, notation: str | None, dated: str, day: str | None) -> dict[str, str] | None:
    if notation is None and day is None:
        return None
    if notation is None or day is None:
        raise WrongUsageError("half_reference", notation=option_name(name), date=option_name(dated))
    return {"notation": notation, "issued_date": _day(dated, day) or ""}


_DAY: Final = "YYYY-MM-DD"
_MINUTE: Final = "YYYY-MM-DD HH:MM"
_MAYBE_HOUR: Final = "YYYY-MM-DD[ HH:MM]"
_TIMED: Final[Mapping[Any, tuple[str, Callable[[str, str | None], Any]]]] = {
    DateDeadline: (_MAYBE_HOUR, _deadline),
    date: (_DAY, _day),
    AwareDatetime: (_MINUTE, _instant),
}
"""How moments are typed and read."""
_UNTIL: Final = (f"{_MAYBE_HOUR}|{NOW}", _until)
