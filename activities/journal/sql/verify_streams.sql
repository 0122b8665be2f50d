-- Those with a head, and those of which no more than an entry or an event is left.
SELECT stream FROM streams WHERE $1::text IS NULL OR stream = $1
UNION
SELECT l.stream FROM log AS l
WHERE ($1::text IS NULL OR l.stream = $1) AND NOT starts_with(l.stream, 'gap/')
  AND NOT EXISTS (SELECT FROM streams AS s WHERE s.stream = l.stream)
UNION
SELECT e.stream FROM events AS e
WHERE ($1::text IS NULL OR e.stream = $1)
  AND NOT EXISTS (SELECT FROM streams AS s WHERE s.stream = e.stream)
ORDER BY stream
