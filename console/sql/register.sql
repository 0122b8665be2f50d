SELECT d.stream, d.number, d.notation, d.subject, d.issuer, d.issued_date, d.issued_at, d.phase, d.revision,
       d.ended_at, d.priority, d.version, d.next_alarm, d.next_deadline, d.recall_answer_by, d.paused_until,
       d.document ->> 'circulation' AS circulation,
       r.units, r.acknowledged, r.refused, a.assignments, a.with_issuer, a.accepted, a.released
FROM directives AS d
CROSS JOIN LATERAL (
    -- Whom the directive binds now, by its current revision.
    SELECT count(*) AS units,
           count(acknowledged_at) AS acknowledged,
           count(refused_at) AS refused
    FROM receipts WHERE stream = d.stream AND current AND purpose = 'act' AND released_at IS NULL
) AS r
CROSS JOIN LATERAL (
    SELECT count(*) AS assignments,
           count(*) FILTER (WHERE status = 'with_issuer') AS with_issuer,
           count(*) FILTER (WHERE done) AS accepted,
           count(*) FILTER (WHERE released) AS released
    FROM standings WHERE stream = d.stream
) AS a
WHERE $1::text IS NULL OR d.stream = $1
ORDER BY d.issued_date DESC, d.stream
