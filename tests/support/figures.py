"""The figures, reckoned from exported events alone. Shares nothing with the code that folds them into a state.

Each clause is written down as FIGURES has it, over the envelopes as ``directives history ID --json`` prints them: what
anybody reads who has nothing but an export.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple, Protocol

from tests.support.working_time import full_day, local_day, worked

CELLS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue")
RELEASED: Final = ("waived", "withdrawn", "recalled", "superseded")
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
Json = dict[str, Any]


class Exported(Protocol):
    """Whatever can be exported."""

    def envelope(self) -> Json: ...


class HandedOn(NamedTuple):
    """By which unit, why, and whether it was overdue: by its deadline, by its first one."""

    unit: str
    cause: str
    overdue: bool
    overdue_originally: bool


@dataclass
class Directive:
    """What the events say of the directive as a whole."""

    document: Json
    kinds: list[tuple[date, dict[str, str]]] = field(default_factory=list)
    calendars: list[tuple[datetime, Json]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def kind_on(self, unit: str, day: date) -> str:
        """The kind of unit that it was on that day, as its first entry tells where there was none yet."""
        entries = [(since, kinds[unit]) for since, kinds in self.kinds if unit in kinds]
        known = [kind for since, kind in entries if since <= day]
        return known[-1] if known else entries[0][1]

    def calendar_at(self, at: datetime) -> Json:
        return [calendar for since, calendar in self.calendars if since <= at][-1]


@dataclass
class Told:
    """What the events say of one assignment, in the order in which they say it."""

    of: Directive
    unit: str
    role: Literal["lead", "support"]
    assigned_on: date
    created_at: datetime
    accepted: int | None = None
    released: str | None = None
    released_overdue: bool = False
    released_overdue_originally: bool = False
    suspended: datetime | None = None
    waiting: int | None = None
    left: dict[int, datetime] = field(default_factory=dict)
    left_by: dict[int, str] = field(default_factory=dict)
    deadlines: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    extended: int = 0
    reopened: int = 0
    corrected: int = 0
    handed_on: list[HandedOn] = field(default_factory=list)

    def due(self, at: datetime, *, originally: bool = False) -> datetime | None:
        if originally:
            return self.deadlines[0][1] if self.deadlines else None
        known = [instant for set_at, instant in self.deadlines if set_at <= at]
        return known[-1] if known else None

    @property
    def finish(self) -> datetime | None:
        return None if self.accepted is None else self.left[self.accepted]

    @property
    def credited(self) -> str:
        """The holder at the finish if it is done, else the present one."""
        return self.unit if self.accepted is None else self.left_by[self.accepted]

    @property
    def group(self) -> str:
        return self.of.kind_on(self.credited, self.assigned_on)

    def counts_against(self, at: datetime, *, originally: bool = False) -> datetime | None:
        return self.due(self.finish or at, originally=originally)

    def held(self, at: datetime) -> datetime:
        undecided = [self.left[self.waiting]] if self.waiting in self.left and self.waiting is not None else []
        return min([at, *undecided, *([self.suspended] if self.suspended else [])])

    def overdue(self, at: datetime, *, originally: bool = False) -> bool:
        due = self.due(at, originally=originally)
        return due is not None and self.held(at) > due

    @property
    def owed(self) -> bool:
        return self.accepted is None and self.released is None

    def cell(self, at: datetime, *, originally: bool = False) -> str:
        if self.released is not None:
            return self.released
        if self.finish is None:
            return "open_overdue" if self.overdue(at, originally=originally) else "open_in_time"
        due = self.due(self.finish, originally=originally)
        return "done_on_time" if due is None or self.finish <= due else "done_late"

    def overdue_days(self, at: datetime, *, originally: bool = False) -> int | None:
        due = self.due(at, originally=originally)
        if due is None or self.cell(at, originally=originally) != "open_overdue":
            return None
        return max(1, (day_ended(self.held(at)) - day_ended(due)).days)

    def subsets(self, at: datetime, *, originally: bool = False) -> set[str]:
        """All of which it is one at that instant; never a cell."""
        if self.released is not None:
            return set()
        beside = {
            "no_deadline": self.counts_against(at, originally=originally) is None,
            "awaiting_issuer": self.owed and self.waiting in self.left,
            "suspended": self.owed and self.suspended is not None,
            "refused_undecided": self.owed and self.unit in self.of.refused,
            "extended": self.extended > 0,
            "reopened": self.reopened > 0,
            "transferred": any(one.cause != "reorganisation" for one in self.handed_on),
            "registered_late": local_day(self.created_at) > self.assigned_on,
            "time_corrected": self.corrected > 0,
        }
        return {name for name, there in beside.items() if there}

    def working_days(self) -> Fraction | None:
        """From its creation to its finish, by the calendar in force at the finish."""
        if self.finish is None:
            return None
        calendar = self.of.calendar_at(self.finish)
        begun = min(self.created_at, _end_of(self.assigned_on.isoformat()))
        return Fraction(worked(calendar, self.credited, begun, self.finish), full_day(calendar, local_day(self.finish)))


def day_ended(instant: datetime) -> date:
    """The local day that it lies in; 24:00 is that of the day before."""
    return local_day(instant - timedelta.resolution)


def cells_at(envelopes: Iterable[Json], at: datetime) -> dict[tuple[str, str], str | None]:
    """Stream and assignment to cell as of that instant; None where it is released: in force no more, and in no cell."""
    found = {key: one.cell(at) for key, one in told_at(envelopes, at).items()}
    return {key: cell if cell in CELLS else None for key, cell in found.items()}


def cells(events: Iterable[Exported], at: datetime) -> dict[str, str]:
    """Of one stream: assignment to cell as of that instant, or to the kind of its release."""
    return {name: one.cell(at) for name, one in told(events, at).items()}


def counts(cells_: Iterable[str]) -> dict[str, int]:
    """How many stand in each cell, with the sums that must hold."""
    found = list(cells_)
    result = {cell: found.count(cell) for cell in CELLS}
    result["done"] = result["done_on_time"] + result["done_late"]
    result["open"] = result["open_in_time"] + result["open_overdue"]
    result["total"] = result["done"] + result["open"]
    result["released"] = sum(found.count(kind) for kind in RELEASED)
    result["given"] = result["total"] + result["released"]
    assert result["given"] == len(found)
    return result


def age(days: int) -> str:
    """The bucket of so many days overdue."""
    if days <= 10:
        return "overdue_1_10"
    return "overdue_11_30" if days <= 30 else "overdue_31_120" if days <= 120 else "overdue_over_120"


def nearest_rank(values: Iterable[Fraction], percent: int) -> Fraction | None:
    """The first that at least so many percent do not exceed."""
    ordered = sorted(values)
    return next((one for place, one in enumerate(ordered, 1) if 100 * place >= percent * len(ordered)), None)


def told_at(envelopes: Iterable[Json], at: datetime) -> dict[tuple[str, str], Told]:
    """What is known as of that instant, by stream and assignment. Each stream's envelopes come in their order."""
    streams: dict[str, dict[str, Told]] = {}
    directives: dict[str, Directive] = {}
    for envelope in envelopes:
        happened_at = _instant(envelope["at"])
        if happened_at > at:
            continue
        stream, data = envelope["stream"], envelope["data"]
        if envelope["type"] == "DirectiveIssued":
            directives[stream] = Directive(data["directive"]["document"])
        _tell_of_directive(directives[stream], envelope["type"], data, happened_at)
        _tell(directives[stream], streams.setdefault(stream, {}), envelope, happened_at)
    return {(stream, name): one for stream, found in streams.items() for name, one in found.items()}


