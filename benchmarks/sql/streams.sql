INSERT INTO streams (stream, version, hash)
SELECT stream, count(*) * $1::integer, sha256(stream::bytea) FROM lives GROUP BY stream
