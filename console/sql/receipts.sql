SELECT unit, unit_name, purpose, revision, sent_at, delivered_at, acknowledge_by, acknowledged_at, refused_at,
       refusal_declined_at, released_at, gave_up_at, recall, times_corrected,
       coalesce(unanswered AND acknowledge_by < now(), false) AS overdue
FROM current_receipts
WHERE stream = $1 AND ($2::text IS NULL OR unit = $2)
