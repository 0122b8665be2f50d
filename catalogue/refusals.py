"""Why something was refused, as a sentence."""

from collections.abc import Mapping

from catalogue import Language, has, text


def refusal(code: str, details: Mapping[str, str], language: Language) -> str:
    """The sentence for a refusal code, filled with its details (``domain.refusal``)."""
    filled = dict(details)
    problem = filled.get("problem", "")
    if has(f"problem.{problem}"):
        filled["problem"] = text(f"problem.{problem}", language, limit=filled.get("limit", ""))
    else:
        filled["problem"] = filled.get("message", problem)
    return text(f"refusal.{code}", language, **filled)
