"""The numbered obligations in the body, what stands before them and what closes the document."""

import re
from dataclasses import dataclass, field

from intake.marks import MarkKind
from intake.notes import Notes
from intake.paragraphs import Paragraph, paragraphs
from intake.source import Source, Zone

_CLOSING = re.compile(
    r"(?:nhan duoc\b|tren day la\b|trong qua trinh\b|(?:de nghi|yeu cau)\b|can cu noi dung\b)"
    r"|[^.;:]{1,120}?\b(?:thong bao (?:de|den)\b|(?:yeu cau|de nghi)\b(?! cua))"
)
_OWN_WORDS = re.compile(r"(?:nhan duoc|tren day la|trong qua trinh)\b")


@dataclass
class RawItem:
    """One obligation as printed: its number, and the paragraphs under it, the numbered one first."""

    label: str
    label_zone: Zone
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def zone(self) -> Zone:
        """From behind the number to the end of the last paragraph."""
        return Zone(self.paragraphs[0].content, self.paragraphs[-1].zone.end)


@dataclass
class Body:
    """``before``: what leads up to the obligations. ``closing``: what is said to all after them."""

    before: list[Paragraph]
    items: list[RawItem]
    closing: list[Paragraph]


def body(source: Source, zone: Zone, notes: Notes) -> Body:
    """Cut the body at its top-level numbers: articles, or numbers, within sections in capitals where there are any."""
    read = paragraphs(source, zone)
    top = _top(read)
    result = Body([], [], [])
    section = ""
    for paragraph in read:
        mark = paragraph.mark
        if mark and mark.kind == "section" and top == "number":
            section = mark.label
            result.items.append(RawItem("", mark.zone, [paragraph]))
        elif mark and mark.kind == top:
            label = f"{section}.{mark.label}" if section else mark.label
            result.items.append(RawItem(label, mark.zone, [paragraph]))
        elif result.items:
            result.items[-1].paragraphs.append(paragraph)
        else:
            result.before.append(paragraph)
    result.items = _without_sections(result.items, notes)
    _take_closing(source, result, notes)
    _check_numbers(result.items, notes)
    return result


def _top(read: list[Paragraph]) -> MarkKind | None:
    kinds = {paragraph.mark.kind for paragraph in read if paragraph.mark}
    order: tuple[MarkKind, ...] = ("article", "number", "section")
    return next((kind for kind in order if kind in kinds), None)


def _without_sections(items: list[RawItem], notes: Notes) -> list[RawItem]:
    sections = [item for item in items if not item.label]
    if sections:
        notes.warn("sections", *(section.label_zone for section in sections), sections=len(sections))
    for section in sections:
        for paragraph in section.paragraphs[1:]:
            notes.unclear("obligations", paragraph.zone)
    return [item for item in items if item.label]


def _take_closing(source: Source, read: Body, notes: Notes) -> None:
    if not read.items:
        return
    last = read.items[-1].paragraphs
    first = len(last)
    for index in range(len(last) - 1, 0, -1):
        if last[index].mark:
            break
        if _closes(source, last[index], is_last=index == len(last) - 1):
            first = index
    read.closing = last[first:]
    del last[first:]
    parts = last[1:]
    if not read.closing and parts[1:] and parts[-1].mark is None and parts[-2].mark:
        # It may belong to the item or be said to all; it stays with the item.
        notes.warn("closing_unclear", last[-1].zone, item=read.items[-1].label)


def _closes(source: Source, paragraph: Paragraph, *, is_last: bool) -> bool:
    pattern = _CLOSING if is_last else _OWN_WORDS
    return bool(pattern.match(source.plain, *paragraph.zone))


def _check_numbers(items: list[RawItem], notes: Notes) -> None:
    places: dict[str, list[Zone]] = {}
    for item in items:
        places.setdefault(item.label, []).append(item.label_zone)
    for label, zones in places.items():
        if len(zones) > 1:
            notes.warn("item_twice", *zones, item=label)
    numbers = [int(item.label) for item in items if item.label.isdecimal()]
    if numbers != sorted(numbers):
        notes.warn("items_out_of_order", *(item.label_zone for item in items), items=", ".join(map(str, numbers)))
