-- What waits for a decision of the issuer's leader, the longest first; of one issuer, or of all (NULL).
SELECT w.kind, w.since, d.stream, d.number, d.notation, d.subject, w.unit, w.unit_name, w.assignment, a.occurrence, w.asked,
       w.asked_until
FROM directives AS d
CROSS JOIN LATERAL (
    SELECT 'report' AS kind, left_unit_at AS since, unit, unit_name, id AS assignment, NULL AS asked,
           NULL::timestamptz AS asked_until
    FROM assignments WHERE stream = d.stream AND status = 'with_issuer'
    UNION ALL
    SELECT 'extension', extension_requested_at, unit, unit_name, id, NULL, extension_until
    FROM assignments WHERE stream = d.stream AND extension_until IS NOT NULL
    UNION ALL
    SELECT 'transfer', transfer_requested_at, unit, unit_name, id, transfer_to, NULL
    FROM assignments WHERE stream = d.stream AND transfer_to IS NOT NULL
    UNION ALL
    SELECT 'explanation_overdue', explanation_due, unit, unit_name, id, NULL, NULL
    FROM assignments WHERE stream = d.stream AND explanation_due < now()
    UNION ALL
    SELECT 'refusal', refused_at, unit, unit_name, NULL, NULL, NULL
    FROM current_receipts WHERE stream = d.stream AND refusal_waits
) AS w
LEFT JOIN assignments AS a ON a.stream = d.stream AND a.id = w.assignment
WHERE d.phase = 'in_force' AND ($1::text IS NULL OR d.issuer = $1)
ORDER BY since NULLS LAST, d.stream, w.assignment
