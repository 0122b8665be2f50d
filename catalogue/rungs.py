"""Rungs of a ladder as people read them."""

from collections.abc import Sequence
from typing import Final

from catalogue import Language, text

MOST_SHOWN: Final = 3
"""Of the rungs that were overtaken; after a long outage there may be dozens."""


def rung_shown(rung: int, language: Language) -> str:
    """``rung``: working days after the deadline; before it where negative."""
    if rung == 0:
        return text("rung.on", language)
    side, days = "before" if rung < 0 else "after", abs(rung)
    return text(f"rung.{side}_one" if days == 1 else f"rung.{side}", language, days=days)


def rungs_shown(rungs: Sequence[int], language: Language) -> str:
    """Several, the first of them by name."""
    named = "; ".join(rung_shown(rung, language) for rung in rungs[:MOST_SHOWN])
    more = len(rungs) - MOST_SHOWN
    return text("rung.and_more", language, rungs=named, count=more) if more > 0 else named
