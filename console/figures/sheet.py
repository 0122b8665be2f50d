"""Figures and lists in a file: CSV, XLSX or JSON, told apart by the file's ending."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from console.call import Call
from console.cells import AGES, CELLS, HANDED_ON, RELEASED, SUBSETS
from console.failures import FailedError, WrongUsageError
from console.figures.document import PLURALS, Json
from console.figures.question import ROLES
from console.sheets import Cell, Line, csv_bytes, xlsx_bytes
from domain.percentages import NAMES

ENDINGS: Final = (".csv", ".xlsx", ".json")
FRAME: Final = (
    "as_of", "provisional", "complete_through", "cohort", "from", "to", "against", "unit_of_count", "assumption",
)  # fmt: skip
"""Said above every table."""
_COUNTED: Final = (*CELLS, "done", "open", "total", "released", "given", "released_when_overdue", *HANDED_ON)
_TOOK: Final = ("median", "p90")


def check_ending(file: Path) -> None:
    """Raises ``WrongUsageError``."""
    if file.suffix.lower() not in ENDINGS:
        raise WrongUsageError("unknown_ending", file=str(file), endings=", ".join(ENDINGS))


def write(call: Call, document: Json, file: Path) -> None:
    """Figures or a list, as the ending asks for. Raises ``FailedError``."""
    try:
        file.write_bytes(_content(call, document, file.suffix.lower()))
    except OSError as error:
        raise FailedError("no_output", file=str(file), problem=error.strerror or str(error)) from error


def _content(call: Call, document: Json, ending: str) -> bytes:
    if ending == ".json":
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    body = _list(call, document) if "lines" in document else _table(call, document)
    lines = [*_frame(call, document), [], *body]
    return csv_bytes(lines) if ending == ".csv" else xlsx_bytes(lines, call.text("figure.sheet"))


def _frame(call: Call, document: Json) -> Iterator[Line]:
    for name in FRAME:
        yield [call.text(f"figure.{name}"), _cell(document[name])]
    for name, value in document["only"].items():
        yield [call.text("figure.only"), call.text(f"figure.by_{name}"), value]
    if document.get("not_in_total"):
        yield [call.text("figure.not_in_total"), *document["not_in_total"]]
    if document.get("without_deadline"):
        yield [call.text("figure.without_deadline"), *document["without_deadline"].values()]


def _table(call: Call, document: Json) -> Iterator[Line]:
    by = document["by"]
    keyed = [call.text(f"figure.{name}") for name in ("role", f"by_{by}", "name")]
    counted = [call.text(f"figure.{name}") for name in (*_COUNTED, *RELEASED, *SUBSETS, *AGES)]
    shares = [title for name in NAMES for title in _share_titles(call, name)]
    yield [*keyed, *counted, *shares, *(call.text(f"figure.{name}") for name in ("completed", *_TOOK))]
    for role in ROLES:
        for line in document[role][PLURALS[by]]:
            yield [role, line[by], line[f"{by}_name"], *_numbers(line)]
        yield [role, None, call.text("cli.all_units"), *_numbers(document[role]["all"])]
    yield []
    yield [*keyed, *(call.text(f"figure.{name}") for name in ("acknowledged", *_TOOK))]
    for line in document["receipts"][PLURALS[by]]:
        yield ["receipt", line[by], line[f"{by}_name"], *_took(line["acknowledged_in"])]
    yield ["receipt", None, call.text("cli.all_units"), *_took(document["receipts"]["all"]["acknowledged_in"])]


def _share_titles(call: Call, name: str) -> Iterator[str]:
    share = call.text(f"percentage.{name}")
    yield from (f"{share} – {call.text(f'figure.{part}')}" for part in ("numerator", "denominator"))
    yield f"{share}, %"


def _numbers(counted: Json) -> Iterator[Cell]:
    yield from (counted[name] for name in _COUNTED)
    yield from (counted["released_as"][name] for name in RELEASED)
    yield from (counted["of_which"][name] for name in SUBSETS)
    yield from (counted["overdue_days"][name] for name in AGES)
    for name in NAMES:
        share = counted["percentages"][name]
        yield from (share["numerator"], share["denominator"], _number(share["percent"]))
    yield from _took(counted["completed_in"])


def _took(duration: Json) -> Iterator[Cell]:
    yield from (duration["count"], *(_number(duration[name]) for name in _TOOK))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _list(call: Call, document: Json) -> Iterator[Line]:
    if document["lines"]:
        yield [call.text(f"figure.line_{title}") for title in document["lines"][0]]
    for line in document["lines"]:
        yield [_cell(value) for value in line.values()]


def _cell(value: Any) -> Cell:  # noqa: ANN401 - any JSON value
    return str(value).lower() if isinstance(value, bool) else value
