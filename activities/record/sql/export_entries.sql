SELECT l.seq, l.stream, l.version, l.hash, e.recorded_at
FROM log AS l
LEFT JOIN events AS e ON e.stream = l.stream AND e.version = l.version
WHERE $1::text[] IS NULL OR l.stream = ANY ($1)
ORDER BY l.seq
