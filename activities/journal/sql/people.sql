SELECT id, hmac, content FROM texts WHERE stream = $1 AND hmac IS NOT NULL AND content = ANY ($2::text[])
