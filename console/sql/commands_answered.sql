-- Those of these commands that were answered before, and the answers.
SELECT c.stream, c.digest, c.outcome
FROM unnest($1::text[], $2::text[]) AS asked (stream, command_id)
JOIN commands AS c USING (stream, command_id)
