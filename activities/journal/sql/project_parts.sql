-- The assignments, hand-overs and receipts that a batch touched; rows that are as they were are not written again.
-- The directive's own line moves on with them, as far as no document is concerned.
WITH advanced AS (
    UPDATE directives
    SET version = $5, phase = $6, ended_at = $7, next_alarm = $8, next_deadline = $9, recall_answer_by = $10
    WHERE stream = $1 AND version < $5
), touched_assignments AS (
    INSERT INTO assignments (stream, id, item, unit, unit_name, role, status, unit_group, assigned_on, created_at,
                             percent, reports, first_deadline, deadline, reported_at, left_unit_at, held_until, judged_by, officer,
                             suspended_at, released_at, released_overdue, extended, extension_until,
                             extension_requested_at, reopened, transferred, transfer_to, transfer_requested_at, urged,
                             explanation_due, occurrence, imported_line, first_unit, times_corrected)
    SELECT $1, a.*
    FROM jsonb_to_recordset($2::jsonb) AS a (
        id text, item text, unit text, unit_name text, role text, status text, unit_group text, assigned_on date,
        created_at timestamptz, percent integer, reports integer, first_deadline timestamptz, deadline timestamptz, reported_at timestamptz,
        left_unit_at timestamptz, held_until timestamptz, judged_by timestamptz, officer text,
        suspended_at timestamptz, released_at timestamptz, released_overdue boolean, extended integer,
        extension_until timestamptz, extension_requested_at timestamptz, reopened integer, transferred integer,
        transfer_to text, transfer_requested_at timestamptz, urged integer, explanation_due timestamptz,
        occurrence integer, imported_line integer, first_unit text, times_corrected integer)
    ON CONFLICT (stream, id) DO UPDATE SET
        (unit, unit_name, role, status, unit_group, assigned_on, created_at, percent, reports, first_deadline, deadline, reported_at,
         left_unit_at, held_until, judged_by, officer, suspended_at, released_at, released_overdue, extended,
         extension_until, extension_requested_at, reopened, transferred, transfer_to, transfer_requested_at, urged,
         explanation_due, occurrence, imported_line, first_unit, times_corrected)
        = ROW (excluded.unit, excluded.unit_name, excluded.role, excluded.status, excluded.unit_group,
               excluded.assigned_on, excluded.created_at, excluded.percent, excluded.reports, excluded.first_deadline, excluded.deadline, excluded.reported_at,
               excluded.left_unit_at, excluded.held_until, excluded.judged_by, excluded.officer, excluded.suspended_at,
               excluded.released_at, excluded.released_overdue, excluded.extended, excluded.extension_until,
               excluded.extension_requested_at, excluded.reopened, excluded.transferred, excluded.transfer_to,
               excluded.transfer_requested_at, excluded.urged, excluded.explanation_due, excluded.occurrence,
               excluded.imported_line, excluded.first_unit, excluded.times_corrected)
        WHERE assignments.* IS DISTINCT FROM excluded.*
), touched_handovers AS (
    INSERT INTO handovers (stream, assignment, number, before, after, at, overdue, overdue_originally, before_group,
                           cause)
    SELECT $1, h.*
    FROM jsonb_to_recordset($3::jsonb) AS h (
        assignment text, number integer, before text, after text, at timestamptz, overdue boolean,
        overdue_originally boolean, before_group text, cause text)
    -- What was handed over once stays so.
    ON CONFLICT DO NOTHING
)
INSERT INTO receipts (stream, unit, unit_name, purpose, revision, current, sent_at, delivered_at, acknowledge_by,
                      acknowledged_at, refused_at, refusal_declined_at, released_at, gave_up_at, recall,
                      times_corrected)
SELECT $1, r.*
FROM jsonb_to_recordset($4::jsonb) AS r (
    unit text, unit_name text, purpose text, revision integer, current boolean, sent_at timestamptz,
    delivered_at timestamptz, acknowledge_by timestamptz, acknowledged_at timestamptz, refused_at timestamptz,
    refusal_declined_at timestamptz, released_at timestamptz, gave_up_at timestamptz, recall text,
    times_corrected integer)
-- Earlier revisions first: a unit's last receipt ceases to be the current one before the next becomes it.
ORDER BY r.revision
ON CONFLICT (stream, unit, revision) DO UPDATE SET
    (unit_name, purpose, current, sent_at, delivered_at, acknowledge_by, acknowledged_at, refused_at,
     refusal_declined_at, released_at, gave_up_at, recall, times_corrected)
    = ROW (excluded.unit_name, excluded.purpose, excluded.current, excluded.sent_at, excluded.delivered_at,
           excluded.acknowledge_by, excluded.acknowledged_at, excluded.refused_at, excluded.refusal_declined_at,
           excluded.released_at, excluded.gave_up_at, excluded.recall, excluded.times_corrected)
    WHERE receipts.* IS DISTINCT FROM excluded.*
