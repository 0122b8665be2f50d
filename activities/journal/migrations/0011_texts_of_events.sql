-- migrate:up

-- version: of the event whose words they are, so that they can be destroyed with it.
ALTER TABLE texts ADD COLUMN version integer;
UPDATE texts AS t SET version = w.version
FROM (
    SELECT e.stream, e.version, (jsonb_path_query(e.body::jsonb, 'strict $.**."$text"') #>> '{}')::uuid AS id
    FROM events AS e
) AS w
WHERE t.id = w.id;
ALTER TABLE texts ALTER COLUMN version SET NOT NULL;
DROP INDEX texts_of_stream;
CREATE INDEX texts_of_event ON texts (stream, version);

-- Who looked at a directive whose circulation is limited.
CREATE TABLE reads (
    place   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream  text NOT NULL,
    person  text NOT NULL,
    command text NOT NULL,
    read_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER reads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reads
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX reads_of_stream ON reads (stream, place);

-- migrate:down

DROP TABLE reads;
DROP INDEX texts_of_event;
ALTER TABLE texts DROP COLUMN version;
CREATE INDEX texts_of_stream ON texts (stream);
