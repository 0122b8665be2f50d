"""Documents that the text cites, and what each is cited for."""

import re
from dataclasses import dataclass, field
from datetime import date

from intake import dates
from intake.found import found
from intake.notes import Notes
from intake.numbering import SYMBOL_PLAIN, usual_spelling
from intake.paragraphs import Paragraph
from intake.reading import Citation, LinkKind, Read
from intake.source import Source, Zone
from intake.vocabulary import CITED_KINDS_PLAIN

_CITATION = re.compile(
    rf"(?:\b(?P<type>{CITED_KINDS_PLAIN})\s+)?(?:\bso\s*[:.]?\s*)?"
    rf"(?P<notation>\b[0-9]{{1,6}}[a-z]?\s?/\s?(?:[0-9]{{4}}\s?/\s?)?{SYMBOL_PLAIN}|\b[0-9]{{1,6}}-[a-z]{{1,5}}/[a-z]{{1,6}}\b)"
    rf"(?:\s+(?:cua\s+[^,;.()0-9]{{1,60}}?\s+)?(?P<day>{dates.DAY_PLAIN}))?"
)
_SYMBOL = re.compile(r"[0-9][0-9a-z]*\s?(?:/|-)\s?(?:[0-9]{4}\s?/\s?)?(?P<symbol>\S)")
_BASIS = re.compile(r"tren co so|can cu|theo de nghi|xet de nghi|theo chi dao|thuc hien|trien khai|tiep theo")
_IN_ITEM = re.compile(r"(?P<implements>thuc hien|trien khai|quan triet|thi hanh)|(?P<follows>\btheo\b|\btai\b|can cu)")
_JOINED = re.compile(r"(?:\bva|,|;)\s*$")
_REACH = 2000
_RANK: dict[LinkKind | None, int] = {"basis": 3, "implements": 2, "follows": 1, None: 0}


@dataclass
class _Cited:
    kind: LinkKind | None
    type_name: str
    day: date | None
    zones: list[Zone] = field(default_factory=list)


class Links:
    """Gathers citations paragraph by paragraph; one document cited twice is one link, of the stronger kind."""

    def __init__(self, source: Source, own: str, notes: Notes) -> None:
        self._source = source
        self._own = own
        self._notes = notes
        self._cited: dict[str, _Cited] = {}

    def gather(self, paragraph: Paragraph, *, before_items: bool) -> None:
        """Take what a paragraph cites. What leads up to the obligations is their basis, if it says so."""
        source = self._source
        kind: LinkKind | None = None
        at = paragraph.zone.start
        for match in _CITATION.finditer(source.plain, *paragraph.zone):
            zone = source.trim(Zone(*match.span("notation")), tail=".")
            notation = "".join(source.cut(zone).split())
            symbol = _SYMBOL.match(source.plain, *zone)
            if notation == self._own or not symbol or not source.text[symbol.start("symbol")].isupper():
                continue
            between = source.plain[at : match.start()]
            if not (at > paragraph.zone.start and _JOINED.search(between)):
                start = max(paragraph.zone.start, match.start() - _REACH)
                kind = _kind(source.plain[start : match.start()], before_items=before_items)
            self._add(notation, kind, match, zone)
            at = match.end()

    def read(self) -> list[Read[Citation]]:
        """The documents cited, in the order of their first citation."""
        return [self._link(notation, cited) for notation, cited in self._cited.items()]

    def _add(self, notation: str, kind: LinkKind | None, match: re.Match[str], zone: Zone) -> None:
        cited = self._cited.setdefault(notation, _Cited(kind, "", None))
        if _RANK[kind] > _RANK[cited.kind]:
            cited.kind = kind
        if match["type"] and not cited.type_name:
            cited.type_name = self._source.words(Zone(*match.span("type")))
        if match["day"] and cited.day is None:
            cited.day = dates.parse(match["day"])
        cited.zones.append(zone)

    def _link(self, notation: str, cited: _Cited) -> Read[Citation]:
        if cited.kind is None:
            self._notes.warn("link_kind_unclear", *cited.zones, notation=notation)
        usual = usual_spelling(notation)
        if usual != notation:
            self._notes.warn("symbol_spelling", *cited.zones, printed=notation, usual=usual)
        citation = Citation(kind=cited.kind, type_name=cited.type_name, notation=notation, issued_on=cited.day)
        return found(self._source, citation, *cited.zones)


def _kind(before: str, *, before_items: bool) -> LinkKind | None:
    if before_items:
        return "basis" if _BASIS.search(before) else None
    last = None
    for match in _IN_ITEM.finditer(before):
        last = match
    if last is None:
        return None
    return "implements" if last["implements"] else "follows"
