-- Notices of a simulation are said to have arrived; none is ever sent.
UPDATE notices
SET status = 'sent', settled_at = created_at, reported = true
WHERE status = 'waiting'
