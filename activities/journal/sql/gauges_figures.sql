-- How directives in force stand at this moment, for the gauges: one row. The cells are those of FIGURES for lead
-- assignments: a unit answers for what it held until its report left it, or holds now.
WITH lead AS (
    SELECT a.status = 'accepted' AS done, coalesce(least(a.left_unit_at, now()) > a.deadline, false) AS late
    FROM directives d
    JOIN assignments a USING (stream)
    WHERE d.phase = 'in_force' AND a.role = 'lead'
), unanswered AS (
    SELECT coalesce(r.acknowledge_by < now(), false) AS late
    FROM receipts r
    JOIN directives d USING (stream)
    WHERE d.phase = 'in_force' AND r.acknowledged_at IS NULL AND r.refused_at IS NULL AND r.purpose = 'act'
)
SELECT cells.*, receipts.*, notices.oldest
FROM (
    SELECT
        count(*) FILTER (WHERE done AND NOT late) AS done_on_time,
        count(*) FILTER (WHERE done AND late) AS done_late,
        count(*) FILTER (WHERE NOT done AND NOT late) AS open_in_time,
        count(*) FILTER (WHERE NOT done AND late) AS open_overdue
    FROM lead
) AS cells, (
    SELECT count(*) FILTER (WHERE NOT late) AS in_time, count(*) FILTER (WHERE late) AS overdue
    FROM unanswered
) AS receipts, (
    SELECT min(created_at) AS oldest FROM notices WHERE status = 'waiting'
) AS notices
