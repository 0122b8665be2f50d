"""Values for options and fields, made from their types."""

import json
from collections.abc import Callable
from datetime import date
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from console.fields import bare, without_none
from console.verb import Verb
from domain.base import AssignmentId, Item, Person, Sha256, UnitId
from domain.deadline import DateDeadline
from domain.directive import Unit
from domain.document import StreamId

_TYPED: Final = {
    "UNIT": "unit-a",
    "ITEM": "1",
    "ID": "1.1",
    "TEXT": "accept",
    "NUMBER/SYMBOL": "18/UBND-NC",
    "YYYY-MM-DD": "2026-12-31",
    "YYYY-MM-DD HH:MM": "2026-12-31 08:00",
    "YYYY-MM-DD[ HH:MM]": "2026-12-31",
    "YYYY-MM-DD[ HH:MM]|now": "2026-12-31",
}
_KNOWN: Final[tuple[tuple[Any, Callable[[str], str]], ...]] = (
    (UnitId, lambda name: "unit-b" if name in ("to", "after") else "unit-a"),
    (Item, lambda name: "8" if name == "drop" else "1"),
    (AssignmentId, lambda _name: "1.1"),
    (Person, lambda name: f"Người {name}"),
    (Sha256, lambda _name: "0" * 64),
    (StreamId, lambda _name: "directive/office/2026/01-A"),
)
_OF_TYPE: Final[dict[Any, str]] = {
    AwareDatetime: "2026-12-31T08:00:00+07:00",
    date: "2026-12-31",
    UUID: "5d2f8f3e-7a55-4c0e-9f0c-1f5f3d1f6a10",
}


def sample(parameter: Parameter, folder: Path) -> Any:
    """What could be typed for it, as typer would hand it on."""
    kind, info = get_args(parameter.annotation)
    kind = bare(kind)
    many = get_origin(kind) is list
    inner = get_args(kind)[0] if many else kind
    value = _typed(parameter.name, inner, info, folder)
    return [value] if many else value


def file_for(verb: Verb, folder: Path) -> Path:
    """A file with the fields that no option can hold."""
    hints = get_type_hints(verb.model, include_extras=True)
    rest = {
        one.name: value_of(hints[one.name], one.name)
        for one in verb.fields
        if not one.parameters and one.kind != list[Unit]
    }
    if "add" in rest:
        # An item is amended in one way only.
        rest["change"][0]["item"] = "2"
        rest["add"][0] |= {"item": "7", "support": []}
    file = folder / "rest.json"
    file.write_text(json.dumps(rest, ensure_ascii=False), encoding="utf-8")
    return file


def value_of(hint: Any, name: str) -> Any:
    """A JSON value of that type; models with all their fields."""
    hint = without_none(hint)
    for alias, value in _KNOWN:
        if hint == alias:
            return value(name)
    if get_origin(hint) is Annotated:
        return value_of(get_args(hint)[0], name)
    if get_origin(hint) is list:
        return [value_of(get_args(hint)[0], name)]
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if not isinstance(hint, type):
        return {"kind": "date", "day": "2026-12-31"}
    return _plain(hint, name)


def _plain(hint: type, name: str) -> Any:
    if issubclass(hint, DateDeadline):
        return {"kind": "date", "day": "2026-12-31"}
    if issubclass(hint, BaseModel):
        hints = get_type_hints(hint, include_extras=True)
        return {field: value_of(hints[field], field) for field, info in hint.model_fields.items() if info.is_required()}
    if issubclass(hint, bool):
        return False
    if issubclass(hint, int):
        return 1
    return _OF_TYPE.get(hint, "application/pdf" if name == "media_type" else f"lời {name}")


def _typed(name: str, kind: Any, info: Any, folder: Path) -> Any:
    if kind is bool:
        return False
    if kind is int:
        return info.min or 1
    if kind is Path:
        file = folder / "minh-chứng.pdf"
        file.write_bytes(b"%PDF-1.7 of a test")
        return file
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    return f"Người {name}" if info.metavar == "PERSON" else _TYPED[info.metavar]
