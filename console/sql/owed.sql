-- What a unit still owes: its acknowledgement, its answer to a recall, every assignment in force that the issuer has not
-- accepted, and every explanation that was demanded of it. What was released is owed no more.
WITH mine AS (
    SELECT d.stream, d.number, d.notation, d.subject, d.phase, d.recall_answer_by, d.obligations, r.acknowledge_by,
           r.acknowledged_at, r.recall, r.refusal_waits, r.refusal_declined_at IS NOT NULL AS declined
    FROM current_receipts AS r
    JOIN directives AS d USING (stream)
    WHERE r.unit = $1 AND r.purpose = 'act' AND r.released_at IS NULL
          AND d.phase IN ('in_force', 'recalling')
)
SELECT stream, number, notation, subject, NULL AS assignment, NULL AS item, NULL::integer AS occurrence, NULL AS text,
       NULL AS status, recall_answer_by AS due, coalesce(recall_answer_by < now(), false) AS overdue, 'answer_recall' AS next
FROM mine
WHERE phase = 'recalling' AND recall = 'asked'
UNION ALL
SELECT stream, number, notation, subject, NULL, NULL, NULL, NULL, NULL,
       acknowledge_by, coalesce(acknowledge_by < now(), false),
       CASE WHEN refusal_waits THEN 'waits_for_issuer' WHEN declined THEN 'refusal_declined' ELSE 'acknowledge' END
FROM mine
WHERE acknowledged_at IS NULL AND phase = 'in_force'
UNION ALL
SELECT m.stream, m.number, m.notation, m.subject, a.id, a.item, h.occurrence, o.text, a.status, a.judged_by, a.late,
       CASE
           WHEN m.phase = 'recalling' THEN 'frozen'
           WHEN m.refusal_waits THEN 'waits_for_issuer'
           WHEN m.acknowledged_at IS NULL THEN 'acknowledge'
           WHEN a.suspended THEN 'suspended'
           WHEN a.status = 'with_head' THEN 'waits_for_head'
           WHEN a.status = 'with_issuer' THEN 'waits_for_issuer'
           WHEN a.transfer_to IS NOT NULL THEN 'transfer_waits'
           WHEN a.status IN ('sent_back', 'returned') THEN 'report_again'
           WHEN a.extension_until IS NOT NULL THEN 'extension_waits'
           ELSE 'report'
       END
FROM mine AS m
JOIN standings AS a ON a.stream = m.stream AND a.unit = $1
JOIN assignments AS h ON h.stream = a.stream AND h.id = a.id
CROSS JOIN LATERAL jsonb_to_recordset(m.obligations) AS o (item text, text text)
WHERE o.item = a.item AND NOT a.done AND NOT a.released
UNION ALL
SELECT m.stream, m.number, m.notation, m.subject, a.id, a.item, a.occurrence, o.text, a.status,
       a.explanation_due, a.explanation_due < now(), 'explain'
FROM mine AS m
JOIN assignments AS a ON a.stream = m.stream AND a.unit = $1
CROSS JOIN LATERAL jsonb_to_recordset(m.obligations) AS o (item text, text text)
WHERE o.item = a.item AND a.explanation_due IS NOT NULL AND m.phase = 'in_force'
ORDER BY due NULLS LAST, stream, assignment NULLS FIRST, next
