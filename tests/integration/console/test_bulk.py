"""Many at once: acknowledged, accepted from a list, tried before."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.console.conftest import Issue
from tests.support.typed import Said, Type

Listed = Callable[..., Said]
HEADER = "directive,item,unit,assignment"


@pytest.fixture
def listed(cli: Type, tmp_path: Path) -> Listed:
    """Type `accept --file` with these lines, as the chairman."""

    def do(lines: list[str], *options: str, header: str = HEADER) -> Said:
        file = tmp_path / "list.csv"
        file.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        return cli("accept", "--file", str(file), "--actor", "Chủ tịch", *options)

    return do


def reported(cli: Type, one: str, *units: str) -> None:
    for unit in units:
        assert cli("acknowledge", one, "--unit", unit).code == 0
        assert cli("report", one, "--unit", unit, "--text", "xong", "--role", "unit_head").code == 0


def kinds(cli: Type, one: str) -> list[str]:
    """What commands brought about: mails arrive when they do."""
    kinds = [event["type"] for event in cli("history", one, "--json").json]
    return [kind for kind in kinds if kind != "ReceiptDelivered"]


def test_a_unit_acknowledges_all_that_it_has_not_yet(cli: Type, issued: Issue) -> None:
    unit = "unit-with-a-heap"
    ones = [issued(unit, "unit-a") for _ in range(3)]
    assert cli("acknowledge", ones[0], "--unit", unit).code == 0
    said = cli("acknowledge", "--unit", unit, "--all", "--json")
    assert said.code == 0
    assert [answer["outcome"] for answer in said.json] == ["done", "done"]
    assert all(kinds(cli, one).count("Acknowledged") == 1 for one in ones)
    again = cli("acknowledge", "--unit", unit, "--all")
    assert again == (0, "Không có gì để gửi.\n", "")


def test_one_that_is_refused_keeps_no_other_from_being_done(cli: Type, issued: Issue) -> None:
    unit = "unit-half-refused"
    issued(unit)
    issued(unit)
    said = cli("acknowledge", "--unit", unit, "--all", "--role", "clerk", "--json")
    assert (said.code, [answer["code"] for answer in said.json]) == (1, ["forbidden", "forbidden"])
    assert said.err.startswith("some_refused: 2/2 lệnh bị từ chối")


def test_a_directive_that_is_nowhere_keeps_no_other_line_from_being_done(
    cli: Type, issued: Issue, listed: Listed
) -> None:
    one = issued("unit-a")
    reported(cli, one, "unit-a")
    said = listed(["directive/ubnd/2026/99-NOWHERE,,unit-a,", f"{one},,unit-a,"], "--json")
    assert (said.code, [answer["outcome"] for answer in said.json]) == (1, ["refused", "done"])
    assert said.json[0]["code"] == "not_found"


def test_reports_of_a_list_are_accepted_line_by_line(cli: Type, issued: Issue, listed: Listed) -> None:
    one, two = issued("unit-a", "unit-b"), issued("unit-a")
    reported(cli, one, "unit-a", "unit-b")
    lines = [f"{one},1,unit-a,", f"{two},,unit-a,", f"{one},,,1.2", "9999/NONE,,unit-a,"]
    said = listed(lines, "--json")
    assert said.code == 1
    assert [(answer["place"], answer["outcome"], answer.get("code")) for answer in said.json] == [
        ("dòng 2", "done", None),
        ("dòng 3", "refused", "no_report_waiting"),
        ("dòng 4", "done", None),
        ("dòng 5", "refused", "not_found"),
    ]
    assert kinds(cli, one).count("ReportAccepted") == 2


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_number_that_several_directives_bear_is_told_with_all_of_them(
    issued: Issue, listed: Listed, options: tuple[str, ...]
) -> None:
    symbol = f"A{uuid.uuid4().hex[:8]}"
    offices = ("office-one", "office-two")
    for office in offices:
        known = [{"id": one, "name": one} for one in (office, "unit-a")]
        document = {"issuer": office, "code_number": "81", "code_notation": symbol}
        issued("unit-a", document=document, directory={"version": "1", "sha256": "0" * 64, "units": known})
    candidates = ", ".join(f"directive/{office}/2026/81-{symbol}" for office in offices)
    said = listed([f"81/{symbol},,unit-a,"], "--lang", "en", "--json", *options)
    [answer] = said.json
    assert (answer["outcome"], answer["code"]) == ("refused", "ambiguous_id")
    assert answer["details"] == {"named": f"81/{symbol}", "candidates": candidates}
    why = f'ambiguous_id: "81/{symbol}" may be any of: {candidates}.'
    assert (said.code, said.err) == (1, f"some_refused: 1 of 1 commands were refused, the first one: {why}\n")
    assert why in listed([f"81/{symbol},,unit-a,"], "--lang", "en", *options).out


def test_a_list_sent_again_repeats_nothing_and_answers_the_same(cli: Type, issued: Issue, listed: Listed) -> None:
    one = issued("unit-a")
    reported(cli, one, "unit-a")
    first = listed([f"{one},,unit-a,"], "--json")
    assert first.code == 0
    assert listed([f"{one},,unit-a,"], "--json") == first
    assert kinds(cli, one).count("ReportAccepted") == 1


def test_a_dry_run_tells_what_would_come_of_each_line_and_does_nothing(
    cli: Type, issued: Issue, listed: Listed
) -> None:
    one, two = issued("unit-a", "unit-b"), issued("unit-a")
    reported(cli, one, "unit-a")
    before = kinds(cli, one)
    # The second line meets what the first one would have left.
    lines = [f"{one},,unit-a,", f"{one},,unit-a,", f"{two},,unit-a,"]
    tried = listed(lines, "--dry-run", "--json")
    assert kinds(cli, one) == before
    assert [answer.get("code") for answer in tried.json] == [None, "no_report_waiting", "no_report_waiting"]
    done = listed(lines, "--json")
    assert (tried.code, [answer["outcome"] for answer in tried.json]) == (
        done.code,
        [answer["outcome"] for answer in done.json],
    )


@pytest.mark.parametrize(
    ("header", "line", "complaint"),
    [
        ("directive,who", "1/X,unit-a", "list_headers: {file}, line 1: has the columns directive, who"),
        ("item,unit", "1,unit-a", "list_headers: "),
        (HEADER, "1/X,1", "list_cells: {file}, line 2: "),
        (HEADER, ",1,unit-a,", "list_empty: {file}, line 2, column directive: "),
        (HEADER, "1/X,1,,", "list_empty: {file}, line 2, column unit, assignment: "),
    ],
)
def test_a_list_with_a_mistake_is_answered_by_line_and_column_before_anything_is_sent(
    listed: Listed, tmp_path: Path, header: str, line: str, complaint: str
) -> None:
    said = listed([line], "--lang", "en", header=header)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(complaint.format(file=tmp_path / "list.csv"))
