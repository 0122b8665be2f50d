"""Where this installation keeps checkpoints of the record, and with which key it signs them."""

from pathlib import Path

from activities.record.anchor import Anchor, anchor_of
from activities.record.key_file import make_key
from activities.record.notes import BadKeyError, SigningKey
from activities.record.sequencer import Tree, read_tree
from console.call import Call
from console.database import reading
from console.failures import FailedError
from console.places import configured
from settings import Settings


def settled(call: Call, settings: Settings) -> Settings:
    """The settings; with the embedded stack's own places in the data directory where they name none."""
    if configured(call) or settings.checkpoint_folder is not None:
        return settings
    data = call.data_directory.absolute()
    own = {"checkpoint_folder": data / "checkpoints", "checkpoint_key_file": data / "checkpoint.key"}
    return settings.model_copy(update=own)


async def prepared(call: Call, settings: Settings) -> Settings:
    """As ``settled``; the places in the data directory are made if they are not there. Raises ``ConsoleError``."""
    places = settled(call, settings)
    folder, key_file = places.checkpoint_folder, places.checkpoint_key_file
    if places is not settings and folder is not None and key_file is not None:
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise not_kept(folder, error) from error
        if not key_file.exists():
            made(key_file, (await tree(call)).origin)
    return places


def anchor(call: Call, settings: Settings) -> Anchor:
    """Where to write. Raises ``FailedError`` where nothing is set, or the key cannot be read."""
    places = settled(call, settings)
    try:
        found = anchor_of(places)
    except (OSError, BadKeyError) as error:
        raise FailedError("checkpoint_key", file=places.checkpoint_key_file, problem=_problem(error)) from error
    if found is None:
        raise FailedError("nowhere_to_keep")
    return found


async def tree(call: Call) -> Tree:
    """The record as it stands. Raises ``ConsoleError``."""
    async with reading(call) as connection:
        return await read_tree(connection)


def made(key_file: Path, origin: str) -> SigningKey:
    """A new key in a file of its own. Raises ``FailedError``, also where the file is there."""
    try:
        return make_key(key_file, origin)
    except OSError as error:
        raise FailedError("key_not_made", file=key_file, problem=_problem(error)) from error


def not_kept(folder: Path, error: OSError | BadKeyError) -> FailedError:
    """What to say where the folder does not take a checkpoint."""
    return FailedError("checkpoint_folder", folder=folder, problem=_problem(error))


def _problem(error: OSError | BadKeyError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
