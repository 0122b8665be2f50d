"""Verify an export of the record of directives, anywhere: no service, no database, no network.

    python3 verify_record.py FOLDER [--keys FILE] [--checkpoints FOLDER]

This one file needs Python 3.11 and the package "cryptography", and shares no code with the service. It reads
FOLDER/record.jsonl and says what was altered, and where. Exit code 0: nothing was; 1: something was; 2: it cannot be
read. What each finding means is told in docs/inspecting.md.

Whoever made the export could have put other keys into it, and left checkpoints out. So bring your own: the verifier
keys that were handed to you, and the checkpoints from the share to which they are written.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "directives-record/1"
GENESIS = bytes(32)
HASH = 32
LATE = timedelta(hours=1)
"""After which an entry must be under a checkpoint: while the service runs they are written every minute."""
MOST_NAMED = 10
"""Directives in a stretch of the record that are told by name."""

BEHIND = ("entry", "proof")
"""Kinds of lines that come last: all others are needed to judge them."""

OF_EVENTS = ("hash", "link", "gap", "body", "column", "order", "log_hash", "deleted", "unlogged", "stream_deleted")
"""Codes after which a proof says nothing about the events as they stand here."""

Line = dict[str, Any]


class UnreadableError(Exception):
    """Not an export, or not one that this program knows."""


class BadNoteError(Exception):
    """Not a note, or signed by none of the keys."""


# -- hashes (RFC 6962, section 2.1)


def sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right)


class Tree:
    """A Merkle tree that only grows: ``peaks`` are the roots of its perfect subtrees, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        node, rest = leaf, self.size
        while rest % 2:
            node = node_hash(self.peaks.pop(), node)
            rest //= 2
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return sha256(b"")
        node = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            node = node_hash(peak, node)
        return node


def root_of_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Where the path leads from the leaf, or None where no tree of that size has such a path (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    node, at, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            node = node_hash(sibling, node)
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            node = node_hash(node, sibling)
        at, last = at // 2, last // 2
    return node if last == 0 else None


# -- signed notes (C2SP signed-note, tlog-checkpoint)


@dataclass(frozen=True)
class Key:
    """``text``: ``<name>+<id, hexadecimal>+<base64 of 0x01 and the Ed25519 public key>``."""

    name: str
    id: bytes
    public: bytes
    text: str


def read_keys(text: str) -> list[Key]:
    return [read_key(line) for line in text.splitlines() if line.strip()]


def read_key(text: str) -> Key:
    name, _, rest = text.strip().partition("+")
    id_, _, encoded = rest.partition("+")
    try:
        content, found = base64.b64decode(encoded, validate=True), bytes.fromhex(id_)
    except ValueError as error:
        raise UnreadableError(f"not a verifier key: {text!r}") from error
    if len(content) != 1 + HASH or content[0] != 1 or sha256(name.encode() + b"\n" + content)[:4] != found:
        raise UnreadableError(f"not a verifier key: {text!r}")
    return Key(name, found, content[1:], text.strip())


def open_note(note: str, keys: Sequence[Key]) -> tuple[str, Key]:
    """The text of a note, and the first of the keys that signed it. Raises ``BadNoteError``."""
    above, blank, below = note.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise BadNoteError("it has no signatures below a blank line")
    text = above + "\n"
    signer: Key | None = None
    for line in below[:-1].split("\n"):
        name, id_, signature = _signature(line)
        for key in keys:
            if (key.name, key.id) != (name, id_):
                continue
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode("utf-8", "replace"))
            except InvalidSignature as error:
                raise BadNoteError(f"the signature of {name} is wrong") from error
            signer = signer or key
    if signer is None:
        raise BadNoteError("it is signed by none of the keys")
    return text, signer


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)", line)
    try:
        content = base64.b64decode(found[2], validate=True) if found else b""
    except ValueError:
        content = b""
    if found is None or len(content) <= 4:  # noqa: PLR2004 - a key's id
        raise BadNoteError(f"{line!r} is no signature")
    return found[1], content[:4], content[4:]


@dataclass(frozen=True)
class Checkpoint:
    """``file``: where it lay. ``at``: when it was signed, where it says so."""

    file: str
    origin: str
    size: int
    root: bytes
    at: datetime | None
    key: Key

    def words(self) -> str:
        signed = f"signed at {self.at:%Y-%m-%dT%H:%M:%SZ}" if self.at else "signed"
        return f"{signed} with key {self.key.name}"


