"""Everything else that limits time: told, never guessed."""

import re
from collections.abc import Iterable, Iterator

from intake import dates
from intake.source import Source, Zone

_PERIOD = r"(?:thang|quy|nam|tuan)\s+(?:[0-9]+|[ivx]+\b|nay\b|toi\b)(?:\s+nam\s+[0-9]{4}|\s?/\s?[0-9]{4})?"
_DAY_OF_MONTH = (
    r"[0-9]{1,2}\b(?:\s?/\s?[0-9]{1,2}\b)?(?:\s+(?:thang\s+[0-9]{1,2}|(?:hang|moi)\s+(?:tuan|thang|quy|nam)))?"
)
_OTHER = re.compile(
    r"(?:cham nhat|muon nhat|khong qua)\s+(?:(?:la|truoc|trong|sau|vao|den|ngay|thang|quy)\s+)*[0-9]+(?:\s\w+){0,6}"
    rf"|(?:truoc|het|cuoi|trong|vao)\s+{_PERIOD}"
    rf"|(?:truoc(?:\s+ngay)?|(?:vao|den het|het|den)\s+ngay)\s+(?:{dates.DAY_PLAIN}|{_DAY_OF_MONTH})"
    r"|(?:thoi han|thoi gian|vong|trong|sau)\s+[0-9]+(?:\s?-\s?[0-9]+)?\s+(?:ngay|gio|tuan|thang)\b(?:\s+lam viec)?"
    r"|[0-9]+\s+ngay\s+lam viec"
    r"|(?<!ngan )(?<!nha )\b(?:hang|moi)\s+(?:ngay|tuan|thang|quy|nam)\b"
)
_RANGE = re.compile(r"tu\s+ngay[^.;\n]{0,40}$")
_REACH = 60


def unread(source: Source, zone: Zone, read: Iterable[Zone]) -> Iterator[Zone]:
    """Words that limit time and are not among those ``read``, which stand in order and do not overlap."""
    text = _struck_out(source.flowing, zone, read)
    for match in _OTHER.finditer(text):
        if not _ends_range(text, match):
            yield Zone(zone.start + match.start(), zone.start + match.end())


def _struck_out(text: str, zone: Zone, read: Iterable[Zone]) -> str:
    """The zone's text, at its full length, without what was already read."""
    parts: list[str] = []
    at = zone.start
    for limit in read:
        parts += [text[at : limit.start], "\0" * (limit.end - limit.start)]
        at = limit.end
    return "".join([*parts, text[at : zone.end]])


def _ends_range(text: str, match: re.Match[str]) -> bool:
    """Whether it is the end of "từ ngày … đến ngày …", which tells when something was."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    return match.group().startswith("den") and bool(_RANGE.search(before))
