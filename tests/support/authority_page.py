"""docs/authority.md, made from the commands themselves: ``python -m tests.support.authority_page`` writes it anew."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from sys import modules
from typing import Final, get_args

from domain.actor import ISSUER_SIDE, UNIT_SIDE, Role
from domain.command import Command
from domain.commands import COMMANDS
from domain.delegation import Delegation
from domain.state import Phase

PAGE: Final = Path(__file__).parents[2] / "docs" / "authority.md"
DELEGATING: Final[tuple[Role, ...]] = get_args(Delegation.model_fields["role"].annotation)
"""The roles whose powers may be given to a delegate."""

_PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
_USUAL, _ALSO, _NOT = "●", "○", ""
_NAMING: Final = 8
"""Words at most before the colon of a module's first sentence: its name in English and Vietnamese."""

_HEAD: Final = f"""\
# Who may do what

<!-- Made from the code by `python -m tests.support.authority_page`; a test compares. Do not edit. -->

The table is checked in `decide`, whichever door a command comes through: {_USUAL} in this role a command is usually
given, {_ALSO} it may be given in this one, too; to everybody else the answer is `forbidden`. Clerk, leader, tracker and
records officer are people of the issuer, unit head and officer of the unit that owes: anybody else's answer is
`wrong_unit`, or `unknown_unit` where the directive is not addressed to their unit. Nobody decides on a report in which
they had a part, not even for another (`own_report`). What time alone brings about is no command: nobody gives it.
"""

_BEHALF: Final = """\
## On behalf of another

{roles} may be stood in for: whoever holds a delegation (in writing, from a day to a day, for that role
and unit, for all of its commands or for those named) names the principal in `on_behalf_of`. Both stand in every event,
and count as one when it comes to deciding on their own report. A delegation is not passed on, and nobody may
come to stand in for themselves. Without one that covers role, unit, command and day the answer is `no_delegation`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_table(), "", *_phases(), "", *_behalf(), "", *_meanings()]) + "\n"


def _table() -> Iterator[str]:
    yield _row(["command", *(_word(role) for role in Role)])
    yield _row(["---", *(":-:" for _ in Role)])
    for kind, command in _sorted():
        yield _row([f"`{kind}`", *(_mark(command, role) for role in Role)])


def _phases() -> Iterator[str]:
    yield "## When\n"
    yield "A directive is in one of these phases; in any other than those marked a command is refused.\n"
    yield _row(["command", *(phase.replace("_", " ") for phase in _PHASES)])
    yield _row(["---", *(":-:" for _ in _PHASES)])
    for kind, command in _sorted():
        yield _row([f"`{kind}`", *(_USUAL if phase in command.phases else _NOT for phase in _PHASES)])


def _behalf() -> Iterator[str]:
    yield _BEHALF.format(roles=" and ".join(_word(role) for role in DELEGATING).capitalize())
    for role in DELEGATING:
        kinds = ", ".join(f"`{kind}`" for kind, command in _sorted() if role in command.roles)
        yield f"- For a {_word(role)}: {kinds}."


def _meanings() -> Iterator[str]:
    yield "## What each is\n"
    yield _row(["command", "is", "is given"])
    yield _row(["---", "---", "---"])
    for kind, command in _sorted():
        module = modules[command.__module__]
        yield _row([f"`{kind}`", _sentence(module.__doc__), _sentence(command.__doc__)])


def _sorted() -> Iterable[tuple[str, type[Command]]]:
    """The issuer's first, then the units', then ours; by name within."""

    def place(pair: tuple[str, type[Command]]) -> tuple[int, str]:
        kind, command = pair
        side = 0 if command.roles[0] in ISSUER_SIDE else 1 if command.roles[0] in UNIT_SIDE else 2
        return side, kind

    return sorted(COMMANDS.items(), key=place)


def _mark(command: type[Command], role: Role) -> str:
    if role not in command.roles:
        return _NOT
    return _USUAL if role is command.roles[0] else _ALSO


def _word(role: Role) -> str:
    return role.replace("_", " ")


def _sentence(documentation: str | None) -> str:
    """The first sentence, without the name of the command before it."""
    words = " ".join((documentation or "").split("\n\n")[0].split())
    first = words.split(". ")[0].rstrip(".")
    name, colon, rest = first.partition("): ") if "): " in first else first.partition(": ")
    meaning = rest if colon and len(name.split()) <= _NAMING else first
    return f"{meaning[:1].upper()}{meaning[1:]}.".replace("|", "\\|").replace("``", "`")


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
