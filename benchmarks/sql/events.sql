-- $1 events of each assignment, with bodies of some 600 bytes.
INSERT INTO events (stream, version, event_id, type, schema, at, command_id, body, prev_hash, hash)
SELECT stream, n % 40 * $1::integer + step, md5(n || '/' || step)::uuid, 'ProgressReported', 1,
       issued + step * interval '3 days', md5('command/' || n || '/' || step)::uuid::text,
       format('{"actor":{"person":{"$text":"%1$s","hmac":"%1$s%1$s"},"role":"officer"},"data":{"text":{"$text":"%2$s",'
              '"hmac":"%2$s%2$s"},"more":"%1$s%2$s%1$s%2$s%1$s%2$s"},"stream":"%3$s","type":"ProgressReported"}',
              md5(n || 'a' || step), md5(n || 'b' || step), stream),
       sha256(('a' || n || '/' || step)::bytea), sha256(('b' || n || '/' || step)::bytea)
FROM lives CROSS JOIN generate_series(1, $1::integer) AS step
