"""How somebody with every right on the database might alter what was written, and where it has to be seen.

A way is done in a transaction that is rolled back. ``a``, ``b``, ``c``: the three directives of the office.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from activities.journal.pool import Connection
from activities.record.merkle import Frontier, leaf_hash
from tests.integration.tampering.inspection import RECORD

FREE: Final = "SET LOCAL session_replication_role = replica"
"""No trigger and no foreign key is in the way any more."""
RECHAINED: Final = """
    DO $$
    DECLARE row record; before bytea := decode(repeat('00', 32), 'hex');
    BEGIN
        FOR row IN SELECT * FROM events WHERE stream = '{a}' ORDER BY version LOOP
            UPDATE events SET prev_hash = before, hash = sha256(before || convert_to(row.body, 'UTF8'))
            WHERE stream = row.stream AND version = row.version RETURNING hash INTO before;
        END LOOP;
        UPDATE streams SET hash = before WHERE stream = '{a}';
    END $$
"""
EDITED: Final = """
    UPDATE events SET body = replace(body, '"percent":60', '"percent":90') WHERE stream = '{a}'
"""
MODELS_EDITED: Final = """
    UPDATE assignments SET percent = 90 WHERE stream = '{a}' AND percent = 60
"""
RELOGGED: Final = """
    UPDATE log AS l SET hash = e.hash FROM events AS e WHERE e.stream = l.stream AND e.version = l.version
"""
RENUMBERED: Final = """
    UPDATE log AS l SET seq = 1000 + n.seq
    FROM (SELECT seq AS old, row_number() OVER (ORDER BY seq) AS seq FROM log) AS n WHERE n.old = l.seq;
    UPDATE log SET seq = seq - 1000
"""
FORGOTTEN: Final = "; ".join(
    f"DELETE FROM {table} WHERE stream = '{{b}}'"  # noqa: S608 - a made-up deed, of tables named here
    for table in (
        "snapshots", "commands", "texts", "directives", "assignments", "receipts", "links", "spans", "handovers",
        "notices", "relays", "unsequenced", "events", "streams",
    )
)  # fmt: skip
APPENDED: Final = """
    WITH new AS (
        SELECT stream, version + 1 AS version, hash AS prev_hash,
               replace(replace(body, '"version":' || version, '"version":' || (version + 1)),
                       event_id::text, gen_random_uuid()::text) AS body, type, schema, at, command_id
        FROM events WHERE stream = '{c}' ORDER BY version DESC LIMIT 1
    ), written AS (
        INSERT INTO events (stream, version, event_id, type, schema, at, command_id, body, prev_hash, hash)
        SELECT stream, version, (body::jsonb ->> 'event_id')::uuid, type, schema, at, command_id, body, prev_hash,
               sha256(prev_hash || convert_to(body, 'UTF8'))
        FROM new RETURNING stream, version, hash
    )
    UPDATE streams AS s SET version = w.version, hash = w.hash FROM written AS w WHERE s.stream = w.stream
"""
"""A further event with the right hashes, and the head moved on to it."""
CUT_OFF: Final = (
    "DELETE FROM log WHERE seq > 12",
    """
    DELETE FROM events AS e
    WHERE NOT EXISTS (SELECT FROM log AS l WHERE l.stream = e.stream AND l.version = e.version)
    """,
    """
    UPDATE streams AS s SET version = l.version, hash = l.hash FROM log AS l
    WHERE l.stream = s.stream AND l.version = (SELECT max(version) FROM log AS o WHERE o.stream = s.stream)
    """,
    "DELETE FROM unsequenced",
    """
    DELETE FROM commands AS c
    WHERE NOT EXISTS (SELECT FROM events AS e WHERE e.stream = c.stream AND e.command_id = c.command_id)
    """,
)
"""What is left where the record ends with its twelfth entry, but for the read models."""
SWAPPED: Final = """
    UPDATE log SET seq = 1000 + seq WHERE seq IN ({0}, {1});
    UPDATE log SET seq = 1000 + {0} + {1} - seq WHERE seq > 1000
