"""The board as a document: the figures by unit and by month, as of one instant."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from console.board.ranking import ranked
from console.board.trend import without_gaps
from console.call import Call
from console.figures.document import read_figures
from console.figures.question import Question

Json = dict[str, Any]


async def read_board(call: Call, question: Question) -> Json:
    """What ``stats`` says of the question, by unit and by month. Raises ``ConsoleError``."""
    by_unit = await read_figures(call, replace(question, by="unit"))
    at = datetime.fromisoformat(by_unit["as_of"])
    by_month = await read_figures(call, replace(question, by="month", at=at))
    frame = {name: value for name, value in by_unit.items() if name not in ("lead", "support", "receipts", "by")}
    return {
        **frame,
        "all": by_unit["lead"]["all"],
        "units": ranked(by_unit["lead"]["units"]),
        "months": without_gaps(by_month["lead"]["months"]),
    }
