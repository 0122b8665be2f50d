-- What the directive was told to have been delivered before the journal was set back is not sent again.
UPDATE notices AS n
SET status = d.status, settled_at = d.at, problem = d.problem, reported = true
FROM jsonb_to_recordset($1::jsonb) AS d (id uuid, status text, at timestamptz, problem text)
WHERE n.id = d.id AND n.status = 'waiting'
