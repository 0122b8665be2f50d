"""Every alert says to whom, how bad, what, in both languages, and what to do about it."""

import re
from pathlib import Path

import pytest

from observe.runtime import BUCKETS
from tests.unit.deploy.alerts import Rule, cases, out_of_reach, rules, selectors

REPOSITORY = Path(__file__).parents[3]
each_alert = pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule['alert']}-{rule['labels']['component']}")


@each_alert
def test_every_alert_names_severity_component_and_audience(rule: Rule) -> None:
    labels = rule["labels"]
    assert labels.keys() == {"severity", "component", "audience"}
    assert labels["severity"] in ("warning", "critical")
    assert labels["audience"] in ("office", "tech")


@each_alert
def test_every_alert_speaks_vietnamese_and_english(rule: Rule) -> None:
    for text in (rule["annotations"]["summary"].split("·"), rule["annotations"]["description"].splitlines()):
        vietnamese, english = text
        assert re.search("[ạ-ỹđ]", vietnamese, re.IGNORECASE)
        assert english.isascii()


@each_alert
def test_every_runbook_address_leads_to_a_heading_that_is_there(rule: Rule) -> None:
    path, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    headings = re.findall(r"^#+ (.+)$", (REPOSITORY / path).read_text(), re.MULTILINE)
    assert anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert Path(path).stem == rule["alert"]


@each_alert
def test_every_alert_has_a_case_in_which_it_fires_and_one_in_which_it_is_silent(rule: Rule) -> None:
    expected = [case["exp_alerts"] for case in cases() if case["alertname"] == rule["alert"]]
    assert any(alert["exp_labels"].items() >= rule["labels"].items() for alerts in expected for alert in alerts)
    assert [] in expected


def test_no_alert_waits_for_a_value_that_its_histogram_cannot_show() -> None:
    tops = {f"temporal_{name}_seconds": max(bounds) for name, bounds in BUCKETS.items()}
    expressions = [rule["expr"] for rule in rules()]
    assert any("histogram_quantile" in expression for expression in expressions)
    assert out_of_reach(expressions, tops) == []


def test_a_threshold_above_the_top_bucket_is_found() -> None:
    asks = "histogram_quantile(0.99, sum by (le) (rate(temporal_x_seconds_bucket[5m]))) > 1800"
    assert out_of_reach([asks], {"temporal_x_seconds": 1000}) == [asks]
    assert out_of_reach([asks], {"temporal_x_seconds": 3600}) == []


def test_no_alert_sums_what_only_one_worker_shows() -> None:
    for rule in rules():
        gauges = [one.metric for one in selectors(rule["expr"]) if re.search("assignments|receipts", one.metric)]
        for gauge in gauges:
            assert f"max(last_over_time({gauge}" in rule["expr"]
