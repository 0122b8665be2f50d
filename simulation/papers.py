"""Which documents are issued, on which days, to whom, and by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from domain.calendar import Calendar, moment
from domain.deadline import AfterDeadline, Deadline, NoDeadline, day_of, reckon
from domain.directive import Directive
from domain.document import stream_of
from intake.directory import Entry
from intake.extract import Extracts
from simulation.books import Books
from simulation.chance import chance, drawn
from simulation.faults import ScenarioError
from simulation.plan import Json, Lead
from simulation.scenario import Documents, Scenario


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit and what it holds: the lead, or one that supports it."""

    assignment: str
    unit: str


@dataclass(frozen=True, slots=True)
class Task:
    """A lead assignment with those that support it. ``due_on``: its last day as the office reckons it; none: none."""

    lead: Lead
    item: str
    holders: tuple[Holder, ...]
    issued_at: datetime
    issued_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One directive, ready to be issued."""

    stream: str
    number: int
    issued_at: datetime
    directive: Json
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A document before it has its number."""

    documents: Documents
    issued_on: date
    random: Random


def papers(scenario: Scenario, books: Books) -> list[Paper]:
    """All of them, numbered in the order of their issue. Raises ``ScenarioError``."""
    sheets = sorted(_sheets(scenario, books.calendar), key=lambda one: one.issued_on)
    writing = _Writing(scenario, books)
    return [writing.paper(sheet, number) for number, sheet in enumerate(sheets, start=1)]


def _sheets(scenario: Scenario, calendar: Calendar) -> Iterator[_Sheet]:
    for place, documents in enumerate(scenario.documents):
        days = _worked(documents.issued, calendar)
        if not days:
            raise ScenarioError(f"documents[{place}].issued", "no day of it is worked")
        for copy in range(documents.count):
            random = chance(scenario.seed, "document", place, copy)
            yield _Sheet(documents, random.choice(days), random)


def _worked(between: tuple[date, date], calendar: Calendar) -> list[date]:
    first, last = between
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if calendar.works(day)]


class _Writing:
    def __init__(self, scenario: Scenario, books: Books) -> None:
        self._scenario = scenario
        self._books = books
        self._extracts = Extracts(books.directory)
        self._issuer = next((one for one in books.directory.units if one.id == scenario.issuer), None)

    def paper(self, sheet: _Sheet, number: int) -> Paper:
        documents, random = sheet.documents, sheet.random
        rule = self._rule(documents, random)
        units = self._units(documents, sheet.issued_on)
        obligations = [
            {**one, "deadline": rule.model_dump(mode="json")} for one in _obligations(documents, units, random)
        ]
        named = [unit for one in obligations for unit in (*one["lead"], *one["support"])]
        directive: Json = {
            "document": self._document(sheet, number),
            "obligations": obligations,
            "directory": self._extract([self._scenario.issuer, *named]),
            "calendar": self._books.calendar.model_dump(mode="json"),
            "policy": self._books.policy.model_dump(mode="json"),
        }
        stream = stream_of(Directive.model_validate(directive, strict=False).document)
        issued_at = moment(sheet.issued_on, self._scenario.hours.issue)
        tasks = [
            Task(Lead(stream, holders[0].assignment), item, holders, issued_at, sheet.issued_on, due_on)
            for item, holders in _held(obligations)
            for due_on in [self._due(rule, holders[0].unit, sheet.issued_on)]
        ]
        return Paper(stream, number, issued_at, directive, tuple(tasks))

    def _extract(self, named: Sequence[str]) -> Json:
        """Without addresses: whatever becomes of the data, nobody is written to."""
        extract = self._extracts.of(named)
        return {**extract, "units": [{**one, "email": ""} for one in extract["units"]]}

    def _units(self, documents: Documents, day: date) -> list[str]:
        """Those that may hold on that day."""
        units = [one.id for one in self._books.directory.units if one.kind in documents.kinds and one.exists_on(day)]
        most = documents.obligations if documents.mode == "joint" else documents.addressees
        needed = max(most, 1 + documents.supports[1])
        if len(units) < needed:
            place = self._scenario.documents.index(documents)
            raise ScenarioError(f"documents[{place}].kinds", f"{len(units)} units are there, {needed} are needed")
        return units

    def _document(self, sheet: _Sheet, number: int) -> Json:
        documents = sheet.documents
        return {
            "issuer": self._scenario.issuer,
            "organ_name": self._issuing.name,
            "code_number": str(number),
            "code_notation": documents.notation,
            "type_name": documents.type_name,
            "subject": sheet.random.choice(documents.subjects),
            "issued_date": sheet.issued_on.isoformat(),
            "priority": documents.priority,
            "signer": self._scenario.signer.model_dump(),
        }

    @property
    def _issuing(self) -> Entry:
        if self._issuer is None:
            raise ScenarioError("issuer", f"no unit has the id {self._scenario.issuer!r}")
        return self._issuer

    @staticmethod
    def _rule(documents: Documents, random: Random) -> Deadline:
        if documents.deadline is None:
            return NoDeadline()
        return AfterDeadline(kind="after", count=drawn(random, documents.deadline))

    def _due(self, rule: Deadline, unit: str, issued_on: date) -> date | None:
        instant = reckon(rule, self._books.calendar.of(unit), issued_on)
        return None if instant is None else day_of(instant)


def _obligations(documents: Documents, units: Sequence[str], random: Random) -> Iterator[Json]:
    leads = random.sample(units, documents.obligations if documents.mode == "joint" else documents.addressees)
    for number in range(1, documents.obligations + 1):
        item = str(number)
        text = f"{item}. {random.choice(documents.subjects)}"
        if documents.mode == "each":
            yield {"item": item, "text": text, "mode": "each", "lead": leads, "support": []}
            continue
        lead = leads[number - 1]
        support = random.sample([unit for unit in units if unit != lead], drawn(random, documents.supports))
        yield {"item": item, "text": text, "mode": "joint", "lead": [lead], "support": support}


def _held(obligations: Sequence[Json]) -> Iterator[tuple[str, tuple[Holder, ...]]]:
    """Each lead with its supports; ids as the service gives them: leads first, in order."""
    for one in obligations:
        units = [*one["lead"], *one["support"]]
        holders = [Holder(f"{one['item']}.{number}", unit) for number, unit in enumerate(units, start=1)]
        leads, supports = holders[: len(one["lead"])], holders[len(one["lead"]) :]
        for lead in leads:
            yield one["item"], (lead, *supports)
