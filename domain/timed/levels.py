"""Whom a rung reaches: the unit, and of the issuer the highest level."""

from collections.abc import Sequence
from typing import Literal

from domain.ladder import Level

Above = Literal["tracker", "head_of_office", "chairman"]


def to_unit(levels: Sequence[Level]) -> bool:
    """Whether somebody of the unit is told: its officer, or its head."""
    return "officer" in levels or "unit_head" in levels


def above(levels: Sequence[Level]) -> Above | None:
    """The highest level of the issuer; those below it have been told by earlier rungs."""
    for level in ("chairman", "head_of_office", "tracker"):
        if level in levels:
            return level
    return None
