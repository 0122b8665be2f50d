-- migrate:up

-- version: of the event whose words they are, so that they can be destroyed with it. hmac: only of a name, which stands in
-- any number of events from that one on: whoever writes it again needs no key.
ALTER TABLE texts ADD COLUMN version integer, ADD COLUMN hmac text;
UPDATE texts AS t SET version = w.version
FROM (
    SELECT e.stream, e.version, (jsonb_path_query(e.body::jsonb, 'strict $.**."$text"') #>> '{}')::uuid AS id
    FROM events AS e
) AS w
WHERE t.id = w.id;
ALTER TABLE texts ALTER COLUMN version SET NOT NULL;
DROP INDEX texts_of_stream;
CREATE INDEX texts_of_event ON texts (stream, version);
CREATE UNIQUE INDEX texts_of_person ON texts (stream, content) WHERE hmac IS NOT NULL;

-- What the shape of a document has come to hold since.
UPDATE directives SET document = document || '{"circulation": "normal"}';

-- Who looked at a directive whose circulation is limited.
CREATE TABLE reads (
    place   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream  text NOT NULL,
    person  text NOT NULL,
    command text NOT NULL,
    read_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX reads_of_stream ON reads (stream, place);
CREATE TRIGGER reads_append_only BEFORE DELETE OR TRUNCATE ON reads
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where a reader's name has to be destroyed, something stands in its place; that and when somebody read stays.
CREATE FUNCTION refuse_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.person !~ '^erased-[0-9a-f]{12}$' OR (NEW.place, NEW.stream, NEW.command, NEW.read_at)
           IS DISTINCT FROM (OLD.place, OLD.stream, OLD.command, OLD.read_at) THEN
        RAISE EXCEPTION 'reads are appended, never changed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER reads_unchanged BEFORE UPDATE ON reads FOR EACH ROW EXECUTE FUNCTION refuse_but_erasure();

-- migrate:down

UPDATE directives SET document = document - 'circulation';
DROP TABLE reads;
DROP FUNCTION refuse_but_erasure();
DROP INDEX texts_of_person, texts_of_event;
DELETE FROM texts WHERE hmac IS NOT NULL;
ALTER TABLE texts DROP COLUMN version, DROP COLUMN hmac;
CREATE INDEX texts_of_stream ON texts (stream);
