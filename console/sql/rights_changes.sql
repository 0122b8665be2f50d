-- $1: the confirmed ones, too; $2: these alone.
SELECT seq, stream, version, type, at, confirmed_at, confirmed_by
FROM rights_changes
WHERE ($1::boolean OR confirmed_at IS NULL) AND ($2::bigint[] IS NULL OR seq = ANY ($2))
ORDER BY seq
