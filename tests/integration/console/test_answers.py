"""Exit codes, lines and documents: what scripts depend on."""

import json
import subprocess

import pytest

from tests.integration.console.conftest import Issue, Up
from tests.support.typed import DIRECTIVES, Type, environment, typed


def test_a_refusal_is_one_line_with_its_code_in_either_language(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    argv = ("report", one, "--unit", "unit-a", "--text", "xong")
    assert cli(*argv) == (1, "", "not_acknowledged: Đơn vị unit-a chưa tiếp nhận văn bản.\n")
    assert cli(*argv, "--lang", "en") == (
        1, "", "not_acknowledged: Unit unit-a has not acknowledged the directive yet.\n",
    )  # fmt: skip


def test_a_refusal_as_json_is_the_outcome(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    said = cli("approve", one, "--unit", "unit-a", "--json", "--command-id", "approve-7")
    assert said.code == 1
    assert (said.json["outcome"], said.json["code"], said.json["command_id"]) == (
        "refused", "no_report_waiting", "approve-7",
    )  # fmt: skip
    assert said.json["details"] == {"assignment": "1.1"}
    assert said.err.count("\n") == 1


def test_an_actor_without_the_role_is_refused(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    said = cli("acknowledge", one, "--unit", "unit-a", "--role", "clerk")
    assert (said.code, said.err.partition(":")[0]) == (1, "forbidden")


def test_a_command_sent_again_under_its_id_is_done_once(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    first = cli("acknowledge", one, "--unit", "unit-a", "--json")
    again = cli("acknowledge", one, "--unit", "unit-a", "--json", "--command-id", first.json["command_id"])
    assert (again.code, again.json) == (0, first.json)
    assert sum(event["type"] == "Acknowledged" for event in cli("history", one, "--json").json) == 1


def test_an_id_of_ones_own_can_be_sent_again_as_well(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    argv = ("acknowledge", one, "--unit", "unit-a", "--json", "--command-id", f"own/{one.partition('/')[2]}")
    assert cli(*argv) == cli(*argv)


def test_a_directive_that_is_not_there_is_not_found(cli: Type) -> None:
    for argv in (
        ("show", "9999/NONE"),
        ("history", "directive/ubnd/2026/9999-NONE"),
        ("verify", "directive/ubnd/2026/9999-NONE"),
        ("acknowledge", "directive/ubnd/2026/9999-NONE", "--unit", "unit-a"),
        ("restore", "directive/ubnd/2026/9999-NONE"),
    ):
        said = cli(*argv)
        assert (said.code, said.out, said.err.partition(":")[0]) == (1, "", "not_found"), argv


def test_a_number_that_two_offices_used_is_answered_with_both(cli: Type, issued: Issue) -> None:
    document = {"code_number": "7", "code_notation": "TWICE"}
    issued("unit-a", document=document)
    issued("unit-a", document={**document, "issued_date": "2025-11-03"})
    said = cli("show", "07/TWICE")
    assert said.code == 1
    assert said.err.startswith("ambiguous_id: ")
    assert "directive/ubnd/2025/07-TWICE, directive/ubnd/2026/07-TWICE" in said.err
    assert cli("show", "directive/ubnd/2025/07-TWICE").code == 0


@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["show", "1680/UBND-NC"],
        ["history", "1680/UBND-NC"],
        ["owed", "--unit", "so-noi-vu"],
        ["stats"],
        ["letter", "--from", "2020-01-01", "--to", "2099-12-31"],
        ["verify", "1680/UBND-NC"],
        ["restore", "1680/UBND-NC"],
        ["config"],
    ],
    ids=lambda argv: argv[0],
)
def test_json_is_one_document_and_plain_text_has_no_escapes(cli: Type, argv: list[str]) -> None:
    as_json, vietnamese, english = cli(*argv, "--json"), cli(*argv), cli(*argv, "--lang", "en")
    assert as_json.code == vietnamese.code == english.code == 0
    assert as_json.err == vietnamese.err == english.err == ""
    assert isinstance(as_json.json, (dict, list))
    for said in (vietnamese, english):
        assert said.out
        assert "\x1b" not in said.out
        assert "{" not in said.out


def test_in_a_process_of_its_own_it_is_the_same(up: Up) -> None:
    place = {"DIRECTIVES_DATA": str(up.data)}
    listed = typed("list", "--json", **place)
    assert (listed.code, listed.err) == (0, "")
    assert "1680" in {row["number"] for row in json.loads(listed.out)}
    refused = typed("close", "1680/UBND-NC", "--lang", "en", **place)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("still_owed: Assignments still owed (62): 1.1 ")
    assert refused.err.count("\n") == 1
    assert typed("lists", **place).code == 2


@pytest.mark.parametrize("argv", [["history", "1680/UBND-NC", "--json"], ["list"]], ids=["long", "short"])
def test_output_that_nobody_reads_to_its_end_is_no_complaint(up: Up, argv: list[str]) -> None:
    with subprocess.Popen(
        [DIRECTIVES, *argv],
        # Unbuffered, short output would break where long output does.
        env=environment(DIRECTIVES_DATA=str(up.data), PYTHONUNBUFFERED=""),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
