-- The assignments and receipts that a batch touched.
WITH touched_assignments AS (
    INSERT INTO assignments (stream, id, item, unit, unit_name, role, status, assigned_on, percent, reports,
                             first_deadline, deadline, left_unit_at)
    SELECT $1, a.*
    FROM jsonb_to_recordset($2::jsonb) AS a (
        id text, item text, unit text, unit_name text, role text, status text, assigned_on date, percent integer,
        reports integer, first_deadline timestamptz, deadline timestamptz, left_unit_at timestamptz)
    ON CONFLICT (stream, id) DO UPDATE SET
        (unit, unit_name, role, status, percent, reports, first_deadline, deadline, left_unit_at)
        = ROW (excluded.unit, excluded.unit_name, excluded.role, excluded.status, excluded.percent, excluded.reports,
               excluded.first_deadline, excluded.deadline, excluded.left_unit_at)
)
INSERT INTO receipts (stream, unit, unit_name, purpose, revision, sent_at, delivered_at, acknowledge_by,
                      acknowledged_at, refused_at, gave_up_at)
SELECT $1, r.*
FROM jsonb_to_recordset($3::jsonb) AS r (
    unit text, unit_name text, purpose text, revision integer, sent_at timestamptz, delivered_at timestamptz,
    acknowledge_by timestamptz, acknowledged_at timestamptz, refused_at timestamptz, gave_up_at timestamptz)
ON CONFLICT (stream, unit) DO UPDATE SET
    (purpose, revision, delivered_at, acknowledge_by, acknowledged_at, refused_at, gave_up_at)
    = ROW (excluded.purpose, excluded.revision, excluded.delivered_at, excluded.acknowledge_by,
           excluded.acknowledged_at, excluded.refused_at, excluded.gave_up_at)
