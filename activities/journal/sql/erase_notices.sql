-- Copies of words in notices, sent or waiting; and the fold, which may hold a name.
WITH told AS (
    UPDATE notices SET detail = NULL WHERE stream = $1 AND id = ANY ($2::uuid[]) AND detail IS NOT NULL
)
DELETE FROM snapshots WHERE stream = $1
