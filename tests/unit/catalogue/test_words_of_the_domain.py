"""What the domain can name has a word in both languages: a new command or notice brings its own."""

import pytest

from catalogue import has
from domain.actor import Role
from domain.commands import COMMANDS
from domain.notices import KINDS
from domain.state import PHASES

NAMED = [
    *(f"command.{kind.replace('_', '-')}" for kind, model in COMMANDS.items() if model.roles != (Role.SYSTEM,)),
    *(f"notice.title_{kind}" for kind in sorted(KINDS)),
    *(f"notice.lead_{kind}" for kind in sorted(KINDS)),
    *(f"headline.{phase}" for phase in sorted(PHASES)),
]


@pytest.mark.parametrize("key", NAMED)
def test_the_catalogue_has_a_word_for_it(key: str) -> None:
    assert has(key)
