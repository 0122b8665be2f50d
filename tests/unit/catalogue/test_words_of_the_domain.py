"""What the domain can name has a word in both languages: a new command or notice brings its own."""

import pytest

from catalogue import has
from console.verb import VERBS
from domain.notices import KINDS
from domain.state import PHASES

NAMED = [
    *(f"command.{name}" for name in VERBS),
    *(f"notice.title_{kind}" for kind in sorted(KINDS)),
    *(f"notice.lead_{kind}" for kind in sorted(KINDS)),
    *(f"headline.{phase}" for phase in sorted(PHASES)),
]


@pytest.mark.parametrize("key", NAMED)
def test_the_catalogue_has_a_word_for_it(key: str) -> None:
    assert has(key)
