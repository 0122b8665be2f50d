-- migrate:up

-- The heads. A row is locked while a batch is decided: two writers of one directive wait for each other.
CREATE TABLE streams (
    stream  text PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    hash    bytea NOT NULL CHECK (octet_length(hash) = 32)
);

-- The record. body holds the bytes that are hashed, as first written: hash = sha256(prev_hash || body). The other
-- columns repeat what body says so that it can be searched; verify compares them.
CREATE TABLE events (
    stream      text NOT NULL REFERENCES streams,
    version     integer NOT NULL CHECK (version > 0),
    event_id    uuid NOT NULL,
    type        text NOT NULL,
    schema      integer NOT NULL,
    at          timestamptz NOT NULL,
    command_id  text,
    body        text NOT NULL,
    prev_hash   bytea NOT NULL CHECK (octet_length(prev_hash) = 32),
    hash        bytea NOT NULL CHECK (octet_length(hash) = 32),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (stream, version),
    CONSTRAINT events_once UNIQUE (event_id)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are appended, never changed';
END
$$;

CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Words of persons, apart from the record: an event names them by id and keyed HMAC, so that words and key can be
-- destroyed one day while the chain still verifies.
CREATE TABLE texts (
    id      uuid PRIMARY KEY,
    stream  text NOT NULL REFERENCES streams,
    key     bytea NOT NULL,
    content text NOT NULL
);

-- Every command that was answered, and the answer: the same id gets the same answer for ever.
CREATE TABLE commands (
    stream      text NOT NULL REFERENCES streams,
    command_id  text NOT NULL,
    digest      bytea NOT NULL,
    outcome     jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (stream, command_id)
);

-- A fold that need not be repeated. Only good for the program that wrote it (fingerprint).
CREATE TABLE snapshots (
    stream      text PRIMARY KEY REFERENCES streams,
    version     integer NOT NULL,
    fingerprint text NOT NULL,
    state       text NOT NULL
);

-- migrate:down

DROP TABLE snapshots, commands, texts, events, streams;
DROP FUNCTION refuse_change();
