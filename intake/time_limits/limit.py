"""A wording that limits time, and the rule that it says."""

from typing import Final, Literal, NamedTuple

from domain.deadline import Deadline
from intake.source import Zone

Certainty = Literal["certain", "likely"]


class Limit(NamedTuple):
    """``zone``: the words. ``certainty``: as of any value that is read. ``perhaps``: it may limit nothing at all."""

    zone: Zone
    rule: Deadline
    certainty: Certainty
    perhaps: bool = False


LATEST: Final = r"(?:cham nhat|muon nhat|khong qua)"
"""Includes the day or the period that follows; meets text without marks."""


def sure(*, certain: bool) -> Certainty:
    """The word for it."""
    return "certain" if certain else "likely"
