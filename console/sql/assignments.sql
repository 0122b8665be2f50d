SELECT a.id, a.item, a.unit, a.unit_name, a.role, a.status, a.assigned_on, a.percent, a.reports, a.first_deadline,
       a.deadline, a.left_unit_at, a.held_until, a.officer, a.suspended_at, a.released_at, a.released_overdue,
       a.extended, a.extension_until, a.extension_requested_at, a.reopened, a.transferred, a.transfer_to,
       a.transfer_requested_at, a.urged, a.explanation_due, a.occurrence, a.imported_line, a.first_unit,
       a.times_corrected, s.late, s.late AND NOT s.done AND NOT s.released AS overdue
FROM assignments AS a
JOIN standings AS s USING (stream, id)
WHERE stream = $1 AND ($2::text IS NULL OR a.unit = $2)
