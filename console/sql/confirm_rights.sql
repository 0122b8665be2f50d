-- Whoever comes second confirms nothing.
UPDATE rights_changes SET confirmed_at = clock_timestamp(), confirmed_by = $2
WHERE seq = ANY ($1::bigint[]) AND confirmed_at IS NULL
RETURNING seq
