"""A calendar, a policy, a directory for every open directive of an issuer: tried, told once, whatever comes between."""

import asyncio
import json
import signal
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.integration.console.conftest import Issue, Up
from tests.support.changes import TODAY, Json, calendar, content, off, working
from tests.support.typed import DIRECTIVES, Said, Type, environment
from tests.support.waiting import until

DOCUMENT = ("--document", "12/TB-BNV", "--document-date", "2026-11-02")
Apply = Callable[..., Said]


@pytest.fixture
def file(tmp_path: Path) -> Callable[[Json], str]:
    """A file of that content; its path."""

    def do(said: Json) -> str:
        path = tmp_path / "said.json"
        path.write_text(json.dumps(said), encoding="utf-8")
        return str(path)

    return do


def by(issued: Issue, issuer: str, *units: str, **changes: Any) -> str:
    return issued(*units, **content(issuer, *units, **changes))


def events(cli: Type, one: str, *kinds: str) -> list[Json]:
    return [event for event in cli("history", one, "--json").json if event["type"] in kinds]


def moved(cli: Type, one: str, cause: str = "calendar") -> list[tuple[str, str, str]]:
    """What the journal says: assignment or unit, from when, to when."""
    found = events(cli, one, "DeadlineSet", "AcknowledgementDeadlineSet")
    return [
        (data.get("assignment") or data["unit"], data["before"], data["instant"])
        for data in (event["data"] for event in found)
        if data["cause"] == cause
    ]


def foretold(said: Said, number: str) -> list[tuple[str, str, str]]:
    """The same, as ``what-if`` has it."""
    assert said.code == 0, said.err
    return [
        (one["assignment"] or one["unit"], one["before"].replace("+00:00", "Z"), one["after"].replace("+00:00", "Z"))
        for one in said.json["moved"]
        if one["stream"].endswith("/" + number.replace("/", "-"))
    ]


def done(cli: Type, one: str, unit: str, issuer: str) -> None:
    for argv in (
        ("acknowledge", one, "--unit", unit),
        ("report", one, "--unit", unit, "--text", "xong", "--role", "unit_head"),
        ("accept", one, "--unit", unit, "--actor", f"Chủ tịch {issuer}"),
    ):
        said = cli(*argv)
        assert said.code == 0, said.err


def test_open_deadlines_move_as_foretold_and_what_is_done_stays(
    cli: Type, issued: Issue, file: Callable[[Json], str]
) -> None:
    office = "office-of-calendars"
    plain = by(issued, office, "unit-a", "unit-b")
    known = by(issued, office, "unit-a", "unit-b", calendar=calendar("1", off(working(2))))
    half = by(issued, office, "unit-a", "unit-b")
    closed = by(issued, office, "unit-a")
    other = by(issued, "office-next-door", "unit-a")
    done(cli, half, "unit-a", office)
    done(cli, closed, "unit-a", office)
    assert cli("close", closed, "--actor", "Chủ tịch").code == 0
    announced = file(calendar("2", off(working(2)), off(working(3), "unit-b")))

    tried = cli("calendar", "what-if", announced, "--issuer", office, "--json")
    counted = {name: tried.json[name] for name in ("directives", "open", "concerned", "refused")}
    assert counted == {"directives": 4, "open": 3, "concerned": 3, "refused": []}
    assert [event["type"] for event in events(cli, plain, "CalendarApplied")] == []

    said = cli("calendar", "apply", announced, *DOCUMENT, "--issuer", office, "--json")
    assert said.code == 0, said.err
    assert (said.json["directives"], said.json["applied"], said.json["deadlines"]) == (3, 3, 4)
    assert [moved(cli, one) for one in (plain, known, half)] == [foretold(tried, one) for one in (plain, known, half)]
    assert [[who for who, _, _ in moved(cli, one)] for one in (plain, known, half)] == [
        ["1.1", "1.2"],
        ["1.2"],
        ["1.2"],
    ]
    assert [moved(cli, one) for one in (closed, other)] == [[], []]
    [applied] = events(cli, known, "CalendarApplied")
    assert applied["data"]["document"]["notation"] == "12/TB-BNV"
    assert applied["data"]["before_sha256"] != applied["data"]["sha256"]


def test_a_unit_that_has_more_days_off_gets_a_later_deadline(
    cli: Type, issued: Issue, file: Callable[[Json], str]
) -> None:
    office = "office-of-single-units"
    one = by(issued, office, "unit-a", "unit-b")
    announced = file(calendar("2", off(working(2)), off(working(3), "unit-b")))
    assert cli("calendar", "apply", announced, one, *DOCUMENT).code == 0
    (_, before, first), (_, same, second) = moved(cli, one)
    assert before == same < first < second


