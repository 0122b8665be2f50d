"""Chance, seeded: the same names draw the same, whatever else is drawn."""

from random import Random

from simulation.scenario import Days


def chance(*names: object) -> Random:
    """Of its own for each thing that something is drawn for, so that one more leaves all others as they were."""
    return Random("/".join(map(str, names)))  # noqa: S311 - seeded on purpose, and guards no secret


def drawn(random: Random, days: Days) -> int:
    """One of the range."""
    return random.randint(*days)
