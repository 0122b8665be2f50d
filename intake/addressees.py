"""To whom the document goes: "Kính gửi", "Đồng kính gửi", or behind "điện:" in a telegram."""

import re

from intake.found import words
from intake.frame import Frame
from intake.paragraphs import Paragraph, paragraphs
from intake.reading import Read
from intake.source import Source, Zone

_ALSO = re.compile(r"dong kinh gui\s*:?")
_TAIL = ";.,:"


def addressees(source: Source, frame: Frame, start: int) -> tuple[list[Read[str]], list[Read[str]], int]:
    """The addressees line by line, those also addressed, and where the body begins.

    ``start``: where the body begins in a document that names no addressees.
    """
    if frame.address is None:
        return [], [], start
    acting: list[Read[str]] = []
    also: list[Read[str]] = []
    at = frame.address.end
    into = acting
    for paragraph in paragraphs(source, Zone(frame.address.end, frame.body_end)):
        switch = _ALSO.match(source.plain, *paragraph.zone)
        if switch:
            into = also
            line = words(source, Zone(switch.end(), paragraph.zone.end), tail=_TAIL)
        elif _is_line(paragraph, acting, into):
            line = words(source, Zone(paragraph.content, paragraph.zone.end), tail=_TAIL)
        else:
            break
        if line:
            into.append(line)
        at = paragraph.zone.end
    return acting, also, at


def _is_line(paragraph: Paragraph, acting: list[Read[str]], into: list[Read[str]]) -> bool:
    if paragraph.mark:
        return paragraph.mark.kind in ("dash", "plus")
    # One addressee alone stands behind the colon without a dash.
    return not into and into is acting
