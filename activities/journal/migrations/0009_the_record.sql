-- migrate:up

-- Under this name checkpoints speak of this journal, wherever it is restored to.
CREATE TABLE record (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    origin text NOT NULL
);
INSERT INTO record (origin) VALUES ('directives/' || gen_random_uuid());

-- What handle has committed and the sequencer has not taken up: each stream's new version, a row for each batch.
CREATE TABLE unsequenced (
    stream  text NOT NULL REFERENCES streams,
    version integer NOT NULL,
    PRIMARY KEY (stream, version)
);
INSERT INTO unsequenced SELECT stream, version FROM streams;

-- The global order, from 1 without a gap. hash: the event's own, or that of a gap's note where stream is "gap/<number>".
CREATE TABLE log (
    seq     bigint PRIMARY KEY CHECK (seq > 0),
    stream  text NOT NULL,
    version integer NOT NULL,
    hash    bytea NOT NULL CHECK (octet_length(hash) = 32),
    CONSTRAINT log_once UNIQUE (stream, version)
);
CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- As much of the Merkle tree over log as appending needs (RFC 6962): the roots of its perfect subtrees.
CREATE TABLE tree (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    size  bigint NOT NULL,
    peaks bytea[] NOT NULL
);
INSERT INTO tree (size, peaks) VALUES (0, '{}');

-- Signed notes by which an operator says that a part of the record was lost, and what is known of it.
CREATE TABLE gaps (
    number      integer PRIMARY KEY,
    note        text NOT NULL,
    hash        bytea NOT NULL CHECK (octet_length(hash) = 32),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER gaps_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON gaps
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- migrate:down

DROP TABLE gaps, tree, log, unsequenced, record;
