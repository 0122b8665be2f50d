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

from domain.base import AssignmentId, CommandId, Day, Foreseen, Instant, Item, Narrative, Person, Sha256, UnitId, local
from domain.calendar import Calendar
from domain.command import Command
from domain.deadline import AfterDeadline, DateDeadline, NoDeadline, PeriodEndDeadline, RecurringDeadline
from domain.directive import Directory, Unit
from domain.document import Reference, StreamId
from domain.evidence import Evidence
from domain.policy import Policy
from domain.state import DirectiveState
from tests.support import builders
from tests.support.builders import ISSUER, Json

NEW_UNITS: Final = ("unit-d", "unit-e")
"""Not in the extract that the directive was issued with."""
STRANGER: Final = "unit-z"
DAYS: Final = (-3, 0, 1, 2, 5, 9, 20, 60, 200)
"""From today on."""
STARTS: Final = ("issue", "receipt", "acknowledgement")
SUMMER: Final[Json] = {
    "first": "2026-11-10",
    "last": "2027-04-15",
    "morning": {"start": "07:00:00", "end": "11:00:00"},
    "afternoon": {"start": "13:00:00", "end": "17:00:00"},
    "source": "12/TB-UBND",
}
"""Hours of a part of the year."""
AGO: Final = tuple(
    timedelta(**one)
    for one in ({}, {"minutes": 1}, {"hours": 2}, {"days": 1}, {"days": 3}, {"days": 40}, {"hours": -1})
)


ASSUMED: Final[Json] = Policy().model_dump(mode="json")
LADDERS: Final[tuple[Json, ...]] = (
    ASSUMED["ladder"],
    {"rungs": []},
    {"rungs": [-2, 0, 1], "then_every": 1, "monthly_after": 4},
    {"rungs": [1, 2], "then_every": 3, "monthly_after": 60},
)


def policy(random: Random) -> Json:
    """What an issuer might lay down."""
    choice = random.choice
    return {
        "version": str(random.randint(1, 3)),
        "rejections_per_day": choice((2, 100, 100)),
        "linger_days": choice((0, 7)),
        "acknowledge_working_days": choice((0, 1, 5)),
        "answer_working_days": choice((1, 5)),
        "review_days": choice((1, 3, 30)),
        "ladder": choice(LADDERS),
        "acknowledge_ladder": choice(LADDERS),
        "answer_ladder": choice(LADDERS),
        "escalation": choice((ASSUMED["escalation"], ASSUMED["escalation"], [])),
        "remind_at": choice(("08:00:00", "08:00:00", "12:15:00", "22:00:00")),
        # Of the first release: a reminder in the place of the ladder.
        "remind_working_days_before": choice((None, None, None, 0, 3)),
        "quiet_below_priority": choice((0, 1, 2)),
        "explain_late": choice((True, False)),
        "explanation_working_days": choice((0, 3)),
        "extensions_most": choice((0, 1, 2)),
        "extension_longest_days": choice((5, 90)),
    }


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

    def rule(self) -> Json:
        """A rule of any other kind that comes to a deadline."""
        kind = self.random.choice(("after", "after", "after", "period_end", "recurring"))
        if kind == "after":
            days, start = self.random.choice(("working", "calendar")), self.random.choice(STARTS)
            return {"kind": "after", "count": self.random.choice((1, 3, 20)), "days": days, "start": start}
        if kind == "period_end":
            return {"kind": "period_end", "period": self.random.choice(("month", "quarter", "half_year", "year"))}
        named = {"day": self.random.choice((1, 25, 31)), "bound": self.random.choice(("by", "before"))}
        until = self.random.choice(({}, {}, {"until": self.day(60, 200)}))
        return {"kind": "recurring", "every": self.random.choice(("month", "month", "quarter")), **named, **until}

    def calendar(self) -> Json:
        """Another calendar: days off, days made up for and half days, of everybody or of one unit; other hours."""
        near = [self.day(*range(-2, 12)) for _ in range(self.random.randint(0, 4))]
        worked = [self.day(*range(-2, 12)) for _ in range(self.random.randint(0, 2))]
        return {
            **builders.calendar(off=near, worked=worked),
            "version": str(self.random.randint(1, 9)),
            "days": [self._special(day) for day in dict.fromkeys(self.day(*range(30)) for _ in range(3))],
            "hours": self.random.choice(([], [], [SUMMER])),
        }

    def _special(self, day: str) -> Json:
        works = self.random.choice(("off", "off", "full", "morning", "afternoon"))
        units = self.random.choice(([], [], [self.unit()]))
        words = {"reason_vi": "nghỉ bù", "reason_en": "day in lieu", "source": "12/TB-UBND"}
        return {"day": day, "works": works, "units": units, **words}

    def policy(self) -> Json:
        """Mostly the issuer's own, or anybody's."""
        return {**policy(self.random), "issuer": self.random.choice((None, ISSUER, ISSUER, STRANGER))}

    def directory(self) -> Json:
        """Another edition: some of the units bear another name."""
        units = dict.fromkeys((ISSUER, *sorted(self.state.receipts), *NEW_UNITS))
        entries = [builders.unit_json(unit) for unit in units]
        for entry in entries:
            entry["name"] += self.random.choice(("", "", " (mới)"))
        return {"version": str(self.random.randint(2, 9)), "sha256": "1" * 64, "units": entries}

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
            (Foreseen, self.instant),
            (Instant, self.instant),
            (Day, self.day),
            (Unit, lambda: builders.unit_json(choice(NEW_UNITS))),
            (Reference, self.reference),
            (DateDeadline, self.deadline),
            (NoDeadline, lambda: {"kind": "none", "review": choice((None, self.day(1, 5, 20)))}),
            (AfterDeadline, self.rule),
            (PeriodEndDeadline, self.rule),
            (RecurringDeadline, self.rule),
            (Calendar, self.calendar),
            (Policy, self.policy),
            (Directory, self.directory),
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
