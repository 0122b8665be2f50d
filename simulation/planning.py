"""From a scenario to a plan: seeded, the same every time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from domain.calendar import end_of
from simulation.books import Books
from simulation.dealing import dealt
from simulation.faults import ScenarioError
from simulation.papers import Paper, Task, papers
from simulation.people import People
from simulation.plan import Json, Lead, Life, Moment, Plan
from simulation.scenario import Behaviour, Named, Scenario
from simulation.script import Script, Scripts, Step

DELIVERED_AFTER: Final = timedelta(minutes=10)
"""From the issue; no mail is sent in a simulation, it is only said that one arrived."""


def plan(scenario: Scenario, books: Books) -> Plan:
    """What everybody will do. Raises ``ScenarioError``."""
    return _Planning(scenario, books).plan()


class _Planning:
    def __init__(self, scenario: Scenario, books: Books) -> None:
        self._scenario = scenario
        self._books = books
        self._people = People(scenario, books.directory)
        self._scripts = Scripts(scenario, books.calendar, self._people)

    def plan(self) -> Plan:
        issued = papers(self._scenario, self._books)
        tasks = [task for paper in issued for task in paper.tasks]
        behaviours = dealt(self._scenario, tasks, self._scripts)
        extra = self._extra(behaviours)
        return Plan(
            begins=end_of(self._scenario.first_day - timedelta(days=1)),
            ends=end_of(self._scenario.last_day),
            lives=tuple(self._life(paper, behaviours, extra) for paper in issued),
            behaviours={lead: one.name for lead, one in behaviours.items()},
        )

    def _extra(self, known: Mapping[Lead, Behaviour]) -> dict[Lead, Named]:
        extra = {Lead(one.stream, one.assignment): one for one in self._scenario.extensions}
        for place, lead in enumerate(extra):
            if lead not in known:
                raise ScenarioError(f"extensions[{place}]", f"{lead.stream} has no lead assignment {lead.assignment}")
        return extra

    def _life(self, paper: Paper, behaviours: Mapping[Lead, Behaviour], extra: Mapping[Lead, Named]) -> Life:
        scripts = [(task, self._dealt(task, behaviours[task.lead], extra.get(task.lead))) for task in paper.tasks]
        steps = [self._delivery(paper), *self._acknowledgements(scripts)]
        steps += [step for _, one in scripts for step in one.steps]
        issue = self._people.issues(paper.directive)
        numbered = _Numbered(f"{self._scenario.id}/{paper.number}")
        return Life(
            stream=paper.stream,
            issued_at=paper.issued_at,
            issue=numbered.command(issue, paper.issued_at),
            moments=tuple(numbered.moments(steps)),
        )

    def _dealt(self, task: Task, behaviour: Behaviour, extra: Named | None) -> Script:
        found = self._scripts.of(task, behaviour, extra)
        if found is None:
            place = next(n for n, one in enumerate(self._scenario.extensions) if one == extra)
            raise ScenarioError(f"extensions[{place}]", f"{task.lead.assignment} leaves no time for it")
        return found

    def _delivery(self, paper: Paper) -> Step:
        at = paper.issued_at + DELIVERED_AFTER
        units = dict.fromkeys(holder.unit for task in paper.tasks for holder in task.holders)
        deliveries = [
            {
                "unit": unit,
                "notice": str(uuid5(NAMESPACE_URL, f"{paper.stream}/{unit}")),
                "channel": "email",
                "at": at.isoformat(),
            }
            for unit in units
        ]
        return Step(at, ({"type": "record_delivery", "actor": _SYSTEM, "deliveries": deliveries},))

    def _acknowledgements(self, scripts: Sequence[tuple[Task, Script]]) -> Iterator[Step]:
        """A unit acknowledges once, as early as one of its assignments needs it."""
        first: dict[str, datetime] = {}
        for task, one in scripts:
            if one.acknowledged_at is None:
                continue
            for holder in task.holders:
                first[holder.unit] = min(first.get(holder.unit, one.acknowledged_at), one.acknowledged_at)
        for unit, at in first.items():
            yield Step(at, (self._people.acknowledges(unit),))


_SYSTEM: Final[Json] = {"person": "system", "role": "system"}


class _Numbered:
    """Gives commands their ids and times."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._count = 0

    def command(self, content: Json, at: datetime) -> Json:
        self._count += 1
        return {**content, "command_id": f"{self._prefix}/{self._count}", "sent_at": at.isoformat()}

    def moments(self, steps: Iterable[Step]) -> Iterator[Moment]:
        for at, together in groupby(sorted(steps, key=lambda one: one.at), key=lambda one: one.at):
            yield Moment(at, tuple(self.command(one, at) for step in together for one in step.commands))
