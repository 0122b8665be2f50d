SELECT unit, unit_name, purpose, revision, sent_at, delivered_at, acknowledge_by, acknowledged_at, refused_at,
       gave_up_at,
       coalesce(acknowledged_at IS NULL AND refused_at IS NULL AND acknowledge_by < now(), false) AS overdue
FROM receipts
WHERE stream = $1 AND ($2::text IS NULL OR unit = $2)
