-- migrate:up

-- Read models that follow the global order: up to which place each has come, and when it last said so.
CREATE TABLE followers (
    name    text PRIMARY KEY,
    seq     bigint NOT NULL DEFAULT 0,
    beat_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Changes of what people may do, in the global order, until somebody of the issuer has looked at them. Whose rights they
-- are, and who changed them, says the event alone: names are kept where they can be destroyed.
CREATE TABLE rights_changes (
    seq          bigint PRIMARY KEY,
    stream       text NOT NULL,
    version      integer NOT NULL,
    type         text NOT NULL,
    at           timestamptz NOT NULL,
    confirmed_at timestamptz,
    confirmed_by text
);
CREATE INDEX rights_unconfirmed ON rights_changes (seq) WHERE confirmed_at IS NULL;

-- What each worker holds unhandled: figures later than the oldest message are provisional.
CREATE TABLE workers (
    id                text PRIMARY KEY,
    reported_at       timestamptz NOT NULL,
    oldest_unhandled  timestamptz
);

-- migrate:down

DROP TABLE workers, rights_changes, followers;
