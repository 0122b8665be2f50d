"""docs/authority.md says what the code says."""

import pytest

from domain.actor import Role
from domain.command import Command
from domain.commands import COMMANDS
from tests.support.authority_page import PAGE, page


def rows(kind: str) -> list[list[str]]:
    """The lines of the page that begin with that command, by cells."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith(f"| `{kind}` |")]


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.support.authority_page writes it anew"


@pytest.mark.parametrize(("kind", "command"), COMMANDS.items())
def test_every_command_has_its_roles_its_phases_and_its_meaning(kind: str, command: type[Command]) -> None:
    roles, phases, meaning = rows(kind)
    marked = {role for role, cell in zip(Role, roles[1:], strict=True) if cell}
    assert marked == set(command.roles)
    assert sum(cell != "" for cell in phases[1:]) == len(command.phases)
    assert all(len(words.split()) > 2 for words in meaning[1:])
