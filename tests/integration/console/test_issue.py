"""Issuing, once and again."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client

from console.input_files import SAMPLE
from tests.integration.console.conftest import Up
from tests.support.service import issue
from tests.support.typed import Type


def written(folder: Path, content: object) -> str:
    file = folder / "d.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


def test_the_sample_is_issued_by_up_and_issuing_it_again_changes_nothing(cli: Type) -> None:
    before = cli("show", "1680/UBND-NC", "--json").json["directive"]["version"]
    said = cli("issue", str(SAMPLE), "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("1680/UBND-NC was issued before with this very content; nothing changed ")
    history = cli("history", "1680/UBND-NC", "--json").json
    assert [event["type"] for event in history].count("DirectiveIssued") == 1
    assert cli("show", "1680/UBND-NC", "--json").json["directive"]["version"] >= before


def test_the_sample_gives_each_unit_what_the_letter_gives_it(cli: Type) -> None:
    document = cli("show", "1680/UBND-NC", "--json").json
    held = {unit["unit"]: len(unit["assignments"]) for unit in document["units"] if unit["purpose"] == "act"}
    three = {unit for unit, count in held.items() if count == 3}
    assert three == {"so-noi-vu", "thanh-tra"}
    assert set(held.values()) == {2, 3}
    assert document["cells"]["lead"]["total"] == 2 * len(held) + 2


def test_the_run_shows_number_and_abstract_in_the_temporal_ui(cli: Type, up: Up) -> None:
    async def shown() -> tuple[str | None, str | None]:
        client = await Client.connect(up.said["temporal_address"], namespace=up.said["temporal_namespace"])
        run = await client.get_workflow_handle("directive/ubnd-can-tho/2023/1680-UBND-NC").describe()
        return await run.static_summary(), await run.static_details()

    summary, details = asyncio.run(shown())
    assert summary == "1680/UBND-NC"
    assert details == cli("show", "1680/UBND-NC", "--json").json["directive"]["subject"]


def test_other_content_under_the_same_number_is_a_duplicate(cli: Type, tmp_path: Path) -> None:
    content = issue()["directive"]
    first = cli("issue", written(tmp_path, content))
    assert first.code == 0
    content["document"]["subject"] = "nội dung khác"
    said = cli("issue", written(tmp_path, content), "--json")
    assert (said.code, said.json["outcome"], said.json["code"]) == (1, "refused", "duplicate")
    assert said.err.count("\n") == 1


def close(cli: Type, one: str, up: Up) -> None:
    steps = [
        ("acknowledge", "--unit", "unit-a", "--actor", "head"),
        ("report", "--unit", "unit-a", "--role", "unit_head", "--text", "Đã xong.", "--actor", "head"),
        ("accept", "--unit", "unit-a", "--actor", "leader"),
        ("close", "--actor", "leader"),
    ]
    for verb, *options in steps:
        assert cli(verb, one, *options).code == 0


def forget(cli: Type, one: str, up: Up) -> None:
    """Let Temporal lose the run and its history."""

    async def delete(stream: str) -> None:
        client = await Client.connect(up.said["temporal_address"], namespace=up.said["temporal_namespace"])
        execution = WorkflowExecution(workflow_id=stream)
        request = DeleteWorkflowExecutionRequest(namespace=client.namespace, workflow_execution=execution)
        await client.get_workflow_handle(stream).terminate("test")
        await client.workflow_service.delete_workflow_execution(request)

    asyncio.run(delete(cli("show", one, "--json").json["directive"]["stream"]))


@pytest.mark.parametrize("after", [close, forget])
def test_issuing_again_is_answered_by_the_journal_whatever_became_of_the_run(
    cli: Type, up: Up, tmp_path: Path, after: Callable[[Type, str, Up], None]
) -> None:
    content = issue(("unit-a",), document={"code_number": "10"})["directive"]
    assert cli("issue", written(tmp_path, content)).code == 0
    after(cli, f"10/{content['document']['code_notation']}", up)
    again = cli("issue", written(tmp_path, content), "--lang", "en")
    assert again.code == 0
    assert "was issued before with this very content" in again.out
    content["document"]["subject"] = "nội dung khác"
    other = cli("issue", written(tmp_path, content))
    assert (other.code, other.err.partition(":")[0]) == (1, "duplicate")


def test_after_a_start_that_failed_the_right_one_is_issued(cli: Type, tmp_path: Path) -> None:
    content = issue(("unit-a",), document={"secrecy": "mat"})["directive"]
    assert cli("issue", written(tmp_path, content)).code == 1
    content["document"]["secrecy"] = "none"
    assert cli("issue", written(tmp_path, content)).code == 0


def test_what_no_directive_may_be_is_refused_at_the_start(cli: Type, tmp_path: Path) -> None:
    content = issue(document={"secrecy": "mat"})["directive"]
    said = cli("issue", written(tmp_path, content))
    assert (said.code, said.out, said.err.partition(":")[0]) == (1, "", "state_secret")


def test_a_text_is_issued_with_its_warnings(cli: Type, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(SAMPLE.read_text(encoding="utf-8").replace("1680 /UBND-NC", "1681 /UBND-NC"), encoding="utf-8")
    said = cli("issue", str(letter), "--lang", "en")
    assert said.code == 0
    assert said.out.startswith("1681/UBND-NC: issued (version 1, command ")
    assert '"1681 /UBND-NC" is read as 1681/UBND-NC' in said.out
    again = cli("issue", str(letter), "--json").json
    assert again["stream"] == "directive/ubnd-can-tho/2023/1681-UBND-NC"
    assert again["warnings"]
