SELECT id, key, content, hmac FROM texts WHERE stream = $1
