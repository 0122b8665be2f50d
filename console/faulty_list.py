"""A list that cannot be taken in, told by line and column."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from catalogue import Language, has, text
from console.call import Call
from console.failures import FailedError
from console.paper import Alert, Paper, answer
from intake.importing import Fault, FaultyError

COLUMNS: Final = ("line", "header", "value", "problem")


class FaultyListError(FailedError):
    """Nothing was done. ``headers``: column -> what it is headed in Vietnamese."""

    def __init__(self, faults: Sequence[Fault], headers: Mapping[str, str]) -> None:
        super().__init__("import_faults", count=len(faults))
        self.faults = faults
        self._headers = headers

    def sentence(self, language: Language) -> str:
        """How many, and the first of them."""
        first = self.faults[0]
        place = ", ".join(filter(None, (str(first.line), self.header(first, language))))
        return text("failure.import_faults", language, **self.params, first=f"{place}: {problem(first, language)}")

    def document(self, language: Language) -> Any:  # noqa: ANN401 - JSON
        """With every fault."""
        faults = [{**one.model_dump(mode="json"), "reason": problem(one, language)} for one in self.faults]
        return {**super().document(language), "problems": faults}

    def header(self, fault: Fault, language: Language) -> str:
        """What the column is headed in that language."""
        return self._headers.get(fault.column, fault.column) if language == "vi" else fault.column


def problem(fault: Fault, language: Language) -> str:
    """What is wrong with the cell."""
    for key in (f"import_fault.{fault.code}", f"problem.{fault.code}"):
        if has(key):
            return text(key, language, limit=fault.limit)
    return fault.message or fault.code


def told(call: Call, error: FaultyError, headers: Mapping[str, str]) -> FaultyListError:
    """All faults as a table, where a person reads; the failure to raise."""
    failure = FaultyListError(error.faults, headers)
    if not call.json:
        answer(call, None, lambda paper: _render(call, failure, paper))
    return failure


def _render(call: Call, failure: FaultyListError, paper: Paper) -> None:
    rows = [
        (str(one.line), failure.header(one, call.language), one.value, Alert(problem(one, call.language)))
        for one in failure.faults
    ]
    paper.table([call.text(f"column.{name}") for name in COLUMNS], rows)
