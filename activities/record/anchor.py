"""Where checkpoints are kept: a folder outside the database, best on another department's share.

A file for each checkpoint, written once and never again, and ``verifier.keys`` with every key that ever signed here,
one a line.
"""

import errno
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from activities.record.checkpoint import Checkpoint
from activities.record.key_file import read_key
from activities.record.notes import BadNoteError, SigningKey, VerifierKey, opened, sign
from settings import Settings

KEYS: Final = "verifier.keys"
SUFFIX: Final = ".checkpoint"
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK})
"""How file systems without hard links refuse one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint as it lies in the folder. ``note``: not verified yet; broken UTF-8 is in it as half surrogates."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Written:
    """``written``: whether it is new; where it is not, another one of the same size and root lies there."""

    path: Path
    written: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """Writes checkpoints, signed. Everything here may wait for a network: not for the event loop."""

    folder: Path
    key: SigningKey

    def write(self, checkpoint: Checkpoint) -> Written:
        """Keep a checkpoint; one of the same size and root that this key signed is left as it is.

        Raises:
            OSError: the folder does not take it.
            BadKeyError: somebody spoiled ``verifier.keys``; it is not written over.
        """
        self._publish_key()
        path = self.folder / f"{checkpoint.size:012d}-{checkpoint.root.hex()[:8]}{SUFFIX}"
        if path.exists() and not self._signed(path):
            # By an earlier key, or by nobody: neither is written over, nor does it stand for what this key says.
            path = path.with_stem(f"{path.stem}-{self.key.verifier().id.hex()}")
        return Written(path, not path.exists() and _create(path, sign(checkpoint.text(), self.key)))

    def size(self) -> int:
        """Up to which size the folder has checkpoints; 0 where it has none. Raises OSError."""
        return max((_size(path) for path in _files(self.folder)), default=0)

    def _signed(self, path: Path) -> bool:
        try:
            opened(_read(path), [self.key.verifier()])
        except BadNoteError:
            return False
        return True

    def _publish_key(self) -> None:
        own = self.key.verifier()
        keys = verifier_keys(self.folder)
        if own not in keys:
            written = _aside(self.folder / KEYS, "".join(f"{key.text()}\n" for key in (*keys, own)))
            written.replace(self.folder / KEYS)


def anchor_of(settings: Settings) -> Anchor | None:
    """Where the settings say; None where they name nothing. Raises OSError and ``BadKeyError`` of the key's file."""
    folder, key_file = settings.checkpoint_folder, settings.checkpoint_key_file
    return None if folder is None or key_file is None else Anchor(folder, read_key(key_file))


def checkpoints(folder: Path) -> list[Kept]:
    """All that lie in the folder, the smallest first. Raises OSError."""
    return [Kept(path.name, _read(path)) for path in sorted(_files(folder))]


def verifier_keys(folder: Path) -> list[VerifierKey]:
    """Every key that ever signed in this folder, the first one first. Raises OSError, ``BadKeyError``."""
    path = folder / KEYS
    return read_keys(_read(path)) if path.exists() else []


def read_keys(text: str) -> list[VerifierKey]:
    """Of a file with a key a line. Raises ``BadKeyError``."""
    return [VerifierKey.read(line) for line in text.splitlines() if line]


def _files(folder: Path) -> list[Path]:
    # Not glob: a folder that is away has no end of checkpoints, rather than none.
    return [path for path in folder.iterdir() if path.suffix == SUFFIX]


def _read(path: Path) -> str:
    return path.read_bytes().decode(errors="surrogateescape")


def _size(path: Path) -> int:
    digits = path.name.partition("-")[0]
    return int(digits) if digits.isdecimal() else 0


def _create(path: Path, content: str) -> bool:
    """All of it or nothing, and never over what is there; whether it was there not."""
    written = _aside(path, content)
    try:
        path.hardlink_to(written)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Many a share knows no links. Who comes between question and renaming is another worker, with the same.
        if path.exists():
            return False
        written.rename(path)
    finally:
        written.unlink(missing_ok=True)
    return True


def _aside(path: Path, content: str) -> Path:
    """Write beside the path, down to the disk."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with aside.open("xb") as file:
            file.write(content.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return aside
