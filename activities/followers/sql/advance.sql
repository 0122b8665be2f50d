-- A heartbeat by itself is worth a new row only now and then.
UPDATE followers SET seq = $2, beat_at = clock_timestamp()
WHERE name = $1 AND (seq <> $2 OR beat_at < clock_timestamp() - interval '5 seconds')
