"""simulate: a scenario lived through on the real service, as if its months had passed, and the figures of its end."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from catalogue.times import day_shown
from console.call import Call
from console.failures import FailedError
from console.figures.document import read_figures
from console.figures.question import Question
from console.figures.rendering import render_figures
from console.input_files import BadFileError, loaded
from console.options import LetterFile
from console.paper import Paper, answer
from console.places import embedded_failure
from console.temporal import silence_sdk
from console.waiting import progress, spinner
from embedded.errors import EmbeddedError
from intake import InputError
from observe import logs
from simulation.bars import CELLS, Bar, bars
from simulation.books import load_books
from simulation.driver import Performed, StoppedError, perform
from simulation.faults import ScenarioError
from simulation.plan import Plan
from simulation.planning import plan
from simulation.scenario import Scenario, load_scenario
from simulation.stage import Stage, played

_MOST_NAMED: Final = 20
"""Refused commands that are told one by one."""


def simulate(
    call: Call,
    file: LetterFile,
    *,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", dir_okay=False)] = None,
) -> None:
    """On servers of its own. With ``--data`` their data stays, and can be looked into afterwards with ``up``.

    ``svg``: where the bars are drawn.
    """
    scenario = loaded(load_scenario, file)
    planned = _planned(file, scenario)
    # The servers' and the worker's lines are for those who run a service.
    logs.configure("error")
    silence_sdk()
    with _folder(call) as data:
        document = asyncio.run(_live(replace(call, data=data), scenario, planned))
    if svg is not None:
        svg.write_text(_drawn(call, scenario, document), encoding="utf-8")
    answer(call, document, lambda paper: _render(call, document, svg, paper))


def _planned(file: Path, scenario: Scenario) -> Plan:
    books = loaded(lambda folder: load_books(scenario, folder), file.parent)
    try:
        return plan(scenario, books)
    except ScenarioError as error:
        raise BadFileError(InputError(str(file), error.field, error.reason)) from error


@contextmanager
def _folder(call: Call) -> Iterator[Path]:
    """The data directory that was asked for, or one that nobody will look for. Raises ``FailedError``."""
    if call.data is not None:
        if call.data.is_dir() and any(call.data.iterdir()):
            raise FailedError("not_empty", data=str(call.data))
        yield call.data
        return
    with tempfile.TemporaryDirectory(prefix="directives-") as folder:
        yield Path(folder) / "data"


async def _live(call: Call, scenario: Scenario, planned: Plan) -> dict[str, Any]:
    begun = time.monotonic()
    with ExitStack() as waiting:
        waiting.enter_context(spinner(call, "cli.starting"))

        async def work(stage: Stage) -> tuple[Performed, dict[str, Any]]:
            waiting.close()
            with progress(call, planned.commands, "cli.simulating") as advance:
                performed = await perform(stage, planned, advance)
            return performed, await read_figures(call, _asked(scenario, planned))

        try:
            performed, figures = await played(call.data_directory, planned.begins, work)
        except EmbeddedError as error:
            raise embedded_failure(error) from error
        except StoppedError as error:
            raise FailedError("simulation_stopped", stream=error.stream, problem=error.problem) from error
    return _document(scenario, planned, performed, round(time.monotonic() - begun), figures)


def _asked(scenario: Scenario, planned: Plan) -> Question:
    return Question(at=planned.ends, cohort="assigned", since=scenario.first_day, until=scenario.last_day)


def _document(
    scenario: Scenario, planned: Plan, performed: Performed, seconds: int, figures: dict[str, Any]
) -> dict[str, Any]:
    return {
        "scenario": scenario.id,
        "directives": len(planned.lives),
        "commands": planned.commands,
        "refused": performed.refused,
        "seconds": seconds,
        "figures": figures,
    }


def _drawn(call: Call, scenario: Scenario, document: dict[str, Any]) -> str:
    days = {"since": day_shown(scenario.first_day), "until": day_shown(scenario.last_day)}
    units = [Bar(one["unit_name"], one) for one in document["figures"]["lead"]["units"]]
    names = {cell: call.text(f"column.{cell}") for cell in CELLS}
    return bars(call.text("cli.simulated_bars", **days), names, units)


def _render(call: Call, document: dict[str, Any], svg: Path | None, paper: Paper) -> None:
    counted = {name: document[name] for name in ("directives", "commands", "seconds")}
    paper.line(call.text("cli.simulated", **counted))
    for one in document["refused"][:_MOST_NAMED]:
        paper.line(call.text("cli.simulated_refused", command=one["command_id"], reason=one["reason"]))
    if svg is not None:
        paper.line(call.text("cli.simulated_svg", file=str(svg)))
    if call.data is not None:
        paper.line(call.text("cli.simulated_data", data=str(call.data)))
    paper.line()
    render_figures(call, document["figures"], paper)


COMMANDS = {"simulate": simulate}
