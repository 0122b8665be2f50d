"""What workflows and activities say to each other.

Part of every history: fields are added with defaults, never renamed.

Light on purpose: workflow code imports this file and nothing else of the domain.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

HANDLE = "handle"
WORKFLOW_TYPE = "Directive"
TASK_QUEUE = "directives"
SIMULATION_QUEUE = "simulation"

DISPATCH = "dispatch"
DISPATCHER = "Dispatcher"
DISPATCHER_ID = "dispatcher/email"
NOTICES_QUEUE = "notices"

RELAY = "relay"
RELAYER = "Relayer"
RELAYER_ID = "relayer"

RECONCILE = "reconcile"
RECONCILIATION = "Reconciliation"
RECONCILIATION_ID = "reconciliation"
RECOVERY_QUEUE = "recovery"


class Raw(BaseModel):
    """A payload as it came. ``text`` is None where it is ``too_large`` or no UTF-8; ``head`` is its beginning then."""

    encoding: str
    size: int
    sha256: str
    text: str | None = None
    head: str = ""
    too_large: bool = False


class Message(BaseModel):
    """Something that came through a door of the workflow.

    ``id`` is deterministic and stands in where a command has no usable id. ``run_id`` and ``ordinal``: which signal of
    which run, so that its event can be found in the history. ``received_at``: the workflow's time when it was taken in.
    """

    id: str
    door: Literal["start", "signal", "update", "cancel"]
    name: str
    payloads: list[Raw] = Field(default_factory=list)
    received_at: datetime
    run_id: str
    ordinal: int = 0

    @property
    def size(self) -> int:
        """Bytes that it takes where it is passed on: as JSON, letters of several bytes and escaped quotes included."""
        return len(self.model_dump_json().encode())


class HandleRequest(BaseModel):
    """A batch of messages for a directive, and the time."""

    stream: str
    now: datetime
    messages: list[Message]


class Failure(BaseModel):
    """Why a run cannot go on. ``code``: a code of ``domain.refusal``."""

    code: str
    reason: str


class HandleResult(BaseModel):
    """What a batch came to, and all that the workflow has to know of the directive.

    ``answers``: for updates, by message id, the JSON to give back. ``attributes`` and ``headline``: for search and for
    the people who look at the Temporal UI.
    """

    version: int = 0
    answers: dict[str, Any] = Field(default_factory=dict)
    next_alarm: datetime | None = None
    finished: bool = False
    failure: Failure | None = None
    phase: str = "opening"
    headline: str = ""
    counts: dict[str, int] = Field(default_factory=dict)
    attributes: dict[str, str] = Field(default_factory=dict)


class Carried(BaseModel):
    """What one run hands to the next: the signals still waiting, and how many came so far."""

    version: int
    signals_seen: int
    messages: list[Message]


class Batch(BaseModel):
    """What a run handed to ``handle`` at once, as its history tells.

    ``version``: where the directive stood afterwards; none where the history has no answer. ``closed``: nobody works on
    the run any more.
    """

    now: datetime
    messages: list[Message]
    version: int | None = None
    closed: bool = False


class Told(BaseModel):
    """A run by its history. ``began``: the version that the run before had come to; 0 for the first of a chain.

    ``knows``: the highest version that any answer spoke of; ``last``: the one that the run itself goes by.
    """

    began: int = 0
    knows: int = 0
    last: int = 0
    batches: list[Batch] = Field(default_factory=list)


class Declaration(BaseModel):
    """That a part of the record is lost: who says so, and on what ground."""

    person: str
    ground: str


class ReconcileRequest(BaseModel):
    """What is to be compared: these directives, or all. ``read_models``: of all of these, not of a sample."""

    mend: bool = False
    streams: list[str] = Field(default_factory=list)
    read_models: bool = False
    declare: Declaration | None = None


FindingCode = Literal[
    "run_missing", "run_differs", "tail_missing", "stream_missing", "incomplete", "differs", "unreadable"
]


class Finding(BaseModel):
    """``code``: what is the matter; ``mended``: no more. ``details``: what the catalogue's sentence needs."""

    code: FindingCode
    stream: str
    mended: bool = False
    details: dict[str, str] = Field(default_factory=dict)


class Reconciled(BaseModel):
    """``findings``: the first of them, ``found`` how many there are. ``gap``: the number of the one declared."""

    streams: int = 0
    runs: int = 0
    read_models: int = 0
    found: int = 0
    mended: int = 0
    findings: list[Finding] = Field(default_factory=list)
    gap: int | None = None
    not_declared: str | None = None
