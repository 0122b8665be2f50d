-- Reports that wait for the head of a unit. When they were given only the journal knows.
SELECT 'report' AS kind,
       (SELECT max(e.at) FROM events AS e
        WHERE e.stream = a.stream AND e.type = 'ReportSubmitted'
              AND e.body::jsonb -> 'data' ->> 'assignment' = a.id) AS since,
       d.stream, d.number, d.notation, d.subject, a.unit, a.unit_name, a.id AS assignment, NULL AS asked, NULL AS asked_until
FROM assignments AS a
JOIN directives AS d USING (stream)
WHERE a.unit = $1 AND a.status = 'with_head' AND d.phase = 'in_force'
ORDER BY since, d.stream, a.id
