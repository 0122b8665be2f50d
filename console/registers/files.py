"""A register in a file: CSV, XLSX, or a page that can be printed, told apart by the file's ending."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from catalogue.times import day_shown
from console.call import Call
from console.failures import FailedError, WrongUsageError
from console.pages import page
from console.registers.reading import Json
from console.sheets import Line, csv_bytes, xlsx_bytes

ENDINGS: Final = (".csv", ".xlsx", ".html")


def check_ending(file: Path) -> None:
    """Raises ``WrongUsageError``."""
    if file.suffix.lower() not in ENDINGS:
        raise WrongUsageError("unknown_ending", file=str(file), endings=", ".join(ENDINGS))


def write(call: Call, document: Json, file: Path) -> None:
    """As the ending asks for. Raises ``FailedError``."""
    try:
        file.write_bytes(_content(call, document, file.suffix.lower()))
    except OSError as error:
        raise FailedError("no_output", file=str(file), problem=error.strerror or str(error)) from error


def period(call: Call, document: Json) -> str:
    """The days, and whose register it is."""
    days = {name: day_shown(date.fromisoformat(document[name])) for name in ("from", "to")}
    return call.text("register.period", since=days["from"], until=days["to"], unit=document["unit"] or "–")


def _content(call: Call, document: Json, ending: str) -> bytes:
    if ending == ".html":
        return page(call, "register", document=document, period=period(call, document)).encode()
    lines = list(_table(document))
    return csv_bytes(lines) if ending == ".csv" else xlsx_bytes(lines, call.text("register.sheet"))


def _table(document: Json) -> Iterator[Line]:
    yield [column["title"] for column in document["columns"]]
    # The decree numbers the columns.
    yield [f"({number})" for number, _ in enumerate(document["columns"], start=1)]
    for line in document["lines"]:
        yield list(line.values())
