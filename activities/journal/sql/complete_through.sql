-- A worker that has not reported within the last minute of work counts no more: another one has taken over.
WITH last AS (
    SELECT CASE WHEN max(reported_at) > now() - interval '1 minute' THEN now() ELSE max(reported_at) END AS at
    FROM workers
)
SELECT coalesce(least(last.at, (
    SELECT min(w.oldest_unhandled) FROM workers AS w WHERE w.reported_at > last.at - interval '1 minute'
)), now())
FROM last
