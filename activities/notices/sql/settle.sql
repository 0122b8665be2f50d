-- Sent or given up, for good. claimed_by stays: it says by which channel, and what is told to the directive together.
-- A directive is told of what changes its rules: that a unit has been issued to, and that a unit was not told. The
-- issuer holds no receipt of its own directive.
UPDATE notices
SET status = $3,
    settled_at = now(),
    problem = $4,
    reported = ($3 = 'sent' AND kind <> 'issued')
        OR NOT EXISTS (SELECT FROM receipts r WHERE r.stream = notices.stream AND r.unit = notices.unit)
WHERE id = $2 AND claimed_by = $1 AND status = 'waiting'
