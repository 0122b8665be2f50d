"""The file in which a signing key lies: its owner's alone."""

import os
from pathlib import Path

from activities.record.notes import SigningKey


def read_key(path: Path) -> SigningKey:
    """Raises OSError, ``BadKeyError``."""
    return SigningKey.read(path.read_bytes().decode(errors="replace"))


def make_key(path: Path, origin: str) -> SigningKey:
    """A new key for the record of that origin. Raises OSError, also where there is a file already."""
    key = SigningKey.generate(origin)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{key.text()}\n")
        file.flush()
        os.fsync(file.fileno())
    return key
