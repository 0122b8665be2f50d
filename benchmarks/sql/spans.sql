-- Assigned; extended; reported; accepted or waived: each from the one before to the next. And what units acknowledged.
INSERT INTO spans (stream, assignment, version, since, until, due, first_due, held_until, judged_by, worked_minutes,
                   day_minutes, assigned_on, done, released, released_overdue, released_overdue_originally, suspended,
                   refused, extended, reopened, transferred, registered_late, time_corrected, role, status, unit,
                   unit_group)
SELECT stream, assignment, step.version, step.since,
       coalesce(lead(step.since) OVER (PARTITION BY n ORDER BY step.since), 'infinity'),
       CASE WHEN step.version > 1 THEN last_due ELSE due END, due, step.held_until,
       CASE WHEN step.version > 1 THEN last_due ELSE due END, step.worked_minutes, step.day_minutes, issued::date,
       step.status = 'accepted', step.status = 'waived', false, false, false, false, extended AND step.version > 1,
       false, false, false, false, 'lead', step.status, 'unit-' || unit, 'group-' || unit / 20
FROM lives
CROSS JOIN LATERAL (
    VALUES (1, issued, 'assigned', NULL::timestamptz, NULL::integer, NULL::integer),
           (4, CASE WHEN extended THEN issued + interval '20 days' END, 'assigned', NULL, NULL, NULL),
           (7, CASE WHEN done THEN reported END, 'with_issuer', reported, NULL, NULL),
           (8, CASE WHEN done THEN reported + interval '2 days' END, 'accepted', reported, 9600, 480),
           (9, CASE WHEN waived THEN reported END, 'waived', NULL, NULL, NULL)
) AS step (version, since, status, held_until, worked_minutes, day_minutes)
WHERE step.since IS NOT NULL
UNION ALL
SELECT stream, 'unit-' || unit || '/1', min(2), min(issued) + interval '4 hours', 'infinity', NULL, NULL, NULL, NULL, 240,
       480, min(issued)::date, true, false, false, false, false, false, false, false, false, false, false, 'receipt',
       'acknowledged', 'unit-' || unit, 'group-' || unit / 20
FROM lives GROUP BY stream, unit
