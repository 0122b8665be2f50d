-- What there is in each cell, subset and age, by key and role.
WITH counted AS (
{counted})
SELECT key, role,
       count(*) AS given,
       count(*) FILTER (WHERE NOT released) AS total,
       count(*) FILTER (WHERE done AND NOT late) AS done_on_time,
       count(*) FILTER (WHERE done AND late) AS done_late,
       count(*) FILTER (WHERE open AND NOT late) AS open_in_time,
       count(*) FILTER (WHERE open AND late) AS open_overdue,
       count(*) FILTER (WHERE released AND status = 'waived') AS waived,
       count(*) FILTER (WHERE released AND status = 'withdrawn') AS withdrawn,
       count(*) FILTER (WHERE released AND status = 'recalled') AS recalled,
       count(*) FILTER (WHERE released AND status = 'superseded') AS superseded,
       count(*) FILTER (WHERE released_overdue) AS released_when_overdue,
       count(*) FILTER (WHERE no_deadline) AS no_deadline,
       count(*) FILTER (WHERE awaiting_issuer) AS awaiting_issuer,
       count(*) FILTER (WHERE suspended) AS suspended,
       count(*) FILTER (WHERE refused_undecided) AS refused_undecided,
       count(*) FILTER (WHERE extended) AS extended,
       count(*) FILTER (WHERE reopened) AS reopened,
       count(*) FILTER (WHERE transferred) AS transferred,
       count(*) FILTER (WHERE registered_late) AS registered_late,
       count(*) FILTER (WHERE time_corrected) AS time_corrected,
       count(*) FILTER (WHERE overdue_days <= 10) AS overdue_1_10,
       count(*) FILTER (WHERE overdue_days BETWEEN 11 AND 30) AS overdue_11_30,
       count(*) FILTER (WHERE overdue_days BETWEEN 31 AND 120) AS overdue_31_120,
       count(*) FILTER (WHERE overdue_days > 120) AS overdue_over_120
FROM counted
GROUP BY key, role
