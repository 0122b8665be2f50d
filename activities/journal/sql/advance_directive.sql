-- The common case: nothing of the document changes.
UPDATE directives
SET version = $2, phase = $3, ended_at = $4, next_alarm = $5, next_deadline = $6, recall_answer_by = $7
WHERE stream = $1
