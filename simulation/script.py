"""What one unit and its leader do about one assignment: from a behaviour to steps with their times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Final, get_args

from domain.calendar import Calendar, moment
from domain.commands.explain import Why
from simulation.chance import chance, drawn
from simulation.papers import Holder, Task
from simulation.people import People
from simulation.plan import Json
from simulation.scenario import Behaviour, Extending, Named, Reporting, Scenario

CAUSES: Final[tuple[Why, ...]] = get_args(Why)

DRAWS: Final = 20
"""How often days are drawn for an assignment until it leaves time for all of them."""


@dataclass(frozen=True, slots=True)
class Step:
    """Commands of one instant, without ids."""

    at: datetime
    commands: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """``acknowledged_at``: by when the holders have to have acknowledged for the rest to be possible; none: never."""

    acknowledged_at: datetime | None
    steps: tuple[Step, ...]


class _NoTimeError(Exception):
    """There is no time for the next step."""


class Scripts:
    """Writes them for one scenario, under the calendar that its people live by."""

    def __init__(self, scenario: Scenario, calendar: Calendar, people: People) -> None:
        self._scenario = scenario
        self._calendar = calendar
        self._people = people

    def of(self, task: Task, behaviour: Behaviour, extra: Named | None = None) -> Script | None:
        """How it goes; None where this assignment leaves no time to behave so. ``extra``: an extension beside it."""
        if not _suits(self._scenario, task, behaviour):
            return None
        calendar = self._calendar.of(task.holders[0].unit)
        for number in range(DRAWS):
            random = chance(self._scenario.seed, behaviour.name, *task.lead, number)
            try:
                return _Writing(self._scenario, calendar, self._people, task, random).write(behaviour, extra)
            except _NoTimeError:
                continue
        return None


def _suits(scenario: Scenario, task: Task, behaviour: Behaviour) -> bool:
    if task.due_on is None:
        return behaviour.deadline == "none"
    return behaviour.deadline == ("passed" if task.due_on < scenario.last_day else "ahead")


class _Writing:
    """``_dues``: by when each holder owes it, as granted so far."""

    def __init__(self, scenario: Scenario, calendar: Calendar, people: People, task: Task, random: Random) -> None:
        self._scenario = scenario
        self._calendar = calendar
        self._people = people
        self._task = task
        self._random = random
        self._at = task.issued_at
        self._dues = dict.fromkeys(task.holders, task.due_on)
        self._steps: list[Step] = []

    def write(self, behaviour: Behaviour, extra: Named | None) -> Script:
        if behaviour.acknowledges is None:
            return Script(None, ())
        hours = self._scenario.hours.units
        acknowledged_at = self._at = self._instant(
            self._after_issue(drawn(self._random, behaviour.acknowledges)), hours
        )
        due_on = self._task.due_on
        if behaviour.extension is not None and due_on is not None:
            due_on = self._extend(behaviour.extension, due_on)
        self._report_progress(behaviour, due_on)
        if extra is not None and due_on is not None:
            self._extend_extra(extra, due_on)
        for one in behaviour.reports:
            self._report(one, due_on)
        return Script(acknowledged_at, tuple(self._steps))

    def _extend(self, extending: Extending, due_on: date) -> date:
        asked_on = self._from(due_on, drawn(self._random, extending.asked))
        until = self._calendar.plus(due_on, drawn(self._random, extending.by))
        self._ask(self._task.holders, asked_on, until)
        self._answer(self._task.holders, "grant_extension", asked_on, drawn(self._random, extending.answered))
        return until

    def _extend_extra(self, extra: Named, due_on: date) -> None:
        lead = self._task.holders[:1]
        self._ask(lead, due_on, self._calendar.plus(due_on, extra.working_days))
        self._answer(lead, "grant_extension", due_on, 0)

    def _ask(self, holders: Sequence[Holder], day: date, until: date) -> None:
        wanted = {"kind": "date", "day": until.isoformat(), "bound": "by"}
        self._step(day, [self._people.asks_extension(one, wanted) for one in holders])
        self._dues |= dict.fromkeys(holders, until)

    def _report_progress(self, behaviour: Behaviour, due_on: date | None) -> None:
        """Spread evenly over the time that there is."""
        last = self._scenario.last_day
        begins, ends = self._at.date(), min(due_on or last, last)
        for number in range(1, behaviour.progress + 1):
            percent = 100 * number // (behaviour.progress + 1)
            day = begins + (ends - begins) * number // (behaviour.progress + 1)
            lead = self._task.holders[0]
            self._step(self._calendar.on_or_after(day), [self._people.progresses(lead, percent)])

    def _report(self, reporting: Reporting, due_on: date | None) -> None:
        if reporting.after_deadline is not None and due_on is not None:
            day = self._from(due_on, drawn(self._random, reporting.after_deadline))
        else:
            day = self._after_issue(drawn(self._random, reporting.after_issue or (0, 0)))
        self._step(day, list(self._reports(day)))
        if reporting.answer is not None:
            answered = drawn(self._random, reporting.answered)
            self._answer(self._task.holders, reporting.answer, day, answered)

    def _reports(self, day: date) -> Iterator[Json]:
        """Whoever is late says why, or the report could not be accepted."""
        for one in self._task.holders:
            due_on = self._dues[one]
            if due_on is not None and day > due_on:
                yield self._people.explains(one, self._random.choice(CAUSES))
            yield self._people.reports(one)

    def _answer(self, holders: Sequence[Holder], kind: str, asked_on: date, working_days: int) -> None:
        day = self._calendar.plus(asked_on, working_days)
        self._step(day, [self._people.answers(kind, one) for one in holders], self._scenario.hours.leader)

    def _step(self, day: date, commands: Sequence[Json], hours: Sequence[time] = ()) -> None:
        self._at = self._instant(day, hours or self._scenario.hours.units)
        self._steps.append(Step(self._at, tuple(commands)))

    def _instant(self, day: date, hours: Sequence[time]) -> datetime:
        """An hour of that day, later than the last step. Raises ``_NoTimeError``."""
        spans = self._calendar.hours_of(day)
        instants = [moment(day, hour) for hour in hours]
        fitting = [one for one in instants if one > self._at and any(start <= one < end for start, end in spans)]
        if day > self._scenario.last_day or not fitting:
            raise _NoTimeError
        return self._random.choice(fitting)

    def _after_issue(self, working_days: int) -> date:
        return self._calendar.plus(self._task.issued_on, working_days)

    def _from(self, day: date, working_days: int) -> date:
        return self._calendar.plus(day, working_days) if working_days >= 0 else self._calendar.minus(day, -working_days)
