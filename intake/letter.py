"""Reads the text of an official document."""

from dataclasses import dataclass
from datetime import date

from domain.document import Secrecy
from intake import addressees as to
from intake import header, title
from intake.cascade import cascade
from intake.deadlines import tell_all
from intake.distribution import copies, tail
from intake.figures import figures
from intake.found import words
from intake.frame import Frame, frame
from intake.items import Body, body
from intake.links import Links
from intake.notes import Notes
from intake.numbering import number_and_symbol
from intake.obligations import obligation
from intake.reading import Caution, Citation, ItemRead, Read, Reading
from intake.signature import signature
from intake.source import Source, Zone, clean

_ADDRESSED = ("công văn", "công điện")
"""Kinds that name their addressees at the head (Decree 30/2020/NĐ-CP, Appendix I.9)."""


@dataclass
class _Head:
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
    end: int


def read(text: str) -> Reading:
    """What the text of an official document says, each value with its place in the text. Any text can be read.

    What is missing is warned of; what is there but not understood stands in ``not_understood``.
    """
    source = clean(text)
    notes = Notes(source)
    parts = frame(source)
    head = _head(source, parts, notes)
    acting, also, body_start = to.addressees(source, parts, head.end)
    middle = Zone(min(body_start, parts.body_end), parts.body_end)
    cut = body(source, middle, notes)
    after = tail(source, parts.tail)
    signed = signature(source, after.rest)
    for zone in signed.unread:
        notes.unclear("tail", zone)
    reading = Reading(
        number=head.number,
        symbol=head.symbol,
        kind=head.kind,
        issuer=head.issuer,
        issuer_parent=head.issuer_parent,
        place=head.place,
        issued_on=head.issued_on,
        abstract=head.abstract,
        secrecy=head.secrecy,
        priority=head.priority,
        limited=head.limited,
        addressees=acting,
        also_addressed=also,
        obligations=_obligations(source, cut, head.issued_on, notes),
        cascade=cascade(source, cut.closing),
        copies=copies(source, after.copies),
        signing_chain=signed.chain,
        signing_power=signed.power,
        position=signed.position,
        signer=signed.signer,
        links=_links(source, cut, head, notes),
        figures=figures(source, middle, notes),
        warnings=notes.warnings,
        not_understood=notes.not_understood,
    )
    return reading.model_copy(update={"warnings": [*_missing(reading), *notes.warnings]})


def _head(source: Source, parts: Frame, notes: Notes) -> _Head:
    number, symbol, mark = number_and_symbol(source, parts.header, notes)
    place, issued_on, placed = header.place_and_day(source, parts.header, mark.end if mark else 0, notes)
    kind = title.kind(source, parts.kind, parts.header, symbol, notes)
    limit = parts.address.start if parts.address else parts.body_end
    about = title.abstract(source, parts.kind, parts.header, limit)
    known = [zone.start for zone in (mark, placed, parts.kind, about) if zone]
    issuer, issuer_parent = header.issuer(source, Zone(0, min(known, default=parts.header.end)))
    marks = header.marks(source, parts.header)
    read = _Head(
        number=number,
        symbol=symbol,
        kind=kind,
        issuer=issuer,
        issuer_parent=issuer_parent,
        place=place,
        issued_on=issued_on,
        abstract=words(source, about) if about else None,
        secrecy=marks.secrecy,
        priority=marks.priority,
        limited=marks.limited,
        end=max(parts.header.end, about.end if about else 0),
    )
    _tell_left_over(source, parts, read, [mark, placed], notes)
    return read


def _tell_left_over(source: Source, parts: Frame, head: _Head, zones: list[Zone | None], notes: Notes) -> None:
    used = [source.span(zone) for zone in zones if zone]
    for each in (head.kind, head.issuer, head.issuer_parent, head.abstract):
        used += each.spans if each else []
    for zone in header.left_over(source, parts.header, used):
        notes.unclear("header", zone)


def _obligations(source: Source, cut: Body, issued_on: Read[date] | None, notes: Notes) -> list[ItemRead]:
    day = issued_on.value if issued_on else None
    read = [obligation(source, item, day, notes) for item in cut.items]
    for paragraph in cut.closing:
        tell_all(source, paragraph.zone, notes)
    return [each for each in read if each]


def _links(source: Source, cut: Body, head: _Head, notes: Notes) -> list[Read[Citation]]:
    own = f"{head.number.value}/{head.symbol.value}" if head.number and head.symbol else ""
    links = Links(source, own, notes)
    for paragraph in cut.before:
        links.gather(paragraph, before_items=True)
    for item in cut.items:
        for paragraph in item.paragraphs:
            links.gather(paragraph, before_items=False)
    for paragraph in cut.closing:
        links.gather(paragraph, before_items=False)
    return links.read()


def _missing(read: Reading) -> list[Caution]:
    wanted: dict[str, object] = {
        "number": read.number,
        "symbol": read.symbol,
        "kind": read.kind,
        "issuer": read.issuer,
        "place": read.place,
        "issued_on": read.issued_on,
        "abstract": read.abstract,
        "obligations": read.obligations,
        "copies": read.copies,
        "signer": read.signer,
    }
    if read.kind and read.kind.value in _ADDRESSED:
        wanted["addressees"] = read.addressees
    return [Caution(code="missing", params={"field": field}) for field, value in wanted.items() if not value]
