"""The figures for people."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from catalogue.times import day_shown
from console.call import Call
from console.cells import AGES, CELLS, HANDED_ON, RELEASED, SUBSETS
from console.figures.document import PLURALS, Json
from console.figures.question import ROLES
from console.paper import EMPTY, Alert, Paper
from console.times import deadline_shown, shown

_COUNTED: Final = (*CELLS, "done", "open", "total")
_APART: Final = (*RELEASED, "released", "released_when_overdue", *HANDED_ON, "given")
_NAMELESS: Final = ("field", "kind", "signer", "month", "group")
"""Groupings whose key says all."""


def render_figures(call: Call, document: Json, paper: Paper) -> None:
    """All of a document of figures."""
    render_frame(call, document, paper)
    for role in ROLES:
        if role == "lead" or document[role][PLURALS[document["by"]]]:
            _render_block(call, role, document, paper)
    _render_receipts(call, document, paper)
    paper.line()
    paper.line(document["assumption"])


def render_frame(call: Call, document: Json, paper: Paper) -> None:
    """As of when, of which cohort, against which deadlines, and whether that is final."""
    paper.line(call.text(f"cli.stats_{document['cohort']}", **_days(document)))
    if document["provisional"]:
        complete = deadline_shown(datetime.fromisoformat(document["complete_through"]))
        paper.line(call.text("cli.stats_provisional", complete_through=complete))
    paper.line(call.text(f"cli.stats_{document['against']}"))
    for name, value in document["only"].items():
        paper.line(call.text("cli.stats_only", name=call.text(f"figure.by_{name}"), value=value))


def render_percentages(call: Call, found: Json, paper: Paper) -> None:
    """Each with what it is of what; a dash of nothing."""
    paper.line()
    paper.facts((call.text(f"percentage.{name}"), _percentage(call, **one)) for name, one in found.items())


def render_list(call: Call, document: Json, paper: Paper) -> None:
    """The lines behind a number, each with what to type to see its events."""
    render_frame(call, document, paper)
    name, count = call.text(f"figure.{document['listed']}"), len(document["lines"])
    role = document["role"]
    paper.heading(call.text("cli.stats_list", name=name, count=count))
    if role is not None:
        paper.line(call.text(f"cli.stats_{role}"))
    if document["lines"]:
        titles = [title for title in _LINE if title in document["lines"][0]]
        headers = [call.text(f"figure.line_{title}") for title in titles]
        paper.table(headers, [[_cell(call, title, line[title]) for title in titles] for line in document["lines"]])
    paper.line()
    paper.line(document["assumption"])


_LINE: Final = (
    "number", "issued_date", "item", "occurrence", "revision", "unit_name", "unit", "cell", "due", "finish", "days",
    "working_days", "after_name", "at", "next",
)  # fmt: skip
"""Columns of a list, as far as its lines have them."""


def _cell(call: Call, title: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is None:
        return EMPTY
    match title:
        case "cell":
            return call.text(f"figure.{value}")
        case "issued_date":
            return day_shown(date.fromisoformat(value))
        case "due":
            return deadline_shown(datetime.fromisoformat(value))
        case "finish" | "at":
            return shown(datetime.fromisoformat(value))
    return str(value)


def _percentage(call: Call, numerator: int, denominator: int, percent: str | None) -> str:
    share = EMPTY if percent is None else call.text("percentage.percent", **_parts(percent))
    return f"{share} ({numerator}/{denominator})"


def _parts(number: str) -> dict[str, str]:
    whole, _, tenth = number.partition(".")
    return {"whole": whole, "tenth": tenth}


def _days(document: Json) -> dict[str, str]:
    days = {key: day_shown(date.fromisoformat(document[key])) if document[key] else EMPTY for key in ("from", "to")}
    return {
        "as_of": deadline_shown(datetime.fromisoformat(document["as_of"])),
        "since": days["from"],
        "until": days["to"],
    }


def _render_block(call: Call, role: str, document: Json, paper: Paper) -> None:
    block, by = document[role], document["by"]
    paper.heading(call.text(f"cli.stats_{role}"))
    lines = [[*_named(by, line), *_numbers(line)] for line in block[PLURALS[by]]]
    together = [call.text("cli.all_units"), *([] if by in _NAMELESS else [""])]
    paper.table([*_titles(call, by), *_column_titles(call)], [*lines, [*together, *_numbers(block["all"])]])
    if document["not_in_total"]:
        paper.line(call.text("cli.stats_not_in_total", issuers=", ".join(document["not_in_total"])))
    if document["without_deadline"]:
        paper.line(call.text("cli.stats_without_deadline", count=document["without_deadline"][role]))
    _render_counted(call, "of_which", SUBSETS, block["all"]["of_which"], paper)
    _render_counted(call, "overdue_days", AGES, block["all"]["overdue_days"], paper)
    render_percentages(call, block["all"]["percentages"], paper)
    _render_took(call, "completed", block["all"]["completed_in"], paper)
    _render_apart(call, block, by, paper)


def _titles(call: Call, by: str) -> list[str]:
    if by == "unit":
        return [call.text(f"column.{name}") for name in ("unit_name", "unit")]
    return [call.text(f"figure.by_{by}"), *([] if by in _NAMELESS else [call.text("figure.key")])]


def _column_titles(call: Call) -> list[str]:
    return [call.text(f"column.{name}") for name in _COUNTED]


def _named(by: str, line: Json) -> Sequence[str]:
    return [line[f"{by}_name"]] if by in _NAMELESS else [line[f"{by}_name"], line[by]]


def _numbers(counted: Json) -> list[str]:
    figures = [str(counted[column]) for column in _COUNTED]
    at = _COUNTED.index("open_overdue")
    if counted["open_overdue"]:
        figures[at] = Alert(figures[at])
    return figures


def _render_counted(call: Call, title: str, names: Sequence[str], counted: dict[str, int], paper: Paper) -> None:
    """Those that there are: most of the time there are few."""
    there = [f"{call.text(f'figure.{name}')} {counted[name]}" for name in names if counted[name]]
    if there:
        paper.line()
        paper.line(f"{call.text(f'figure.{title}')}: {'; '.join(there)}")


def _render_took(call: Call, name: str, took: Json, paper: Paper) -> None:
    if took["count"]:
        days = {key: call.text("figure.days", **_parts(took[key])) for key in ("median", "p90")}
        paper.line(call.text(f"cli.stats_{name}", count=took["count"], **days))


def _render_apart(call: Call, block: Json, by: str, paper: Paper) -> None:
    """Nothing is laundered: what units got rid of stands beside what they are counted for."""
    concerned = [line for line in block[PLURALS[by]] if line["released"] or line["handed_on"]]
    if not concerned:
        return
    paper.heading(call.text("figure.apart"))
    together = [call.text("cli.all_units"), *([] if by in _NAMELESS else [""])]
    titles = [*_titles(call, by), *(call.text(f"figure.{name}") for name in _APART)]
    lines = [[*_named(by, line), *_apart(line)] for line in concerned]
    paper.table(titles, [*lines, [*together, *_apart(block["all"])]])


def _apart(counted: Json) -> list[str]:
    figures = {**counted, **counted["released_as"]}
    return [str(figures[name]) for name in _APART]


def _render_receipts(call: Call, document: Json, paper: Paper) -> None:
    took = document["receipts"]["all"]["acknowledged_in"]
    if took["count"]:
        paper.heading(call.text("cli.stats_receipts"))
        _render_took(call, "acknowledged", took, paper)
