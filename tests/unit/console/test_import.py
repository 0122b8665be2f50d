"""directives import, as far as nothing is sent: the list is checked, in both languages."""

from pathlib import Path

import pytest

from catalogue import LANGUAGES, has
from console.faulty_list import problem
from console.input_files import SHIPPED
from intake.importing import Fault
from tests.support.running_papers import COLUMNS, Papers, paper_line
from tests.support.typed import Said, Type

CODES = (
    "no_column", "unknown_column", "column_twice", "cell_without_column", "no_lines", "empty", "no_day", "no_such_day",
    "no_such_word", "unknown_unit", "unknown_unit_near", "before_acknowledged", "before_finished", "state_secret",
    "differs", "unit_twice_since", "in_the_future", "before_issue", "accepted_unfinished", "each_support",
    "joint_lead", "string_pattern_mismatch", "string_too_long", "control_characters", "greater_than_equal",
    "less_than_equal", "too_long", "import_empty", "import_quotes", "import_no_workbook", "string_unicode",
)  # fmt: skip


@pytest.fixture
def papers(tmp_path: Path, type_: Type) -> Type:
    """Type the command about these lines."""

    def do(*options: str, lines: list[dict[str, str]]) -> Said:
        file = tmp_path / "papers.csv"
        rows = [",".join(COLUMNS), *(",".join(line.get(name, "") for name in COLUMNS) for line in lines)]
        file.write_text("\n".join(rows), encoding="utf-8")
        return type_("import", str(file), "--issuer", "ubnd-can-tho", "--data", str(tmp_path / "none"), *options)

    return do


def test_every_fault_has_words() -> None:
    assert [code for code in CODES if not (has(f"import_fault.{code}") or has(f"problem.{code}"))] == []


def test_a_fault_without_words_of_ours_is_told_in_those_of_the_rule() -> None:
    fault = Fault(line=2, column="task", code="unheard_of", message="will not do")
    assert [problem(fault, language) for language in LANGUAGES] == ["will not do", "will not do"]


def test_a_dry_run_counts_what_would_be_issued_and_needs_no_service(papers: Type) -> None:
    said = papers("--dry-run", "--json", lines=Papers(46).lines)
    assert (said.code, said.err) == (0, "")
    counted = said.json
    assert len(counted.pop("sha256")) == 64
    assert counted == {"file": "papers.csv", "directives": 46, "lines": 916, "finished": 682, "accepted": 682}
    assert "916" in papers("--dry-run", lines=Papers(46).lines).out


def test_the_example_is_a_list_without_faults(type_: Type) -> None:
    file = SHIPPED / "running-papers.csv"
    said = type_("import", str(file), "--issuer", "ubnd-can-tho", "--dry-run", "--json")
    assert (said.code, said.json["directives"], said.json["lines"]) == (0, 4, 12)


def test_faults_are_a_table_and_one_line_in_the_language_asked_for(papers: Type) -> None:
    lines = [paper_line(), paper_line("2", unit="Sở Nội vu", signer_name="")]
    said = papers("--lang", "en", lines=lines)
    assert said.code == 1
    first = "line 3, signer_name: must not be empty."
    assert said.err == f"import_faults: 2 faults in the list, nothing was sent; the first is in {first}\n"
    rows = said.out.splitlines()
    assert rows[0].split() == ["Line", "Column", "Value", "Problem"]
    assert rows[1].startswith("3     signer_name  –")
    assert "Sở Nội vu" in rows[2]
    assert "Sở Nội vụ (so-noi-vu)" in rows[2]
    vietnamese = papers(lines=lines)
    assert "Người ký" in vietnamese.out or "người ký" in vietnamese.out
    assert "dòng 3" in vietnamese.err


def test_for_scripts_the_faults_are_one_document(papers: Type) -> None:
    said = papers("--json", "--lang", "en", lines=[paper_line(deadline="31/02/2023")])
    assert said.code == 1
    document = said.json
    assert (document["outcome"], document["code"]) == ("failed", "import_faults")
    [fault] = document["problems"]
    assert (fault["line"], fault["column"], fault["code"], fault["value"]) == (
        2,
        "deadline",
        "no_such_day",
        "31/02/2023",
    )
    assert fault["reason"] == "the calendar has no such day"


def test_an_issuer_that_the_directory_does_not_know_is_refused(type_: Type, tmp_path: Path) -> None:
    file = tmp_path / "papers.csv"
    file.write_text(Papers(46).csv(), encoding="utf-8")
    said = type_("import", str(file), "--issuer", "nobody")
    assert (said.code, said.err.partition(":")[0]) == (1, "unknown_unit")


@pytest.mark.parametrize(("content", "words"), [(b"", "holds no lines"), (b'a\n"b', "x.csv: 2: quotes are not closed")])
def test_a_file_that_is_no_list_is_refused_in_words(type_: Type, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    said = type_("import", str(file), "--issuer", "ubnd-can-tho", "--lang", "en")
    assert (said.code, said.err.partition(":")[0]) == (1, "bad_file")
    assert words in said.err


def test_without_a_service_nothing_is_sent_and_it_may_be_given_again(papers: Type) -> None:
    assert papers("--timeout", "1", lines=[paper_line()]).code == 3
