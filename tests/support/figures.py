"""The figures, reckoned from exported events alone. Shares nothing with the code that folds them into a state.

Each clause is written down as FIGURES has it, over the envelopes as ``directives history ID --json`` prints them: what
anybody reads who has nothing but an export.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

CELLS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue")
RELEASED: Final = ("waived", "withdrawn", "recalled", "superseded")
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
Json = dict[str, Any]


class Exported(Protocol):
    """Whatever can be exported."""

    def envelope(self) -> Json: ...


@dataclass
class Told:
    """What the events say of one assignment, in the order in which they say it."""

    unit: str
    accepted: int | None = None
    released: str | None = None
    released_overdue: bool = False
    suspended: datetime | None = None
    waiting: int | None = None
    left: dict[int, datetime] = field(default_factory=dict)
    deadlines: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    extended: int = 0
    reopened: int = 0
    handed_on: list[tuple[str, str, bool]] = field(default_factory=list)

    def due(self, at: datetime) -> datetime | None:
        known = [instant for set_at, instant in self.deadlines if set_at <= at]
        return known[-1] if known else None

    def held(self, at: datetime) -> datetime:
        undecided = [self.left[self.waiting]] if self.waiting in self.left and self.waiting is not None else []
        return min([at, *undecided, *([self.suspended] if self.suspended else [])])

    def overdue(self, at: datetime) -> bool:
        due = self.due(at)
        return due is not None and self.held(at) > due

    @property
    def owed(self) -> bool:
        return self.accepted is None and self.released is None

    def cell(self, at: datetime) -> str:
        if self.released is not None:
            return self.released
        if self.accepted is None:
            return "open_overdue" if self.overdue(at) else "open_in_time"
        finish = self.left[self.accepted]
        due = self.due(finish)
        return "done_on_time" if due is None or finish <= due else "done_late"


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


def told_at(envelopes: Iterable[Json], at: datetime) -> dict[tuple[str, str], Told]:
    """What is known as of that instant, by stream and assignment. Each stream's envelopes come in their order."""
    streams: dict[str, dict[str, Told]] = {}
    for envelope in envelopes:
        happened_at = _instant(envelope["at"])
        if happened_at <= at:
            _tell(streams.setdefault(envelope["stream"], {}), envelope, happened_at)
    return {(stream, name): one for stream, found in streams.items() for name, one in found.items()}


def told(events: Iterable[Exported], at: datetime) -> dict[str, Told]:
    """The same of one stream, by assignment."""
    return {name: one for (_, name), one in told_at((event.envelope() for event in events), at).items()}


def _tell(found: dict[str, Told], envelope: Json, at: datetime) -> None:
    type_, data = envelope["type"], envelope["data"]
    if type_ in ABOUT_ONE and isinstance(data["assignment"], str):
        ABOUT_ONE[type_](found[data["assignment"]], data, at)
    if type_ in ABOUT_MANY:
        ABOUT_MANY[type_](found, data, at)


def _left(one: Told, data: Json, at: datetime) -> None:
    if data.get("to") != "head":
        one.left[data["report"]] = at
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


def _due(one: Told, data: Json, at: datetime) -> None:
    one.deadlines.append((at, _instant(data["instant"]) if data["instant"] is not None else None))


def _imported(one: Told, data: Json, at: datetime) -> None:
    # What the paper had named stood from its date; a day means its end, or the import where that came first.
    one.deadlines = [(LONG_AGO, instant) for _, instant in one.deadlines]
    if data["finished_on"] is not None:
        one.left[1] = min(_end_of(data["finished_on"]), at)
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


def _given(found: dict[str, Told], data: Json, at: datetime) -> None:
    for id_ in data.get("dropped", ()):
        _release(found[id_], "superseded", at)
    for held in data["assignments"]:
        found[held["id"]] = Told(held["unit"])


def _superseded(found: dict[str, Told], _: Json, at: datetime) -> None:
    _release_all(found.values(), "superseded", at)


def _recalled(found: dict[str, Told], data: Json, at: datetime) -> None:
    _release_all(_of(found, data["unit"]), "recalled", at)


def _refusal_agreed(found: dict[str, Told], data: Json, at: datetime) -> None:
    for one in _of(found, data["unit"]):
        if data["successor"] is None:
            _release(one, "withdrawn", at)
        else:
            _hand_on(one, data["successor"], "refusal", at)


def _reorganised(found: dict[str, Told], data: Json, at: datetime) -> None:
    for handed in data["handovers"]:
        _hand_on(found[handed["assignment"]], handed["after"], "reorganisation", at)


ABOUT_MANY: Final[Mapping[str, Callable[[dict[str, Told], Json, datetime], None]]] = {
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
    one.released_overdue = one.overdue(at)
    one.released = kind


def _hand_on(one: Told, unit: str, cause: str, at: datetime) -> None:
    one.handed_on.append((one.unit, cause, one.overdue(at)))
    one.unit = unit


def handed_on(found: Iterable[Told]) -> Iterator[tuple[str, bool]]:
    """Every hand-over: by which unit, and whether it was overdue."""
    for one in found:
        yield from ((unit, overdue) for unit, _, overdue in one.handed_on)


def _end_of(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+07:00") + timedelta(days=1)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
