INSERT INTO assignments (stream, id, item, unit, unit_name, unit_group, role, status, assigned_on, created_at, percent,
                         reports, first_deadline, deadline, left_unit_at, held_until, judged_by, released_at, extended,
                         first_unit)
SELECT stream, assignment, '1', 'unit-' || unit, 'Ủy ban nhân dân quận số ' || unit, 'group-' || unit / 20, 'lead',
       CASE WHEN waived THEN 'waived' WHEN done THEN 'accepted' ELSE 'assigned' END, issued::date, issued,
       CASE WHEN done THEN 100 END, done::integer, due, last_due, CASE WHEN done THEN reported END,
       CASE WHEN done THEN reported END, last_due, CASE WHEN waived THEN reported END, extended::integer, 'unit-' || unit
FROM lives
