SELECT id, key, content FROM texts WHERE stream = $1 ORDER BY id
