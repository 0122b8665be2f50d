"""What the workflow is told of its directive: for answers, for search, and for people who look at the Temporal UI."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from activities.reading import Opened
from catalogue import LANGUAGES, Language, text
from catalogue.refusals import refusal
from catalogue.times import minute_shown
from domain.alarms import finished, next_deadline
from domain.canonical import canonical
from domain.handling import Handling
from domain.outcome import Outcome
from domain.state import DirectiveState
from domain.wire import Failure, HandleResult

MOST_ANSWERED: Final = 1_500_000
"""Bytes of a batch's answers; beyond, refusals in lists are told by their code alone."""


def describe(handling: Handling, opened: Sequence[Opened], now: datetime) -> HandleResult:
    """The result of a batch."""
    state = handling.state
    pairs = list(zip(opened, handling.outcomes, strict=True))
    result = HandleResult(
        answers=_fitting({one.message.id: answer(one, given) for one, given in pairs if one.message.door == "update"}),
        failure=_failure(state, pairs),
    )
    if state is None:
        return result
    alarm, counted = handling.agenda.next_alarm(state), counts(state)
    return result.model_copy(
        update={
            "version": state.version,
            "next_alarm": alarm,
            "finished": finished(state, now),
            "phase": state.phase,
            "headline": "\n\n".join(_headline(state.phase, counted, alarm, language) for language in LANGUAGES),
            "counts": counted,
            "attributes": _attributes(state),
        }
    )


def answer(opened: Opened, outcomes: Sequence[Outcome]) -> Any:  # noqa: ANN401 - JSON
    """The JSON that a caller gets back: one outcome, or a list where a list was sent."""
    values = [outcome_json(one) for one in outcomes]
    return values if opened.many else values[0]


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON, with the reason in words where it is refused."""
    value = outcome.model_dump(mode="json", exclude_none=True)
    if not outcome.unnamed:
        value.pop("unnamed")
    if outcome.code is None:
        value.pop("details")
        return value
    return {**value, "reason": refusal(outcome.code, outcome.details, "en")}


def _fitting(answers: dict[str, Any]) -> dict[str, Any]:
    # A task's completion bears them twice, in the activity's marker and as the updates' outcomes. The server takes 4 MB
    # of it, 2 MB of a marker, and terminates the run of a larger one. Sent again alone, a command gets its full answer.
    if len(canonical(answers)) <= MOST_ANSWERED:
        return answers
    return {key: [_brief(one) for one in given] if isinstance(given, list) else given for key, given in answers.items()}


def _brief(value: dict[str, Any]) -> dict[str, Any]:
    return value if "code" not in value else {**value, "details": {}, "reason": value["code"]}


def counts(state: DirectiveState) -> dict[str, int]:
    """How many receipts and assignments stand how."""
    acting = [one for one in state.receipts.values() if one.purpose == "act" and one.released_at is None]
    return {
        "units": len(acting),
        "acknowledged": sum(one.acknowledged_at is not None for one in acting),
        "refused": sum(one.refused_at is not None for one in acting),
        "assignments": len(state.assignments),
        "with_issuer": sum(one.status == "with_issuer" for one in state.assignments.values()),
        "accepted": sum(one.status == "accepted" for one in state.assignments.values()),
    }


def _failure(state: DirectiveState | None, pairs: Sequence[tuple[Opened, Sequence[Outcome]]]) -> Failure | None:
    for one, given in pairs:
        if one.message.door == "start" and given and given[0].code is not None:
            return Failure(code=given[0].code, reason=refusal(given[0].code, given[0].details, "en"))
    if state is None:
        return Failure(code="not_found", reason=refusal("not_found", {}, "en"))
    return None


def _headline(phase: str, counted: Mapping[str, int], alarm: datetime | None, language: Language) -> str:
    when = minute_shown(alarm) if alarm else "–"
    return text(f"headline.{phase}", language, **counted, alarm=when)


def _attributes(state: DirectiveState) -> dict[str, str]:
    deadline = next_deadline(state)
    return {
        "DirectiveStatus": state.phase,
        "DirectiveIssuer": state.document.issuer,
        "DirectiveUrgency": str(state.document.priority),
        "DirectiveNextDeadline": deadline.isoformat() if deadline else "",
    }
