"""Papers that were running before the service: taken over on the real stack, once, whatever is repeated."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.running_papers import COLUMNS, GIVEN, LETTER, Papers, paper_line
from tests.support.typed import Said, Type

Import = Callable[..., Said]
FIGURES = (*GIVEN, *LETTER)


@pytest.fixture
def symbol() -> str:
    """Papers of one's own."""
    return f"N{uuid.uuid4().hex[:8].upper()}"


@pytest.fixture
def import_(cli: Type, tmp_path: Path) -> Import:
    def do(text: str, *options: str) -> Said:
        file = tmp_path / "papers.csv"
        file.write_text(text, encoding="utf-8")
        return cli("import", str(file), "--issuer", "ubnd-can-tho", *options)

    return do


def listed(*lines: dict[str, str]) -> str:
    return "\n".join([",".join(COLUMNS), *(",".join(line.get(name, "") for name in COLUMNS) for line in lines)])


def figures(cli: Type) -> dict[str, int]:
    counted = cli("stats", "--json").json["lead"]["all"]
    return {name: counted[name] for name in FIGURES}


def test_916_lines_reproduce_the_letters_figures_and_again_change_nothing(
    cli: Type, import_: Import, symbol: str
) -> None:
    before = figures(cli)
    text = Papers(24, symbol).csv()
    said = import_(text, "--json")
    assert said.code == 0, said.err
    first = said.json
    assert (first["lines"], first["directives"], first["issued"], first["already_there"]) == (916, 24, 24, 0)
    after = figures(cli)
    assert {name: after[name] - before[name] for name in FIGURES} == {**GIVEN, **LETTER}
    again = import_(text, "--json")
    assert (again.code, again.json) == (0, {**first, "issued": 0, "already_there": 24})
    assert figures(cli) == after
    assert cli("verify", f"1/{symbol}").code == 0


def test_a_list_with_one_fault_leaves_nothing_behind(cli: Type, import_: Import, symbol: str) -> None:
    assert import_(listed(paper_line("10", symbol), paper_line("11", symbol, unit="%%%"))).code == 1
    assert cli("show", f"10/{symbol}").code == 1


def test_what_was_there_before_is_left_alone_and_what_contradicts_it_is_refused(import_: Import, symbol: str) -> None:
    assert import_(listed(paper_line("10", symbol), paper_line("11", symbol))).code == 0
    corrected = listed(paper_line("12", symbol), paper_line("11", symbol, subject="khác"), paper_line("10", symbol))
    said = import_(corrected, "--json", "--lang", "en")
    assert (said.code, said.err) == (1, "import_refused: 1 of 3 directives were refused.\n")
    document = said.json
    assert (document["issued"], document["already_there"]) == (1, 1)
    [refused] = document["refused"]
    assert refused["stream"] == f"directive/ubnd-can-tho/2023/11-{symbol}"
    assert (refused["line"], refused["code"]) == (3, "duplicate")
    assert import_(corrected).code == 1


def test_an_imported_paper_shows_where_it_came_from_and_goes_on(cli: Type, import_: Import, symbol: str) -> None:
    days = {"deadline": "31/12/2099", "finished_on": "06/01/2023"}
    said = import_(listed(paper_line("10", symbol, **days), paper_line("10", symbol, item="2", task="Việc 2.")))
    assert said.code == 0, said.err
    assert "2" in said.out
    one = f"10/{symbol}"
    kinds = [event["type"] for event in cli("history", one, "--json").json]
    assert kinds == ["DirectiveIssued", "DeadlineSet", "AssignmentImported", "AssignmentImported"]
    assert "line 2" in cli("history", one, "--lang", "en").out
    unit = ("--unit", "so-noi-vu")
    assert cli("accept", one, "--item", "1", *unit, "--actor", "Chủ tịch").code == 0
    assert cli("report", one, "--item", "2", *unit, "--text", "xong", "--role", "unit_head").code == 0
    assert cli("accept", one, "--item", "2", *unit, "--actor", "Chủ tịch").code == 0
    assert cli("show", one, "--json").json["cells"]["lead"]["done_on_time"] == 2
