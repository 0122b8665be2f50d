-- What a unit still owes: its acknowledgement, and every assignment that the issuer has not accepted.
SELECT d.stream, d.number, d.notation, d.subject, NULL AS assignment, NULL AS item, NULL AS text, NULL AS status,
       r.acknowledge_by AS due, coalesce(r.acknowledge_by < now(), false) AS overdue,
       CASE WHEN r.refused_at IS NULL THEN 'acknowledge' ELSE 'waits_for_issuer' END AS next
FROM receipts AS r
JOIN directives AS d USING (stream)
WHERE r.unit = $1 AND r.purpose = 'act' AND r.acknowledged_at IS NULL AND d.phase = 'in_force'
UNION ALL
SELECT d.stream, d.number, d.notation, d.subject, a.id, a.item, o.text, a.status,
       a.deadline, coalesce(coalesce(a.left_unit_at, now()) > a.deadline, false),
       CASE
           WHEN r.refused_at IS NOT NULL THEN 'waits_for_issuer'
           WHEN r.acknowledged_at IS NULL THEN 'acknowledge'
           WHEN a.status = 'with_head' THEN 'waits_for_head'
           WHEN a.status = 'with_issuer' THEN 'waits_for_issuer'
           WHEN a.status IN ('sent_back', 'returned') THEN 'report_again'
           ELSE 'report'
       END
FROM assignments AS a
JOIN directives AS d USING (stream)
JOIN receipts AS r USING (stream, unit)
CROSS JOIN LATERAL jsonb_to_recordset(d.obligations) AS o (item text, text text)
WHERE a.unit = $1 AND a.status <> 'accepted' AND d.phase = 'in_force' AND o.item = a.item
ORDER BY due NULLS LAST, stream, assignment NULLS FIRST
