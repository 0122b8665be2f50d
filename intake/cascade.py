"""The order to pass the directive on to the units below."""

import re

from intake.found import found
from intake.paragraphs import Paragraph
from intake.reading import Read
from intake.source import Source

_PASS_ON = re.compile(
    r"chi dao\s+(?:\S+\s+){0,4}?(?:co quan|don vi|dia phuong)[^.;]{0,80}?(?:truc thuoc|thuoc|pham vi|cap duoi)"
)


def cascade(source: Source, closing: list[Paragraph]) -> Read[bool] | None:
    """Whether what is said to all orders them to direct the units under them: a mark, no obligation of its own."""
    for paragraph in closing:
        match = _PASS_ON.search(source.plain, *paragraph.zone)
        if match:
            return found(source, True, source.trim(paragraph.zone))  # noqa: FBT003 - the value read
    return None
