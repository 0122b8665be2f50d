"""A list of running papers: what becomes of it, and what is wrong with it, by line and column."""

from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from domain.directive import Directive
from domain.imported import ImportedLine
from intake.importing import Books, Fault, FaultyError, draft_all, read_table
from intake.importing.columns import HEADERS
from intake.importing.table import Row, Table
from tests.support.running_papers import BOOKS, COLUMNS, ISSUER, TODAY, Papers, paper_line

OTHER = "so-tai-chinh"


class Drafted(Protocol):
    def __call__(self, *lines: dict[str, str], text: str | None = None) -> list[Directive]: ...


class Faults(Protocol):
    def __call__(self, *lines: dict[str, str], text: str | None = None) -> list[tuple[int, str, str]]: ...


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    def do(*lines: dict[str, str], text: str | None = None) -> list[Directive]:
        file = tmp_path / "papers.csv"
        rows = [",".join(COLUMNS), *(",".join(line.get(name, "") for name in COLUMNS) for line in lines)]
        file.write_text(text if text is not None else "\n".join(rows), encoding="utf-8")
        return draft_all(read_table(file), ISSUER, BOOKS, TODAY)

    return do


@pytest.fixture
def faults(drafted: Drafted) -> Faults:
    def do(*lines: dict[str, str], text: str | None = None) -> list[tuple[int, str, str]]:
        with pytest.raises(FaultyError) as caught:
            drafted(*lines, text=text)
        return [(one.line, one.column, one.code) for one in caught.value.faults]

    return do


def test_lines_of_one_number_symbol_and_day_make_one_directive(drafted: Drafted) -> None:
    first, second = drafted(
        paper_line("9", item="1", deadline="31/03/2023"),
        paper_line("10"),
        paper_line("09", subject="nhiệm vụ của văn bản 9", item="2", unit="Sở Tài chính"),
    )
    assert [one.document.code_number for one in (first, second)] == ["9", "10"]
    assert [(one.item, one.lead, one.deadline.kind) for one in first.obligations] == [
        ("1", ["so-noi-vu"], "date"),
        ("2", ["so-tai-chinh"], "none"),
    ]
    assert [(one.assignment, one.line) for one in lines_of(first)] == [("1.1", 2), ("2.1", 4)]
    assert first.document.organ_name == ISSUER.name
    assert {"ubnd-can-tho", "so-noi-vu", "so-tai-chinh"} <= {unit.id for unit in first.directory.units}


def test_units_of_one_item_are_numbered_as_the_directive_numbers_its_assignments(drafted: Drafted) -> None:
    joint = {"mode": "joint", "deadline": "2023-03-31"}
    [one] = drafted(
        paper_line(role="phối hợp", unit="so-y-te", **joint),
        paper_line(role="support", unit=OTHER, **joint),
        paper_line(role="Chủ trì", **joint),
    )
    [task] = one.obligations
    assert (task.mode, task.lead, task.support) == ("joint", ["so-noi-vu"], ["so-y-te", OTHER])
    assert {line.assignment: line.line for line in lines_of(one)} == {"1.1": 4, "1.2": 2, "1.3": 3}


def test_dates_priorities_and_words_are_understood_as_people_write_them(drafted: Drafted) -> None:
    days = {"acknowledged_on": "5-1-2023", "finished_on": "06.01.2023", "accepted_on": "2023-01-07"}
    [one] = drafted(paper_line(priority="Hỏa tốc", mode="Từng đơn vị", **days))
    [line] = lines_of(one)
    assert (line.acknowledged_on, line.finished_on, line.accepted_on) == tuple(date(2023, 1, day) for day in (5, 6, 7))
    assert one.document.priority == 3


def test_a_list_with_vietnamese_headers_in_any_order_says_the_same(drafted: Drafted) -> None:
    line = paper_line(deadline="31/03/2023")
    columns = list(reversed(COLUMNS))
    head = ";".join(HEADERS[column].upper() for column in columns)
    text = f"\ufeff{head}\r\n{';'.join(line.get(column, '') for column in columns)}\r\n"
    # Where it stood in which file is not what a paper says.
    assert [one.sha256() for one in drafted(text=text)] == [one.sha256() for one in drafted(line)]


