"""The alerts, judged by promtool and by a real Prometheus that scrapes the real exposition."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from embedded import ports
from observe import metrics
from observe.figures import CELLS, RECEIPT_STATES, Figures
from observe.health import serve_health
from tests.integration.deploy.programs import run, running
from tests.integration.deploy.web import Here, ask
from tests.support.waiting import until
from tests.unit.deploy.alerts import CASES, DEPLOY, RULES, rules, selectors

CONFIG = DEPLOY / "prometheus" / "prometheus.yml"


@pytest.fixture
def shown() -> Iterator[None]:
    """All that the registry can show: the series born at zero, and figures with something overdue."""
    metrics.bear_at_zero([], [])
    metrics.figures.publish(
        Figures(
            time.time(),
            dict.fromkeys(CELLS, 2),
            dict.fromkeys(RECEIPT_STATES, 0),
            oldest_waiting_notice=0,
            oldest_unsent_relay=0,
            follower_lag={"rights_changes": 0},
            follower_beat={"rights_changes": time.time()},
        )
    )
    yield
    metrics.figures.withdraw()


@pytest.mark.needs("promtool")
async def test_the_rules_are_well_formed() -> None:
    assert await run("promtool", "check", "rules", RULES) == (
        0, f"Checking {RULES}\n  SUCCESS: {len(rules())} rules found\n\n",
    )  # fmt: skip


@pytest.mark.needs("promtool")
async def test_the_rules_do_what_their_tests_expect() -> None:
    code, said = await run("promtool", "test", "rules", CASES)
    assert (code, "SUCCESS" in said) == (0, True), said


@pytest.mark.needs("promtool")
async def test_a_rule_that_is_wrong_fails_the_tests_of_the_rules(tmp_path: Path) -> None:
    cases = yaml.safe_load(CASES.read_text())
    (tmp_path / CASES.name).write_text(yaml.safe_dump({**cases, "tests": cases["tests"][:1]}))
    (tmp_path / RULES.name).write_text(RULES.read_text().replace("for: 15m", "for: 14m"))
    code, said = await run("promtool", "test", "rules", tmp_path / CASES.name)
    assert (code, "FAILED" in said) == (1, True), said


@pytest.mark.needs("promtool")
async def test_the_configuration_of_prometheus_is_well_formed() -> None:
    code, said = await run("promtool", "check", "config", CONFIG)
    assert code == 0, said


@pytest.mark.needs("promtool")
@pytest.mark.usefixtures("shown")
async def test_the_exposition_follows_the_conventions() -> None:
    async with serve_health(Here(), {}) as url:
        exposition = (await ask(f"{url}/metrics")).text
    assert await run("promtool", "check", "metrics", given=exposition.encode()) == (0, "")


@pytest.mark.usefixtures("shown")
def test_every_series_of_ours_that_a_rule_asks_for_is_in_a_scrape() -> None:
    there = [sample for family in metrics.REGISTRY.collect() for sample in family.samples]
    asked = [one for rule in rules() for one in selectors(rule["expr"]) if one.metric.startswith("directives_")]
    assert {one.metric for one in asked} >= {"directives_notices_total", "directives_figures_timestamp_seconds"}
    for one in asked:
        assert any(sample.name == one.metric and one.labels.items() <= sample.labels.items() for sample in there), one


def quickened(text: str) -> str:
    """The rules with their patience in tenths of a second instead of minutes; what they look at stays as it is."""
    return re.sub(r"for: (\d+)m", r"for: \g<1>00ms", text)


def configuration(target: str, rule_file: Path) -> dict[str, Any]:
    """The real configuration, asking one worker on the loopback every half second."""
    config: dict[str, Any] = yaml.safe_load(CONFIG.read_text())
    config["global"] = {"scrape_interval": "500ms", "evaluation_interval": "500ms"}
    config["rule_files"] = [str(rule_file)]
    del config["alerting"]
    config["scrape_configs"] = [
        {"job_name": one["job_name"], "scrape_timeout": "500ms", "static_configs": [{"targets": [target]}]}
        for one in config["scrape_configs"]
        if one["job_name"] == "directives"
    ]
    return config


@pytest.mark.needs("prometheus")
@pytest.mark.usefixtures("shown")
async def test_a_real_prometheus_raises_the_alerts_and_takes_them_back(tmp_path: Path) -> None:
    rule_file, config_file = tmp_path / "rules.yml", tmp_path / "prometheus.yml"
    rule_file.write_text(quickened(RULES.read_text()))
    with ports.reserved([ports.ANY, ports.ANY]) as [own, port]:
        config_file.write_text(yaml.safe_dump(configuration(f"127.0.0.1:{own}", rule_file)))
        url = f"http://127.0.0.1:{port}"
        arguments = [
            f"--config.file={config_file}",
            f"--storage.tsdb.path={tmp_path / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}",
        ]

        async def firing() -> set[str]:
            alerts = (await ask(f"{url}/api/v1/alerts")).json["data"]["alerts"]
            return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

        async with running("prometheus", *arguments, ready=f"{url}/-/ready"):
            async with serve_health(Here(metrics_port=own), {}):
                await until(firing, lambda alerts: "DirectiveOverdue" in alerts)
                metrics.notices.labels("email", "given_up").inc()
                metrics.waiting.hold("held", time.time() - 100)
                await until(firing, lambda alerts: alerts >= {"NoticeGivenUp", "MessagesWaiting"})
                metrics.waiting.release("held")
                await until(firing, lambda alerts: "MessagesWaiting" not in alerts)
            await until(firing, lambda alerts: "WorkerDown" in alerts)
