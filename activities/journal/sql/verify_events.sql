SELECT version, event_id, type, schema, at, command_id, body, prev_hash, hash
FROM events WHERE stream = $1 ORDER BY version
