"""parse: what intake understood of an official text, each value with its place in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from catalogue.rules import rule_shown
from catalogue.times import day_shown
from console.call import Call
from console.cautions import caution_line
from console.input_files import read_text
from console.options import LetterFile
from console.paper import Paper, answer
from intake import Reading, read
from intake.reading import Citation, CopyLine, ItemRead, Read, Span

HEAD: Final = (
    "number", "symbol", "kind", "issuer_parent", "issuer", "place", "issued_on", "abstract", "secrecy", "priority",
    "limited", "cascade", "signing_power", "position", "signer",
)  # fmt: skip
LISTS: Final = ("addressees", "also_addressed", "obligations", "copies", "links")
COLUMNS: Final = ("field", "span", "certainty", "value")

_Row = tuple[str, str, str, str]


def parse(call: Call, file: LetterFile) -> None:
    """Fields with spans (characters of the file, from 0), then warnings, then what was not understood."""
    reading = read(read_text(file))
    answer(call, reading.model_dump(mode="json"), lambda paper: _render(call, reading, paper))


def _render(call: Call, reading: Reading, paper: Paper) -> None:
    paper.table([call.text(f"column.{name}") for name in COLUMNS], list(_rows(call, reading)))
    if reading.warnings:
        paper.heading(call.text("cli.warnings"))
    for caution in reading.warnings:
        paper.line(caution_line(call, caution))
    if reading.not_understood:
        paper.heading(call.text("cli.not_understood"))
    for piece in reading.not_understood:
        paper.line(f"- {call.text(f'field.{piece.field}')} [{_span(piece.span)}]: {piece.text}")


def _rows(call: Call, reading: Reading) -> Iterator[_Row]:
    for name in HEAD:
        found: Read[Any] | None = getattr(reading, name)
        if found is not None:
            yield _row(call, call.text(f"field.{name}"), found, _words(call, found.value))
    for name in LISTS:
        field = call.text(f"field.{name}")
        for number, one in enumerate(getattr(reading, name), start=1):
            if isinstance(one, ItemRead):
                yield from _obligation(call, one)
            else:
                yield _row(call, f"{field} {number}", one, _words(call, one.value))
    if reading.figures is not None:
        for name in type(reading.figures).model_fields:
            figure: Read[int] | None = getattr(reading.figures, name)
            if figure is not None:
                yield _row(call, call.text(f"field.{name}"), figure, str(figure.value))


def _obligation(call: Call, item: ItemRead) -> Iterator[_Row]:
    field = f"{call.text('field.obligations')} {item.item.value}"
    yield _row(call, field, item.text, item.text.value)
    if item.holders is not None:
        yield _row(call, f"{field}, {call.text('field.holders')}", item.holders.phrase, item.holders.phrase.value)
        if item.holders.support is not None:
            support = item.holders.support
            yield _row(call, f"{field}, {call.text('field.support')}", support, support.value)
    if item.deadline is not None:
        yield _row(
            call,
            f"{field}, {call.text('field.deadline')}",
            item.deadline,
            rule_shown(item.deadline.value, call.language),
        )


def _row(call: Call, field: str, found: Read[Any], value: str) -> _Row:
    return field, ", ".join(map(_span, found.spans)), call.text(f"certainty.{found.certainty}"), value


def _words(call: Call, value: Any) -> str:  # noqa: ANN401 - any kind of value
    if isinstance(value, CopyLine):
        return f"{value.text} ({call.text(f'purpose.{value.purpose}')})"
    if isinstance(value, Citation):
        kind = call.text(f"link.{value.kind or 'unclear'}")
        day = f", {day_shown(value.issued_on)}" if value.issued_on else ""
        return f"{value.type_name} {value.notation}{day} ({kind})"
    if isinstance(value, bool):
        return call.text("cli.yes" if value else "cli.no")
    return day_shown(value) if isinstance(value, date) else str(value)


def _span(span: Span) -> str:
    return f"{span.start}–{span.end}"


COMMANDS = {"parse": parse}
