-- Which of these directives are there, and with what content.
SELECT stream, body::json -> 'data' ->> 'content_sha256' AS content_sha256
FROM events
WHERE version = 1 AND stream = ANY ($1::text[])
