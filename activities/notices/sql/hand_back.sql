-- What was claimed and not tried is due again at once; the try does not count. $3: why, where there was a reason.
UPDATE notices
SET claimed_by = NULL, attempts = attempts - 1, try_at = now(), problem = coalesce($3, problem)
WHERE id = ANY ($2::uuid[]) AND claimed_by = $1 AND status = 'waiting'
