-- The hand-overs behind "handed_on" or "handed_on_overdue" ($18) of a role ($19), as figures_handed_on.sql counts them.
WITH counted AS (
{counted})
SELECT c.stream, d.number, d.notation, d.issued_date, a.item, a.occurrence, c.assignment, c.role, h.before AS unit,
       c.cell, c.due, h.after, h.at, h.cause
FROM handovers AS h
JOIN counted AS c ON c.stream = h.stream AND c.assignment = h.assignment
JOIN directives AS d ON d.stream = c.stream
JOIN assignments AS a ON a.stream = c.stream AND a.id = c.assignment
WHERE h.at <= $1 AND c.role = $19::text
      AND ($16::text IS NULL OR h.before = $16)
      AND ($17::text IS NULL OR h.before_group = $17)
      AND ($18::text = 'handed_on' OR CASE WHEN $2::boolean THEN h.overdue_originally ELSE h.overdue END)
ORDER BY h.at, c.stream, c.assignment, h.number
