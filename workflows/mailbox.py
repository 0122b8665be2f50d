"""What came and is not handled yet, in the order in which it came."""

from collections.abc import Sequence
from typing import Any, Final, Literal
from uuid import UUID, uuid5

from temporalio import workflow

from domain.wire import Carried, Message, Raw

NAMESPACE: Final = UUID("b1d4f3a2-0f0e-5c1b-8a55-6f0e1c2d3b4a")
MOST_BYTES: Final = 1024 * 1024
"""Of a batch, and of what one run hands to the next; the server takes 2 MB, with quotes escaped and all around it."""
MOST_MESSAGES: Final = 1_000
MOST_UPDATES: Final = 10
"""Of a batch: the answers to ten lists of 500 still fit into one result."""


class Mailbox:
    """Messages of all doors. ``answers``: for updates, by message id, until their handler takes them.

    Begins with what the run before has ``carried`` over: its messages come first, and its signals are counted on.
    """

    def __init__(self, carried: Carried | None = None) -> None:
        self.answers: dict[str, Any] = {}
        self._waiting: list[Message] = list(carried.messages) if carried else []
        self._signals_seen = 0
        self._signals_carried = carried.signals_seen if carried else 0

    @property
    def empty(self) -> bool:
        """Whether all that came is handled."""
        return not self._waiting

    @property
    def has_updates(self) -> bool:
        """Whether somebody waits for an answer to what is not handled yet."""
        return any(message.door == "update" for message in self._waiting)

    @property
    def can_be_carried(self) -> bool:
        """Whether what waits fits into the start of the next run."""
        return sum(message.size for message in self._waiting) <= MOST_BYTES

    def put(self, door: Literal["signal", "update", "cancel"], name: str, payloads: Sequence[Raw]) -> Message:
        """Take a message in."""
        ordinal = 0
        if door == "signal":
            self._signals_seen += 1
            ordinal = self._signals_seen
        message = Message(
            id=self._id(door, payloads),
            door=door,
            name=name,
            payloads=list(payloads),
            received_at=workflow.now(),
            run_id=workflow.info().run_id,
            ordinal=ordinal,
        )
        self._waiting.append(message)
        return message

    def put_first(self, payloads: Sequence[Raw]) -> None:
        """The start: before all signals and updates that reached the run ahead of its first step."""
        info = workflow.info()
        message = Message(
            id=str(uuid5(NAMESPACE, f"{info.workflow_id}/start/{info.first_execution_run_id}")),
            door="start",
            name="",
            payloads=list(payloads),
            received_at=info.start_time,
            run_id=info.run_id,
        )
        self._waiting.insert(0, message)

    def take(self) -> list[Message]:
        """The next messages, oldest first: one at least, and no more than a batch may hold."""
        size = count = updates = 0
        for message in self._waiting[:MOST_MESSAGES]:
            size += message.size
            updates += message.door == "update"
            if count and (size > MOST_BYTES or updates > MOST_UPDATES):
                break
            count += 1
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken

    def carry(self, version: int) -> Carried:
        """What the next run gets."""
        return Carried(
            version=version,
            signals_seen=self._signals_carried + self._signals_seen,
            messages=self._waiting,
        )

    def _id(self, door: str, payloads: Sequence[Raw]) -> str:
        """Deterministic, and the same again when a reset replays the signals into another run.

        A caller who repeats an update under its own update id means the same message.
        """
        info = workflow.info()
        if door == "update":
            update = workflow.current_update_info()
            return str(uuid5(NAMESPACE, f"{info.workflow_id}/update/{update.id if update else ''}"))
        ordinal = self._signals_carried + self._signals_seen
        content = "/".join(raw.sha256 for raw in payloads)
        return str(uuid5(NAMESPACE, f"{info.first_execution_run_id}/{door}/{ordinal}/{content}"))
