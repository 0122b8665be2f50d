"""The policy: every rule says where its default comes from; one document for each issuer."""

import re
from typing import Final

import pytest
from pydantic import ValidationError

from domain.alarms import next_alarm
from domain.policy import ASSUMED, Policy
from domain.refusal import Code
from tests.support.builders import Json, by, directive, issue, local_time, obligation
from tests.support.desk import Desk

SOURCE: Final = re.compile(r"(Decree|Law|Code) \d+")


@pytest.mark.parametrize("name", Policy.model_fields)
def test_every_rule_names_the_source_of_its_default_or_says_that_it_is_assumed(name: str) -> None:
    description = Policy.model_fields[name].description
    assert description is not None
    assert description.startswith(ASSUMED) or SOURCE.search(description), description


def test_a_policy_of_the_first_release_keeps_its_digest() -> None:
    first = Policy(remind_working_days_before=3)
    assert first.sha256() == "b613fbe3ad370ce74101831fda3ab541af5e524216513bc6276d57b2905cf139"


@pytest.mark.parametrize(
    "rule",
    [
        {"ladder": {"rungs": [-3, -1, 0]}},
        {"ladder": {"rungs": [-7, -3, -1, 0, 1, 3], "then_every": 4}},
        {"explain_late": False},
        {"escalation": []},
        {"issuer": "office"},
        {"review_days": 31},
    ],
)
def test_every_rule_counts_in_the_digest(rule: Json) -> None:
    assert Policy.model_validate(rule, strict=False).sha256() != Policy().sha256()


def test_two_rows_of_the_escalation_for_one_urgency_are_none() -> None:
    row = {"priority": 1, "tracker": 1}
    with pytest.raises(ValidationError, match="same urgency"):
        Policy.model_validate({"escalation": [row, row]}, strict=False)


def test_a_directive_is_issued_under_a_policy_of_its_own_issuer_or_of_nobody() -> None:
    assert Desk.first(issue(directive(policy={"issuer": "office"}))).outcome == "done"
    outcome = Desk.first(issue(directive(policy={"issuer": "unit-a"})))
    assert (outcome.code, outcome.details) == (Code.WRONG_UNIT, {"unit": "unit-a", "issuer": "office"})


def test_a_directive_goes_by_the_policy_that_stands_in_its_own_events() -> None:
    task = obligation("unit-a", deadline=by("2026-11-25"))
    eager = Desk(directive(task, policy={"ladder": {"rungs": [-5]}}))
    calm = Desk(directive(task, policy={"ladder": {"rungs": [-1]}}))
    assert next_alarm(eager.state) == local_time("2026-11-18 08:00")
    assert next_alarm(calm.state) == local_time("2026-11-24 08:00")
