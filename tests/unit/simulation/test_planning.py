"""A plan follows from the scenario alone, and is one that people could follow."""

from collections import Counter
from itertools import pairwise

from domain.base import local
from domain.commands import COMMANDS
from simulation.plan import Lead, Life
from simulation.planning import plan
from tests.support.quarter import books, extended, planned, scenario


def test_the_same_scenario_is_planned_the_same_twice() -> None:
    assert plan(scenario(), books()) == planned()


def test_another_seed_plans_other_days_and_units_but_as_much_of_everything() -> None:
    # Of documents without a deadline, which leave everybody time for everything.
    parts = {"documents": scenario().documents[4:5], "behaviours": scenario().behaviours[:2]}
    mine, other = (plan(scenario().model_copy(update={**parts, "seed": seed}), books()) for seed in (1, 2))
    assert [life.issued_at for life in mine.lives] != [life.issued_at for life in other.lives]
    assert held(mine.lives) != held(other.lives)
    assert Counter(mine.behaviours.values()) == Counter(other.behaviours.values())


def held(lives: tuple[Life, ...]) -> Counter[str]:
    """How many assignments each unit leads."""
    return Counter(one["lead"][0] for life in lives for one in life.issue["directive"]["obligations"])


def test_there_are_916_lead_assignments_and_everyone_behaves_as_counted() -> None:
    wanted = {one.name: one.count for one in scenario().behaviours}
    assert Counter(planned().behaviours.values()) == wanted
    assert len(planned().behaviours) == 916


def test_every_command_can_be_read_and_bears_an_id_of_its_own() -> None:
    ids = set()
    for life in planned().lives:
        for command in commands(life):
            read = COMMANDS[command["type"]].model_validate(command, strict=False)
            ids.add(read.command_id)
    assert len(ids) == planned().commands


def test_commands_come_in_order_in_working_hours_and_in_one_list_for_each_moment() -> None:
    calendar = books().calendar
    for life in planned().lives:
        instants = [life.issued_at, *(one.at for one in life.moments)]
        assert all(earlier < later for earlier, later in pairwise(instants))
        for at in instants:
            assert any(start <= at < end for start, end in calendar.hours_of(local(at).date()))
            assert planned().begins < at < planned().ends


def test_one_extension_more_changes_nothing_but_its_own_assignment() -> None:
    late = next(lead for lead, behaviour in planned().behaviours.items() if behaviour == "late")
    more = extended(late, 30)
    changed = [life.stream for life, before in zip(more.lives, planned().lives, strict=True) if life != before]
    assert changed == [late.stream]
    assert about_others(more.lives, late) == about_others(planned().lives, late)


def about_others(lives: tuple[Life, ...], lead: Lead) -> list[tuple[str, str, object]]:
    """What is sent, and when, but for the lead assignment's own commands."""
    return [
        (life.stream, one["type"], (one["sent_at"], one.get("assignment")))
        for life in lives
        for one in commands(life)
        if (life.stream, one.get("assignment")) != lead
    ]


def commands(life: Life) -> list[dict[str, object]]:
    return [life.issue, *(one for moment in life.moments for one in moment.commands)]
