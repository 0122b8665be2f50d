SELECT assignment, version, since, nullif(until, 'infinity') AS until, due, first_due, held_until, judged_by,
       worked_minutes, day_minutes, assigned_on, done, released, released_overdue, released_overdue_originally, suspended, refused,
       extended, reopened, transferred, registered_late, time_corrected, role, status, unit, unit_group
FROM spans WHERE stream = $1
