"""What whoever verifies brings along: the checkpoints of this installation's folder, and keys to open them with."""

from pathlib import Path
from typing import Annotated

import typer

from activities.journal.verify_anchors import Anchors, read_anchors
from activities.record.anchor import read_keys
from activities.record.notes import BadKeyError, VerifierKey
from console.call import Call
from console.checkpoints import settled
from console.environment import read_settings
from console.failures import FailedError
from console.places import configured, endpoints

KeysFile = Annotated[Path | None, typer.Option("--keys", metavar="FILE", exists=True, dir_okay=False, readable=True)]
"""Verifier keys, one a line: those that the inspector has from a hand that he trusts."""
CheckpointFolder = Annotated[
    Path | None, typer.Option("--checkpoints", metavar="FOLDER", exists=True, file_okay=False, readable=True)
]
"""Of checkpoints: a copy that the inspector has, or the share to which they are written."""


def checkpoints_kept(call: Call, folder: Path | None = None, keys_file: Path | None = None) -> Anchors:
    """All of the folder, that of this installation where none is named; none where it has none.

    To be read before the journal is: see ``read_anchors``. Raises ``ConsoleError``.
    """
    keys = None if keys_file is None else _keys(keys_file)
    folder = folder or _own_folder(call)
    if folder is None:
        return Anchors(keys or ())
    try:
        return read_anchors(folder, keys)
    except (OSError, BadKeyError) as error:
        problem = error.strerror if isinstance(error, OSError) else None
        raise FailedError("checkpoints_unreadable", folder=folder, problem=problem or str(error)) from error


def _own_folder(call: Call) -> Path | None:
    if not configured(call):
        # Where nothing runs there is nothing to verify: rather this than that a folder is missing.
        endpoints(call)
    return settled(call, read_settings()).checkpoint_folder


def _keys(file: Path) -> list[VerifierKey]:
    try:
        return read_keys(file.read_text(encoding="utf-8"))
    except (BadKeyError, UnicodeDecodeError) as error:
        raise FailedError("bad_keys", file=file, problem=str(error)) from error
