-- What offices issued, by its day. answered: how many of the units that it binds have acknowledged it.
SELECT d.stream, d.issuer, d.number, d.notation, d.issued_date, d.issued_at, d.subject, d.phase, d.revision, d.document,
       r.names, r.units, r.answered
FROM directives AS d
CROSS JOIN LATERAL (
    SELECT array_agg(unit_name) AS names,
           count(*) FILTER (WHERE purpose = 'act') AS units,
           count(acknowledged_at) FILTER (WHERE purpose = 'act') AS answered
    FROM receipts WHERE stream = d.stream AND current AND released_at IS NULL
) AS r
WHERE d.issued_date BETWEEN $1 AND $2 AND ($3::text IS NULL OR d.issuer = $3)
