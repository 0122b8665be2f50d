-- What somebody has confirmed stays so, should the list be made again.
INSERT INTO rights_changes (seq, stream, version, type, at)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::text[], $5::timestamptz[])
ON CONFLICT (seq) DO NOTHING
