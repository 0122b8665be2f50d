-- Of each stream the events behind a version, up to another one.
SELECT e.stream, e.version, e.hash, e.type
FROM unnest($1::text[], $2::integer[], $3::integer[]) AS t (stream, logged, last)
JOIN events AS e ON e.stream = t.stream AND e.version > t.logged AND e.version <= t.last
ORDER BY e.stream, e.version
