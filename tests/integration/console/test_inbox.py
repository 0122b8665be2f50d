"""What waits for whom, and what happened to a unit."""

import shlex
from typing import Any

from tests.integration.console.conftest import Issue
from tests.support.typed import Type

ISSUER = "office-with-an-inbox"


LONG_AGO = {
    "document": {"issuer": ISSUER, "issued_date": "2020-01-02"},
    "deadline": {"kind": "date", "day": "2020-02-03"},
}


def issued_there(issued: Issue, *units: str, **changes: Any) -> str:
    return issued(
        *units,
        **{"document": {"issuer": ISSUER}, **changes},
        directory={
            "version": "1",
            "sha256": "0" * 64,
            "units": [{"id": one, "name": f"Sở {one}"} for one in (ISSUER, *units)],
        },
    )


def waiting_in(cli: Type, one: str, role: str = "leader") -> list[Any]:
    """What of that directive waits in the issuer's inbox."""
    rows = cli("inbox", "--role", role, "--issuer", ISSUER, "--json").json
    return [row for row in rows if f"{row['number']}/{row['notation']}" == one]


def do(cli: Type, *argv: str) -> None:
    said = cli(*argv)
    assert said.code == 0, said.err


def test_reports_and_refusals_wait_for_the_leader_the_longest_first(cli: Type, issued: Issue) -> None:
    one = issued_there(issued, "unit-a", "unit-b")
    do(cli, "refuse", one, "--unit", "unit-b", "--cause", "invalid", "--reason", "không đúng")
    do(cli, "acknowledge", one, "--unit", "unit-a")
    do(cli, "report", one, "--unit", "unit-a", "--text", "xong")
    [of_head] = cli("inbox", "--role", "unit_head", "--unit", "unit-a", "--json").json
    assert (of_head["kind"], of_head["assignment"]) == ("report", "1.1")
    assert of_head["since"] is not None
    do(cli, *shlex.split(of_head["next"])[1:], "--actor", "Trưởng đơn vị")

    waiting = waiting_in(cli, one)
    assert [(row["kind"], row["unit"]) for row in waiting] == [("refusal", "unit-b"), ("report", "unit-a")]
    assert [row["since"] for row in waiting] == sorted(row["since"] for row in waiting)
    assert waiting[0]["next"] == f"directives agree-refusal {one} --unit unit-b"
    assert [row["kind"] for row in waiting_in(cli, one, "tracker")] == ["report"]

    do(cli, *shlex.split(waiting[1]["next"])[1:], "--actor", "Chủ tịch")
    assert [row["kind"] for row in waiting_in(cli, one)] == ["refusal"]
    assert f"Sở unit-b  trả lại văn bản  directives agree-refusal {one}" in cli("inbox", "--issuer", ISSUER).out


def test_an_inbox_in_which_nothing_waits_says_so(cli: Type) -> None:
    assert cli("inbox", "--issuer", "office-of-nobody") == (0, "Không có việc gì chờ quyết định.\n", "")


def test_one_unit_is_shown_with_its_time_line_oldest_first(cli: Type, issued: Issue) -> None:
    one = issued("unit-a", "unit-b")
    do(cli, "acknowledge", one, "--unit", "unit-a")
    do(cli, "acknowledge", one, "--unit", "unit-b")
    do(cli, "progress", one, "--unit", "unit-a", "--percent", "40", "--text", "đang làm")
    told = cli("show", one, "--unit", "unit-a", "--lang", "en").out
    line = told[told.index("What happened to Sở unit-a") :]
    assert line.index("issued ") < line.index("Sở unit-a acknowledged") < line.index("“đang làm”")
    assert "Sở unit-b acknowledged" not in line
    versions = [entry["version"] for entry in cli("show", one, "--unit", "unit-a", "--json").json["time_line"]]
    assert versions == sorted(versions)
    assert "What happened" not in cli("show", one, "--lang", "en").out