"""


@dataclass(frozen=True)
class Way:
    """``statements``: SQL with the directives' names in it. ``treed``: the tree is reckoned anew afterwards.

    ``on_site``: directive (``a``, ``b``, ``c``, or RECORD), code, version; ``elsewhere``: code and place. Each must be
    among what is found. ``only``: there is nothing else.
    """

    name: str
    statements: Sequence[str]
    on_site: tuple[str, str, int | None]
    elsewhere: tuple[str, str] | None
    treed: bool = False
    only: bool = False

    async def do(self, connection: Connection, streams: Sequence[str]) -> None:
        names = dict(zip("abc", streams, strict=True))
        await connection.execute(FREE)
        for statement in self.statements:
            await connection.execute(statement.format(**names))
        if self.treed:
            await reckon_tree(connection)


async def reckon_tree(connection: Connection) -> None:
    """Make the tree agree with the log."""
    frontier = Frontier()
    for row in await connection.fetch("SELECT hash FROM log ORDER BY seq"):
        frontier.append(leaf_hash(row["hash"]))
    await connection.execute("UPDATE tree SET size = $1, peaks = $2", frontier.size, frontier.peaks)


def _way(
    name: str,
    *statements: str,
    on_site: tuple[str, str, int | None],
    elsewhere: tuple[str, str] | None = None,
    treed: bool = False,
    only: bool = False,
) -> Way:
    return Way(name, statements, on_site, elsewhere, treed, only)


def _row(name: str, statement: str, stream: str = "a") -> Way:
    """A row of a read model: the record itself is as it was."""
    return _way(name, statement, on_site=(stream, "row", None))


VERSION: Final = 4
"""Of the event that says 60 percent: after issue, acknowledgement and 30 percent. Each command makes one event."""

WAYS: Final = (
    # -- events
    _way("an event is edited", EDITED, on_site=("a", "hash", VERSION), elsewhere=("hash", "{a} version 4")),
    _way(
        "an event is edited, and its chain reckoned anew to the head",
        EDITED, RECHAINED,
        on_site=("a", "log_hash", VERSION), elsewhere=("log_hash", "{a} version 4"),
    ),
    _way(
        "an event is edited, and chain, log, tree and read models with it",
        EDITED, RECHAINED, RELOGGED, MODELS_EDITED, treed=True, only=True,
        on_site=(RECORD, "checkpoint", None), elsewhere=("checkpoint", "entries 7 to 12"),
    ),
    _way(
        "an event's hash is altered", "UPDATE events SET hash = sha256('x') WHERE stream = '{a}' AND version = 3",
        on_site=("a", "hash", 3), elsewhere=("hash", "{a} version 3"),
    ),
    _way(
        "an event loses its predecessor",
        "UPDATE events SET prev_hash = sha256('x'), hash = sha256(sha256('x') || convert_to(body, 'UTF8'))"
        " WHERE stream = '{a}' AND version = 3",
        on_site=("a", "link", 3), elsewhere=("link", "{a} version 3"),
    ),
    _way(
        "an event is deleted in the middle", "DELETE FROM events WHERE stream = '{a}' AND version = 4",
        on_site=("a", "deleted", 4), elsewhere=("deleted", "{a} version 4"),
    ),
    _way(
        "an event is deleted with its entry",
        "DELETE FROM events WHERE stream = '{a}' AND version = 4",
        "DELETE FROM log WHERE stream = '{a}' AND version = 4",
        on_site=("a", "gap", 5), elsewhere=("gap", "{a} version 5"),
    ),
    _way(
        "the last event is deleted", "DELETE FROM events WHERE stream = '{a}' AND version = 8",
        on_site=("a", "head", None), elsewhere=("head", "{a}"),
    ),
    _way(
        "the last event is deleted, and the head set back",
        "DELETE FROM events WHERE stream = '{a}' AND version = 8",
        "UPDATE streams SET version = e.version, hash = e.hash FROM events AS e"
        " WHERE e.stream = '{a}' AND e.version = 7 AND streams.stream = e.stream",
        on_site=("a", "deleted", 8), elsewhere=("deleted", "{a} version 8"),
    ),
    _way(
        "an end is deleted with head and entries, and log and tree are made to fit",
        "DELETE FROM events WHERE stream = '{c}' AND version >= 6",
        "UPDATE streams SET version = e.version, hash = e.hash FROM events AS e"
        " WHERE e.stream = '{c}' AND e.version = 5 AND streams.stream = e.stream",
        "DELETE FROM log WHERE stream = '{c}' AND version >= 6", RENUMBERED, treed=True,
        on_site=(RECORD, "checkpoint", None), elsewhere=("checkpoint", "entries 13 to 18"),
    ),
    _way(
        "the whole record is cut off behind an entry",
        *CUT_OFF, treed=True,
        on_site=(RECORD, "truncated", None), elsewhere=("truncated", "entries 13 to 18"),
    ),
    _way(
        "two events change places",
        "UPDATE events SET version = 100 + version WHERE stream = '{a}' AND version IN (3, 4)",
        "UPDATE events SET version = 107 - version WHERE stream = '{a}' AND version > 100",
        on_site=("a", "link", 3), elsewhere=("link", "{a} version 3"),
    ),
    _way(
        "an event is put at the end", APPENDED,
        on_site=("c", "unlogged", 7), elsewhere=("unlogged", "{c} version 7"),
    ),
    _way(
        "an event cannot be read any more", "UPDATE events SET body = '{{' WHERE stream = '{a}' AND version = 3",
        on_site=("a", "body", 3), elsewhere=("body", "{a} version 3"),
    ),
    _way(
        "a column says other than its event",
        "UPDATE events SET at = at + interval '1 day' WHERE stream = '{a}' AND version = 2",
        on_site=("a", "column", 2),
    ),
    _way(
        "a head is altered", "UPDATE streams SET hash = sha256('x') WHERE stream = '{a}'",
        on_site=("a", "head", None), elsewhere=("head", "{a}"),
    ),
    _way(
        "a head is deleted", "DELETE FROM streams WHERE stream = '{a}'",
        on_site=("a", "headless", None), elsewhere=("headless", "{a}"),
    ),
    _way(
        "a directive is deleted from every table but the log", FORGOTTEN,
        on_site=("b", "stream_deleted", None), elsewhere=("stream_deleted", "{b}"),
    ),
    _way(
        "a directive is deleted from every table, and log and tree are made to fit",
        FORGOTTEN, "DELETE FROM log WHERE stream = '{b}'", RENUMBERED, treed=True,
        on_site=(RECORD, "checkpoint", None), elsewhere=("checkpoint", "entries 1 to 3"),
    ),
    _way(
        "all events are gone", "TRUNCATE events",
        on_site=("a", "stream_deleted", None), elsewhere=("stream_deleted", "{a}"),
    ),
    _way(
        "an event that waits for its entry is deleted",
        "DELETE FROM events WHERE stream = '{b}' AND version = 7",
        "UPDATE streams SET version = e.version, hash = e.hash FROM events AS e"
        " WHERE e.stream = '{b}' AND e.version = 6 AND streams.stream = e.stream",
        on_site=("b", "deleted_unlogged", 7), elsewhere=("deleted_unlogged", "{b} version 7"),
    ),
    _way(
        "an event waits no more, and has no entry", "DELETE FROM unsequenced",
        on_site=("b", "unlogged", 7), elsewhere=("unlogged", "{b} version 7"),
    ),
    # -- the order
    _way(
        "an entry is altered", "UPDATE log SET hash = sha256('x') WHERE stream = '{a}' AND version = 4",
        on_site=("a", "log_hash", 4), elsewhere=("log_hash", "{a} version 4"),
    ),
    _way(
        "two entries of different directives change places", SWAPPED.format(8, 9), treed=True, only=True,
        on_site=(RECORD, "checkpoint", None), elsewhere=("checkpoint", "entries 7 to 12"),
    ),
    _way(
        "two entries of one directive change places",
        "UPDATE log SET seq = 1000 + seq WHERE stream = '{a}' AND version IN (3, 4)",
        "UPDATE log SET seq = (SELECT sum(seq) FROM log WHERE seq > 1000) - 1000 - seq WHERE seq > 1000",
        on_site=("a", "order", 3), elsewhere=("order", "{a} version 3"),
    ),
    _way(
        "an entry is put in for an event that never was",
        "INSERT INTO log SELECT max(seq) + 1, '{a}', 99, sha256('x') FROM log",
        on_site=("a", "deleted", 99), elsewhere=("deleted", "{a} version 99"),
    ),
    _way(
        "an entry is deleted", "DELETE FROM log WHERE stream = '{a}' AND version = 4",
        on_site=(RECORD, "log_gap", None), elsewhere=("log_gap", "the record"),
    ),
    _way(
        "the last entry is deleted", "DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)",
        on_site=("a", "unlogged", 8), elsewhere=("unlogged", "{a} version 8"),
    ),
    _way(
        "the log is gone", "TRUNCATE log",
        on_site=(RECORD, "truncated", None), elsewhere=("truncated", "entries 1 to 18"),
    ),
    _way("the tree is altered", "UPDATE tree SET peaks[1] = sha256('x')", on_site=(RECORD, "tree", None), only=True),
    _way("the tree is gone", "DELETE FROM tree", on_site=(RECORD, "tree", None), only=True),
    _way(
        "the record takes another name", "UPDATE record SET origin = 'directives/other'",
        on_site=(RECORD, "foreign", None), elsewhere=("foreign", "checkpoint {checkpoint}"),
    ),
    _way(
        "a gap is made up by somebody without the key",
        "INSERT INTO gaps (number, note, hash) VALUES (1, E'directives gap v1\\n\\n— x AAAAAAAA\\n', sha256('x'))",
        on_site=(RECORD, "gap_note", None), elsewhere=("gap_note", "gap 1"),
    ),
    _way(
        "a gap's note is gone", "INSERT INTO log SELECT max(seq) + 1, 'gap/1', 1, sha256('x') FROM log", treed=True,
        on_site=(RECORD, "gap_missing", None), elsewhere=("gap_missing", "the record"),
    ),
    # -- words
    _way(
        "words are altered",
        "UPDATE texts SET content = 'không làm gì' WHERE stream = '{a}' AND version = 5",
        on_site=("a", "words", 5), elsewhere=("words", "{a} version 5"),
    ),
    _way(
        "the key of words is altered",
        "UPDATE texts SET key = sha256('x') WHERE stream = '{a}' AND version = 5",
        on_site=("a", "words", 5), elsewhere=("words", "{a} version 5"),
    ),
    _way(
        "a name is exchanged for another one",
        "UPDATE texts SET content = 'somebody else' WHERE stream = '{a}' AND content = 'unit_head of unit-a'",
        on_site=("a", "words", 2), elsewhere=("words", "{a} version 2"),
    ),
    _way(
        "what the next event would name a person by is altered",
        "UPDATE texts SET hmac = repeat('0', 64) WHERE stream = '{a}' AND content = 'unit_head of unit-a'",
        on_site=("a", "words", 2), only=True,
    ),
    _way(
        "words are deleted without a word about it", "DELETE FROM texts WHERE stream = '{a}' AND version = 5",
        on_site=("a", "words_missing", 5), elsewhere=("words_missing", "{a} version 5"),
    ),
    # -- answers
    _way(
        "an answer is deleted",
        "DELETE FROM commands AS k USING events AS e"
        " WHERE k.stream = '{a}' AND e.stream = k.stream AND e.version = 4 AND k.command_id = e.command_id",
        on_site=("a", "command_missing", 4), only=True,
    ),
    _way(
        "an answer is altered",
        "UPDATE commands AS k SET outcome = jsonb_set(k.outcome, '{{outcome}}', '\"refused\"') FROM events AS e"
        " WHERE k.stream = '{a}' AND e.stream = k.stream AND e.version = 4 AND k.command_id = e.command_id",
        on_site=("a", "command", 4), only=True,
    ),
    # -- read models
    _row("the register is altered", "UPDATE directives SET subject = 'khác' WHERE stream = '{a}'"),
    _row("the register loses a line", "DELETE FROM directives WHERE stream = '{a}'"),
    _row("an assignment is altered", "UPDATE assignments SET status = 'open' WHERE stream = '{a}'"),
    _row("an assignment is deleted", "DELETE FROM assignments WHERE stream = '{a}' AND unit = 'unit-b'"),
    _row(
        "an assignment is made up",
        "INSERT INTO assignments SELECT (jsonb_populate_record(one, '{{\"id\": \"9.9\"}}')).*"
        " FROM assignments AS one WHERE stream = '{a}' AND unit = 'unit-b'",
    ),
    _row("a receipt is altered", "UPDATE receipts SET acknowledged_at = now() WHERE stream = '{a}' AND current"),
    _row("a receipt is deleted", "DELETE FROM receipts WHERE stream = '{a}' AND unit = 'unit-b'"),
    _row(
        "a hand-over is made up",
        "INSERT INTO handovers SELECT stream, id, 1, 'unit-z', unit, now(), false, 'transfer' FROM assignments"
        " WHERE stream = '{a}'",
    ),
    _row(
        "a link is made up",
        "INSERT INTO links (stream, version, number, kind, inward, notation)"
        " VALUES ('{a}', 1, 9, 'basis', false, '1/QĐ-UB')",
    ),
    _row("a span is altered", "UPDATE spans SET status = 'open' WHERE stream = '{a}' AND status = 'accepted'"),
    _row("a span ends earlier", "UPDATE spans SET until = since WHERE stream = '{a}' AND unit = 'unit-a'"),
    _row("a span is deleted", "DELETE FROM spans WHERE stream = '{a}' AND unit = 'unit-b'"),
    _row(
        "a span stands twice",
        "INSERT INTO spans SELECT (jsonb_populate_record(one, '{{\"until\": \"9000-01-01T00:00:00Z\"}}')).*"
        " FROM spans AS one WHERE stream = '{a}' AND unit = 'unit-a' AND until = 'infinity'",
    ),
    _way(
        "a read model holds a directive that there is not",
        "INSERT INTO assignments SELECT (jsonb_populate_record(one, '{{\"stream\": \"directive/x\"}}')).*"
        " FROM assignments AS one WHERE stream = '{a}'",
        on_site=(RECORD, "stray", None), only=True,
    ),
)  # fmt: skip
