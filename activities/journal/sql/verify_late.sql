-- The first event behind a size, where it was recorded longer than $2 ago.
SELECT f.seq
FROM (
    SELECT l.seq, e.recorded_at FROM log AS l
    JOIN events AS e ON e.stream = l.stream AND e.version = l.version
    WHERE l.seq > $1
    ORDER BY l.seq LIMIT 1
) AS f
WHERE f.recorded_at < now() - $2::interval
