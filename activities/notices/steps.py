"""What the reader of a notice may do next: one table, kind by kind, of what is still owed when the mail is written.

A notice may be overtaken: by the time it goes out the unit has acknowledged, the report was answered, the assignment
released. What nobody owes any more is not asked for; where nothing of it is left, the reader is shown how things stand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from activities.notices.claim import DueNotice, Task
from domain.state import HELD_BY_UNIT, OWED


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that the reader may give. ``verb``: on the command line; its words are the catalogue's ``step_<name>``.

    ``by``: the unit that is told, or the issuer about that unit or assignment. ``of``: given once for the notice, or
    for every assignment that it names. ``owed``: whether it still makes sense.
    """

    name: str
    verb: str
    options: str = ""
    by: Literal["unit", "issuer"] = "unit"
    of: Literal["notice", "task"] = "notice"
    owed: Callable[[DueNotice, Task | None], bool] = lambda notice, task: True  # noqa: ARG005 - same for all


def _unanswered(notice: DueNotice, _: Task | None) -> bool:
    return notice.acts and not notice.answered


def _refusable(notice: DueNotice, _: Task | None) -> bool:
    return _unanswered(notice, None) and not notice.refused


def _held(notice: DueNotice, task: Task | None) -> bool:
    return task is not None and task.unit == notice.unit and task.status in HELD_BY_UNIT and not task.suspended


def _reported(_: DueNotice, task: Task | None) -> bool:
    return task is not None and task.status == "with_issuer"


def _more_time_asked(_: DueNotice, task: Task | None) -> bool:
    return task is not None and task.asks_extension


def _transfer_asked(_: DueNotice, task: Task | None) -> bool:
    return task is not None and task.asks_transfer


def _to_explain(notice: DueNotice, task: Task | None) -> bool:
    return task is not None and task.unit == notice.unit and task.owes_explanation


def _to_answer_recall(notice: DueNotice, _: Task | None) -> bool:
    return notice.recall == "asked"


def _late_to_answer(notice: DueNotice, _: Task | None) -> bool:
    return notice.about_unanswered


def _owed_yet(_: DueNotice, task: Task | None) -> bool:
    return task is not None and task.status in OWED


def _held_by_unit(_: DueNotice, task: Task | None) -> bool:
    return task is not None and task.status in HELD_BY_UNIT and not task.suspended


def _refused_by_other(notice: DueNotice, _: Task | None) -> bool:
    return notice.about_refused


_WHY: Final = "--reason '…'"
ACKNOWLEDGE: Final = Offer("acknowledge", "acknowledge", owed=_unanswered)
REFUSE: Final = Offer("refuse", "refuse", f"--cause wrong_addressee {_WHY}", owed=_refusable)
REPORT: Final = Offer("report", "report", "--text '…'", of="task", owed=_held)
REPORT_AGAIN: Final = Offer("report_again", "report", "--text '…'", of="task", owed=_held)
EXPLAIN: Final = Offer("explain", "explain", "--cause resources --text '…'", of="task", owed=_to_explain)
AGREE_RECALL: Final = Offer("agree_recall", "agree-recall", owed=_to_answer_recall)
REFUSE_RECALL: Final = Offer("refuse_recall", "refuse-recall", _WHY, owed=_to_answer_recall)
ACCEPT: Final = Offer("accept", "accept", by="issuer", of="task", owed=_reported)
RETURN: Final = Offer("return", "return", _WHY, by="issuer", of="task", owed=_reported)
GRANT: Final = Offer("grant_extension", "grant-extension", by="issuer", of="task", owed=_more_time_asked)
DENY: Final = Offer("deny_extension", "deny-extension", _WHY, by="issuer", of="task", owed=_more_time_asked)
AGREE_TRANSFER: Final = Offer("agree_transfer", "agree-transfer", by="issuer", of="task", owed=_transfer_asked)
DECLINE_TRANSFER: Final = Offer(
    "decline_transfer", "decline-transfer", _WHY, by="issuer", of="task", owed=_transfer_asked
)
AGREE_REFUSAL: Final = Offer("agree_refusal", "agree-refusal", by="issuer", owed=_refused_by_other)
DECLINE_REFUSAL: Final = Offer("decline_refusal", "decline-refusal", _WHY, by="issuer", owed=_refused_by_other)
_WORDS: Final = "--text '…'"
URGE: Final = Offer("urge", "urge", _WORDS, by="issuer", of="task", owed=_held_by_unit)
URGE_UNIT: Final = Offer("urge_unit", "urge", _WORDS, by="issuer", owed=_late_to_answer)
ESCALATE: Final = Offer("escalate", "escalate", _WORDS, by="issuer", of="task", owed=_owed_yet)
SHOW: Final = Offer("show", "show")

