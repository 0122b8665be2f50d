-- What units passed on by $1: under the former holder by unit and by group, else under the key of the assignment. The
-- former holder is who is asked for ($16, $17), whoever holds it now.
WITH counted AS (
{counted}), passed AS (
    SELECT CASE $3::text WHEN 'unit' THEN h.before WHEN 'group' THEN h.before_group ELSE c.key END AS key, c.role,
           CASE WHEN $2::boolean THEN h.overdue_originally ELSE h.overdue END AS overdue
    FROM handovers AS h
    JOIN counted AS c ON c.stream = h.stream AND c.assignment = h.assignment
    WHERE h.at <= $1
          AND ($16::text IS NULL OR h.before = $16)
          AND ($17::text IS NULL OR h.before_group = $17)
)
SELECT key, role, count(*) AS handed_on, count(*) FILTER (WHERE overdue) AS handed_on_overdue
FROM passed
GROUP BY key, role
