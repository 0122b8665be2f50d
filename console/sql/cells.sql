-- The four cells of FIGURES at this moment, for assignments in force; what was released, by kind; and what units handed
-- on: by unit, lead and support apart; of one directive, or of all (NULL); assigned on days from $2 to $3. A subset is "of which", never a cell.
WITH counted AS (
    SELECT s.*, r.refusal_waits
    FROM standings AS s
    -- Without a receipt there is nothing refused.
    LEFT JOIN current_receipts AS r ON r.stream = s.stream AND r.unit = s.unit
    WHERE ($1::text IS NULL OR s.stream = $1)
      AND s.assigned_on BETWEEN coalesce($2::date, '-infinity') AND coalesce($3::date, 'infinity')
), held AS (
    SELECT unit, role,
           (array_agg(unit_name ORDER BY assigned_on DESC))[1] AS unit_name,
           count(*) FILTER (WHERE done AND NOT late) AS done_on_time,
           count(*) FILTER (WHERE done AND late) AS done_late,
           count(*) FILTER (WHERE NOT done AND NOT released AND NOT late) AS open_in_time,
           count(*) FILTER (WHERE NOT done AND NOT released AND late) AS open_overdue,
           count(*) FILTER (WHERE NOT released) AS total,
           count(*) AS given,
           count(*) FILTER (WHERE status = 'waived') AS waived,
           count(*) FILTER (WHERE status = 'withdrawn') AS withdrawn,
           count(*) FILTER (WHERE status = 'recalled') AS recalled,
           count(*) FILTER (WHERE status = 'superseded') AS superseded,
           count(*) FILTER (WHERE released AND released_overdue) AS released_when_overdue,
           count(*) FILTER (WHERE NOT released AND no_deadline) AS no_deadline,
           count(*) FILTER (WHERE status = 'with_issuer') AS awaiting_issuer,
           count(*) FILTER (WHERE NOT done AND NOT released AND suspended) AS suspended,
           count(*) FILTER (WHERE NOT done AND NOT released AND refusal_waits) AS refused_undecided,
           count(*) FILTER (WHERE NOT released AND extended > 0) AS extended,
           count(*) FILTER (WHERE NOT released AND reopened > 0) AS reopened,
           count(*) FILTER (WHERE NOT released AND transferred > 0) AS transferred,
           count(*) FILTER (WHERE NOT released AND times_corrected > 0) AS time_corrected
    FROM counted
    GROUP BY unit, role
), passed_on AS (
    SELECT h.before AS unit, c.role,
           max(r.unit_name) AS unit_name,
           count(*) AS handed_on,
           count(*) FILTER (WHERE h.overdue) AS handed_on_overdue
    FROM handovers AS h
    JOIN counted AS c ON c.stream = h.stream AND c.id = h.assignment
    LEFT JOIN current_receipts AS r ON r.stream = h.stream AND r.unit = h.before
    GROUP BY h.before, c.role
)
SELECT unit, role, coalesce(held.unit_name, passed_on.unit_name, unit) AS unit_name,
       coalesce(done_on_time, 0) AS done_on_time,
       coalesce(done_late, 0) AS done_late,
       coalesce(open_in_time, 0) AS open_in_time,
       coalesce(open_overdue, 0) AS open_overdue,
       coalesce(total, 0) AS total,
       coalesce(given, 0) AS given,
       coalesce(waived, 0) AS waived,
       coalesce(withdrawn, 0) AS withdrawn,
       coalesce(recalled, 0) AS recalled,
       coalesce(superseded, 0) AS superseded,
       coalesce(released_when_overdue, 0) AS released_when_overdue,
       coalesce(no_deadline, 0) AS no_deadline,
       coalesce(awaiting_issuer, 0) AS awaiting_issuer,
       coalesce(suspended, 0) AS suspended,
       coalesce(refused_undecided, 0) AS refused_undecided,
       coalesce(extended, 0) AS extended,
       coalesce(reopened, 0) AS reopened,
       coalesce(transferred, 0) AS transferred,
       coalesce(time_corrected, 0) AS time_corrected,
       coalesce(handed_on, 0) AS handed_on,
       coalesce(handed_on_overdue, 0) AS handed_on_overdue
FROM held
FULL JOIN passed_on USING (unit, role)
