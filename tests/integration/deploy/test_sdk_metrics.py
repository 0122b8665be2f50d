"""The SDK's metrics, scraped from a worker that runs: names and bounds are what the rules take them for."""

import logging
import re
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from domain.wire import TASK_QUEUE
from embedded import ports
from observe.addresses import AddressError
from observe.runtime import BUCKETS, build_runtime
from tests.integration.deploy.web import Here, ask
from tests.support.parts import TemporalServer
from tests.support.waiting import until
from tests.unit.deploy.alerts import out_of_reach, rules, selectors

QUEUE = f"sdk-metrics-{uuid.uuid4()}"
"""Its own: on the service's queue it would take tasks of other tests."""
FAILED = "temporal_workflow_task_execution_failed_total"

PUBLISHED = {
    "temporal_workflow_task_schedule_to_start_latency_seconds": 1800,
    "temporal_workflow_task_execution_latency_seconds": 10,
    "temporal_workflow_task_replay_latency_seconds": 10,
    "temporal_request_latency_seconds": 2,
}
"""From how many seconds on Temporal advises to raise an alarm, or to call it severe."""


class Sample(NamedTuple):
    """A line of a scrape. The client library's own parser would add the suffixes that are to be tested."""

    name: str
    labels: Mapping[str, str]
    value: float


def parsed(exposition: str) -> list[Sample]:
    lines = re.findall(r"^(\w+)(?:\{(.*)\})? (\S+)$", exposition, re.MULTILINE)
    return [Sample(name, dict(re.findall(r'(\w+)="(.*?)"', labels)), float(value)) for name, labels, value in lines]


@workflow.defn
class Poisoned:
    """Fails its task for ever, as a fault in workflow code does."""

    @workflow.run
    async def run(self) -> None:
        raise RuntimeError("poison")


@workflow.defn
class Well:
    """Needs two tasks, and ends."""

    @workflow.run
    async def run(self) -> None:
        await workflow.sleep(0.01)


@pytest.fixture
async def scrape(temporal: TemporalServer) -> list[Sample]:
    """Every sample of a worker with two workflows, one of which is stuck."""
    with ports.reserved([ports.ANY]) as [port]:
        runtime = build_runtime(Here(sdk_metrics_port=port))
    target = temporal.client.service_client.config.target_host
    client = await Client.connect(target, namespace=temporal.client.namespace, runtime=runtime)

    async def samples() -> list[Sample]:
        return parsed((await ask(f"http://127.0.0.1:{port}/metrics")).text)

    async def failures() -> float:
        return sum(sample.value for sample in await samples() if sample.name == FAILED)

    async with Worker(
        client, task_queue=QUEUE, workflows=[Well, Poisoned], workflow_runner=UnsandboxedWorkflowRunner()
    ):
        await client.execute_workflow(Well.run, id=f"well/{uuid.uuid4()}", task_queue=QUEUE)
        stuck = await client.start_workflow(
            Poisoned.run, id=f"poisoned/{uuid.uuid4()}", task_queue=QUEUE, task_timeout=timedelta(seconds=1)
        )
        await until(failures, lambda failures: failures > 0)
        await stuck.terminate()
        return await samples()


async def test_every_series_of_the_sdk_that_a_rule_asks_for_is_in_a_scrape(scrape: list[Sample]) -> None:
    asked = [one for rule in rules() for one in selectors(rule["expr"]) if one.metric.startswith("temporal_")]
    assert FAILED in {one.metric for one in asked}
    for one in asked:
        if "task_queue" in one.labels:
            assert one.labels["task_queue"] == TASK_QUEUE
        labels = {**one.labels, "task_queue": QUEUE}
        assert any(
            sample.name == one.metric and labels.items() <= sample.labels.items() for sample in scrape
        ), one  # fmt: skip


async def test_a_failed_task_names_the_type_and_the_reason(scrape: list[Sample]) -> None:
    [failed] = [sample for sample in scrape if sample.name == FAILED]
    assert failed.labels["workflow_type"] == "Poisoned"
    assert failed.labels["failure_reason"] == "WorkflowError"


async def test_histograms_end_where_ours_are_meant_to_and_no_rule_asks_for_more(scrape: list[Sample]) -> None:
    bounds: dict[str, list[float]] = {}
    for sample in scrape:
        if sample.name.endswith("_bucket") and sample.labels["le"] != "+Inf":
            bounds.setdefault(sample.name.removesuffix("_bucket"), []).append(float(sample.labels["le"]))
    for name, meant in BUCKETS.items():
        assert sorted(set(bounds.get(f"temporal_{name}_seconds", meant))) == list(meant)
    tops = {name: max(values) for name, values in bounds.items()}
    assert [name for name, threshold in PUBLISHED.items() if tops[name] <= threshold] == []
    assert out_of_reach([rule["expr"] for rule in rules()], tops) == []


async def test_what_the_sdk_logs_joins_our_log(scrape: list[Sample], caplog: pytest.LogCaptureFixture) -> None:
    assert scrape

    async def lines() -> list[logging.LogRecord]:
        return [
            record for when in ("setup", "call") for record in caplog.get_records(when) if record.name == "temporal"
        ]

    found = await until(lines, lambda lines: lines != [])
    assert found[0].getMessage() == "Failing workflow task"
    assert "run_id" in vars(found[0])["temporal_log"].fields


async def test_an_address_that_cannot_be_served_is_named_with_its_setting() -> None:
    with pytest.raises(AddressError, match=r"metrics_host, sdk_metrics_port: cannot serve at nowhere:0: "):
        build_runtime(Here(metrics_host="nowhere"))