def test_a_second_run_repeats_nothing_and_reaches_what_came_later(
    cli: Type, issued: Issue, file: Callable[[Json], str]
) -> None:
    office = "office-that-applies-twice"
    first = by(issued, office, "unit-a")
    announced = file(calendar("2", off(working(2))))
    argv = ("calendar", "apply", announced, *DOCUMENT, "--issuer", office, "--json")
    assert cli(*argv).json["earlier"] == 0
    later = by(issued, office, "unit-a")
    again = cli(*argv)
    assert (again.code, again.json["earlier"], again.json["applied"], again.json["deadlines"]) == (0, 1, 2, 2)
    assert [len(events(cli, one, "CalendarApplied")) for one in (first, later)] == [1, 1]
    other_reason = ("calendar", "apply", announced, "--document", "13/TB", "--document-date", "2026-11-03")
    unchanged = cli(*other_reason, "--issuer", office, "--json").json
    assert (unchanged["applied"], unchanged["unchanged"], unchanged["deadlines"]) == (0, 2, 0)


@pytest.mark.parametrize("killed", [signal.SIGKILL, signal.SIGINT])
def test_what_a_killed_run_did_not_come_to_the_next_one_does(
    cli: Type, issued: Issue, up: Up, file: Callable[[Json], str], killed: signal.Signals
) -> None:
    office = f"office-{killed.name.lower()}"
    ones = [by(issued, office, "unit-a") for _ in range(6)]
    announced = file(calendar("2", off(working(2))))
    argv = ("calendar", "apply", announced, *DOCUMENT, "--issuer", office)
    slowly = subprocess.Popen(
        [DIRECTIVES, *argv, "--rate", "1", "--data", up.data, "--actor", "Nguyễn Văn An"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    asyncio.run(until(lambda: asyncio.to_thread(events, cli, ones[1], "CalendarApplied"), bool))
    slowly.send_signal(killed)
    _, complaint = slowly.communicate(timeout=20)
    reached = [len(events(cli, one, "CalendarApplied")) for one in ones]
    assert sum(reached) < len(ones)
    said = cli(*argv, "--json")
    assert (said.code, said.json["directives"], said.json["applied"]) == (0, 6, 6), said.err
    assert said.json["earlier"] >= 2
    assert [len(events(cli, one, "CalendarApplied")) for one in ones] == [1] * 6
    if killed is signal.SIGINT:
        assert slowly.returncode == 3
        assert complaint.split()[-1] == said.json["command_id"]


@pytest.mark.parametrize(
    "case",
    [
        ("calendar", {"days": [off(TODAY) | {"works": "perhaps"}]}, "days[0].works"),
        ("policy", {"linger_days": -1}, "linger_days"),
        ("directory", {"version": "1", "units": [{"id": "a", "name": "A"}]}, "units[0].kind"),
    ],
)
@pytest.mark.parametrize("verb", ["apply", "what-if"])
def test_a_wrong_file_is_told_by_field_before_the_service_is_asked(
    type_: Type, tmp_path: Path, verb: str, case: tuple[str, Json, str]
) -> None:
    noun, said, told = case
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(said), encoding="utf-8")
    nowhere = ("--data", str(tmp_path / "none"))
    answer = type_(noun, verb, str(file), *nowhere, *(DOCUMENT if verb == "apply" else ()))
    assert (answer.code, answer.out) == (1, "")
    assert told in answer.err


def test_a_wrong_reference_is_told_by_field_and_reaches_nobody(
    cli: Type, issued: Issue, file: Callable[[Json], str]
) -> None:
    office = "office-with-a-wrong-reference"
    one = by(issued, office, "unit-a")
    options = ("--document", "x" * 51, "--document-date", "2026-11-02", "--issuer", office)
    answer = cli("calendar", "apply", file(calendar("2")), *options)
    assert (answer.code, answer.err.split(":")[0]) == (1, "invalid_field")
    assert "document.notation" in answer.err
    assert events(cli, one, "CommandRejected", "CalendarApplied") == []


def test_a_closed_result_that_would_have_come_out_otherwise_is_named_and_stays(
    cli: Type, issued: Issue, file: Callable[[Json], str]
) -> None:
    office = "office-of-the-past"
    long_ago = TODAY - timedelta(days=28)
    days = [off(long_ago + timedelta(days=n)) for n in range(28)]
    one = by(issued, office, "unit-a", "unit-b", issued_date=long_ago, calendar=calendar("1", *days))
    done(cli, one, "unit-a", office)
    stats = cli("stats", "--json").json
    weekends = file({"id": "weekends-only"})
    tried = cli("calendar", "what-if", weekends, "--issuer", office, "--json")
    [judged] = tried.json["judged_otherwise"]
    assert (judged["unit"], judged["item"], judged["late"]) == ("unit-a", "1", True)
    # The open one of unit-b would be late since long: by an announcement nobody becomes that.
    assert tried.json["moved"] == []
    told = cli("calendar", "what-if", weekends, "--issuer", office, "--lang", "en").out
    assert "would have been late" in told
    assert cli("calendar", "apply", weekends, *DOCUMENT, "--issuer", office).code == 0
    assert moved(cli, one) == []
    assert cli("stats", "--json").json["lead"] == stats["lead"]


def test_a_policy_reaches_only_the_directives_of_its_issuer_and_moves_times_to_acknowledge(
    cli: Type, issued: Issue, file: Callable[[Json], str]
) -> None:
    office = "office-of-policies"
    one, other = by(issued, office, "unit-a"), by(issued, "office-without-policy", "unit-a")
    asyncio.run(until(lambda: asyncio.to_thread(events, cli, one, "ReceiptDelivered"), bool))
    policy = file({"id": "own", "version": "2", "issuer": office, "acknowledge_working_days": 3})
    tried = cli("policy", "what-if", policy, "--json")
    said = cli("policy", "apply", policy, *DOCUMENT, "--json")
    assert (said.code, said.json["directives"], said.json["acknowledgements"]) == (0, 1, 1), said.err
    assert moved(cli, one, "policy") == foretold(tried, one)
    assert [who for who, _, _ in moved(cli, one, "policy")] == ["unit-a"]
    assert events(cli, other, "PolicyApplied") == []
    wrong = cli("policy", "apply", policy, other, *DOCUMENT, "--json")
    assert (wrong.code, wrong.json["refused"][0]["code"]) == (1, "wrong_unit")
    usage = cli("policy", "apply", policy, *DOCUMENT, "--issuer", "office-without-policy")
    assert (usage.code, usage.err.split(":")[0]) == (2, "policy_of_another")
    nobodys = cli("policy", "apply", file({"id": "own"}), *DOCUMENT)
    assert (nobodys.code, nobodys.err.split(":")[0]) == (2, "policy_of_nobody")


def test_of_a_directory_each_directive_gets_what_it_knows_the_units_of(
    cli: Type, issued: Issue, file: Callable[[Json], str]
) -> None:
    office = "office-of-directories"
    one, other = by(issued, office, "unit-known"), by(issued, office, "unit-else")
    entries = [
        {"id": unit, "name": f"Sở {unit} mới", "kind": "department", "email": f"moi-{unit}@example.invalid"}
        for unit in ("unit-known", "unit-never-heard-of")
    ]
    directory = file({"version": "2026-11", "units": entries})
    tried = cli("directory", "what-if", directory, "--json")
    fields = [(row["unit"], row["field"], row["after"]) for row in tried.json["entries"]]
    assert ("unit-known", "email", "moi-unit-known@example.invalid") in fields
    assert {unit for unit, _, _ in fields} == {"unit-known"}
    argv = ("directory", "apply", directory, *DOCUMENT, "--json")
    said = cli(*argv)
    assert (said.code, said.json["directives"], said.json["applied"]) == (0, 1, 1), said.err
    [applied] = events(cli, one, "DirectoryApplied")
    assert [unit["id"] for unit in applied["data"]["units"]] == ["unit-known"]
    assert events(cli, other, "DirectoryApplied") == []
    assert cli(*argv).json["earlier"] == 1
    assert len(events(cli, one, "DirectoryApplied")) == 1


def test_the_summary_is_told_in_both_languages(cli: Type, issued: Issue, file: Callable[[Json], str]) -> None:
    office = "office-of-two-languages"
    by(issued, office, "unit-a")
    announced = file(calendar("2", off(working(2))))
    argv = ("calendar", "apply", announced, *DOCUMENT, "--issuer", office)
    assert cli(*argv, "--lang", "vi").out.startswith("1 văn bản: 1 đã áp dụng")
    first, second = cli(*argv, "--lang", "en").out.splitlines()
    assert first.startswith("1 directives: 1 go by it now")
    assert second == "Of these, 1 had answered an earlier run."
