"""Writes a policy as the file that ``load_policy`` reads, every rule with where it comes from."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Any, Final

import yaml

from domain.policy import Policy

_WIDTH: Final = 100
_OF_THE_FIRST_RELEASE: Final = "remind_working_days_before"
"""Read from files of that time; the ladder took its place."""


def yaml_of(policy: Policy) -> str:
    """The policy as YAML: all of its rules, those at their default, too."""
    return "\n".join(_parts(policy))


def _parts(policy: Policy) -> Iterator[str]:
    content = {**policy.model_dump(mode="json"), "dated": policy.dated}
    for name, field in Policy.model_fields.items():
        if name == _OF_THE_FIRST_RELEASE and content[name] is None:
            continue
        said = wrap(field.description or "", _WIDTH, initial_indent="# ", subsequent_indent="# ")
        yield "".join(f"{line}\n" for line in said) + _yaml(name, content[name])


def _yaml(name: str, value: Any) -> str:  # noqa: ANN401 - any plain value
    # Rows of a table on one line each; a rule alone as people write it.
    flow = None if isinstance(value, dict | list) else False
    return yaml.dump(
        {name: value}, Dumper=_Indented, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=flow
    )


class _Indented(yaml.SafeDumper):
    """Lists stand further in than the rule that they belong to."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as the base class has it
        super().increase_indent(flow, indentless=False)
