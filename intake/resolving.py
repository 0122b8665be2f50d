"""From the words of a letter to the units of the directory, on the day of the letter."""

import difflib
import re
from dataclasses import dataclass, field
from datetime import date

from intake.directory import Directory, Entry, Group
from intake.words import key, plain

_HEADS = (
    "giám đốc",
    "thủ trưởng",
    "chủ tịch",
    "chánh",
    "trưởng",
    "cục trưởng",
    "chỉ huy trưởng",
    "tổng biên tập",
    "đồng chí",
)
"""Offices by which a letter means the body itself: "Giám đốc Sở Nội vụ" is Sở Nội vụ."""

_ASIDE = re.compile(r"\([^()]*\)")
_JOINT = re.compile(r"(\s*[,;]\s*|\s+và\s+)")
_LONGEST_NAME = 8
_LONGEST_PHRASE = 200
_CANDIDATES = 3
_NEAR = 0.5


@dataclass
class Resolved:
    """``units``: those meant, each once. ``unknown``: parts of the phrase that no name of the directory meets."""

    units: list[Entry] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class Resolver:
    """The names in force on a day."""

    def __init__(self, directory: Directory, day: date) -> None:
        self._directory = directory
        self._day = day
        self._names: dict[str, Entry | Group] = {}
        entries: list[Entry | Group] = [*directory.units, *directory.groups]
        for entry in entries:
            if isinstance(entry, Group) or entry.exists_on(day):
                self._names.update((key(name), entry) for name in entry.names())
        self._plain = {plain(name): entry for name, entry in self._names.items()}

    def resolve(self, phrase: str) -> Resolved:
        """Cut a phrase into names, each as long as the directory knows one: "Văn hóa, Thể thao và Du lịch" is one."""
        parts = _JOINT.split(_ASIDE.sub(" ", phrase).strip(" .;,"))
        names, joints = parts[::2], parts[1::2]
        found: dict[str, Entry] = {}
        result = Resolved()
        unknown: list[int] = []
        at = 0
        while at < len(names):
            length, entry = self._longest(names, joints, at)
            if entry:
                found.update((unit.id, unit) for unit in self._units(entry))
            elif key(names[at]):
                unknown.append(at)
            at += length
        result.units = list(found.values())
        result.unknown = _runs(names, joints, unknown)
        return result

    def unit(self, name: str) -> Entry | None:
        """The one unit of that name."""
        entry = self._find(name)
        return entry if isinstance(entry, Entry) else None

    def nearest(self, phrase: str) -> list[Entry | Group]:
        """What the phrase may have meant, best first."""
        near = difflib.get_close_matches(plain(key(phrase[:_LONGEST_PHRASE])), self._plain, n=_CANDIDATES, cutoff=_NEAR)
        return list({self._plain[name].id: self._plain[name] for name in near}.values())

    def _longest(self, names: list[str], joints: list[str], at: int) -> tuple[int, Entry | Group | None]:
        for end in range(min(len(names), at + _LONGEST_NAME), at, -1):
            entry = self._find(_join(names, joints, at, end))
            if entry:
                return end - at, entry
        return 1, None

    def _find(self, name: str) -> Entry | Group | None:
        wanted = key(name)
        while wanted not in self._names:
            head = next((head for head in _HEADS if wanted.startswith(head + " ")), None)
            if head is None:
                return None
            wanted = wanted.removeprefix(head + " ")
        return self._names[wanted]

    def _units(self, entry: Entry | Group) -> list[Entry]:
        return self._directory.members(entry, self._day) if isinstance(entry, Group) else [entry]


def _join(names: list[str], joints: list[str], start: int, end: int) -> str:
    joined = names[start]
    for at in range(start + 1, end):
        joined += joints[at - 1] + names[at]
    return joined


def _runs(names: list[str], joints: list[str], unknown: list[int]) -> list[str]:
    """Neighbours that are all unknown are one piece: they may be one name with commas in it."""
    runs: list[tuple[int, int]] = []
    for at in unknown:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return [_join(names, joints, start, end) for start, end in runs]
