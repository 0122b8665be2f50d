"""What ran once replays for ever, whatever the rules have become since."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.common import RawValue
from temporalio.worker import Replayer

from domain.commands.acknowledge import Acknowledge
from domain.event import EventData
from domain.refusal import Code, Refused
from domain.state import DirectiveState
from tests.replay import capture
from tests.support.parts import TemporalServer
from tests.support.service import Service, command, issue
from workflows.converter import WORKER_CONVERTER
from workflows.directive import Directive

SAVED = sorted(capture.FOLDER.glob("*/*.json"))


def replayer(kind: type = Directive) -> Replayer:
    return Replayer(workflows=[kind], data_converter=WORKER_CONVERTER)


def saved(path: Path) -> WorkflowHistory:
    history = json.loads(path.read_text())
    # Under its own id: what the mailbox calls its messages depends on it.
    return WorkflowHistory.from_json(history.pop("workflow_id"), history)


def test_every_kind_of_life_has_been_saved() -> None:
    names = {path.name.split(".")[0] for path in SAVED}
    assert names == {life.__name__ for life in capture.LIVES}


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_a_saved_history_replays(path: Path) -> None:
    result = await replayer().replay_workflow(saved(path), raise_on_replay_failure=False)
    assert result.replay_failure is None


@pytest.mark.parametrize("life", capture.LIVES, ids=lambda life: life.__name__)
async def test_what_this_tree_runs_it_replays(service: Service, temporal: TemporalServer, life: capture.Life) -> None:
    stream = await life(service, temporal)
    for history in await capture.histories(service, stream):
        result = await replayer().replay_workflow(history, raise_on_replay_failure=False)
        assert result.replay_failure is None


@workflow.defn(name="Directive", sandboxed=False)
class SleepsFirst:
    """A workflow that gives Temporal another command than the one which was saved."""

    @workflow.run
    async def run(self, *_: RawValue) -> None:
        await workflow.sleep(timedelta(seconds=1))

    @workflow.signal(dynamic=True)
    def on_signal(self, name: str, args: Sequence[RawValue]) -> None:
        """Takes anything."""

    @workflow.update(dynamic=True)
    async def on_update(self, name: str, args: Sequence[RawValue]) -> Any:
        """Takes anything."""


async def test_a_change_of_what_the_workflow_commands_is_caught() -> None:
    path = next(path for path in SAVED if path.name.startswith("by_updates"))
    result = await replayer(SleepsFirst).replay_workflow(saved(path), raise_on_replay_failure=False)
    assert isinstance(result.replay_failure, workflow.NondeterminismError)


async def test_a_changed_rule_meets_new_commands_only(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = await service.issue(issue(("unit-a", "unit-b")))
    await handle.execute_update("submit", command("acknowledge", "unit-a"))
    before = await service.events(handle.id)

    def nobody_may(self: Acknowledge, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        raise Refused(Code.FORBIDDEN, role="any", command="acknowledge")

    monkeypatch.setattr(Acknowledge, "decide", nobody_may)
    [history] = await capture.histories(service, handle.id)
    result = await replayer().replay_workflow(history, raise_on_replay_failure=False)
    assert result.replay_failure is None
    answer = await handle.execute_update("submit", command("acknowledge", "unit-b"))
    assert answer["code"] == "forbidden"
    assert (await service.events(handle.id))[: len(before)] == before
