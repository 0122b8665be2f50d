"""What reconcile finds can be said, with what it speaks of."""

from typing import Final, get_args

import pytest

from catalogue import LANGUAGES, has, text
from domain.wire import FindingCode

DETAILS: Final = dict.fromkeys(("journal", "known", "commands", "run", "tables", "problem"), "7")


@pytest.mark.parametrize("code", get_args(FindingCode))
def test_every_finding_can_be_told(code: str) -> None:
    for language in LANGUAGES:
        assert text(f"finding.{code}", language, **DETAILS)


def test_whether_it_is_mended_and_how_a_restoration_failed_can_be_told() -> None:
    assert all(has(f"mended.{mended}") for mended in (True, False))
    assert has("restored.failed")
    assert has("restored.unknown")
