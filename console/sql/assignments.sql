SELECT id, item, unit, unit_name, role, status, assigned_on, percent, reports, first_deadline, deadline, left_unit_at,
       coalesce(status <> 'accepted' AND coalesce(left_unit_at, now()) > deadline, false) AS overdue
FROM assignments
WHERE stream = $1 AND ($2::text IS NULL OR unit = $2)
