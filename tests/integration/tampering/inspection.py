"""What both verifiers find, each by itself: the one on site, and the stand-alone one on an export."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from activities.journal.difference import Difference
from activities.journal.pool import Connection
from activities.journal.verify import streams, verify
from activities.journal.verify_anchors import Anchors, read_anchors
from activities.journal.verify_whole import WholeVerdict, last_entry, verify_whole
from activities.record.export import Chosen, export, new_folder
from activities.record.verify_record import Export
from activities.record.verify_record import verify as verify_elsewhere

RECORD = "the record"


@dataclass(frozen=True)
class Inspection:
    """``on_site``: with the directive concerned, or ``RECORD``."""

    on_site: list[tuple[str, Difference]]
    elsewhere: Export
    whole: WholeVerdict

    def codes(self) -> set[tuple[str, str]]:
        """On site: directive and code."""
        return {(stream, one.code) for stream, one in self.on_site}

    def found(self, stream: str, code: str) -> list[Difference]:
        return [one for name, one in self.on_site if (name, one.code) == (stream, code)]

    def places(self) -> set[tuple[str, str]]:
        """Elsewhere: code and place."""
        return {(one.code, one.place) for one in self.elsewhere.findings}


async def inspect(connection: Connection, checkpoints: Path, out: Path) -> Inspection:
    """Everything, in the transaction of the connection."""
    anchors = read_anchors(checkpoints)
    there = await streams(connection)
    verdicts = [await verify(connection, one) for one in there]
    whole = await verify_whole(connection, anchors)
    differences = [(verdict.stream, one) for verdict in verdicts for one in verdict.differences]
    await exported(connection, anchors, out, *there)
    differences += [(RECORD, one) for one in whole.differences]
    return Inspection(differences, verify_elsewhere(out, None, None), whole)


async def exported(connection: Connection, anchors: Anchors, out: Path, *chosen: str, whole: bool = True) -> None:
    """An export of these directives in a new folder."""
    with new_folder(out, anchors) as lines:
        await export(connection, lines, anchors, Chosen(chosen, whole=whole))


async def proof_of(connection: Connection, anchors: Anchors, stream: str) -> Any:
    """What ``verify ID`` ends with."""
    last = await last_entry(connection, stream, max(anchors.claimed()))
    assert last is not None
    return (await verify_whole(connection, anchors, [last.seq])).proofs[last.seq]


async def stand_alone(folder: Path) -> tuple[int | None, str]:
    """The program of an export, without the project on any path: its exit code and what it says."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", folder / "verify_record.py", folder),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()
