-- What units received, by the day on which it arrived; officers: who works on it there.
SELECT r.stream, r.unit, r.unit_name, r.revision, r.purpose, r.sent_at, coalesce(r.delivered_at, r.sent_at) AS arrived_at,
       r.acknowledged_at, r.refused_at, r.released_at, d.number, d.notation, d.issued_date, d.subject,
       d.document ->> 'type_name' AS type_name, d.document ->> 'organ_name' AS organ_name, o.officers
FROM receipts AS r
JOIN directives AS d USING (stream)
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT a.officer) FILTER (WHERE a.officer IS NOT NULL) AS officers
    FROM assignments AS a WHERE a.stream = r.stream AND a.unit = r.unit
) AS o
WHERE (coalesce(r.delivered_at, r.sent_at) AT TIME ZONE interval '07:00')::date BETWEEN $1 AND $2
  AND ($3::text IS NULL OR r.unit = $3)
