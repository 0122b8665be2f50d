"""policy build: every rule, each with where it comes from."""

from pathlib import Path

import intake
from console.input_files import POLICY
from domain.policy import ASSUMED, Policy
from tests.support.typed import Type

EXAMPLE = ("policy", "build", "--id", "can-tho", "--version", "2", "--dated", "2026-11-24")
OF_THE_FIRST_RELEASE = "remind_working_days_before"


def test_the_example_policy_is_what_the_command_makes(type_: Type) -> None:
    said = type_(*EXAMPLE, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out == POLICY.read_text(encoding="utf-8")


def test_every_rule_stands_there_under_an_assumption_or_a_source(type_: Type) -> None:
    _, *rules = type_("policy", "build").out.split("\n\n")
    labelled = {rule.split("\n")[-1 if rule.count("\n") < 2 else 1].split(":")[0]: rule for rule in rules}
    names = {line.split(":")[0] for rule in rules for line in rule.splitlines() if line[0] not in "# -"}
    assert names == Policy.model_fields.keys() - {OF_THE_FIRST_RELEASE}
    assert all(rule.startswith((f"# {ASSUMED}", "# Decree")) for rule in labelled.values())


def test_what_is_made_is_the_policy_that_holds_where_none_is_given(type_: Type, tmp_path: Path) -> None:
    for file in (tmp_path / "policy.yaml", tmp_path / "policy.json"):
        assert type_("policy", "build", "--out", str(file), "--json").code == 0
        assert intake.load_policy(file) == Policy()
    owned = tmp_path / "owned.yaml"
    said = type_("policy", "build", "--issuer", "ubnd-can-tho", "--out", str(owned), "--json")
    assert intake.load_policy(owned).issuer == "ubnd-can-tho"
    assert said.json["sha256"] == intake.load_policy(owned).sha256()


def test_what_cannot_be_in_a_policy_is_said_by_field(type_: Type) -> None:
    said = type_("policy", "build", "--issuer", "Ủy ban")
    assert (said.code, said.out) == (1, "")
    assert "issuer" in said.err
    said = type_("policy", "build", "--dated", "2026-13-01")
    assert (said.code, said.err.split(":")[0]) == (2, "bad_value")
    assert "--dated" in said.err
