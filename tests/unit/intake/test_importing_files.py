"""The two kinds of files that a list may come in, and whatever else is taken for one."""

import io
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from domain.directive import Directive
from intake import InputError
from intake.importing import Fault, FaultyError, Table, draft_all, read_table
from intake.importing.columns import HEADERS
from intake.importing.table import Row, csv_rows
from intake.importing.workbook import workbook_rows
from tests.support.running_papers import BOOKS, COLUMNS, ISSUER, TODAY, paper_line

WRITTEN = datetime(2023, 1, 3)  # noqa: DTZ001 - cells of a workbook know no time zone


def workbook(*rows: Sequence[Any]) -> bytes:
    book, content = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(content)
    return content.getvalue()


def test_a_workbook_says_what_the_same_list_says_as_csv(tmp_path: Path) -> None:
    line = paper_line("9", item="1.2", deadline="31/03/2023", priority="1")
    typed: dict[str, Any] = {
        "number": 9, "item": 1.2, "priority": 1.0, "issued_date": WRITTEN, "deadline": date(2023, 3, 31),
    }  # fmt: skip
    (tmp_path / "papers.csv").write_text(
        "\n".join([",".join(COLUMNS), ",".join(line.get(name, "") for name in COLUMNS)]), encoding="utf-8"
    )
    rows: list[Sequence[Any]] = [
        [HEADERS[name] for name in COLUMNS],
        [],
        [typed.get(name, line.get(name)) for name in COLUMNS],
    ]
    (tmp_path / "papers.XLSX").write_bytes(workbook(*rows))
    by_csv, by_workbook = (
        draft_all(read_table(tmp_path / name), ISSUER, BOOKS, TODAY) for name in ("papers.csv", "papers.XLSX")
    )
    assert [one.sha256() for one in by_workbook] == [one.sha256() for one in by_csv]
    assert by_workbook[0].imported is not None
    assert (by_workbook[0].imported.file, by_workbook[0].imported.lines[0].line) == ("papers.XLSX", 3)


def test_cells_of_a_workbook_become_what_a_person_would_type() -> None:
    cells = ["  x ", 3, 3.0, 1.5, True, None, WRITTEN, WRITTEN.replace(hour=9, minute=30), date(2023, 1, 3)]
    [(line, texts)] = workbook_rows("x", workbook(cells))
    assert line == 1
    assert texts == ["x", "3", "3", "1.5", "True", "", "2023-01-03", "2023-01-03T09:30:00", "2023-01-03"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "import_empty"),
        ("a.csv", b"\xef\xbb\xbf\n,,\n", "import_empty"),
        ("a.csv", b"s\xe1\xbb", "string_unicode"),
        ("a.csv", "số".encode("utf-16"), "string_unicode"),
        ("a.csv", b'number\n"open', "import_quotes"),
        ("a.csv", b'number\n"a" b', "import_quotes"),
        ("a.csv", b"number\n" + b"x" * 200_000, "import_quotes"),
        ("a.xlsx", b"number,symbol", "import_no_workbook"),
        ("a.xlsx", workbook(["number"])[:-40], "import_no_workbook"),
        ("a.xlsx", workbook(), "import_empty"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_table(tmp_path / name)
    assert (caught.value.source, caught.value.reason) == (str(tmp_path / name), reason)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_table(tmp_path / "nowhere.csv")


WORDS = st.sampled_from(
    [
        *HEADERS,
        *HEADERS.values(),
        *paper_line().values(),
        "31/12/2022",
        "9999-12-31",
        "mật",
        "joint",
        "support",
        "٣/1/2023",
    ]
)
CELL = st.one_of(WORDS, st.text(max_size=8), st.just(""))


def drafted(rows: list[Row]) -> list[Directive] | list[Fault]:
    """The directives, or what is wrong. Anything else that is raised is a crash."""
    try:
        return draft_all(Table("x.csv", "a" * 64, rows), ISSUER, BOOKS, TODAY)
    except FaultyError as error:
        return error.faults


@given(st.text())
@settings(max_examples=200)
def test_any_text_is_no_list_and_said_to_be_none(text: str) -> None:
    # As a file may hold it: what no encoding knows cannot stand in one.
    with suppress(InputError):
        rows = [Row(line, cells) for line, cells in csv_rows("x.csv", text.encode(errors="replace")) if any(cells)]
        assert not rows or drafted(rows)


@given(st.lists(st.lists(CELL, max_size=len(COLUMNS) + 1), max_size=4), st.booleans())
@settings(max_examples=300)
def test_any_cells_under_the_headers_are_directives_or_faults_that_name_line_and_column(
    cells: list[list[str]],
    sensible: bool,
) -> None:
    sound = [paper_line().get(name, "") for name in COLUMNS]
    rows = [Row(1, list(COLUMNS))]
    for number, drawn in enumerate(cells, start=2):
        # Some cells of a good line replaced, so that the later checks are met, too.
        mixed = [one or other for one, other in zip(drawn, sound, strict=False)] + sound[len(drawn) :]
        rows.append(Row(number, mixed if sensible else drawn))
    lines = 0
    for one in drafted(rows):
        if isinstance(one, Fault):
            assert 1 <= one.line <= len(rows)
            assert one.column in {"", *HEADERS}
        else:
            assert one.imported is not None
            lines += len(one.imported.lines)
    assert lines in (0, len(cells))


@given(st.binary(max_size=400))
@settings(max_examples=100)
def test_any_bytes_are_no_workbook_and_say_so(content: bytes) -> None:
    with pytest.raises(InputError):
        list(workbook_rows("x.xlsx", content))
