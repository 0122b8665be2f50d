-- How each directive under one of these stands by its last word, as ChildRecorded keeps it.
SELECT DISTINCT ON (stream, child) stream, body::json -> 'data' ->> 'child' AS child,
       body::json -> 'data' ->> 'standing' AS standing
FROM events
WHERE type = 'ChildRecorded' AND stream = ANY ($1::text[])
ORDER BY stream, child, version DESC
