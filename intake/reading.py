"""What intake understood of an official text. Every value carries the place it came from; nothing is guessed."""

from datetime import date
from typing import Generic, Literal, TypeVar

from pydantic import Field

from domain.base import Fact
from domain.deadline import Deadline
from domain.document import Secrecy

T = TypeVar("T")
LinkKind = Literal["basis", "implements", "follows"]
Purpose = Literal["act", "inform", "file"]
CautionCode = Literal[
    "missing",
    "number_spacing",
    "kind_disagrees",
    "sections",
    "item_twice",
    "item_empty",
    "items_out_of_order",
    "closing_unclear",
    "several_named_no_lead",
    "several_lead",
    "several_deadlines",
    "deadline_before_issue",
    "link_kind_unclear",
    "symbol_spelling",
    "figures_do_not_add_up",
    "figures_part_exceeds_whole",
    "holder_not_addressed",
    "drafted_without_deadline",
    "link_left_out",
]
"""Each has its words in the catalogue, under ``warning``."""
UnclearField = Literal["header", "issued_on", "obligations", "holders", "support", "deadline", "figures", "tail"]


class Span(Fact):
    """Characters ``start`` (counted from 0) up to, not including, ``end`` of the original text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Read(Fact, Generic[T]):
    """One value and where it stands.

    ``likely``: read by its surroundings (an inline phrase, a missing mark), so a person should look at it.
    """

    value: T
    spans: list[Span] = Field(min_length=1)
    certainty: Literal["certain", "likely"] = "certain"


class Caution(Fact):
    """Something that the reader of a reading must know. The catalogue has the words, this has code and figures."""

    code: CautionCode
    params: dict[str, str | int] = Field(default_factory=dict)
    spans: list[Span] = Field(default_factory=list)


class NotUnderstood(Fact):
    """A piece of text that says something about ``field`` (of obligation ``item``) which intake cannot read."""

    field: UnclearField
    text: str
    span: Span
    item: str | None = None


class CopyLine(Fact):
    """One line of "Nơi nhận"."""

    text: str
    purpose: Purpose


class Citation(Fact):
    """A cited document. ``kind`` is none where the text does not show what it is cited for."""

    kind: LinkKind | None
    type_name: str
    notation: str
    issued_on: date | None


class Piece(Fact):
    """A part of an obligation under its own mark ("a)", "2.1", "-"), with the parts under it."""

    label: str
    text: Read[str]
    pieces: list["Piece"]


class Holders(Fact):
    """Whom an item names: the phrase, the bodies in it; whether it says "chủ trì"; with whom ("phối hợp với")."""

    phrase: Read[str]
    named: list[Read[str]]
    leads: bool
    support: Read[str] | None


class ItemRead(Fact):
    """One obligation. ``holders`` none: it goes to all addressees. ``deadline`` none: the text names none."""

    item: Read[str]
    title: Read[str] | None
    text: Read[str]
    holders: Holders | None
    mode: Literal["each", "joint"]
    deadline: Read[Deadline] | None
    pieces: list[Piece]


class Figures(Fact):
    """Counts of obligations told in the text: given = done + open; the late ones are part of done and of open."""

    given: Read[int]
    done: Read[int]
    done_late: Read[int] | None
    open: Read[int]
    open_late: Read[int] | None


class Reading(Fact):
    """An official text as understood. ``priority``: 0 ordinary, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.

    ``limited``: it says that it may not be passed on ("LƯU HÀNH NỘI BỘ").
    """

    number: Read[str] | None
    symbol: Read[str] | None
    kind: Read[str] | None
    issuer: Read[str] | None
    issuer_parent: Read[str] | None
    place: Read[str] | None
    issued_on: Read[date] | None
    abstract: Read[str] | None
    secrecy: Read[Secrecy] | None
    priority: Read[int] | None
    limited: Read[bool] | None
    addressees: list[Read[str]]
    also_addressed: list[Read[str]]
    obligations: list[ItemRead]
    cascade: Read[bool] | None
    copies: list[Read[CopyLine]]
    signing_chain: list[Read[str]]
    signing_power: Read[str] | None
    position: Read[str] | None
    signer: Read[str] | None
    links: list[Read[Citation]]
    figures: Figures | None
    warnings: list[Caution]
    not_understood: list[NotUnderstood]
