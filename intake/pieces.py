"""The parts of an obligation under their own marks, one within the other as printed."""

from dataclasses import dataclass, field

from intake.found import words
from intake.items import RawItem
from intake.marks import Mark
from intake.reading import Piece, Read
from intake.source import Source, Zone


@dataclass
class _Open:
    mark: Mark
    end: int
    inner: list["_Open"] = field(default_factory=list)


def pieces(source: Source, item: RawItem) -> list[Piece]:
    """A mark of a kind that is already open begins a part beside it; another kind begins a part within."""
    roots: list[_Open] = []
    open_parts: list[_Open] = []
    for paragraph in item.paragraphs[1:]:
        mark = paragraph.mark
        if mark is None:
            for part in open_parts:
                part.end = paragraph.zone.end
            continue
        _close(open_parts, mark)
        part = _Open(mark, paragraph.zone.end)
        (open_parts[-1].inner if open_parts else roots).append(part)
        open_parts.append(part)
        for outer in open_parts:
            outer.end = paragraph.zone.end
    return [piece for part in roots if (piece := _piece(source, part))]


def _close(open_parts: list[_Open], mark: Mark) -> None:
    kinds = [part.mark.kind for part in open_parts]
    if mark.kind in kinds:
        del open_parts[kinds.index(mark.kind) :]


def _piece(source: Source, part: _Open) -> Piece | None:
    text: Read[str] | None = words(source, Zone(part.mark.content, part.end))
    if text is None:
        return None
    inner = [piece for each in part.inner if (piece := _piece(source, each))]
    return Piece(label=part.mark.label, text=text, pieces=inner)
