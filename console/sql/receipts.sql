SELECT unit, unit_name, purpose, revision, sent_at, delivered_at, acknowledge_by, acknowledged_at, refused_at,
       refusal_declined_at, released_at, gave_up_at, recall, times_corrected,
       coalesce(acknowledged_at IS NULL AND (refused_at IS NULL OR refusal_declined_at IS NOT NULL)
                AND released_at IS NULL AND acknowledge_by < now(), false) AS overdue
FROM receipts
WHERE stream = $1 AND current AND ($2::text IS NULL OR unit = $2)
