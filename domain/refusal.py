"""Why something is not done: one code each; the sentences for people stand in the catalogue under the same code."""

from enum import StrEnum


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
    STALE_REVISION = "stale_revision"
    STILL_OWED = "still_owed"
    # The actor
    FORBIDDEN = "forbidden"
    WRONG_UNIT = "wrong_unit"
    NO_DELEGATION = "no_delegation"
    UNPROVED = "unproved"
    OWN_REPORT = "own_report"
    # What the command points at
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_ASSIGNMENT = "unknown_assignment"
    AMBIGUOUS_ASSIGNMENT = "ambiguous_assignment"
    # Its state
    ALREADY_ACKNOWLEDGED = "already_acknowledged"
    ALREADY_REFUSED = "already_refused"
    NOT_ACKNOWLEDGED = "not_acknowledged"
    REPORT_PENDING = "report_pending"
    NO_REPORT_WAITING = "no_report_waiting"
    ALREADY_ACCEPTED = "already_accepted"


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """A command is not carried out. ``details`` fill the sentence that the catalogue holds for ``code``."""

    def __init__(self, code: Code, **details: str) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details
