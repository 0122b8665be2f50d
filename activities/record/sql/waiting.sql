-- What waits to be sequenced, a row for each of at most $1 streams: its last sequenced version, its last committed one,
-- and whether the event after the sequenced one is there. Streams are stepped through by the index: a backlog of a
-- hundred thousand batches costs no more than its first $1 streams.
WITH RECURSIVE waiting (stream) AS (
    (SELECT stream FROM unsequenced ORDER BY stream LIMIT 1)
    UNION ALL
    SELECT (SELECT u.stream FROM unsequenced AS u WHERE u.stream > w.stream ORDER BY u.stream LIMIT 1)
    FROM waiting AS w
    WHERE w.stream IS NOT NULL
)
SELECT w.stream, logged.version AS logged, committed.version AS committed,
       -- Looked up one by one: EXISTS might be planned as a walk through all events.
       coalesce((SELECT true FROM events AS e WHERE e.stream = w.stream AND e.version = logged.version + 1), false)
           AS next_is_there
FROM (SELECT stream FROM waiting WHERE stream IS NOT NULL LIMIT $1) AS w
CROSS JOIN LATERAL (SELECT max(u.version) AS version FROM unsequenced AS u WHERE u.stream = w.stream) AS committed
CROSS JOIN LATERAL (
    SELECT coalesce(max(l.version), 0) AS version FROM log AS l WHERE l.stream = w.stream
) AS logged
ORDER BY w.stream
