-- What a tracker has something to say about: reports to recommend on, and work that is overdue.
SELECT w.kind, w.since, d.stream, d.number, d.notation, d.subject, w.unit, w.unit_name, w.assignment, a.occurrence,
       NULL AS asked, NULL AS asked_until
FROM directives AS d
CROSS JOIN LATERAL (
    SELECT 'report' AS kind, left_unit_at AS since, unit, unit_name, id AS assignment
    FROM assignments WHERE stream = d.stream AND status = 'with_issuer'
    UNION ALL
    SELECT 'overdue', judged_by, unit, unit_name, id
    FROM standings WHERE stream = d.stream AND late AND NOT done AND NOT released AND status <> 'with_issuer'
) AS w
JOIN assignments AS a ON a.stream = d.stream AND a.id = w.assignment
WHERE d.phase = 'in_force' AND ($1::text IS NULL OR d.issuer = $1)
ORDER BY since, d.stream, w.assignment