def told(events: Iterable[Exported], at: datetime) -> dict[str, Told]:
    """The same of one stream, by assignment."""
    return {name: one for (_, name), one in told_at((event.envelope() for event in events), at).items()}


def acknowledgements_at(envelopes: Iterable[Json], at: datetime) -> dict[tuple[str, str, int], Fraction]:
    """Stream, unit and revision to the working days that the acknowledgement took, known at that instant.

    Of units whose receipt is their own: what a successor inherits is told by nothing but the fold.
    """
    calendars: dict[str, list[tuple[datetime, Json]]] = {}
    delivered: dict[tuple[str, str, int], datetime] = {}
    acknowledged: dict[tuple[str, str, int], datetime] = {}
    for envelope in (one for one in envelopes if _instant(one["at"]) <= at):
        stream, data, type_ = envelope["stream"], envelope["data"], envelope["type"]
        for calendar in _calendar(type_, data):
            calendars.setdefault(stream, []).append((_instant(envelope["at"]), calendar))
        if type_ == "ReceiptDelivered":
            delivered.setdefault((stream, data["unit"], data["revision"]), _instant(data["delivered_at"]))
        if type_ == "Acknowledged":
            acknowledged[stream, data["unit"], data["revision"]] = _instant(envelope["at"])
        if type_ == "TimeCorrected" and data["unit"] is not None:
            for key in sorted(key for key in acknowledged if key[:2] == (stream, data["unit"]))[-1:]:
                acknowledged[key] = _instant(data["after"])
    found = {}
    for key, until in acknowledged.items():
        if key in delivered:
            calendar = [one for since, one in calendars[key[0]] if since <= until or since == calendars[key[0]][0][0]][
                -1
            ]
            days = Fraction(worked(calendar, key[1], delivered[key], until), full_day(calendar, local_day(until)))
            found[key] = days
    return found


