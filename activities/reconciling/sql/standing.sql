-- Every stream with where it stands, the nearest alarm first. alive: it has not ended, or its run lingers. simulated: its
-- time is a scenario's.
SELECT s.stream, s.version,
       coalesce(d.ended_at IS NULL OR d.next_alarm > now(), true) AS alive,
       coalesce(first.body::jsonb ? 'shift', false) AS simulated
FROM streams s
LEFT JOIN directives d ON d.stream = s.stream
LEFT JOIN events first ON first.stream = s.stream AND first.version = 1
WHERE cardinality($1::text[]) = 0 OR s.stream = ANY ($1::text[])
ORDER BY d.next_alarm NULLS LAST, s.stream
