"""Who behaves how: behaviours dealt out over the assignments, so many of each, to whom they suit."""

from collections.abc import Sequence

from simulation.chance import chance
from simulation.faults import ScenarioError
from simulation.papers import Task
from simulation.plan import Lead
from simulation.scenario import Behaviour, Scenario
from simulation.script import Scripts


def dealt(scenario: Scenario, tasks: Sequence[Task], scripts: Scripts) -> dict[Lead, Behaviour]:
    """A behaviour for every task; those that come first in the scenario choose first.

    Raises:
        ScenarioError: for one of them there are not enough tasks that leave time for it.
    """
    found: dict[Lead, Behaviour] = {}
    for place, behaviour in enumerate(scenario.behaviours):
        left = [task for task in tasks if task.lead not in found]
        chance(scenario.seed, "dealing", place).shuffle(left)
        suited = [task for task in left if scripts.of(task, behaviour) is not None]
        if len(suited) < behaviour.count:
            reason = f"{behaviour.count} are to be {behaviour.name!r}, {len(suited)} assignments leave time for it"
            raise ScenarioError(f"behaviours[{place}].count", reason)
        found |= {task.lead: behaviour for task in suited[: behaviour.count]}
    return found
