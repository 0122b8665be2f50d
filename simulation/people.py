"""Who says what: commands as people of the office and of the units write them."""

from typing import Final

from domain.actor import Role
from intake.directory import Directory
from simulation.papers import Holder
from simulation.plan import Json
from simulation.scenario import Scenario

_WORDS: Final = {
    "accept": {},
    "return": {"reason": "Báo cáo chưa đủ số liệu, đề nghị bổ sung."},
    "grant_extension": {},
}


class People:
    """Named by what they are."""

    def __init__(self, scenario: Scenario, directory: Directory) -> None:
        self._scenario = scenario
        self._names = {one.id: one.short_name or one.name for one in directory.units}

    def issues(self, directive: Json) -> Json:
        """The clerk."""
        return {"type": "issue", "actor": self._office(Role.CLERK, "Văn thư"), "directive": directive}

    def acknowledges(self, unit: str) -> Json:
        """The head of the unit."""
        return {"type": "acknowledge", "actor": self._head(unit)}

    def progresses(self, holder: Holder, percent: int) -> Json:
        """An officer of the unit."""
        actor = self._of(holder.unit, Role.OFFICER, "Chuyên viên")
        return self._about(holder, "progress", actor, percent=percent, text=f"Đã thực hiện khoảng {percent}%.")

    def asks_extension(self, holder: Holder, until: Json) -> Json:
        """The head of the unit."""
        reason = "Khối lượng công việc lớn, cần thêm thời gian."
        return self._about(holder, "request_extension", self._head(holder.unit), until=until, reason=reason)

    def explains(self, holder: Holder, cause: str) -> Json:
        """The head of the unit."""
        return self._about(holder, "explain", self._head(holder.unit), cause=cause, text="Đơn vị xin giải trình.")

    def reports(self, holder: Holder) -> Json:
        """The head of the unit."""
        return self._about(holder, "report", self._head(holder.unit), text="Đơn vị báo cáo kết quả thực hiện.")

    def answers(self, kind: str, holder: Holder) -> Json:
        """The leader who signed."""
        actor = self._office(Role.LEADER, self._scenario.signer.full_name)
        return self._about(holder, kind, actor, **_WORDS[kind])

    def _head(self, unit: str) -> Json:
        return self._of(unit, Role.UNIT_HEAD, "Thủ trưởng")

    def _of(self, unit: str, role: Role, title: str) -> Json:
        return {"person": f"{title} {self._names[unit]}"[:100], "role": role.value, "unit": unit}

    def _office(self, role: Role, person: str) -> Json:
        return {"person": person, "role": role.value, "unit": self._scenario.issuer}

    @staticmethod
    def _about(holder: Holder, kind: str, actor: Json, **fields: object) -> Json:
        return {"type": kind, "actor": actor, "assignment": holder.assignment, **fields}
