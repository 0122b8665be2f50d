-- How directives in force stand at this moment, for the gauges: one row. The cells are those of FIGURES for lead
-- assignments in force: a unit answers for what it held until its report left it, or holds now.
WITH lead AS (
    SELECT s.done, s.late
    FROM directives d
    JOIN standings s USING (stream)
    WHERE d.phase = 'in_force' AND s.role = 'lead' AND NOT s.released
), unanswered AS (
    SELECT coalesce(r.acknowledge_by < now(), false) AS late
    FROM current_receipts r
    JOIN directives d USING (stream)
    WHERE d.phase = 'in_force' AND r.purpose = 'act' AND r.unanswered
)
SELECT cells.*, receipts.*, notices.oldest AS oldest_notice, relays.oldest AS oldest_relay
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
) AS notices, (
    SELECT min(created_at) AS oldest FROM relays WHERE sent_at IS NULL
) AS relays
