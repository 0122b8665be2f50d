-- The four cells of FIGURES at this moment: by unit, lead and support apart; of one directive, or of all (NULL).
-- left_unit_at of an accepted assignment is its finish; of one whose report waits for the issuer, the moment from which
-- it is no longer the unit's: "held" is the earlier of that and now.
WITH counted AS (
    SELECT unit, unit_name, role, assigned_on, status = 'accepted' AS done,
           coalesce(coalesce(left_unit_at, now()) > deadline, false) AS past
    FROM assignments
    WHERE $1::text IS NULL OR stream = $1
)
SELECT unit,
       (array_agg(unit_name ORDER BY assigned_on DESC))[1] AS unit_name,
       role,
       count(*) FILTER (WHERE done AND NOT past) AS done_on_time,
       count(*) FILTER (WHERE done AND past) AS done_late,
       count(*) FILTER (WHERE NOT done AND NOT past) AS open_in_time,
       count(*) FILTER (WHERE NOT done AND past) AS open_overdue,
       count(*) AS total,
       now() AS as_of
FROM counted
GROUP BY unit, role
