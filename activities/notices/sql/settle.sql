-- Sent or given up, for good. claimed_by stays: it says by which channel, and what is told to the directive together.
-- A directive is told of what changes its rules: that something arrived which a unit has to acknowledge, and that
-- somebody was not told.
UPDATE notices
SET status = $3,
    settled_at = now(),
    problem = $4,
    reported = ($3 = 'sent' AND kind NOT IN ('issued', 'amended', 'transferred_to', 'reorganised'))
WHERE id = $2 AND claimed_by = $1 AND status = 'waiting'
