"""verify: whether the record is what was written, and every figure what follows from it."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from activities.journal.difference import Difference
from activities.journal.pool import Connection
from activities.journal.verify import Verdict, streams
from activities.journal.verify import verify as verify_stream
from activities.journal.verify_anchors import Anchors, Opened
from activities.journal.verify_order import Proof
from activities.journal.verify_whole import LastEntry, WholeVerdict, last_entry, size_of, verify_whole
from activities.record.merkle import leaf_hash
from console.call import Call
from console.database import reading
from console.failures import AnsweredError, RefusedError
from console.inspecting import CheckpointFolder, KeysFile, checkpoints_kept
from console.paper import Alert, Paper, answer
from console.places import owner_database_url
from console.streams import resolve
from console.times import moment_shown, shown
from console.waiting import progress


@dataclass(frozen=True, slots=True)
class _Found:
    """``stream``: where only one directive was asked for; ``last``: its last entry under a checkpoint."""

    directives: Sequence[Verdict]
    whole: WholeVerdict
    stream: str | None
    last: LastEntry | None

    @property
    def proof(self) -> Proof | None:
        """That this entry is part of what was signed; none where the events are no more what was entered."""
        stands = all(one.events_stand for one in self.directives)
        return self.whole.proofs.get(self.last.seq) if self.last and stands else None


def verify(
    call: Call,
    directive: Annotated[str | None, typer.Argument(metavar="ID")] = None,
    *,
    checkpoints: CheckpointFolder = None,
    keys: KeysFile = None,
) -> None:
    """One directive or all, and the record as a whole. Exit 1 where anything differs, with what and where.

    ``checkpoints``: else those of this installation. ``keys``: to open them with; else those that lie beside them.
    """
    anchors = checkpoints_kept(call, checkpoints, keys)
    found = asyncio.run(_verify(call, directive, anchors))
    failed = [one.stream for one in found.directives if one.differences]
    document = _document(call, found, ok=not failed and not found.whole.differences)
    answer(call, document, lambda paper: _render(call, found, paper))
    if failed:
        raise AnsweredError("differs", failed=len(failed), checked=len(found.directives), first=failed[0])
    if found.whole.differences:
        raise AnsweredError("record_differs", first=_words(call, found.whole.differences[0]))


async def _verify(call: Call, directive: str | None, anchors: Anchors) -> _Found:
    stream = await resolve(call, directive) if directive else None
    # The keys of words are the owner's alone.
    async with reading(call, owner_database_url) as connection:
        names = await streams(connection, stream)
        if stream is not None and not names:
            raise RefusedError("not_found", {})
        with progress(call, len(names) + await size_of(connection), "cli.verifying") as advance:
            verdicts = []
            for one in names:
                verdicts.append(await verify_stream(connection, one))
                advance()
            last = None if stream is None else await _last_anchored(connection, stream, anchors)
            whole = await verify_whole(connection, anchors, [last.seq] if last else [], advance)
    return _Found(verdicts, whole, stream, last)


async def _last_anchored(connection: Connection, stream: str, anchors: Anchors) -> LastEntry | None:
    return await last_entry(connection, stream, max(anchors.claimed(), default=0))


def _document(call: Call, found: _Found, *, ok: bool) -> dict[str, Any]:
    document = {
        "ok": ok,
        "record": _record(call, found.whole),
        "directives": [_json(call, one) for one in found.directives],
    }
    if found.stream is not None:
        document["proof"] = _proof(found)
    return document


def _record(call: Call, whole: WholeVerdict) -> dict[str, Any]:
    return {
        "origin": whole.origin,
        "size": whole.size,
        "waiting": whole.waiting,
        "checkpoints": whole.checkpoints,
        "anchored": None if whole.anchored is None else _checkpoint(whole.anchored),
        "gaps": [
            {"number": one.number, "kept": one.kept, "lost": one.lost, "at": one.at.isoformat()} for one in whole.gaps
        ],
        "ok": not whole.differences,
        "differences": [_difference(call, one) for one in whole.differences],
    }


def _checkpoint(one: Opened) -> dict[str, Any]:
    return {
        "size": one.checkpoint.size,
        "root": one.checkpoint.root.hex(),
        "at": one.checkpoint.at.isoformat() if one.checkpoint.at else None,
        "key": one.key.text(),
        "file": one.name,
    }


def _proof(found: _Found) -> dict[str, Any] | None:
    """Whole: with it, the event and the key anybody can go the way from the event to the signature."""
    proof, anchored = found.proof, found.whole.anchored
    if proof is None or found.last is None or anchored is None:
        return None
    return {
        "stream": found.stream,
        "version": found.last.version,
        "seq": proof.seq,
        "hash": proof.hash.hex(),
        "leaf": leaf_hash(proof.hash).hex(),
        "path": [one.hex() for one in proof.path],
        **_checkpoint(anchored),
        "checkpoint": anchored.note,
    }


def _json(call: Call, verdict: Verdict) -> dict[str, Any]:
    differences = [_difference(call, one) for one in verdict.differences]
    return {"stream": verdict.stream, "version": verdict.version, "ok": not differences, "differences": differences}


def _difference(call: Call, one: Difference) -> dict[str, Any]:
    return {"version": one.version, "code": one.code, **one.details, "reason": _words(call, one)}


def _render(call: Call, found: _Found, paper: Paper) -> None:
    rows = [row for verdict in found.directives for row in _rows(call, verdict)]
    paper.table([call.text(f"column.{name}") for name in ("stream", "version", "verdict")], rows)
    paper.heading(call.text("verify.record"))
    paper.facts(_facts(call, found.whole))
    if found.stream is not None:
        paper.heading(call.text("verify.proof"))
        _render_proof(call, found, paper)


def _rows(call: Call, verdict: Verdict) -> list[tuple[str, ...]]:
    """One for each difference; one where there is none."""
    rows: list[tuple[str, ...]] = [
        (verdict.stream, "" if one.version is None else str(one.version), Alert(_words(call, one)))
        for one in verdict.differences
    ]
    return rows or [(verdict.stream, str(verdict.version), call.text("verify.ok"))]


def _facts(call: Call, whole: WholeVerdict) -> Iterator[tuple[str, str]]:
    yield call.text("verify.origin"), whole.origin
    yield call.text("verify.size"), call.text("verify.entries", size=whole.size, waiting=whole.waiting)
    yield call.text("verify.anchored"), _anchored(call, whole)
    for gap in whole.gaps:
        told = {"kept": gap.kept, "lost": gap.lost, "at": shown(gap.at)}
        yield call.text("verify.lost"), Alert(call.text("verify.declared", **told))
    for one in whole.differences:
        yield call.text("column.verdict"), Alert(_words(call, one))
    if not whole.differences:
        yield call.text("column.verdict"), call.text("verify.ok")


def _anchored(call: Call, whole: WholeVerdict) -> str:
    if whole.anchored is None:
        return call.text("verify.not_anchored" if whole.checkpoints else "verify.no_checkpoints")
    return call.text("verify.anchored_to", checkpoints=whole.checkpoints, **_signed(whole.anchored))


def _render_proof(call: Call, found: _Found, paper: Paper) -> None:
    proof, anchored = found.proof, found.whole.anchored
    if proof is None or found.last is None or anchored is None:
        paper.line(call.text("verify.no_proof" if found.last is None else "verify.disproved"))
        return
    place = {"version": found.last.version, "seq": proof.seq, "length": len(proof.path)}
    paper.line(call.text("verify.proved", **place, **_signed(anchored)))
    paper.facts(
        [
            (call.text("verify.event_hash"), proof.hash.hex()),
            (call.text("verify.root"), anchored.checkpoint.root.hex()),
            (call.text("verify.key"), anchored.key.text()),
        ]
    )


def _signed(one: Opened) -> dict[str, Any]:
    at = one.checkpoint.at
    return {"size": one.checkpoint.size, "at": moment_shown(at) if at else "–", "key": one.key.name}


def _words(call: Call, difference: Difference) -> str:
    return call.text(f"verify.{difference.code}", **difference.details)


COMMANDS = {"verify": verify}
