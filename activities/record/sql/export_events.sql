SELECT version, prev_hash, hash, body FROM events WHERE stream = $1 ORDER BY version
