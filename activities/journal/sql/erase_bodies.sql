SELECT version, body FROM events WHERE stream = $1 AND version = ANY ($2::integer[]) ORDER BY version
