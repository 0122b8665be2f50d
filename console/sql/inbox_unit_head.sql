-- Reports that wait for the head of a unit.
SELECT 'report' AS kind, a.reported_at AS since, d.stream, d.number, d.notation, d.subject, a.unit, a.unit_name,
       a.id AS assignment, a.occurrence, NULL AS asked, NULL AS asked_until
FROM assignments AS a
JOIN directives AS d USING (stream)
WHERE a.unit = $1 AND a.status = 'with_head' AND d.phase = 'in_force'
ORDER BY since, d.stream, a.id