def _calendar(type_: str, data: Json) -> list[Json]:
    if type_ == "DirectiveIssued":
        return [data["directive"]["calendar"]]
    return [data["calendar"]] if type_ == "CalendarApplied" else []


def _tell_of_directive(of: Directive, type_: str, data: Json, at: datetime) -> None:
    for calendar in _calendar(type_, data):
        of.calendars.append((at if of.calendars else LONG_AGO, calendar))
    match type_:
        case "DirectiveIssued":
            of.kinds.append((date.min, _kinds(data["directive"]["directory"]["units"])))
        case "UnitsAdded":
            of.kinds.append((date.min, _kinds(data["units"])))
        case "DirectoryApplied":
            of.kinds.append((local_day(at), _kinds(data["units"])))
        case "UnitsReorganised":
            of.kinds.append((date.fromisoformat(data["effective"]), _kinds(data["units"])))
        case "ReceiptRefused":
            of.refused.add(data["unit"])
        case "RefusalDeclined" | "RefusalAgreed" | "Acknowledged":
            of.refused.discard(data["unit"])


def _kinds(units: Iterable[Json]) -> dict[str, str]:
    return {unit["id"]: unit["kind"] for unit in units}


def _tell(of: Directive, found: dict[str, Told], envelope: Json, at: datetime) -> None:
    type_, data = envelope["type"], envelope["data"]
    if type_ in ABOUT_ONE and isinstance(data["assignment"], str):
        ABOUT_ONE[type_](found[data["assignment"]], data, at)
    if type_ in ABOUT_MANY:
        ABOUT_MANY[type_](of, found, data, at)


def _left(one: Told, data: Json, at: datetime) -> None:
    if data.get("to") != "head":
        one.left[data["report"]], one.left_by[data["report"]] = at, one.unit
        one.waiting = data["report"]


def _returned(one: Told, _: Json, __: datetime) -> None:
    one.waiting = None


def _accepted(one: Told, data: Json, _: datetime) -> None:
    one.waiting, one.accepted = None, data["report"]


def _reopened(one: Told, data: Json, _: datetime) -> None:
    one.accepted = None
    one.waiting = data["report"] if data["slip"] else None
    one.reopened += not data["slip"]


def _put_back(one: Told, data: Json, _: datetime) -> None:
    one.left[data["report"]] = _instant(data["after"])
    one.corrected += 1


def _due(one: Told, data: Json, at: datetime) -> None:
    one.deadlines.append((at, _instant(data["instant"]) if data["instant"] is not None else None))


def _imported(one: Told, data: Json, at: datetime) -> None:
    # What the paper had named stood from its date; a day means its end, or the import where that came first.
    one.deadlines = [(LONG_AGO, instant) for _, instant in one.deadlines]
    if data["finished_on"] is not None:
        one.left[1], one.left_by[1] = min(_end_of(data["finished_on"]), at), one.unit
        one.waiting, one.accepted = (1, None) if data["accepted_on"] is None else (None, 1)


