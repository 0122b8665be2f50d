"""Every kind of event, and how stored ones are read."""

from typing import Any, Final, get_args

from domain.alarms import AcknowledgementDeadlinePassed, DeadlinePassed, Reminded
from domain.commands.accept import ReportAccepted
from domain.commands.acknowledge import Acknowledged
from domain.commands.approve import ReportApproved
from domain.commands.close import DirectiveClosed
from domain.commands.deadline_set import DeadlineSet
from domain.commands.issue import DirectiveIssued
from domain.commands.progress import ProgressReported
from domain.commands.record_delivery import NoticeGivenUp, ReceiptDelivered
from domain.commands.refuse import ReceiptRefused
from domain.commands.report import ReportSubmitted
from domain.commands.return_report import ReportReturned
from domain.commands.send_back import ReportSentBack
from domain.event import Event, EventData
from domain.rejection import CommandRejected

AnyEvent = (
    DirectiveIssued
    | DeadlineSet
    | ReceiptDelivered
    | NoticeGivenUp
    | AcknowledgementDeadlinePassed
    | Acknowledged
    | ReceiptRefused
    | ProgressReported
    | Reminded
    | DeadlinePassed
    | ReportSubmitted
    | ReportApproved
    | ReportSentBack
    | ReportAccepted
    | ReportReturned
    | DirectiveClosed
    | CommandRejected
)
EVENTS: Final[dict[str, type[EventData]]] = {one.model_fields["type"].default: one for one in get_args(AnyEvent)}


class UnknownEventError(Exception):
    """The journal holds an event that this program cannot read: the program is too old, or the row is not ours."""


def read_event(envelope: dict[str, Any]) -> Event:
    """An event from its stored envelope. Raises ``UnknownEventError``."""
    rest = dict(envelope)
    kind, schema, data = rest.pop("type"), rest.pop("schema"), rest.pop("data")
    model = EVENTS.get(kind)
    if model is None or schema != model.schema_version:
        raise UnknownEventError(f"{envelope['stream']} version {envelope['version']}: {kind} schema {schema}")
    content = model.model_validate(data, strict=False)
    return Event.model_validate({**rest, "data": content}, strict=False)
