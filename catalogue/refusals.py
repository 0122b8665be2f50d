"""Why something was refused, as a sentence."""

from collections.abc import Mapping

from catalogue import Language, MissingTextError, has, text


def refusal(code: str, details: Mapping[str, str], language: Language) -> str:
    """The sentence for a refusal code, filled with its details (``domain.refusal``).

    The code itself where there are none to fill it with: answers to very long lists come without.
    """
    filled = dict(details)
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
