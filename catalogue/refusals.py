"""Why something was refused, as a sentence."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from catalogue import Language, MissingTextError, has, text
from catalogue.times import deadline_shown

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


def shown(detail: str) -> str:
    """An instant as the clock on the wall shows it; anything else as it is."""
    return deadline_shown(datetime.fromisoformat(detail)) if _INSTANT.fullmatch(detail) else detail


def refusal(code: str, details: Mapping[str, str], language: Language) -> str:
    """The sentence for a refusal code, filled with its details (``domain.refusal``).

    The code itself where there are none to fill it with: answers to very long lists come without.
    """
    filled = {name: shown(value) for name, value in details.items()}
    problem = filled.get("problem", "")
    if has(f"problem.{problem}"):
        filled["problem"] = text(f"problem.{problem}", language, limit=filled.get("limit", ""))
    else:
        filled["problem"] = filled.get("message", problem)
    try:
        return text(f"refusal.{code}", language, **filled)
    except MissingTextError:
        if details:
            raise
        return code
