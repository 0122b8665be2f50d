-- What was sequenced waits no more.
DELETE FROM unsequenced AS u
USING unnest($1::text[], $2::integer[]) AS t (stream, last)
WHERE u.stream = t.stream AND u.version <= t.last
