"""How far the record goes and what its root is, as a text to be signed (https://c2sp.org/tlog-checkpoint).

    <origin>
    <size>
    <root hash, base64>
    at <when it was written>

The last line is an extension, which the form allows: the keeper's word, which no tree can prove.
"""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_HASH: Final = 32
_AT: Final = "at "
_INSTANT: Final = "%Y-%m-%dT%H:%M:%SZ"
_LEAST: Final = 3
"""Lines that every checkpoint has."""


class BadCheckpointError(ValueError):
    """A text that is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``origin``: of which record; ``size``: entries; ``at``: when, where that is said."""

    origin: str
    size: int
    root: bytes
    at: datetime | None = None

    def text(self) -> str:
        """To be signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode()]
        if self.at is not None:
            lines.append(_AT + self.at.astimezone(UTC).strftime(_INSTANT))
        return "".join(f"{line}\n" for line in lines)


def read_checkpoint(text: str) -> Checkpoint:
    """The reverse of ``text``; extension lines of others are passed over. Raises ``BadCheckpointError``."""
    if not text.endswith("\n"):
        raise BadCheckpointError("the last line has no end")
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < _LEAST or not all(lines):
        raise BadCheckpointError("fewer than three lines, or an empty one")
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size):
        raise BadCheckpointError(f"no size: {size}")
    return Checkpoint(origin, int(size), _root(root), _at(extensions))


def _root(encoded: str) -> bytes:
    try:
        root = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise BadCheckpointError(f"no root: {encoded}") from error
    if len(root) != _HASH or base64.b64encode(root).decode() != encoded:
        raise BadCheckpointError(f"no root: {encoded}")
    return root


def _at(extensions: list[str]) -> datetime | None:
    for line in extensions:
        if line.startswith(_AT):
            try:
                return datetime.strptime(line.removeprefix(_AT), _INSTANT).replace(tzinfo=UTC)
            except ValueError as error:
                raise BadCheckpointError(f"no instant: {line}") from error
    return None
