-- What writer and reader may, and nothing beside it; run as the owner, after the migrations. A trigger refuses to
-- change events, log and gaps besides, also to the owner, and but for an erased name also reads.

-- The next migration's tables can be read as soon as they are there.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO directives_writer, directives_reader;

DO $$
DECLARE
    own record;
BEGIN
    FOR own IN
        SELECT c.oid::regclass AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
          AND c.relowner = to_regrole('directives_owner')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, directives_writer, directives_reader', own.name);
        EXECUTE format('GRANT SELECT ON %s TO directives_writer, directives_reader', own.name);
    END LOOP;
END
$$;

-- Whoever has the keys of words can try words out against the record even after they were destroyed.
REVOKE SELECT ON texts FROM directives_reader;
DO $$
BEGIN
    EXECUTE format('GRANT SELECT (%s) ON texts TO directives_reader', (
        SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
        WHERE attrelid = 'texts'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'key'));
END
$$;

-- The record: only ever added to.
GRANT INSERT ON events, log, gaps, links, handovers TO directives_writer;
GRANT INSERT ON reads TO directives_writer, directives_reader;

-- Words and answers: added, and destroyed where erasure is ordered, with every copy of a name.
GRANT INSERT, DELETE ON texts TO directives_writer;
GRANT INSERT, UPDATE (digest, outcome) ON commands TO directives_writer;
GRANT UPDATE (person) ON reads TO directives_writer;

-- Heads, and what follows from the record.
GRANT INSERT, UPDATE (version, hash) ON streams TO directives_writer;
GRANT INSERT, UPDATE ON directives, assignments, receipts TO directives_writer;
GRANT INSERT, UPDATE, DELETE ON spans, snapshots TO directives_writer;

-- The sequencer, the followers, the workers' own signs of life.
GRANT INSERT, DELETE ON unsequenced TO directives_writer;
GRANT UPDATE (size, peaks) ON tree TO directives_writer;
GRANT INSERT, UPDATE (seq, beat_at) ON followers TO directives_writer;
GRANT INSERT, UPDATE (confirmed_at, confirmed_by) ON rights_changes TO directives_writer;
GRANT INSERT, UPDATE (reported_at, oldest_unhandled), DELETE ON workers TO directives_writer;

-- What waits to be told: written with the events; then only how far it has come, and words that are destroyed.
GRANT INSERT, UPDATE (status, attempts, try_at, claimed_by, settled_at, problem, reported, detail) ON notices
    TO directives_writer;
GRANT INSERT, UPDATE (sent_at) ON relays TO directives_writer;