def _extended(one: Told, _: Json, __: datetime) -> None:
    one.extended += 1


def _suspended(one: Told, _: Json, at: datetime) -> None:
    one.suspended = at


def _resumed(one: Told, _: Json, __: datetime) -> None:
    one.suspended = None


def _waived(one: Told, _: Json, at: datetime) -> None:
    _release(one, "waived", at)


def _transferred(one: Told, data: Json, at: datetime) -> None:
    _hand_on(one, data["after"], "transfer", at)


ABOUT_ONE: Final[Mapping[str, Callable[[Told, Json, datetime], None]]] = {
    "ReportSubmitted": _left,
    "ReportApproved": _left,
    "ReportReturned": _returned,
    "ReportAccepted": _accepted,
    "AssignmentReopened": _reopened,
    "TimeCorrected": _put_back,
    "DeadlineSet": _due,
    "AssignmentImported": _imported,
    "ExtensionGranted": _extended,
    "Suspended": _suspended,
    "Resumed": _resumed,
    "Waived": _waived,
    "TransferAgreed": _transferred,
}


def _given(of: Directive, found: dict[str, Told], data: Json, at: datetime) -> None:
    document = data["directive"]["document"] if "directive" in data else data.get("document", {})
    assigned_on = date.fromisoformat(data["opens_on"] if "opens_on" in data else document["issued_date"])
    for id_ in data.get("dropped", ()):
        _release(found[id_], "superseded", at)
    for held in data["assignments"]:
        found[held["id"]] = Told(of, held["unit"], held["role"], assigned_on, at)
    # A new revision is not refused yet.
    of.refused -= {unit for unit in data.get("affected", ()) if _of(found, unit)}


def _superseded(_: Directive, found: dict[str, Told], __: Json, at: datetime) -> None:
    _release_all(found.values(), "superseded", at)


def _recalled(_: Directive, found: dict[str, Told], data: Json, at: datetime) -> None:
    _release_all(_of(found, data["unit"]), "recalled", at)


def _refusal_agreed(_: Directive, found: dict[str, Told], data: Json, at: datetime) -> None:
    for one in _of(found, data["unit"]):
        if data["successor"] is None:
            _release(one, "withdrawn", at)
        else:
            _hand_on(one, data["successor"], "refusal", at)


def _reorganised(_: Directive, found: dict[str, Told], data: Json, at: datetime) -> None:
    for handed in data["handovers"]:
        _hand_on(found[handed["assignment"]], handed["after"], "reorganisation", at)


ABOUT_MANY: Final[Mapping[str, Callable[[Directive, dict[str, Told], Json, datetime], None]]] = {
    "DirectiveIssued": _given,
    "DirectiveAmended": _given,
    "OccurrenceOpened": _given,
    "DirectiveSuperseded": _superseded,
    "RecallAgreed": _recalled,
    "RecallUnanswered": _recalled,
    "RefusalAgreed": _refusal_agreed,
    "UnitsReorganised": _reorganised,
}


def _of(found: dict[str, Told], unit: str) -> Sequence[Told]:
    return [one for one in found.values() if one.unit == unit and one.owed]


def _release_all(ones: Iterable[Told], kind: str, at: datetime) -> None:
    for one in list(ones):
        if one.owed:
            _release(one, kind, at)


def _release(one: Told, kind: str, at: datetime) -> None:
    one.released_overdue, one.released_overdue_originally = one.overdue(at), one.overdue(at, originally=True)
    one.released = kind


def _hand_on(one: Told, unit: str, cause: str, at: datetime) -> None:
    one.handed_on.append(HandedOn(one.unit, cause, one.overdue(at), one.overdue(at, originally=True)))
    one.unit = unit


def handed_on(found: Iterable[Told], *, originally: bool = False) -> Iterator[tuple[str, bool]]:
    """Every hand-over: by which unit, and whether it was overdue."""
    for one in found:
        yield from ((by.unit, by.overdue_originally if originally else by.overdue) for by in one.handed_on)


def _end_of(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+07:00") + timedelta(days=1)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
