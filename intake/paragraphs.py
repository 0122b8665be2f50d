"""Lines put together into paragraphs, whatever the width at which the text was broken."""

from dataclasses import dataclass

from intake.lines import Line, lines
from intake.marks import Mark, mark_at
from intake.source import Source, Zone

_ENDS = '.;:!?…”")'


@dataclass(frozen=True)
class Paragraph:
    """``content``: where the words behind the mark begin, or those of the whole where it bears none."""

    zone: Zone
    mark: Mark | None
    content: int


def paragraphs(source: Source, zone: Zone) -> list[Paragraph]:
    """The paragraphs of a zone.

    A line begins a new one behind a gap; or under a mark, or behind the end of a sentence, provided that its first word
    would still have stood on the line before: a text broken by width breaks nowhere else.
    """
    result: list[Paragraph] = []
    previous: Line | None = None
    width = _width(source)
    for line in lines(source, zone):
        mark = mark_at(source, line.zone.start)
        if previous is None or line.gap or _begins(source, previous, line, mark, width):
            result.append(Paragraph(line.zone, mark, mark.content if mark else line.zone.start))
        else:
            begun = result[-1]
            whole = Zone(begun.zone.start, line.zone.end)
            result[-1] = Paragraph(whole, begun.mark, begun.content)
        previous = line
    return result


def _width(source: Source) -> int:
    return max(map(len, source.text.split("\n")))


def _begins(source: Source, previous: Line, line: Line, mark: Mark | None, width: int) -> bool:
    if mark is None and _is_bare_mark(source, previous):
        return False
    text = source.cut(line.zone)
    ended = source.text[previous.zone.end - 1] in _ENDS
    if mark and ended:
        return True
    first_word = text.split(" ", 2 if mark else 1)[: 2 if mark else 1]
    fits = previous.zone.end - previous.zone.start + 1 + len(" ".join(first_word)) <= width
    if mark:
        return fits
    return ended and fits and (text[0].isupper() or text[0] == "(")


def _is_bare_mark(source: Source, line: Line) -> bool:
    mark = mark_at(source, line.zone.start)
    return mark is not None and mark.content >= line.zone.end