def test_a_request_for_more_time_waits_and_is_granted_as_the_inbox_says(cli: Type, issued: Issue) -> None:
    unit = "unit-short-of-time"
    one = issued_there(issued, unit, deadline={"kind": "date", "day": "2099-03-31"})
    do(cli, "acknowledge", one, "--unit", unit)
    do(cli, "request-extension", one, "--unit", unit, "--until", "2099-04-30", "--reason", "chờ số liệu")
    assert [row["next"] for row in cli("owed", "--unit", unit, "--json").json] == ["extension_waits"]
    [asked] = waiting_in(cli, one)
    assert (asked["kind"], asked["since"] is not None) == ("extension", True)
    assert "đề nghị gia hạn đến 30/04/2099 24:00" in cli("inbox", "--issuer", ISSUER).out
    do(cli, *shlex.split(asked["next"])[1:], "--actor", "Chủ tịch")
    [row] = cli("owed", "--unit", unit, "--json").json
    assert (row["next"], row["due"]) == ("report", "2099-04-30T17:00:00+00:00")


def test_what_is_suspended_or_to_be_explained_is_owed_as_such_and_what_is_waived_no_more(
    cli: Type, issued: Issue
) -> None:
    unit = "unit-with-troubles"
    one, two = (issued_there(issued, unit, **LONG_AGO) for _ in range(2))

    def steps() -> set[tuple[str, str]]:
        found = cli("owed", "--unit", unit, "--json").json
        return {(f"{row['number']}/{row['notation']}", row["next"]) for row in found}

    for number in (one, two):
        do(cli, "acknowledge", number, "--unit", unit)
    do(cli, "demand-explanation", one, "--unit", unit, "--question", "vì sao chậm?", "--actor", "Chủ tịch")
    do(cli, "suspend", two, "--whole", "--cause", "other", "--reason", "chờ luật", "--actor", "Chủ tịch")
    assert steps() == {(one, "report"), (one, "explain"), (two, "suspended")}
    do(cli, "explain", one, "--unit", unit, "--cause", "resources", "--text", "thiếu người")
    decided = ("--authority", "18/UBND-NC", "--authority-date", "2026-11-20", "--reason", "không còn cần")
    do(cli, "waive", two, "--whole", *decided, "--actor", "Chủ tịch")
    assert steps() == {(one, "report")}


def test_overdue_work_waits_for_the_tracker(cli: Type, issued: Issue) -> None:
    unit = "unit-behind"
    one = issued_there(issued, unit, **LONG_AGO)
    do(cli, "acknowledge", one, "--unit", unit)
    [row] = waiting_in(cli, one, "tracker")
    assert row["kind"] == "overdue"
    do(cli, *shlex.split(row["next"])[1:], "--text", "đề nghị báo cáo ngay")


def test_a_recall_is_owed_an_answer_and_what_it_freezes_is_said_so(cli: Type, issued: Issue) -> None:
    unit, other = "unit-asked-back", "unit-asked-back-too"
    one = issued_there(issued, unit, other)
    do(cli, "acknowledge", one, "--unit", unit)
    do(cli, "recall", one, "--reason", "ban hành nhầm", "--actor", "Chủ tịch")

    def steps() -> list[tuple[str | None, str]]:
        rows = cli("owed", "--unit", unit, "--json").json
        return sorted(((row["assignment"], row["next"]) for row in rows), key=str)

    assert steps() == [("1.1", "frozen"), (None, "answer_recall")]
    assert "Thu hồi: " in cli("owed", "--unit", unit).out
    do(cli, "agree-recall", one, "--unit", unit)
    assert steps() == []


def test_a_refusal_that_is_declined_leaves_the_unit_to_acknowledge(cli: Type, issued: Issue) -> None:
    unit = "unit-that-stays-bound"
    one = issued_there(issued, unit)
    do(cli, "refuse", one, "--unit", unit, "--cause", "invalid", "--reason", "không đúng")
    do(cli, "decline-refusal", one, "--unit", unit, "--reason", "đúng thẩm quyền", "--actor", "Chủ tịch")
    assert waiting_in(cli, one) == []
    rows = cli("owed", "--unit", unit, "--json").json
    assert {(row["assignment"], row["next"]) for row in rows} == {(None, "refusal_declined"), ("1.1", "acknowledge")}
    said = cli("acknowledge", "--unit", unit, "--all", "--json")
    assert [answer["outcome"] for answer in said.json] == ["done"]
    assert [row["next"] for row in cli("owed", "--unit", unit, "--json").json] == ["report"]