_TO_DO: Final = (ACKNOWLEDGE, REPORT)
_TO_JUDGE: Final = (ACCEPT, RETURN)
_TO_PRESS: Final = (URGE, GRANT, DENY)
MOST: Final = 20
"""Of all that may be done next, so much is written out: a digest may name thousands of assignments."""
OFFERS: Final[Mapping[str, tuple[Offer, ...]]] = {
    "issued": (ACKNOWLEDGE, REFUSE),
    "acknowledgement_passed": (ACKNOWLEDGE, REFUSE),
    "amended": (ACKNOWLEDGE, REFUSE),
    "transferred_to": (ACKNOWLEDGE, REFUSE, REPORT),
    "reorganised": _TO_DO,
    "refusal_declined": (ACKNOWLEDGE,),
    "reminder": _TO_DO,
    "deadline_passed": (*_TO_DO, EXPLAIN),
    "occurrence_opened": _TO_DO,
    "urged": _TO_DO,
    "resumed": _TO_DO,
    "extension_granted": (REPORT,),
    "extension_denied": (REPORT,),
    "transfer_declined": _TO_DO,
    "returned": (REPORT_AGAIN,),
    "reopened": (REPORT_AGAIN,),
    "explanation_demanded": (EXPLAIN, REPORT),
    "recalled": (AGREE_RECALL, REFUSE_RECALL),
    "report_waiting": _TO_JUDGE,
    "report_recommended": _TO_JUDGE,
    "unanswered_tracker": (*_TO_JUDGE, ESCALATE),
    "unanswered_head_of_office": _TO_JUDGE,
    "unanswered_chairman": _TO_JUDGE,
    "overdue_tracker": (*_TO_PRESS, ESCALATE),
    "overdue_head_of_office": _TO_PRESS,
    "overdue_chairman": _TO_PRESS,
    "review": (URGE,),
    "unacknowledged": (URGE_UNIT,),
    "unacknowledged_head_of_office": (URGE_UNIT,),
    "unacknowledged_chairman": (URGE_UNIT,),
    "extension_requested": (GRANT, DENY),
    "transfer_proposed": (AGREE_TRANSFER, DECLINE_TRANSFER),
    "refused": (AGREE_REFUSAL, DECLINE_REFUSAL),
}
"""Other kinds only tell."""
NOTHING: Final = frozenset({"informed", "accepted", "waived", "dropped", "transferred_away", "refusal_agreed"})
"""After these the reader has nothing more to do, and nothing to look after."""


def offers(kind: str, notice: DueNotice) -> Sequence[tuple[Offer, Task | None]]:
    """What may be done now, with the assignment that it is about; ``show`` where nothing, or too much, is left."""
    possible = OFFERS.get(kind, ())
    about: list[tuple[Offer, Task | None]] = [(offer, None) for offer in possible if offer.of == "notice"]
    about += [(offer, task) for task in notice.tasks for offer in possible if offer.of == "task"]
    owed = [(offer, task) for offer, task in about if offer.owed(notice, task)]
    if len(owed) > MOST:
        return [*owed[:MOST], (SHOW, None)]
    return owed or ([] if kind in NOTHING else [(SHOW, None)])
