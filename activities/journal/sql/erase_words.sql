SELECT id FROM texts WHERE stream = $1 AND version = ANY ($2::integer[]) AND hmac IS NULL
