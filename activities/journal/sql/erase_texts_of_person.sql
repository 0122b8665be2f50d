-- The name's own text first. A rejected message that the person sent, or that holds the name, may tell of both.
WITH named AS (
    SELECT id FROM texts WHERE stream = $1 AND hmac IS NOT NULL AND content = $2
), excerpts AS (
    SELECT t.id
    FROM named
    JOIN events e ON e.stream = $1 AND e.type = 'CommandRejected'
    JOIN texts t ON t.stream = e.stream AND t.version = e.version AND t.hmac IS NULL
    WHERE strpos(e.body, named.id::text) > 0 OR strpos(t.content, $2) > 0 OR strpos(t.content, $3) > 0
)
SELECT id FROM named
UNION ALL
SELECT id FROM excerpts
