SELECT assignment, version, since, nullif(until, 'infinity') AS until, due, first_due, held_until, judged_by,
       worked_minutes, day_minutes, released_overdue, suspended, refused, extended, reopened, transferred,
       time_corrected, status, unit, unit_group
FROM spans WHERE stream = $1
