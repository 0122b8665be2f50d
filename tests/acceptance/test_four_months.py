"""The city's four months on the real service: the letter's figures, who agrees, and what would have changed them."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from xml.etree import ElementTree as ET

import asyncpg
import pytest
import pytest_asyncio

from activities.journal.read import load_events
from console.figures.question import GROUPINGS
from domain.event import Event
from domain.figures import Cell, cell
from domain.fold import fold_as_of
from domain.state import DirectiveState
from embedded import ports
from embedded.postgres import PostgreSQL
from simulation.plan import Lead
from simulation.pure import Played, play
from tests.support import figures
from tests.support.quarter import LETTER, SCENARIO, extended, planned, without_tet
from tests.support.typed import DIRECTIVES, environment

pytestmark = [pytest.mark.timeout(600), pytest.mark.asyncio(loop_scope="session")]

INSTANTS: Final = 20
Cells = dict[Lead, Cell | None]


@dataclass(frozen=True, slots=True)
class Lived:
    """What `directives simulate` said and left behind."""

    said: Any
    svg: Path
    database_url: str
    events: dict[str, list[Event]]

    def states(self, at: datetime) -> list[DirectiveState]:
        """What the service knew at that instant."""
        folded = (fold_as_of(events, at) for events in self.events.values())
        return [state for state in folded if state is not None]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def lived(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Lived]:
    folder = tmp_path_factory.mktemp("quarter")
    data, svg = folder / "data", folder / "bars.svg"
    said = await typed("simulate", str(SCENARIO), "--data", str(data), "--svg", str(svg))
    print(f"\n{said['directives']} directives, {said['commands']} commands in {said['seconds']} s")
    server = PostgreSQL(data / "postgresql", ports.ANY)
    url = await server.start()
    try:
        yield Lived(said, svg, url, await journal(url))
    finally:
        await server.stop()


@pytest.fixture(scope="module")
def played() -> Played:
    return play(planned())


@pytest.fixture(scope="module")
def cells(played: Played) -> Cells:
    return played.cells(planned().ends)


async def test_every_command_is_carried_out_and_the_figures_are_the_letters(lived: Lived) -> None:
    assert lived.said["refused"] == []
    assert lived.said["commands"] == planned().commands
    figures_ = lived.said["figures"]["lead"]["all"]
    assert {name: figures_[name] for name in LETTER} == LETTER


async def test_stats_say_what_the_letter_says(lived: Lived) -> None:
    said = await typed(
        *("stats", "--from", "2023-01-01", "--to", "2023-04-24", "--as-of", "2023-04-24"),
        DATABASE_URL=lived.database_url,
    )
    counted = said["lead"]["all"]
    overdue = counted["open_overdue"]
    assert (counted["given"], counted["done"], counted["done_late"], counted["open"], overdue) == (
        916, 682, 135, 234, 57,
    )  # fmt: skip
    assert not said["provisional"]
    assert lived.said["figures"]["lead"] == said["lead"]


async def test_the_letter_that_is_drafted_is_the_sample_letters_sentence(lived: Lived) -> None:
    said = await typed(
        *("letter", "--from", "2023-01-01", "--to", "2023-04-24", "--as-of", "2023-04-24"),
        DATABASE_URL=lived.database_url,
    )
    sample = " ".join((SCENARIO.parent / "1680-UBND-NC.txt").read_text().split())
    counted = sample[sample.index("đã có 916") : sample.index("(có 57 nhiệm vụ quá hạn)")]
    assert f"{counted}(có 57 nhiệm vụ quá hạn)." in said["paragraph"]
    assert {name: tuple(one.values()) for name, one in said["percentages"].items()} == {
        "done_on_time_of_done": (547, 682, "80.2"),
        "done_late_of_done": (135, 682, "19.8"),
        "open_overdue_of_open": (57, 234, "24.4"),
        "late_or_overdue_of_total": (192, 916, "21.0"),
        "done_of_total": (682, 916, "74.5"),
    }


async def test_the_service_comes_to_what_the_rules_say_assignment_by_assignment(lived: Lived, cells: Cells) -> None:
    at = planned().ends
    assert leads(lived.states(at), at) == cells
    assert cells_by_unit(lived.said["figures"]["lead"]["units"]) == cells_by_unit_of(lived.states(at), cells)


async def test_the_service_records_what_the_rules_say_event_by_event(lived: Lived, played: Played) -> None:
    recorded = {stream: [event.data for event in events] for stream, events in lived.events.items()}
    assert {stream: [one.type for one in events] for stream, events in recorded.items()} == {
        stream: [event.data.type for event in events] for stream, events in played.events.items()
    }


async def test_a_script_that_shares_no_code_agrees_at_twenty_random_instants(lived: Lived) -> None:
    plan, random = planned(), Random(SCENARIO.name)
    seconds = int((plan.ends - plan.begins).total_seconds())
    for _ in range(INSTANTS):
        at = plan.begins + timedelta(seconds=random.randrange(seconds))
        said = {
            state.stream: {one.id: cell(one, at) or one.status for one in state.assignments.values()}
            for state in lived.states(at)
        }
        reckoned = {stream: figures.cells(events, at) for stream, events in lived.events.items()}
        assert {stream: one for stream, one in reckoned.items() if one} == said


async def test_the_table_of_spans_tells_the_same_of_every_assignment_at_random_instants(lived: Lived) -> None:
    plan, random = planned(), Random("spans")
    exported = [event.envelope() for events in lived.events.values() for event in events]
    seconds = int((plan.ends - plan.begins).total_seconds())
    connection = await asyncpg.connect(lived.database_url)
    try:
        for at in (plan.ends, *(plan.begins + timedelta(seconds=random.randrange(seconds)) for _ in range(INSTANTS))):
            for originally in (False, True):
                rows = await connection.fetch("SELECT * FROM standings_at($1, $2)", at, originally)
                told = {
                    (row["stream"], row["assignment"]): (row["unit"], row["cell"], row["overdue_days"]) for row in rows
                }
                assert told == {
                    key: (
                        one.credited,
                        one.cell(at, originally=originally),
                        one.overdue_days(at, originally=originally),
                    )
                    for key, one in figures.told_at(exported, at).items()
                }
    finally:
        await connection.close()


@pytest.mark.parametrize("by", GROUPINGS)
async def test_by_whatever_it_is_grouped_the_sum_is_the_letters(lived: Lived, by: str) -> None:
    days = ("--from", "2023-01-01", "--to", "2023-04-24", "--as-of", "2023-04-24")
    counted = (await typed("stats", *days, "--by", by, DATABASE_URL=lived.database_url))["lead"]["all"]
    assert {name: counted[name] for name in LETTER} == LETTER


async def test_every_event_says_that_it_is_simulated_and_nobody_is_written_to(lived: Lived) -> None:
    shifts = {event.shift for events in lived.events.values() for event in events}
    assert len(shifts) == 1
    assert (shifts.pop() or 0) < 0
    connection = await asyncpg.connect(lived.database_url)
    try:
        waiting = await connection.fetchval("SELECT count(*) FROM notices WHERE status = 'waiting' OR NOT reported")
    finally:
        await connection.close()
    assert waiting == 0


async def test_the_record_of_a_simulation_can_be_verified(lived: Lived) -> None:
    said = await typed("verify", DATABASE_URL=lived.database_url)
    assert (said["ok"], len(said["directives"])) == (True, len(planned().lives))


async def test_bars_are_drawn_for_every_unit(lived: Lived) -> None:
    described = ET.parse(lived.svg).findtext("{http://www.w3.org/2000/svg}desc") or ""  # noqa: S314 - our own
    units = lived.said["figures"]["lead"]["units"]
    assert len(units) == described.count(";") + 1
    assert all(f"{one['unit_name']}: " in described for one in units)


async def test_without_tet_the_figures_would_differ(cells: Cells) -> None:
    plan = without_tet()
    others = play(plan).cells(plan.ends)
    assert others.keys() == cells.keys()
    assert Counter(others.values()) != Counter(cells.values())


async def test_with_one_extension_more_they_would_differ_by_one(cells: Cells) -> None:
    late = next(lead for lead, behaviour in planned().behaviours.items() if behaviour == "late")
    plan = extended(late, 30)
    others = play(plan).cells(plan.ends)
    assert {lead: (cells[lead], now) for lead, now in others.items() if now != cells[lead]} == {
        late: ("done_late", "done_on_time")
    }


async def typed(*argv: str, **changes: str) -> Any:
    """What a command answers in JSON; it may take long."""
    process = await asyncio.create_subprocess_exec(
        *(DIRECTIVES, *argv, "--json"),
        env=environment(**changes),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, problem = await process.communicate()
    assert process.returncode == 0, problem.decode()
    return json.loads(said)


async def journal(url: str) -> dict[str, list[Event]]:
    """All that was recorded, directive by directive."""
    connection = await asyncpg.connect(url)
    try:
        return {life.stream: await load_events(connection, life.stream) for life in planned().lives}
    finally:
        await connection.close()


def leads(states: list[DirectiveState], at: datetime) -> Cells:
    """Where each lead assignment stands."""
    return {
        Lead(state.stream, one.id): cell(one, at)
        for state in states
        for one in state.assignments.values()
        if one.role == "lead"
    }


def cells_by_unit(units: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """As a document tells them."""
    return {one["unit"]: Counter({name: one[name] for name in LETTER if one[name]}) for one in units}


def cells_by_unit_of(states: list[DirectiveState], cells: Cells) -> dict[str, Counter[str]]:
    """The same, counted from single assignments."""
    found: dict[str, Counter[str]] = {}
    for state in states:
        for one in state.assignments.values():
            if one.role == "lead":
                found.setdefault(one.unit, Counter())[str(cells[Lead(state.stream, one.id)])] += 1
    return found
