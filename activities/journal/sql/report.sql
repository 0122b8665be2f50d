-- A worker's report; those of workers that have been gone for a day go with it.
WITH gone AS (
    DELETE FROM workers WHERE reported_at < clock_timestamp() - interval '1 day' AND id <> $1
)
INSERT INTO workers (id, reported_at, oldest_unhandled) VALUES ($1, clock_timestamp(), $2)
ON CONFLICT (id) DO UPDATE SET (reported_at, oldest_unhandled) = ROW (excluded.reported_at, excluded.oldest_unhandled)
