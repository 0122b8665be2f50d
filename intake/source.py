"""The original text, composed and freed of mark-up, each character knowing where it came from."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from intake.reading import Span
from intake.words import plain

_NEWLINES = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_BULLETS = frozenset("•▪●◦\uf0b7\uf02d")
# An empty line or the edge of a table cell ends every emphasis, be it closed or not.
_END_AHEAD = re.compile(r"[ \t\xa0]*(?:[\r\n|]|$)")
_BLOCK_AHEAD = re.compile(r"[ \t\xa0]*(?:[-–—+|#•]|[0-9]{1,2}[.)])")
_STARS = re.compile(r"\*+")
_STARS_IN_NUMBER = re.compile(r"(?<=[0-9])\*+(?=[0-9])")
_LINE_GOES_ON = re.compile(r"(?<=[^\n])\n(?![\n|+-]|[0-9a-z]{1,3}[.)])")
_STAR_BULLET = re.compile(r"\* +(?=[^*\s])[^*\n]*(?:\n|$)")


class Zone(NamedTuple):
    """Characters ``start`` up to, not including, ``end`` of the cleaned text."""

    start: int
    end: int


class Mapped(NamedTuple):
    """One character of the cleaned text and the stretch of the original that it stands for."""

    char: str
    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """``text``: cleaned. ``plain``: of the same length, lower case without marks.

    ``starts``, ``ends``: for each character, where it stands in the original.
    """

    text: str
    plain: str
    starts: list[int]
    ends: list[int]

    @cached_property
    def flowing(self) -> str:
        """``plain`` with a blank for each line break within a paragraph, so that words are found across lines."""
        return _LINE_GOES_ON.sub(" ", self.plain)

    def span(self, zone: Zone) -> Span:
        """The stretch of the original behind a zone, which must not be empty."""
        return Span(start=self.starts[zone.start], end=self.ends[zone.end - 1])

    def cut(self, zone: Zone) -> str:
        """The zone's text as cleaned."""
        return self.text[zone.start : zone.end]

    def words(self, zone: Zone) -> str:
        """The zone's text on one line, table bars left out."""
        return " ".join(self.cut(zone).replace("|", " ").split())

    def trim(self, zone: Zone, tail: str = "") -> Zone:
        """The zone without blanks, bars and heading marks around it, nor characters of ``tail`` at its end."""
        start, end = zone
        while start < end and self.text[start] in " \n|#":
            start += 1
        while end > start and self.text[end - 1] in " \n|" + tail:
            end -= 1
        return Zone(start, end)


def clean(text: str) -> Source:
    """Composed (NFC), blanks collapsed, emphasis and invisible characters gone. Cleaning twice changes nothing more.

    A line break within an emphasised phrase is a blank: such a phrase is one line that did not fit its cell.
    """
    mapped = list(_composed(_collapsed(text)))
    cleaned = "".join(each.char for each in mapped)
    return Source(
        text=cleaned,
        plain=plain(cleaned),
        starts=[each.start for each in mapped],
        ends=[each.end for each in mapped],
    )


def _collapsed(text: str) -> list[Mapped]:
    kept: list[Mapped] = []
    for each in _readable(text):
        last = kept[-1].char if kept else "\n"
        if each.char == " " and last in " \n":
            continue
        if each.char == "|" and _after_bar(kept):
            continue
        if each.char == "\n":
            if last == " ":
                kept.pop()
            if not kept or (len(kept) > 1 and kept[-1].char == kept[-2].char == "\n"):
                continue
        kept.append(each)
    while kept and kept[-1].char in " \n":
        kept.pop()
    return kept


def _after_bar(kept: list[Mapped]) -> bool:
    # An empty table cell says nothing.
    return "".join(each.char for each in kept[-2:]).rstrip(" ").endswith("|")


def _readable(text: str) -> Iterator[Mapped]:
    bold = italic = False
    at = 0
    while at < len(text):
        char = text[at]
        width = 1
        in_number = _STARS_IN_NUMBER.match(text, at) if char == "*" else None
        if in_number:
            width = len(in_number.group())
            yield from (Mapped("*", each, each + 1) for each in range(at, at + width))
        elif char == "*":
            if _at_line_start(text, at) and _STAR_BULLET.match(text, at):
                yield Mapped("-", at, at + 1)
            else:
                width = _run(text, at)
                # Marks before a blank can only close; elsewhere conversions leave them opening and closing alike.
                opens = not text[at + width : at + width + 1].isspace() and at + width < len(text)
                italic = opens and italic ^ (width % 2 == 1)
                bold = opens and bold ^ (width // 2 % 2 == 1)
        elif char in _NEWLINES:
            width = 2 if text.startswith("\r\n", at) else 1
            if _END_AHEAD.match(text, at + width):
                bold = italic = False
            inside = (bold or italic) and not _BLOCK_AHEAD.match(text, at + width)
            yield Mapped(" " if inside else "\n", at, at + width)
        else:
            shown = _shown(char)
            if shown:
                yield Mapped(shown, at, at + 1)
        at += width


def _run(text: str, at: int) -> int:
    stars = _STARS.match(text, at)
    return len(stars.group()) if stars else 1


def _at_line_start(text: str, at: int) -> bool:
    while at and text[at - 1] in " \t":
        at -= 1
    return at == 0 or text[at - 1] in _NEWLINES


def _shown(char: str) -> str:
    if char in _BULLETS:
        return "-"
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") else char


def _composed(characters: list[Mapped]) -> Iterator[Mapped]:
    if unicodedata.is_normalized("NFC", "".join(each.char for each in characters)):
        yield from characters
        return
    for cluster in _clusters(characters):
        decomposed = "".join(each.char for each in cluster)
        composed = unicodedata.normalize("NFC", decomposed)
        if composed == decomposed:
            yield from cluster
        else:
            for char in composed:
                yield Mapped(char, cluster[0].start, cluster[-1].end)


def _clusters(characters: list[Mapped]) -> Iterator[list[Mapped]]:
    cluster: list[Mapped] = []
    for each in characters:
        if cluster and not _joins(each.char):
            yield cluster
            cluster = []
        cluster.append(each)
    if cluster:
        yield cluster


def _joins(char: str) -> bool:
    # Hangul vowels and finals compose with what stands before them although they are no combining marks.
    return unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff"
