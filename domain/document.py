"""The issued document. Field names and lengths after Decree 30/2020/NĐ-CP, Appendix VI, part II, in snake case."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from domain.base import CLEAN, Day, Fact, Person, UnitId, Word


class Secrecy(StrEnum):
    """Law on Protection of State Secrets 2018, art. 8. Anything but ``none`` is refused at issue."""

    NONE = "none"
    SECRET = "mat"  # noqa: S105 - a classification
    VERY_SECRET = "toi_mat"  # noqa: S105 - a classification
    TOP_SECRET = "tuyet_mat"  # noqa: S105 - a classification


class Signer(Fact):
    """SignerInfo: ``competence`` is the power mark ("KT.", "TM.", "TL.", "TUQ.") where there is one."""

    competence: Annotated[str, StringConstraints(max_length=100), CLEAN] = ""
    position: Annotated[str, StringConstraints(min_length=1, max_length=100), CLEAN]
    full_name: Annotated[str, StringConstraints(min_length=1, max_length=50), CLEAN]


LinkKind = Literal["basis", "implements", "follows", "amends", "corrects", "supersedes", "recalls", "answers"]

StreamId = Annotated[str, StringConstraints(pattern=r"^directive/[a-z0-9-]+/[0-9]{4}/[^\s/]+$", max_length=150), CLEAN]
"""A directive's name for ever (``stream_of``)."""


class Reference(Fact):
    """A document by number and symbol, as it is cited. ``stream``: where it is a directive of this service."""

    notation: Annotated[str, StringConstraints(min_length=1, max_length=50), CLEAN]
    type_name: Annotated[str, StringConstraints(max_length=100), CLEAN] = ""
    issued_date: Day
    stream: StreamId | None = None


class Link(Fact):
    """A document that this one cites, and how. ``stream``: where it is a directive of this service."""

    kind: LinkKind
    stream: StreamId | None = None
    notation: Annotated[str, StringConstraints(min_length=1, max_length=50), CLEAN]
    type_name: Annotated[str, StringConstraints(max_length=100), CLEAN] = ""
    issued_date: Day | None = None


class Copy(Fact):
    """One line of "Nơi nhận" as printed, with its purpose (Appendix I.9 of the same decree)."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=1000), CLEAN]
    purpose: Literal["act", "inform", "file"]


class Document(Fact):
    """Header, signature and distribution of a directive.

    ``issuer``: the issuing office's id in the directory. ``organ_id``: its code in the national system, where known.
    ``priority``: 0 ordinary, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc. ``cascade``: the closing paragraph orders the
    addressees to direct the units under them. ``field`` (lĩnh vực): what it is about, as the office files it.
    ``circulation``: "limited" where the document says that it may not be passed on ("phạm vi lưu hành", article 8 of
    the same decree): whoever reads it here is written down.
    """

    issuer: UnitId
    organ_id: Annotated[str, StringConstraints(max_length=13), CLEAN] = ""
    organ_name: Word
    code_number: Annotated[str, StringConstraints(pattern=r"^[0-9]+[A-Za-z]?$", max_length=11)]
    code_notation: Annotated[str, StringConstraints(pattern=r"^[^\s/]+$", max_length=30), CLEAN]
    type_name: Annotated[str, StringConstraints(min_length=1, max_length=100), CLEAN]
    subject: Annotated[str, StringConstraints(min_length=1, max_length=500), CLEAN]
    place: Annotated[str, StringConstraints(max_length=100), CLEAN] = ""
    issued_date: Day
    priority: int = Field(default=0, ge=0, le=3)
    secrecy: Secrecy = Secrecy.NONE
    circulation: Literal["normal", "limited"] = "normal"
    signer: Signer
    signed_by: Person | None = None
    cascade: bool = False
    field: Annotated[str, StringConstraints(max_length=100), CLEAN] = ""
    links: list[Link] = Field(default_factory=list, max_length=200)
    to_places: list[Copy] = Field(default_factory=list, max_length=200)


def stream_of(document: Document) -> str:
    """The directive's name for ever: ``directive/<issuer>/<year>/<number>-<symbol>``.

    Unique within a year and issuer (Decree 30/2020 art. 15). The number is written as Appendix I.3 wants it: two
    digits at least, no further leading zeros, so that "9" and "09" are one number.
    """
    number = number_of(document.code_number)
    return f"directive/{document.issuer}/{document.issued_date.year}/{number}-{document.code_notation}"


def number_of(code_number: str) -> str:
    """The number as it stands in the directive's name."""
    digits = code_number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return digits.lstrip("0").rjust(2, "0") + code_number[len(digits) :]


def issuer_of(stream: str) -> str:
    """The issuing office of a directive, which is the unit of everybody who acts for it."""
    return stream.split("/")[1]
