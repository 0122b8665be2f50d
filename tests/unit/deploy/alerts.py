"""The alerts of `deploy/`, as the tests look at them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

DEPLOY: Final = Path(__file__).parents[3] / "deploy"
RULES: Final = DEPLOY / "prometheus" / "rules.yml"
CASES: Final = DEPLOY / "prometheus" / "rules.test.yml"

Rule = dict[str, Any]


def rules() -> list[Rule]:
    """Every alert of the rules, in order."""
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def cases() -> Iterator[dict[str, Any]]:
    """Every expectation of the rules' tests."""
    for test in yaml.safe_load(CASES.read_text())["tests"]:
        yield from test["alert_rule_test"]


class Selector(NamedTuple):
    """A series that an expression asks for."""

    metric: str
    labels: Mapping[str, str]


def selectors(expression: str) -> list[Selector]:
    """The service's and the SDK's series in an expression, with the labels that must be equal to something."""
    return [
        Selector(metric, dict(re.findall(r'(\w+)="([^"]*)"', labels)))
        for metric, labels in re.findall(r"\b((?:directives|temporal)_\w+)(?:\{([^}]*)\})?", expression)
    ]


def out_of_reach(expressions: Iterable[str], top_buckets: Mapping[str, float]) -> list[str]:
    """Those that ask a quantile to be above the greatest bound of its histogram, and so can never be true.

    ``top_buckets``: by the name of the histogram, without ``_bucket``.
    """
    found: list[str] = []
    for expression in expressions:
        asked = re.search(r"histogram_quantile\(.*?(\w+)_bucket.*\)\s*>\s*([\d.]+)", expression, re.DOTALL)
        if asked and float(asked[2]) >= top_buckets[asked[1]]:
            found.append(expression)
    return found
