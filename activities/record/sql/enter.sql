-- Entries behind the last one, and the tree as it is with them.
WITH entered AS (
    INSERT INTO log (seq, stream, version, hash)
    SELECT $1 + e.place, e.stream, e.version, e.hash
    FROM unnest($2::text[], $3::integer[], $4::bytea[]) WITH ORDINALITY AS e (stream, version, hash, place)
)
UPDATE tree SET size = $1 + cardinality($2::text[]), peaks = $5
