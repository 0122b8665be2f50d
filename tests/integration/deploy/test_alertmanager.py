"""Who is told, and what is held back, judged by amtool and by a real Alertmanager."""

import json
from pathlib import Path

import pytest

from embedded import ports
from tests.integration.deploy.programs import run, running
from tests.integration.deploy.web import ask
from tests.support.waiting import until
from tests.unit.deploy.alerts import DEPLOY, Rule, rules

CONFIG = DEPLOY / "alertmanager" / "alertmanager.yml"


def by_name() -> dict[str, Rule]:
    """Of MessagesWaiting the second one, `component: worker`."""
    return {rule["alert"]: rule for rule in rules()}


@pytest.mark.needs("amtool")
async def test_the_configuration_is_well_formed() -> None:
    code, said = await run("amtool", "check-config", CONFIG)
    assert code == 0, said


@pytest.mark.needs("amtool")
@pytest.mark.parametrize(
    ("alert", "receivers"),
    [
        ("WorkerDown", "tech"),
        ("WorkflowTaskFailing", "tech"),
        ("MessagesWaiting", "tech"),
        ("FiguresStale", "tech"),
        ("NoticeGivenUp", "tech,office"),
        ("DirectiveOverdue", "office"),
        ("DirectiveUnacknowledged", "office"),
    ],
)
async def test_an_alert_reaches_those_who_can_do_something_about_it(alert: str, receivers: str) -> None:
    labels = {"alertname": alert, **by_name()[alert]["labels"]}
    pairs = [f"{name}={value}" for name, value in labels.items()]
    code, said = await run("amtool", "config", "routes", "test", f"--config.file={CONFIG}", *pairs)
    assert (code, said.splitlines()[-1]) == (0, receivers)


def test_no_password_stands_in_the_configuration() -> None:
    lines = [line for line in CONFIG.read_text().splitlines() if not line.startswith("#")]
    assert [line for line in lines if "password" in line] == []


@pytest.mark.needs("alertmanager")
async def test_an_alert_holds_back_what_follows_from_it(tmp_path: Path) -> None:
    with ports.reserved([ports.ANY]) as [port]:
        url = f"http://127.0.0.1:{port}"
        arguments = [
            f"--config.file={CONFIG}",
            f"--storage.path={tmp_path}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--cluster.listen-address=",
        ]

        async def raised(*alerts: str, **labels: str) -> None:
            body = [{"labels": {"alertname": alert, **by_name()[alert]["labels"], **labels}} for alert in alerts]
            headers = {"Content-Type": "application/json"}
            assert (await ask(f"{url}/api/v2/alerts", json.dumps(body).encode(), headers)).status == 200

        async def held_back() -> set[str]:
            alerts = json.loads((await ask(f"{url}/api/v2/alerts")).text)
            return {alert["labels"]["alertname"] for alert in alerts if alert["status"]["state"] == "suppressed"}

        async with running("alertmanager", *arguments, ready=f"{url}/-/ready"):
            await raised(*(by_name().keys() - {"WorkerDown", "FiguresStale"}))
            assert await held_back() == set()
            await raised("FiguresStale")
            unmeasured = {"DirectiveOverdue", "DirectiveUnacknowledged"}
            await until(held_back, lambda held: held == unmeasured)
            await raised("MessagesWaiting", component="journal")
            await until(held_back, lambda held: held == unmeasured | {"FiguresStale", "FollowerStopped"})
            await raised("WorkerDown")
            consequences = by_name().keys() - {"WorkerDown", "NoticeGivenUp"}
            await until(held_back, lambda held: held == consequences)