def test_empty_lines_are_passed_over_and_a_cell_of_several_lines_counts_as_such(drafted: Drafted) -> None:
    first, second = paper_line(task='"Việc\nhai dòng"'), paper_line("2")
    rows = [",".join(one.get(name, "") for name in COLUMNS) for one in (first, second)]
    text = "\n".join([",".join(COLUMNS), "", ",,,", rows[0], "", rows[1]])
    assert [lines_of(one)[0].line for one in drafted(text=text)] == [4, 7]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"number": ""}, "number", "empty"),
        ({"unit": ""}, "unit", "empty"),
        ({"task": ""}, "task", "empty"),
        ({"issued_date": ""}, "issued_date", "empty"),
        ({"number": "mười"}, "number", "string_pattern_mismatch"),
        ({"symbol": "UBND NC"}, "symbol", "string_pattern_mismatch"),
        ({"item": "1)"}, "item", "string_pattern_mismatch"),
        ({"subject": "x" * 501}, "subject", "string_too_long"),
        ({"signer_name": "x" * 51}, "signer_name", "string_too_long"),
        ({"signer_position": "x" * 101}, "signer_position", "string_too_long"),
        ({"kind": "x\x07"}, "kind", "control_characters"),
        ({"task": "x" * 20_001}, "task", "string_too_long"),
        ({"issued_date": "3/1/23"}, "issued_date", "no_day"),
        ({"issued_date": "01/13/2023"}, "issued_date", "no_such_day"),
        ({"issued_date": "03/01/1066"}, "issued_date", "greater_than_equal"),
        ({"deadline": "30/02/2023"}, "deadline", "no_such_day"),
        ({"deadline": "cuối tháng"}, "deadline", "no_day"),
        ({"deadline": "02/01/2023"}, "deadline", "before_issue"),
        ({"acknowledged_on": "02/01/2023"}, "acknowledged_on", "before_issue"),
        ({"acknowledged_on": "25/11/2026"}, "acknowledged_on", "in_the_future"),
        ({"finished_on": "25/11/2026"}, "finished_on", "in_the_future"),
        ({"finished_on": "03/01/2023"}, "finished_on", "before_acknowledged"),
        ({"finished_on": "02/01/2023", "acknowledged_on": ""}, "finished_on", "before_issue"),
        ({"finished_on": "05/01/2023", "accepted_on": "04/01/2023"}, "accepted_on", "before_finished"),
        ({"accepted_on": "05/01/2023"}, "accepted_on", "accepted_unfinished"),
        ({"unit": "Sở Nội vu"}, "unit", "unknown_unit_near"),
        ({"unit": "%%%"}, "unit", "unknown_unit"),
        # A group is not a unit.
        ({"unit": "các sở"}, "unit", "unknown_unit"),
        ({"role": "boss"}, "role", "no_such_word"),
        ({"role": "support"}, "role", "each_support"),
        ({"mode": "joint", "role": "support"}, "role", "joint_lead"),
        ({"mode": "together"}, "mode", "no_such_word"),
        ({"priority": "4"}, "priority", "no_such_word"),
    ],
)
def test_a_cell_that_will_not_do_is_named_by_line_and_column(
    faults: Faults, cells: dict[str, str], column: str, code: str
) -> None:
    assert faults(paper_line("2"), paper_line(**cells)) == [(3, column, code)]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"subject": "khác"}, "subject", "differs"),
        ({"kind": "chỉ thị"}, "kind", "differs"),
        ({"signer_name": "Người Khác"}, "signer_name", "differs"),
        ({"priority": "1"}, "priority", "differs"),
        # A number is given once a year.
        ({"issued_date": "04/01/2023"}, "issued_date", "differs"),
        ({"task": "Việc khác."}, "task", "differs"),
        ({"deadline": "31/03/2023"}, "deadline", "differs"),
        ({"unit": "Sở Nội vụ", "item": "2", "acknowledged_on": "05/01/2023"}, "acknowledged_on", "differs"),
        ({"unit": "Sở Nội vụ"}, "unit", "unit_twice_since"),
    ],
)
def test_lines_of_one_paper_that_say_different_things_are_named(
    faults: Faults, cells: dict[str, str], column: str, code: str
) -> None:
    assert faults(paper_line(), paper_line(**{"unit": OTHER, **cells})) == [(3, column, code)]


@pytest.mark.parametrize("secrecy", ["Mật", "tối mật", "TUYỆT MẬT"])
def test_a_state_secret_is_not_taken(faults: Faults, secrecy: str) -> None:
    line = {**paper_line(), "secrecy": secrecy}
    text = f"{','.join(line)}\n{','.join(line.values())}"
    assert faults(text=text) == [(2, "secrecy", "state_secret")]


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_lines(faults: Faults) -> None:
    assert faults(
        paper_line("1", issued_date="03/01/2099"),
        paper_line("2", unit="%%%", deadline="x"),
        paper_line("3"),
        paper_line("3", subject="", unit=OTHER, finished_on="04/01/2099", accepted_on="03/01/2022"),
    ) == [
        (2, "issued_date", "in_the_future"),
        (2, "acknowledged_on", "before_issue"),
        (3, "deadline", "no_day"),
        (3, "unit", "unknown_unit"),
        (5, "subject", "empty"),
        (5, "finished_on", "in_the_future"),
        (5, "accepted_on", "before_finished"),
        (5, "subject", "differs"),
    ]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (",".join(COLUMNS[1:]), (1, "number", "no_column")),
        (",".join([*COLUMNS, "note"]), (1, "", "unknown_column")),
        (",".join([*COLUMNS, "Số"]), (1, "number", "column_twice")),
        (",".join(COLUMNS), (1, "", "no_lines")),
    ],
)
def test_headers_that_are_missing_unknown_or_doubled_are_named(
    faults: Faults, head: str, fault: tuple[int, str, str]
) -> None:
    assert faults(text=head) == [fault]


