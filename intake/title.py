"""Kind and abstract of the document (Decree 30/2020/NĐ-CP, Appendix I.5)."""

import re

from intake.found import found
from intake.lines import lines
from intake.notes import Notes
from intake.reading import Read
from intake.source import Source, Zone
from intake.vocabulary import KIND_OF_SYMBOL, KINDS
from intake.words import plain

ABOUT_PLAIN = re.compile(r"(?:^|(?<=[\n| ]))v\s?/\s?v[ :]*")
_STOP = re.compile(r"\n[ ]*\n|\n[ ]*\||\n[^\n]{2,60},\s*ngay\s|\n[ ]*(?:dong )?kinh gui\b|[ ]*\|")
# A decision names who decides, in capitals, right under its title.
_AUTHORITY = re.compile(r"(?:chu tich|bo truong|thu tuong|giam doc|tong giam doc|hoi dong nhan dan|chinh phu)\b")
_LEAD_WORDS = re.compile(r"(?:v\s?/\s?v|ve viec|ve)\b[ :]*")


def kind(source: Source, line: Zone | None, header: Zone, symbol: Read[str] | None, notes: Notes) -> Read[str] | None:
    """Kind by its name on a line of its own; an official letter has none but "V/v"; else by the symbol, as likely."""
    by_symbol = KIND_OF_SYMBOL.get(plain(symbol.value).split("-")[0]) if symbol else None
    about = ABOUT_PLAIN.search(source.plain, *header)
    if line:
        named = found(source, KINDS[source.plain[line.start : line.end]], line)
    elif about:
        named = found(source, "công văn", source.trim(Zone(*about.span()), tail=":"))
    elif symbol and by_symbol:
        return Read(value=by_symbol, spans=symbol.spans, certainty="likely")
    else:
        return None
    if symbol and by_symbol and by_symbol != named.value:
        notes.warn("kind_disagrees", line or header, kind=named.value, symbol=symbol.value)
    return named


def abstract(source: Source, line: Zone | None, header: Zone, limit: int) -> Zone | None:
    """Where the document says what it is about: behind "V/v", or under the name of its kind, up to ``limit``."""
    if line:
        return _under(source, Zone(line.end, limit))
    about = ABOUT_PLAIN.search(source.plain, *header)
    if about is None:
        return None
    stop = _STOP.search(source.plain, about.end(), header.end)
    return _nonempty(source, Zone(about.end(), stop.start() if stop else header.end))


def _nonempty(source: Source, zone: Zone) -> Zone | None:
    trimmed = source.trim(zone, tail=".;")
    return trimmed if trimmed.start < trimmed.end else None


def _under(source: Source, zone: Zone) -> Zone | None:
    next_line = source.text.find("\n", *zone)
    below = lines(source, Zone(next_line, zone.end)) if next_line >= 0 else []
    if not below:
        return None
    capitals = _in_capitals(source, below[0].zone)
    last = below[0].zone
    for line in below[1:]:
        authority = _AUTHORITY.match(source.plain, *line.zone)
        if line.gap or authority or _in_capitals(source, line.zone) != capitals:
            break
        last = line.zone
    whole = Zone(below[0].zone.start, last.end)
    lead = _LEAD_WORDS.match(source.plain, *whole)
    if not capitals and lead is None:
        return None
    return _nonempty(source, Zone(lead.end() if lead else whole.start, whole.end))


def _in_capitals(source: Source, zone: Zone) -> bool:
    return not any(char.islower() for char in source.cut(zone))
