"""Every command, one file each: what it needs, who may, what it yields, what its events change."""

from typing import Annotated, Final, get_args

from pydantic import Field, TypeAdapter

from domain.command import Command
from domain.commands.accept import Accept
from domain.commands.acknowledge import Acknowledge
from domain.commands.approve import Approve
from domain.commands.close import Close
from domain.commands.issue import Issue
from domain.commands.progress import Progress
from domain.commands.record_delivery import RecordDelivery
from domain.commands.refuse import Refuse
from domain.commands.report import SubmitReport
from domain.commands.return_report import ReturnReport
from domain.commands.send_back import SendBack

AnyCommand = (
    Issue
    | Acknowledge
    | Refuse
    | Progress
    | SubmitReport
    | Approve
    | SendBack
    | Accept
    | ReturnReport
    | Close
    | RecordDelivery
)
COMMANDS: Final[dict[str, type[Command]]] = {
    get_args(one.model_fields["type"].annotation)[0]: one for one in get_args(AnyCommand)
}
ADAPTER: Final[TypeAdapter[Command]] = TypeAdapter(Annotated[AnyCommand, Field(discriminator="type")])
"""Reads one command from JSON."""