def test_a_cell_under_no_header_is_a_separator_too_many(faults: Faults) -> None:
    line = ",".join(paper_line().get(name, "") for name in COLUMNS)
    assert faults(text=f"{','.join(COLUMNS)}\n{line},stray") == [(2, "", "cell_without_column")]


def test_a_paper_of_more_obligations_than_a_directive_may_hold_is_named_by_its_first_line(faults: Faults) -> None:
    lines = [paper_line(item=str(number), unit=OTHER) for number in range(1, 502)]
    assert faults(paper_line("2"), *lines) == [(3, "", "too_long")]


def test_a_unit_is_looked_up_as_it_was_on_the_day_of_the_paper() -> None:
    day = date(2023, 1, 3)
    gone = [unit.model_copy(update={"valid_to": day}) if unit.id == OTHER else unit for unit in BOOKS.directory.units]
    books = Books(BOOKS.directory.model_copy(update={"units": gone}), BOOKS.calendar, BOOKS.policy)
    line = paper_line(unit=OTHER, issued_date="04/01/2023")
    assert len(_lines(books, {**line, "issued_date": "03/01/2023"})) == 1
    with pytest.raises(FaultyError) as caught:
        _lines(books, line)
    assert [one.column for one in caught.value.faults] == ["unit"]


def test_a_fault_holds_the_cell_and_what_the_sentence_speaks_of(drafted: Drafted) -> None:
    with pytest.raises(FaultyError) as caught:
        drafted(paper_line(unit="Sở Nội vu", priority="9"))
    by_column: dict[str, Fault] = {one.column: one for one in caught.value.faults}
    assert by_column["unit"].value == "Sở Nội vu"
    assert "Sở Nội vụ (so-noi-vu)" in by_column["unit"].limit
    assert "hỏa tốc" in by_column["priority"].limit


def test_a_fault_tells_the_cell_as_it_was_typed(drafted: Drafted) -> None:
    typed = {"issued_date": "02/06/2023", "acknowledged_on": "5.6.2023", "mode": "Từng đơn vị"}
    with pytest.raises(FaultyError) as caught:
        drafted(
            paper_line(**typed),
            paper_line(**{**typed, "issued_date": "2023-06-03", "mode": "PHỐI HỢP", "unit": OTHER}),
            paper_line("2", **{**typed, "acknowledged_on": "1-6-2023"}),
            paper_line("ba", **typed),
        )
    assert [(one.line, one.column, one.code, one.value) for one in caught.value.faults] == [
        (3, "issued_date", "differs", "2023-06-03"),
        (3, "mode", "differs", "PHỐI HỢP"),
        (4, "acknowledged_on", "before_issue", "1-6-2023"),
        (5, "number", "string_pattern_mismatch", "ba"),
    ]


def test_a_state_secret_is_told_by_the_word_of_the_list(drafted: Drafted) -> None:
    line = {**paper_line(), "secrecy": "Tối  mật"}
    with pytest.raises(FaultyError) as caught:
        drafted(text=f"{','.join(line)}\n{','.join(line.values())}")
    assert [one.value for one in caught.value.faults] == ["Tối  mật"]


def test_the_letters_916_lines_become_as_many_directives_as_there_are_papers(drafted: Drafted) -> None:
    papers = Papers(46)
    directives = drafted(*papers.lines)
    assert len(directives) == 46
    assert sum(len(lines_of(one)) for one in directives) == 916
    assert len({one.imported.sha256 for one in directives if one.imported}) == 1


def lines_of(one: Directive) -> list[ImportedLine]:
    assert one.imported is not None
    return one.imported.lines


def _lines(books: Books, line: dict[str, str]) -> list[Directive]:
    rows = [Row(1, list(COLUMNS)), Row(2, [line.get(name, "") for name in COLUMNS])]
    return draft_all(Table("papers.csv", "a" * 64, rows), ISSUER, books, TODAY)