def read_checkpoint(file: str, note: str, keys: Sequence[Key]) -> Checkpoint:
    """Raises ``BadNoteError``."""
    text, key = open_note(note, keys)
    lines = text.splitlines()
    try:
        origin, size, root, *more = lines
        at = next((datetime.fromisoformat(line[3:]) for line in more if line.startswith("at ")), None)
        return Checkpoint(file, origin, int(size), base64.b64decode(root, validate=True), at, key)
    except ValueError as error:
        raise BadNoteError("its text is no checkpoint") from error


@dataclass(frozen=True)
class Gap:
    """A part of the record that an operator declared lost: the entries behind ``kept``, up to ``lost``."""

    number: int
    origin: str
    kept: int
    lost: int
    at: datetime

    def tells_of(self, one: Checkpoint) -> bool:
        inside = self.kept < one.size <= self.lost and one.origin == self.origin
        return inside and one.at is not None and one.at <= self.at


def read_gap(number: int, note: str, keys: Sequence[Key]) -> Gap:
    """Raises ``BadNoteError``."""
    first, *lines = open_note(note, keys)[0].splitlines()
    said = dict(line.partition(" ")[::2] for line in lines)
    if first != "directives gap v1":
        raise BadNoteError("its text declares no gap")
    try:
        at = datetime.fromisoformat(said["at"])
        return Gap(number, said["origin"], int(said["kept"]), int(said["lost"]), at)
    except (KeyError, ValueError) as error:
        raise BadNoteError("its text declares no gap") from error


# -- what was found


@dataclass(frozen=True)
class Finding:
    """``code``: as ``directives verify`` names it. ``place``: the directive and version, or the part of the record."""

    code: str
    place: str
    words: str

    def line(self) -> str:
        return f"{self.code}: {self.place}: {self.words}"


Find = Callable[[str, str, str], None]


class Hashes:
    """The hashes of one directive's events, found by version."""

    def __init__(self) -> None:
        self.versions = array("q")
        self.logged = bytearray()
        self._hashes = bytearray()

    def add(self, version: int, hash_: bytes) -> None:
        self.versions.append(version)
        self.logged.append(0)
        self._hashes += hash_

    def at(self, version: int) -> bytes | None:
        place = self._place(version)
        return None if place is None else bytes(self._hashes[place * HASH : place * HASH + HASH])

    def log(self, version: int) -> None:
        place = self._place(version)
        if place is not None:
            self.logged[place] = 1

    def last(self) -> int:
        return self.versions[-1] if self.versions else 0

    def _place(self, version: int) -> int | None:
        place = bisect_left(self.versions, version)
        return place if place < len(self.versions) and self.versions[place] == version else None


@dataclass
class Stream:
    """One directive while its lines are read: its head and texts come before its events."""

    name: str
    find: Find
    hashes: Hashes = field(default_factory=Hashes)
    head: tuple[int, bytes] | None = None
    texts: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    references: dict[tuple[str, str], int] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    before: bytes = GENESIS
    broken: bool = False

    def event(self, line: Line) -> None:
        version, body = line["version"], line["body"]
        hash_, prev_hash = bytes.fromhex(line["hash"]), bytes.fromhex(line["prev_hash"])
        place = f"{self.name} version {version}"
        if version <= self.hashes.last():
            raise UnreadableError(f"{place} stands behind version {self.hashes.last()}")
        expected = self.hashes.last() + 1
        if version != expected and not self.broken:
            self.broken = True
            self.find("gap", place, f"events are missing: version {expected} was expected")
        elif prev_hash != self.before:
            self.find("link", place, "does not follow from the event before")
        if hash_ != sha256(prev_hash + body.encode()):
            self.find("hash", place, "content and hash disagree")
        self._read(version, place, body)
        self.hashes.add(version, hash_)
        self.before = hash_

    def _read(self, version: int, place: str, body: str) -> None:
        try:
            envelope = json.loads(body)
            says = (envelope["stream"], envelope["version"])
            if envelope["type"] == "WordsErased":
                self.erased |= set(envelope["data"]["texts"])
        except (KeyError, RecursionError, TypeError, ValueError):
            self.find("body", place, "content cannot be read")
            return
        if says != (self.name, version):
            self.find("column", place, f"its content says that it is {says[0]} version {says[1]}")
        for reference in references(envelope):
            self.references.setdefault(reference, version)

    def end(self) -> None:
        """All lines of the directive were read."""
        if self.hashes.versions:
            self._check_head()
        for (text, seal), version in self.references.items():
            self._check_words(text, version, seal)
        self.texts.clear()
        self.references.clear()

    def _check_head(self) -> None:
        if self.head is None:
            self.find("headless", self.name, "there are events and no head")
        elif self.head != (self.hashes.last(), self.before):
            told = f"the head says version {self.head[0]}, the last event is version {self.hashes.last()}"
            self.find("head", self.name, told)

    def _check_words(self, text: str, version: int, seal: str) -> None:
        place, kept = f"{self.name} version {version}", self.texts.get(text)
        if kept is None:
            if text not in self.erased:
                self.find("words_missing", place, "words of the event are missing")
        elif text in self.erased:
            self.find("words_kept", place, "words that were said to be erased are still there")
        elif hmac.new(kept[0], kept[1].encode(), "sha256").hexdigest() != seal:
            self.find("words", place, "words were altered")


