"""Values for the fields of any command, drawn by what their types mean: a command that comes later is drawn as well."""

import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from random import Random
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from annotated_types import MaxLen
from pydantic import BaseModel

from domain.base import AssignmentId, CommandId, Day, Instant, Item, Narrative, Person, Sha256, UnitId, local
from domain.command import Command
from domain.deadline import DateDeadline, NoDeadline
from domain.directive import Unit
from domain.document import Reference, StreamId
from domain.evidence import Evidence
from domain.state import DirectiveState
from tests.support import builders
from tests.support.builders import ISSUER, Json

NEW_UNITS: Final = ("unit-d", "unit-e")
"""Not in the extract that the directive was issued with."""
STRANGER: Final = "unit-z"
DAYS: Final = (-3, 0, 1, 2, 5, 9, 20, 60, 200)
"""From today on."""
AGO: Final = tuple(
    timedelta(**one)
    for one in ({}, {"minutes": 1}, {"hours": 2}, {"days": 1}, {"days": 3}, {"days": 40}, {"hours": -1})
)


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws with what is known of the directive: half of what it names is there."""

    random: Random
    state: DirectiveState
    now: datetime

    def body(self, model: type[Command], given: Json) -> Json:
        """The command's own fields: what is given, all that are required, some of the others."""
        return self._fields(model, given, skip=set(Command.model_fields))

    def needed(self, model: type[Command], given: Json) -> Json:
        """The same without the others."""
        own = {name: info for name, info in model.model_fields.items() if name not in Command.model_fields}
        optional = {name for name, info in own.items() if not info.is_required()}
        return self._fields(model, given, skip={*Command.model_fields, *optional})

    def _fields(self, model: type[BaseModel], given: Json, skip: set[str] = frozenset()) -> Json:  # type: ignore[assignment]
        hints = get_type_hints(model, include_extras=True)
        found = {}
        for name, info in model.model_fields.items():
            if name in skip or name in given:
                continue
            if info.is_required() or self.random.choice((True, False, False)):
                drawn = self.value(hints[name])
                most = next((one.max_length for one in info.metadata if isinstance(one, MaxLen)), None)
                found[name] = drawn[:most] if isinstance(drawn, list) else drawn
        return {**found, **given}

    def value(self, hint: Any) -> Any:
        """A JSON value that mostly fits the annotation."""
        for alias, draw in self._meanings():
            if hint == alias:
                return draw()
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self.value(self.random.choice([one for one in inner if one is not type(None)]))
        if origin is Annotated:
            return self.value(inner[0])
        if origin is list:
            return [self.value(inner[0]) for _ in range(self.random.choice((1, 1, 2)))]
        if origin is Literal:
            found = self.random.choice(inner)
            return found.value if isinstance(found, Enum) else found
        return self._plain(hint)

    def unit(self) -> str:
        """Mostly one that is addressed; else one that is only known, one that is not, or the issuer."""
        addressed = sorted(self.state.receipts)
        return self.random.choice((*addressed, *addressed, *NEW_UNITS, ISSUER, STRANGER))

    def entries(self) -> list[Json]:
        """Entries of the directory for units that are not in the extract."""
        return [builders.unit_json(unit) for unit in NEW_UNITS]

    def day(self, *from_today: int) -> str:
        """A local day."""
        today = local(self.now).date()
        return (today + timedelta(days=self.random.choice(from_today or DAYS))).isoformat()

    def deadline(self, *from_today: int) -> Json:
        """A rule that names a day."""
        hour = self.random.choice((None, None, None, "16:30:00"))
        bound = self.random.choice(("by", "by", "before"))
        return {"kind": "date", "day": self.day(*from_today), "bound": bound, **({"hour": hour} if hour else {})}

    def reference(self) -> Json:
        """A document that is cited."""
        return {"notation": f"{self.random.randint(18, 30)}/UBND-NC", "issued_date": self.day(-3, 0)}

    def evidence(self) -> Json:
        """A file."""
        sha256 = f"{self.random.getrandbits(256):064x}"
        return {"sha256": sha256, "name": "bao-cao.pdf", "size": 17, "media_type": "application/pdf"}

    def instant(self) -> str:
        """Mostly one that has been."""
        return (self.now - self.random.choice(AGO)).isoformat()

    def later(self) -> str:
        """An instant to come."""
        return (self.now + timedelta(days=self.random.choice((1, 5, 20, 60)))).isoformat()

    def _meanings(self) -> Sequence[tuple[Any, Callable[[], Any]]]:
        choice = self.random.choice
        return (
            (UnitId, self.unit),
            (Item, lambda: choice((*sorted(self.state.obligations), *sorted(self.state.obligations), "3", "9"))),
            (AssignmentId, lambda: choice((*sorted(self.state.assignments), "9.9"))),
            (Person, lambda: choice(("somebody", "head of unit-a", "officer of unit-b", "leader of office"))),
            (CommandId, lambda: f"drawn-{self.random.getrandbits(30)}"),
            (Sha256, lambda: "0" * 64),
            (Narrative, lambda: choice(("lý do", "đã rõ"))),
            (StreamId, lambda: f"directive/{choice(('unit-a', 'unit-b'))}/2026/{choice((5, 6))}-UB"),
            (Evidence, self.evidence),
            (Instant, self.instant),
            (Day, self.day),
            (Unit, lambda: builders.unit_json(choice(NEW_UNITS))),
            (Reference, self.reference),
            (DateDeadline, self.deadline),
            (NoDeadline, lambda: {"kind": "none"}),
        )

    def _plain(self, kind: Any) -> Any:
        if not isinstance(kind, type):
            raise TypeError(f"no value is known for {kind!r}")
        if issubclass(kind, BaseModel):
            return self._fields(kind, {})
        if issubclass(kind, Enum):
            return self.random.choice([one.value for one in kind])
        plain: dict[type, Callable[[], Any]] = {
            bool: lambda: self.random.choice((True, False)),
            int: lambda: self.random.choice((1, 2, 50)),
            time: lambda: "16:30:00",
            UUID: lambda: str(UUID(int=self.random.getrandbits(60))),
            str: lambda: self.random.choice(("một", "hai")),
        }
        return plain[kind]()
