"""Why something is not done: one code each; the sentences for people stand in the catalogue under the same code."""

from enum import StrEnum
from typing import Final

NAMING: Final = ("person", "principal", "delegate")
"""The details of a refusal that name a person."""


class Code(StrEnum):
    """Every answer "no" that this service gives to a command."""

    # The message
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    WRONG_ARITY = "wrong_arity"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_TYPE = "unknown_type"
    INVALID_FIELD = "invalid_field"
    COMMAND_ID_REUSED = "command_id_reused"
    ATOMIC_ABORTED = "atomic_aborted"
    CANCEL_REFUSED = "cancel_refused"
    # The directive
    NOT_FOUND = "not_found"
    DUPLICATE = "duplicate"
    ID_MISMATCH = "id_mismatch"
    STATE_SECRET = "state_secret"  # noqa: S105 - a classification, not a password
    DEADLINE_BEFORE_ISSUE = "deadline_before_issue"
    DIRECTIVE_CLOSED = "directive_closed"
    DIRECTIVE_FROZEN = "directive_frozen"
    DIRECTIVE_ENDED = "directive_ended"
    DIRECTIVE_IN_FORCE = "directive_in_force"
    STALE_REVISION = "stale_revision"
    STILL_OWED = "still_owed"
    # The actor
    FORBIDDEN = "forbidden"
    WRONG_UNIT = "wrong_unit"
    NO_DELEGATION = "no_delegation"
    UNPROVED = "unproved"
    OWN_REPORT = "own_report"
    NOT_PRINCIPAL = "not_principal"
    DELEGATION_CIRCLE = "delegation_circle"
    DELEGATION_PASSED_ON = "delegation_passed_on"
    ERASED_PERSON = "erased_person"
    # What the command points at
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_ASSIGNMENT = "unknown_assignment"
    AMBIGUOUS_ASSIGNMENT = "ambiguous_assignment"
    UNKNOWN_SUPERIOR = "unknown_superior"
    # Deadlines
    DEADLINE_PAST = "deadline_past"
    NOT_LATER = "not_later"
    NO_DEADLINE = "no_deadline"
    OUTSIDE_WINDOW = "outside_window"
    UNRECKONABLE = "unreckonable"
    # Its state
    ALREADY_ACKNOWLEDGED = "already_acknowledged"
    ALREADY_REFUSED = "already_refused"
    NOT_ACKNOWLEDGED = "not_acknowledged"
    REPORT_PENDING = "report_pending"
    NO_REPORT_WAITING = "no_report_waiting"
    ALREADY_ACCEPTED = "already_accepted"
    NOT_ACCEPTED = "not_accepted"
    RELEASED = "released"
    UNIT_RELEASED = "unit_released"
    NO_REFUSAL_WAITING = "no_refusal_waiting"
    SUSPENDED = "suspended"
    NOT_SUSPENDED = "not_suspended"
    EXTENSION_PENDING = "extension_pending"
    NO_EXTENSION_WAITING = "no_extension_waiting"
    EXTENSION_LIMIT = "extension_limit"
    EXTENSION_TOO_LATE = "extension_too_late"
    EXTENSION_TOO_LONG = "extension_too_long"
    TRANSFER_PENDING = "transfer_pending"
    NO_TRANSFER_WAITING = "no_transfer_waiting"
    SAME_UNIT = "same_unit"
    NOT_OVERDUE = "not_overdue"
    EXPLANATION_PENDING = "explanation_pending"
    EXPLANATION_OWED = "explanation_owed"
    NO_EXPLANATION_DEMANDED = "no_explanation_demanded"
    RECALL_ANSWERED = "recall_answered"
    NOTHING_CHANGED = "nothing_changed"
    SLIP_TOO_LATE = "slip_too_late"
    TIME_OUT_OF_RANGE = "time_out_of_range"
    CHILDREN_OWE = "children_owe"
    SUPERIOR_NOT_OPEN = "superior_not_open"
    TOO_DEEP = "too_deep"
    # Words to be erased
    UNKNOWN_VERSION = "unknown_version"
    NO_WORDS = "no_words"
    ALREADY_ERASED = "already_erased"
    UNKNOWN_PERSON = "unknown_person"
    NAME_IN_THE_OPEN = "name_in_the_open"


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """A command is not carried out. ``details`` fill the sentence that the catalogue holds for ``code``."""

    def __init__(self, code: Code, **details: str) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details
