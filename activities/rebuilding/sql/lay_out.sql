-- Up to which version each directive was rebuilt, and what its rows come to: those that stand, and those rebuilt.
-- Tables of this session alone: whatever ends it leaves nothing behind.
SET timezone = 'UTC';
DROP TABLE IF EXISTS pg_temp.rebuilt_heads, pg_temp.rebuilt_digests;
CREATE TEMP TABLE rebuilt_heads (
    stream   text PRIMARY KEY,
    version  integer NOT NULL,
    compared boolean NOT NULL DEFAULT false
);
CREATE TEMP TABLE rebuilt_digests (
    name     text NOT NULL,
    stream   text NOT NULL,
    rows     bigint NOT NULL,
    standing bytea,
    rebuilt  bytea,
    PRIMARY KEY (name, stream)
);
