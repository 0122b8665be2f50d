-- The assignments behind a number ($16) of a role ($17).
WITH counted AS (
{counted})
SELECT c.stream, d.number, d.notation, d.issued_date, a.item, a.occurrence, c.assignment, c.role, c.unit, c.cell, c.due,
       CASE WHEN c.done THEN c.held END AS finish,
       -- Of what was done late, how late; else how long it has been overdue.
       CASE WHEN c.done AND c.late THEN greatest(1, local_day(c.held) - local_day(c.due))
            ELSE c.overdue_days END AS days,
       CASE WHEN c.done THEN c.worked_minutes::numeric / c.day_minutes END AS working_days
FROM counted AS c
JOIN directives AS d ON d.stream = c.stream
JOIN assignments AS a ON a.stream = c.stream AND a.id = c.assignment
WHERE c.role = $17::text
      AND CASE $16::text
              WHEN 'given' THEN true
              WHEN 'total' THEN NOT c.released
              WHEN 'done' THEN c.done
              WHEN 'open' THEN c.open
              WHEN 'released' THEN c.released
              WHEN 'released_when_overdue' THEN c.released_overdue
              WHEN 'no_deadline' THEN c.no_deadline
              WHEN 'without_deadline' THEN c.due IS NULL
              WHEN 'awaiting_issuer' THEN c.awaiting_issuer
              WHEN 'suspended' THEN c.suspended
              WHEN 'refused_undecided' THEN c.refused_undecided
              WHEN 'extended' THEN c.extended
              WHEN 'reopened' THEN c.reopened
              WHEN 'transferred' THEN c.transferred
              WHEN 'registered_late' THEN c.registered_late
              WHEN 'time_corrected' THEN c.time_corrected
              WHEN 'overdue_1_10' THEN c.overdue_days <= 10
              WHEN 'overdue_11_30' THEN c.overdue_days BETWEEN 11 AND 30
              WHEN 'overdue_31_120' THEN c.overdue_days BETWEEN 31 AND 120
              WHEN 'overdue_over_120' THEN c.overdue_days > 120
              ELSE c.cell = $16
          END
ORDER BY c.due NULLS LAST, d.issued_date, c.stream, c.assignment
