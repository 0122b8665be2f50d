-- What a tracker has something to say about: reports to recommend on, and work that is overdue.
SELECT w.kind, w.since, d.stream, d.number, d.notation, d.subject, w.unit, w.unit_name, w.assignment, NULL AS asked, NULL AS asked_until
FROM directives AS d
CROSS JOIN LATERAL (
    SELECT 'report' AS kind, left_unit_at AS since, unit, unit_name, id AS assignment
    FROM assignments WHERE stream = d.stream AND status = 'with_issuer'
    UNION ALL
    SELECT 'overdue', deadline, unit, unit_name, id
    FROM assignments
    WHERE stream = d.stream AND status IN ('open', 'with_head', 'sent_back', 'returned')
          AND least(held_until, now()) > deadline
) AS w
WHERE d.phase = 'in_force' AND ($1::text IS NULL OR d.issuer = $1)
ORDER BY since, d.stream, w.assignment
