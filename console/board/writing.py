"""The board as a page."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from catalogue.times import day_shown
from console.board.ranking import ranking
from console.board.style import DASHES, FILLS
from console.board.trend import trend
from console.call import Call
from console.cells import AGES, CELLS, SUBSETS
from console.failures import FailedError
from console.pages import page
from console.times import shown
from domain.percentages import NAMES, percentage

Json = dict[str, Any]


def write(call: Call, document: Json, file: Path) -> None:
    """Raises ``FailedError``."""
    try:
        file.write_text(drawn(call, document), encoding="utf-8")
    except OSError as error:
        raise FailedError("no_output", file=str(file), problem=error.strerror or str(error)) from error


def drawn(call: Call, document: Json) -> str:
    """The whole page."""
    units, months = document["units"], document["months"]
    return page(
        call,
        "board",
        document=document,
        heading=heading(call, document),
        provisional=_provisional(call, document),
        ranking=ranking(units, [_late(call, one) for one in units], call.text("board.ranking")) if units else None,
        trend=trend(months, call.text("board.trend")) if months else None,
        cells=CELLS,
        subsets=SUBSETS,
        ages=AGES,
        fills=FILLS,
        dashes=DASHES,
        shares=[(name, percent(call, document["all"]["percentages"][name])) for name in NAMES],
    )


def heading(call: Call, document: Json) -> str:
    """As of when, and of which days."""
    as_of = shown(datetime.fromisoformat(document["as_of"]))
    if document["cohort"] == "all":
        return call.text("board.all", as_of=as_of)
    days = [document[name] and day_shown(date.fromisoformat(document[name])) for name in ("from", "to")]
    return call.text("board.assigned", as_of=as_of, since=days[0] or "…", until=days[1] or "…")


def percent(call: Call, share: Json) -> str:
    """With the marks of the language; a dash of nothing."""
    if share["percent"] is None:
        return "–"
    whole, tenth = share["percent"].split(".")
    return call.text("percentage.percent", whole=whole, tenth=tenth)


def _late(call: Call, unit: Json) -> str:
    return percent(call, percentage(unit["done_late"] + unit["open_overdue"], unit["total"])._asdict())


def _provisional(call: Call, document: Json) -> str | None:
    if not document["provisional"]:
        return None
    return call.text("board.provisional", complete_through=shown(datetime.fromisoformat(document["complete_through"])))
