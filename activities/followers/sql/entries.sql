-- The next entries. One that stands for a gap in the record has no event. Looked up one by one: a join might be planned as
-- a walk through all events.
SELECT l.seq, l.stream, l.version, e.type, e.at, e.body
FROM log AS l
LEFT JOIN LATERAL (
    SELECT type, at, body FROM events WHERE stream = l.stream AND version = l.version LIMIT 1
) AS e ON true
WHERE l.seq > $1
ORDER BY l.seq
LIMIT $2
