"""Who signed: the lines of power and office above the name, and the name."""

import re
from dataclasses import dataclass, field

from intake.found import found
from intake.reading import Read
from intake.source import Source, Zone
from intake.vocabulary import POWER
from intake.words import UPPER, is_upper

_SYLLABLE = rf"[{UPPER}][^\W\d_{UPPER}]"
_NAME = rf"{_SYLLABLE}+(?: {_SYLLABLE}*){{1,5}}"
_SIGNED = re.compile(rf"(?:(?P<office>[{UPPER}]+(?:(?:[.,] ?| )[{UPPER}]+)*) )?(?P<name>{_NAME})")
_SECOND_OFFICE = re.compile(r" (?=PHÓ )")


@dataclass
class Signature:
    """``unread``: lines behind the body that belong to no copy and no signature."""

    chain: list[Read[str]] = field(default_factory=list)
    power: Read[str] | None = None
    position: Read[str] | None = None
    signer: Read[str] | None = None
    unread: list[Zone] = field(default_factory=list)


def signature(source: Source, rest: list[Zone]) -> Signature:
    """Lines in capitals, then a name. The first line with a mark of power tells it; the last is the signer's office."""
    read = Signature()
    for zone in rest:
        signed = _SIGNED.fullmatch(source.text, *zone)
        if read.signer is None and is_upper(source.cut(zone)):
            read.chain += _offices(source, zone)
        elif read.signer is None and signed and (signed["office"] or read.chain):
            if signed["office"]:
                read.chain += _offices(source, Zone(*signed.span("office")))
            read.signer = found(source, signed["name"], Zone(*signed.span("name")))
        else:
            read.unread.append(zone)
    _tell_office(read)
    return read


def _offices(source: Source, zone: Zone) -> list[Read[str]]:
    starts = [zone.start, *(match.end() for match in _SECOND_OFFICE.finditer(source.text, *zone))]
    zones = [source.trim(Zone(start, end)) for start, end in zip(starts, [*starts[1:], zone.end], strict=True)]
    return [found(source, source.words(each), each) for each in zones]


def _tell_office(read: Signature) -> None:
    if read.chain:
        read.position = read.chain[-1]
    for line in read.chain:
        power = POWER.match(line.value)
        if power:
            read.power = Read(value=power[1] + ".", spans=line.spans)
            return
