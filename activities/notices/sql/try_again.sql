UPDATE notices
SET claimed_by = NULL, try_at = now() + $3::interval, problem = $4
WHERE id = $2 AND claimed_by = $1 AND status = 'waiting'
