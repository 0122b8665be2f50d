-- $2: the name as the body of an event writes it.
SELECT version, body FROM events WHERE stream = $1 AND strpos(body, $2) > 0 ORDER BY version
