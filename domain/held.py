"""An assignment at its creation."""

from datetime import date, datetime
from typing import Literal

from domain.base import AssignmentId, Fact, Item, UnitId
from domain.state import Assignment


class Held(Fact):
    """The id stays, whoever holds it later."""

    id: AssignmentId
    item: Item
    unit: UnitId
    role: Literal["lead", "support"]

    def taken_up(self, assigned_on: date, at: datetime, occurrence: int | None = None) -> Assignment:
        """The assignment as it begins."""
        return Assignment(
            id=self.id,
            item=self.item,
            unit=self.unit,
            role=self.role,
            assigned_on=assigned_on,
            created_at=at,
            touched_at=at,
            occurrence=occurrence,
        )
