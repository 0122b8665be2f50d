"""The registers of Decree 30/2020, Appendix IV, filled from a life."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.typed import Type

TODAY = (datetime.now(UTC) + timedelta(hours=7)).date()
"""Where the offices are."""
DAYS = ("--from", (TODAY - timedelta(days=1)).isoformat(), "--to", (TODAY + timedelta(days=1)).isoformat())
ISSUED = ("--from", "2026-11-02", "--to", "2026-11-02")
FORMULA = '=HYPERLINK("http://example.invalid")'


@pytest.fixture
def number(cli: Type, issued: Callable[..., str]) -> str:
    """A directive whose subject begins like a formula, acknowledged by one of its units."""
    number = issued("unit-r", "unit-s", document={"subject": FORMULA})
    assert cli("acknowledge", number, "--unit", "unit-r").code == 0
    return number


def lines_of(cli: Type, number: str, *argv: str) -> list[dict[str, str]]:
    said = cli("register", *argv, "--json")
    assert said.code == 0, said.err
    return [line for line in said.json["lines"] if number in json.dumps(line, ensure_ascii=False)]


def test_each_register_has_the_columns_of_the_decree_in_its_order(cli: Type, number: str) -> None:
    counts = {
        which: len(cli("register", which, *ISSUED, "--json").json["columns"]) for which in ("follow-up", "in", "out")
    }
    assert counts == {"follow-up": 7, "in": 10, "out": 10}
    titles = [one["title"] for one in cli("register", "follow-up", *ISSUED, "--json", "--lang", "vi").json["columns"]]
    assert titles == [
        "Số đến",
        "Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản",
        "Đơn vị hoặc người nhận",
        "Thời hạn giải quyết",
        "Tiến độ giải quyết",
        "Số, ký hiệu văn bản trả lời",
        "Ghi chú",
    ]


def test_the_register_of_incoming_documents_is_that_of_the_unit_that_received(cli: Type, number: str) -> None:
    [received] = lines_of(cli, number, "in", *DAYS, "--unit", "unit-r", "--lang", "en")
    assert (received["receiver"], received["number"]) == ("Sở unit-r", number)
    assert received["signature"].startswith("acknowledged ")
    [other] = lines_of(cli, number, "in", *DAYS, "--unit", "unit-s", "--lang", "en")
    assert other["signature"] == ""
    assert len(lines_of(cli, number, "in", *DAYS)) == 2


def test_the_register_of_outgoing_documents_says_who_signed_and_how_many_answered(cli: Type, number: str) -> None:
    [line] = lines_of(cli, number, "out", *ISSUED, "--unit", "ubnd", "--lang", "en")
    assert (line["signer"], line["document_date"]) == ("CHỦ TỊCH Signer", "02/11/2026")
    assert line["signature"] == "1 of 2 units have acknowledged"
    assert lines_of(cli, number, "out", *ISSUED, "--unit", "unit-r") == []


def test_the_follow_up_says_how_far_each_unit_has_come(cli: Type, number: str) -> None:
    assert cli("progress", number, "--unit", "unit-r", "--item", "1", "--percent", "40").code == 0
    first, second = lines_of(cli, number, "follow-up", *ISSUED, "--lang", "en")
    assert (first["receiver"], first["progress"]) == ("Sở unit-r", "open; 40%")
    assert (second["receiver"], second["progress"]) == ("Sở unit-s", "open")
    assert first["arrival_number"] == first["reply"] == ""


def test_what_people_wrote_stays_words_in_every_file(cli: Type, number: str, tmp_path: Path) -> None:
    files = [tmp_path / f"out{ending}" for ending in (".csv", ".xlsx", ".html")]
    for file in files:
        assert cli("register", "in", *DAYS, "--unit", "unit-r", "--out", str(file), "--lang", "en").code == 0
    subject = f"Công văn: {FORMULA}"
    table = list(csv.reader(io.StringIO(files[0].read_text(encoding="utf-8-sig"))))
    assert table[1] == [f"({place})" for place in range(1, 11)]
    assert subject in [row[5] for row in table]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row)
    [sheet] = load_workbook(files[1]).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    page = files[2].read_text(encoding="utf-8")
    assert FORMULA not in page
    assert "=HYPERLINK(&#34;" in page
    assert "<script" not in page


def test_days_that_are_reversed_and_endings_that_nobody_knows_are_wrong_usage(cli: Type, tmp_path: Path) -> None:
    reversed_ = cli("register", "in", "--from", "2026-01-02", "--to", "2026-01-01")
    assert (reversed_.code, reversed_.err.partition(":")[0]) == (2, "days_reversed")
    unknown = cli("register", "in", *DAYS, "--out", str(tmp_path / "register.pdf"))
    assert (unknown.code, unknown.err.partition(":")[0]) == (2, "unknown_ending")


def test_the_board_is_drawn_from_the_figures_of_stats(cli: Type, number: str, tmp_path: Path) -> None:
    file = tmp_path / "board.html"
    at = ("--as-of", TODAY.isoformat())
    board = cli("board", "--out", str(file), *at, "--json")
    assert board.code == 0, board.err
    stats = cli("stats", *at, "--json").json
    assert board.json["all"] == stats["lead"]["all"]
    assert {one["unit"]: one for one in board.json["units"]} == {
        one["unit"]: one for one in stats["lead"]["units"] if one["total"]
    }
    for name in ("done", "open", "total"):
        assert sum(one[name] for one in board.json["months"] if name in one) == stats["lead"]["all"][name]
    assert "Sở unit-r" in file.read_text(encoding="utf-8")
    assert cli("board", "--out", str(tmp_path / "board.pdf")).code == 2
