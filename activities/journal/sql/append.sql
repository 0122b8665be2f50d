-- One statement for the whole batch, however many events, words, answers and notices it has. The head of a new stream
-- stands already.
WITH head AS (
    UPDATE streams SET version = $22, hash = $23 WHERE stream = $1 AND version < $22
), new_events AS (
    INSERT INTO events (stream, version, event_id, type, schema, at, command_id, body, prev_hash, hash)
    SELECT $1, e.*
    FROM unnest($2::integer[], $3::uuid[], $4::text[], $5::integer[], $6::timestamptz[], $7::text[], $8::text[],
                $9::bytea[], $10::bytea[]) AS e
), to_sequence AS (
    INSERT INTO unsequenced (stream, version)
    SELECT $1, max(version) FROM unnest($2::integer[]) AS v (version) HAVING count(*) > 0
), new_texts AS (
    INSERT INTO texts (stream, id, key, content, version, hmac)
    SELECT $1, t.* FROM unnest($11::uuid[], $12::bytea[], $13::text[], $20::integer[], $21::text[]) AS t
), new_notices AS (
    INSERT INTO notices (stream, id, kind, unit, about, assignments, detail, address, revision, created_at, try_at)
    SELECT $1, n.id, n.kind, n.unit, n.about, n.assignments, n.detail, n.address, n.revision, n.created_at,
           coalesce(n.not_before, n.created_at)
    FROM jsonb_to_recordset($14::jsonb) AS n (
        id uuid, kind text, unit text, about text, assignments text[], detail text, address text, revision integer,
        created_at timestamptz, not_before timestamptz)
), new_relays AS (
    INSERT INTO relays (stream, id, target, command, created_at)
    SELECT $1, r.* FROM jsonb_to_recordset($18::jsonb) AS r (
        id uuid, target text, command jsonb, created_at timestamptz)
), new_links AS (
    INSERT INTO links (stream, version, number, kind, inward, notation, target, assignment)
    SELECT $1, l.* FROM jsonb_to_recordset($19::jsonb) AS l (
        version integer, number integer, kind text, inward boolean, notation text, target text, assignment text)
)
INSERT INTO commands (stream, command_id, digest, outcome)
SELECT $1, c.* FROM unnest($15::text[], $16::bytea[], $17::jsonb[]) AS c
