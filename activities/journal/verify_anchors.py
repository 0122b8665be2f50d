"""The checkpoints that are kept outside the database, against the record as it is now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from activities.journal.difference import Difference
from activities.record.anchor import Kept, checkpoints, verifier_keys
from activities.record.checkpoint import BadCheckpointError, Checkpoint, read_checkpoint
from activities.record.notes import BadNoteError, VerifierKey, opened


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkpoint that one of the keys signed. ``name``: of its file."""

    name: str
    note: str
    checkpoint: Checkpoint
    key: VerifierKey


@dataclass(frozen=True, slots=True)
class Anchors:
    """What lay in the folder. ``opened``: the smallest first. ``raw``: all, be they good or bad."""

    keys: Sequence[VerifierKey] = ()
    opened: Sequence[Opened] = ()
    raw: Sequence[Kept] = ()
    differences: Sequence[Difference] = ()

    def claimed(self) -> dict[int, set[bytes]]:
        """By size, the roots that they state."""
        found: dict[int, set[bytes]] = {}
        for one in self.opened:
            found.setdefault(one.checkpoint.size, set()).add(one.checkpoint.root)
        return found


@dataclass(slots=True)
class Judged:
    """``last``: the largest checkpoint that the record agrees with. ``changed``: among which entries it was changed."""

    last: Opened | None = None
    changed: tuple[int, int] | None = None
    differences: list[Difference] = field(default_factory=list)


def read_anchors(folder: Path, keys: Sequence[VerifierKey] | None = None) -> Anchors:
    """All checkpoints of a folder, opened with the keys given, else with those that lie there.

    To be read before the record is: one that is written meanwhile would speak of entries that are not seen.
    Raises OSError, ``BadKeyError``.
    """
    known = verifier_keys(folder) if keys is None else keys
    raw = checkpoints(folder)
    good: list[Opened] = []
    bad: list[Difference] = []
    for kept in raw:
        try:
            good.append(_open(kept, known))
        except (BadNoteError, BadCheckpointError) as error:
            bad.append(Difference("bad_note", None, {"file": kept.name, "problem": str(error)}))
    return Anchors(known, sorted(good, key=lambda one: one.checkpoint.size), raw, bad)


def judge(
    anchors: Anchors, origin: str, roots: Mapping[int, bytes], last: int, lost: Callable[[Checkpoint], bool]
) -> Judged:
    """``roots``: of the record at each size that a checkpoint states, as far as it goes; ``last``: its last place.

    ``lost``: whether a signed gap tells of the entries that a checkpoint covers.
    """
    found = Judged()
    found.differences += [
        Difference("foreign", None, {"file": one.name, "origin": one.checkpoint.origin})
        for one in anchors.opened
        if one.checkpoint.origin != origin
    ]
    agreeing, differing = list[Opened](), list[Opened]()
    for one in anchors.opened:
        if one.checkpoint.origin == origin:
            agrees = roots.get(one.checkpoint.size) == one.checkpoint.root
            (agreeing if agrees else differing).append(one)
    differing = [one for one in differing if not lost(one.checkpoint)]
    found.last = agreeing[-1] if agreeing else None
    anchored = found.last.checkpoint.size if found.last else 0
    found.differences += _forks(one for one in differing if one.checkpoint.size <= anchored)
    _changed(found, [one for one in differing if anchored < one.checkpoint.size <= last], anchored)
    _truncated(found, [one for one in differing if one.checkpoint.size > max(last, anchored)], last)
    return found


def _forks(differing: Iterable[Opened]) -> list[Difference]:
    """The record agrees with a larger one: these were signed over something that it never was."""
    return [Difference("fork", None, {"size": str(one.checkpoint.size), "file": one.name}) for one in differing]


def _changed(found: Judged, differing: Sequence[Opened], anchored: int) -> None:
    if differing:
        first = differing[0]
        found.changed = (anchored + 1, first.checkpoint.size)
        told = {"first": str(anchored + 1), "last": str(first.checkpoint.size), "file": first.name}
        found.differences.append(Difference("checkpoint", None, told))


def _truncated(found: Judged, beyond: Sequence[Opened], last: int) -> None:
    if beyond:
        largest = beyond[-1]
        told = {"size": str(last), "until": str(largest.checkpoint.size), "file": largest.name}
        found.differences.append(Difference("truncated", None, told))


def _open(kept: Kept, keys: Sequence[VerifierKey]) -> Opened:
    text = opened(kept.note, keys)
    return Opened(kept.name, kept.note, read_checkpoint(text), _signer(kept.note, keys))


def _signer(note: str, keys: Sequence[VerifierKey]) -> VerifierKey:
    for key in keys:
        try:
            opened(note, [key])
        except BadNoteError:
            continue
        return key
    raise BadNoteError("signed by none of the keys")