def references(node: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON value
    """Id and keyed digest of all words that are kept apart."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get("$text"), str) and isinstance(one.get("hmac"), str):
                yield one["$text"], one["hmac"]
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of rising numbers without a gap."""
    stretch: list[int] = []
    for number in numbers:
        if stretch and number != stretch[-1] + 1:
            yield stretch[0], stretch[-1]
            stretch = []
        stretch = [stretch[0] if stretch else number, number]
    if stretch:
        yield stretch[0], stretch[-1]


# -- the record as a whole


class Order:
    """The entries of the record from the first to the last, and the checkpoints that were signed over them."""

    def __init__(self, find: Find, streams: dict[str, Hashes]) -> None:
        self.size = 0
        self.anchored: Checkpoint | None = None
        self._find = find
        self._streams = streams
        self._tree = Tree()
        self._waiting: list[Checkpoint] = []
        self._gaps: list[Gap] = []
        self._forks: list[Checkpoint] = []
        self._changed: tuple[Checkpoint, int, list[str]] | None = None
        self._named: dict[str, None] = {}
        self._unanchored: str | None = None
        self._logged: dict[str, int] = {}
        self._gone: dict[str, list[tuple[int, int]]] = {}
        self._notes: dict[str, bytes] = {}

    def expect(self, checkpoints: Iterable[Checkpoint], gaps: Iterable[Gap], notes: dict[str, bytes]) -> None:
        """``notes``: the hash of each gap's note, by the name of its entry."""
        self._waiting = sorted(checkpoints, key=lambda one: one.size, reverse=True)
        self._gaps, self._notes = list(gaps), notes

    def take(self, line: Line, *, dense: bool) -> None:
        """One entry. ``dense``: all entries are told, not only those of some directives."""
        seq, stream, version, hash_ = line["seq"], line["stream"], line["version"], bytes.fromhex(line["hash"])
        if dense:
            self._reach(self.size)
            if seq != self.size + 1:
                self._find("log_gap", "the record", f"entries {self.size + 1} to {seq - 1} are missing")
            self._tree.append(leaf_hash(hash_))
            if len(self._named) <= MOST_NAMED:
                self._named[stream] = None
            self._unanchored = self._unanchored or line.get("recorded_at")
        self.size = seq
        if stream.startswith("gap/"):
            self._of_gap(stream, hash_)
        else:
            self._of_event(seq, stream, version, hash_)

    def _of_gap(self, name: str, hash_: bytes) -> None:
        note = self._notes.pop(name, None)
        if note is None:
            self._find("gap_missing", "the record", f"the note of {name} was deleted; its entry is still there")
        elif note != hash_:
            self._find("gap_hash", "the record", f"the note of {name} disagrees with its entry")

    def _of_event(self, seq: int, stream: str, version: int, hash_: bytes) -> None:
        place, hashes = f"{stream} version {version}", self._streams.get(stream)
        if version <= self._logged.get(stream, 0):
            self._find("order", place, f"entry {seq} of the record stands in the wrong order")
        self._logged[stream] = max(version, self._logged.get(stream, 0))
        found = hashes.at(version) if hashes else None
        if found is None:
            self._gone.setdefault(stream, []).append((version, seq))
        elif hashes:
            hashes.log(version)
            if found != hash_:
                self._find("log_hash", place, f"disagrees with entry {seq} of the record")

    def _reach(self, size: int) -> None:
        """Compare every checkpoint of at most that size: all that it covers was read."""
        while self._waiting and self._waiting[-1].size <= size:
            one = self._waiting.pop()
            if one.size == self._tree.size and one.root == self._tree.root():
                self._agree(one)
            elif not self._lost(one):
                self._forks.append(one)
                if self._changed is None:
                    self._changed = (one, self.anchored.size if self.anchored else 0, list(self._named))

    def _agree(self, one: Checkpoint) -> None:
        self.anchored = one
        self._named.clear()
        self._changed, self._unanchored = None, None
        for fork in self._forks:
            told = f"checkpoint {fork.file} was signed over other {fork.size} entries than these"
            self._find("fork", "the record", told)
        self._forks.clear()

    def _lost(self, one: Checkpoint) -> bool:
        return any(gap.tells_of(one) for gap in self._gaps)

    def end(self, *, at: datetime, anchors: bool) -> None:
        """All entries were told. ``at``: when; ``anchors``: checkpoints are written of this record."""
        self._reach(self.size)
        if self._changed is not None:
            one, after, named = self._changed
            streams = ", ".join(named[:MOST_NAMED] + ["…"] * (len(named) > MOST_NAMED))
            told = f"no longer agrees with checkpoint {one.file}, {one.words()}; directives in there: {streams}"
            self._find("checkpoint", f"entries {after + 1} to {one.size}", told)
        beyond = [one for one in self._waiting if not self._lost(one)]
        if beyond:
            told = f"the record has {self.size} entries, checkpoint {beyond[0].file} was signed over {beyond[0].size}"
            self._find("truncated", f"entries {self.size + 1} to {beyond[0].size}", told)
        if anchors and self._unanchored and datetime.fromisoformat(self._unanchored) < at - LATE:
            first = self.anchored.size + 1 if self.anchored else 1
            told = "there is no checkpoint from here on, though this is more than an hour old"
            self._find("unanchored", f"entry {first}", told)
        for name in self._notes:
            self._find("gap_unlogged", "the record", f"the note of {name} has no entry")

    def compare(self, waiting: dict[str, int]) -> None:
        """Entries without events, and events without entries. ``waiting``: up to which version they may be without."""
        for stream, gone in self._gone.items():
            self._deleted(stream, gone)
        for stream, hashes in self._streams.items():
            self._unlogged(stream, hashes, waiting.get(stream, 0))
        for stream, version in waiting.items():
            if version > (self._streams[stream].last() if stream in self._streams else 0):
                self._find("deleted_unlogged", f"{stream} version {version}", "an event that waited was deleted")

    def _deleted(self, stream: str, gone: list[tuple[int, int]]) -> None:
        if not self._streams.get(stream, Hashes()).versions:
            told = f"all {len(gone)} events were deleted; their entries {gone[0][1]} to {gone[-1][1]} are still there"
            self._find("stream_deleted", stream, told)
            return
        for first, last in runs(version for version, _ in sorted(gone)):
            told = f"deleted up to version {last}; their entries, {gone[0][1]} and others, are still there"
            self._find("deleted", f"{stream} version {first}", told)

    def _unlogged(self, stream: str, hashes: Hashes, waiting: int) -> None:
        behind = self._logged.get(stream, 0)
        without = (version for version, logged in zip(hashes.versions, hashes.logged, strict=True) if not logged)
        for first, last in runs(version for version in without if not behind < version <= waiting):
            told = f"up to version {last}: neither in the order nor waiting for it: inserted, or its entry was deleted"
            self._find("unlogged", f"{stream} version {first}", told)


class Export:
    """Reads the lines of an export one after the other."""

    def __init__(self, keys: Sequence[Key], brought: Iterable[tuple[str, str]]) -> None:
        """``brought``: names and notes of checkpoints that are not part of it."""
        self.findings: list[Finding] = []
        self.header: Line = {}
        self.counts = {"event": 0, "entry": 0}
        self.checkpoints = 0
        self.proved: dict[str, str] = {}
        self.streams: dict[str, Hashes] = {}
        self.order = Order(self._find, self.streams)
        self._keys = keys
        self._checkpoints: list[Checkpoint] = []
        self._brought = list(brought)
        self._seen: set[str] = set()
        self._gaps: list[Gap] = []
        self._notes: dict[str, bytes] = {}
        self._waiting: dict[str, int] = {}
        self._stream: Stream | None = None
        self._proofs: dict[int, tuple[str, int, bytes]] = {}
        self._begun = False
        self._takes: dict[str, Callable[[Line], None]] = {
            "checkpoint": lambda line: self._checkpoint(line["file"], line["note"]),
            "gap": self._gap,
            "head": self._head,
            "text": self._text,
            "event": lambda line: self._of(line["stream"]).event(line),
            "waiting": lambda line: self._waiting.__setitem__(line["stream"], line["version"]),
            "entry": self._entry,
            "proof": self._proof,
        }

    @property
    def whole(self) -> bool:
        """Whether it is all of the record, and not some directives of it."""
        return self.header["streams"] is None

    def read(self, lines: Iterable[Line]) -> None:
        """All of it. Raises ``UnreadableError``."""
        rest = iter(lines)
        self.header = next(rest, {})
        if self.header.get("kind") != "header" or self.header.get("format") != FORMAT:
            raise UnreadableError(f"it does not begin with a header of {FORMAT}")
        for line in rest:
            take = self._takes.get(line["kind"])
            if take is None:
                raise UnreadableError(f"a line of the kind {line['kind']!r}, which this program does not know")
            if self._begun and line["kind"] not in BEHIND:
                raise UnreadableError(f"a line of the kind {line['kind']!r} behind the first entry")
            take(line)
            if line["kind"] in self.counts:
                self.counts[line["kind"]] += 1
        self._end()

    def _find(self, code: str, place: str, words: str) -> None:
        self.findings.append(Finding(code, place, words))

    def _checkpoint(self, file: str, note: str) -> None:
        if note in self._seen:
            return
        self._seen.add(note)
        self.checkpoints += 1
        try:
            one = read_checkpoint(file, note, self._keys)
        except BadNoteError as error:
            self._find("bad_note", f"checkpoint {file}", str(error))
            return
        if one.origin != self.header["origin"]:
            self._find("foreign", f"checkpoint {file}", f"it is of another record: {one.origin}")
            return
        self._checkpoints.append(one)

    def _gap(self, line: Line) -> None:
        number, note = line["number"], line["note"]
        self._notes[f"gap/{number}"] = sha256(note.encode())
        try:
            self._gaps.append(read_gap(number, note, self._keys))
        except BadNoteError as error:
            self._find("gap_note", f"gap {number}", str(error))

    def _of(self, name: str) -> Stream:
        """The directive that is being read; when another one begins, the one before is done with."""
        if self._stream is None or self._stream.name != name:
            self._end_stream()
            if name in self.streams:
                raise UnreadableError(f"the lines of {name} stand in two places")
            self._stream = Stream(name, self._find)
            self.streams[name] = self._stream.hashes
        return self._stream

    def _end_stream(self) -> None:
        if self._stream is not None:
            self._stream.end()
            self._stream = None

    def _head(self, line: Line) -> None:
        self._of(line["stream"]).head = (line["version"], bytes.fromhex(line["hash"]))

    def _text(self, line: Line) -> None:
        self._of(line["stream"]).texts[line["id"]] = (bytes.fromhex(line["key"]), line["content"])

    def _entry(self, line: Line) -> None:
        if not self._begun:
            self._begin_entries()
        self.order.take(line, dense=self.whole)
        if not self.whole:
            self._proofs[line["seq"]] = (line["stream"], line["version"], bytes.fromhex(line["hash"]))

    def _begin_entries(self) -> None:
        self._begun = True
        self._end_stream()
        for file, note in self._brought:
            self._checkpoint(file, note)
        self.order.expect(self._checkpoints if self.whole else [], self._gaps, self._notes)

    def _proof(self, line: Line) -> None:
        """Whether the entry is under a checkpoint that was signed: all events up to it are what they were then."""
        seq, size = line["seq"], line["size"]
        if seq not in self._proofs:
            raise UnreadableError(f"a proof of entry {seq}, which is not there")
        stream, version, hash_ = self._proofs[seq]
        root = root_of_path(leaf_hash(hash_), seq - 1, size, [bytes.fromhex(one) for one in line["path"]])
        signed = [one for one in self._checkpoints if one.size == size]
        agreeing = next((one for one in signed if one.root == root), None)
        if agreeing is None:
            told = "no checkpoint is there" if not signed else "the path does not lead to the root that was signed"
            self._find("proof", f"{stream} version {version}", f"entry {seq} under {size}: {told}")
            return
        told = f"entry {seq} is under the checkpoint over {size} entries, {agreeing.words()}"
        self.proved[stream] = f"up to version {version}: {told} (path of {len(line['path'])} hashes)"

    def _end(self) -> None:
        if not self._begun:
            self._begin_entries()
        if self.whole:
            self.order.end(at=datetime.fromisoformat(self.header["at"]), anchors=bool(self._keys))
            if self.order.size != self.header["size"]:
                told = f"the header says {self.header['size']} entries, there are {self.order.size}"
                self._find("size", "the record", told)
        for name in self.header["streams"] or ():
            if name not in self.streams:
                self._find("missing", name, "the header names it, but there is nothing of it")
        self.order.compare(self._waiting)


# -- the command line


def read_lines(file: Path) -> Iterator[Line]:
    """Raises ``UnreadableError``."""
    with file.open(encoding="utf-8") as lines:
        for number, text in enumerate(lines, start=1):
            try:
                line = json.loads(text)
            except (RecursionError, ValueError) as error:
                raise UnreadableError(f"line {number} is no JSON: {error}") from error
            if not isinstance(line, dict) or "kind" not in line:
                raise UnreadableError(f"line {number} has no kind")
            yield line


def verify(folder: Path, keys_file: Path | None, checkpoints: Path | None) -> Export:
    """Raises OSError, ``UnreadableError``."""
    own = folder / "verifier.keys"
    file = keys_file or (own if own.exists() else None)
    keys = read_keys(file.read_text(encoding="utf-8")) if file else []
    found = sorted(checkpoints.glob("*.checkpoint")) if checkpoints else []
    export = Export(keys, [(one.name, one.read_bytes().decode(errors="replace")) for one in found])
    try:
        export.read(read_lines(folder / "record.jsonl"))
    except (AttributeError, LookupError, OverflowError, TypeError, ValueError) as error:
        raise UnreadableError(f"a line is not as it should be: {type(error).__name__} {error}") from error
    return export


def report(export: Export) -> Iterator[str]:
    """What there is to say, line by line."""
    header, order, counts = export.header, export.order, export.counts
    yield f"{header['origin']}, exported at {header['at']}"
    yield f"{counts['event']} events of {len(export.streams)} directives, {counts['entry']} entries of the record"
    if export.whole:
        if order.anchored is None:
            yield "anchored: no checkpoint agrees with it" if export.checkpoints else "anchored: no checkpoints"
        else:
            yield f"anchored: up to entry {order.anchored.size} of {order.size}, {order.anchored.words()}"
    for stream in header["streams"] or ():
        yield f"proved: {stream}: {_proved(export, stream)}"
    for finding in export.findings:
        yield finding.line()
    yield f"{len(export.findings)} findings: IT WAS ALTERED" if export.findings else "everything agrees"


def _proved(export: Export, stream: str) -> str:
    about = (one for one in export.findings if one.place == stream or one.place.startswith(f"{stream} version "))
    if any(one.code in OF_EVENTS for one in about):
        return "no, its events are not what was signed: see below"
    return export.proved.get(stream, "not yet, no checkpoint covers it")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        description="Verify an export of the record of directives: what was altered, and where.",
        epilog="Exit code 0: everything agrees; 1: something was altered; 2: the export cannot be read.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="what `directives export` wrote")
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help="verifier keys, one a line; else FOLDER/verifier.keys"
    )
    parser.add_argument(
        "--checkpoints", type=Path, metavar="FOLDER", help="checkpoints of your own, beside those in the export"
    )
    given = parser.parse_args(arguments)
    try:
        export = verify(given.folder, given.keys, given.checkpoints)
    except (OSError, UnreadableError) as error:
        sys.stderr.write(f"cannot be read: {error}\n")
        return 2
    for line in report(export):
        sys.stdout.write(line + "\n")
    return 1 if export.findings else 0


if __name__ == "__main__":
    sys.exit(main())
