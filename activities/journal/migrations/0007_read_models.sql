-- migrate:up

-- reported_at: since when the unit's head has the report, NULL where he has none.
-- held_until: since when the time is no longer the unit's; judged_by: the deadline that figures hold it against.
-- extension_until, transfer_to, explanation_due: what was asked for and waits.
ALTER TABLE assignments
    ADD COLUMN reported_at timestamptz,
    ADD COLUMN held_until timestamptz,
    ADD COLUMN judged_by timestamptz,
    ADD COLUMN officer text,
    ADD COLUMN suspended_at timestamptz,
    ADD COLUMN released_at timestamptz,
    ADD COLUMN released_overdue boolean NOT NULL DEFAULT false,
    ADD COLUMN extended integer NOT NULL DEFAULT 0,
    ADD COLUMN extension_until timestamptz,
    ADD COLUMN extension_requested_at timestamptz,
    ADD COLUMN reopened integer NOT NULL DEFAULT 0,
    ADD COLUMN transferred integer NOT NULL DEFAULT 0,
    ADD COLUMN transfer_to text,
    ADD COLUMN transfer_requested_at timestamptz,
    ADD COLUMN urged integer NOT NULL DEFAULT 0,
    ADD COLUMN explanation_due timestamptz,
    ADD COLUMN imported_line integer,
    ADD COLUMN first_unit text,
    ADD COLUMN times_corrected integer NOT NULL DEFAULT 0;
UPDATE assignments SET held_until = left_unit_at, judged_by = deadline, first_unit = unit;
UPDATE assignments AS a SET reported_at = (
    SELECT max(e.at) FROM events AS e
    WHERE e.stream = a.stream AND e.type = 'ReportSubmitted' AND e.body::jsonb #>> '{data,assignment}' = a.id)
WHERE status = 'with_head';

-- Every time an assignment passed from one unit to another; number counts within the assignment.
CREATE TABLE handovers (
    stream     text NOT NULL REFERENCES streams,
    assignment text NOT NULL,
    number     integer NOT NULL,
    before     text NOT NULL,
    after      text NOT NULL,
    at         timestamptz NOT NULL,
    overdue    boolean NOT NULL,
    cause      text NOT NULL,
    PRIMARY KEY (stream, assignment, number)
);

-- Receipts of earlier revisions stay; the current one says what the unit has to answer.
ALTER TABLE receipts
    ADD COLUMN current boolean NOT NULL DEFAULT true,
    ADD COLUMN refusal_declined_at timestamptz,
    ADD COLUMN released_at timestamptz,
    ADD COLUMN recall text,
    ADD COLUMN times_corrected integer NOT NULL DEFAULT 0,
    DROP CONSTRAINT receipts_pkey,
    ADD PRIMARY KEY (stream, unit, revision);
CREATE UNIQUE INDEX receipts_current ON receipts (stream, unit) WHERE current;
DROP INDEX receipts_unanswered;
CREATE INDEX receipts_unanswered ON receipts (acknowledge_by)
    WHERE current AND purpose = 'act' AND acknowledged_at IS NULL AND released_at IS NULL
      AND (refused_at IS NULL OR refusal_declined_at IS NOT NULL);

ALTER TABLE directives ADD COLUMN recall_answer_by timestamptz;
-- What the shape of a document and of an obligation has come to hold since.
UPDATE directives
SET obligations = coalesce((
        SELECT jsonb_agg('{"dropped": false}' || one ORDER BY place)
        FROM jsonb_array_elements(obligations) WITH ORDINALITY AS o (one, place)), '[]'),
    document = jsonb_set(document, '{links}', coalesce((
        SELECT jsonb_agg('{"stream": null}' || one ORDER BY place)
        FROM jsonb_array_elements(document -> 'links') WITH ORDINALITY AS l (one, place)), '[]'));

-- How each assignment stands at this moment: the one place where figures take the cells from (FIGURES).
CREATE VIEW standings AS
SELECT stream, id, item, unit, unit_name, role, status, assigned_on, judged_by, extension_until, transfer_to,
       status = 'accepted' AS done,
       status IN ('waived', 'withdrawn', 'recalled', 'superseded') AS released,
       coalesce(least(held_until, now()) > judged_by, false) AS late,
       judged_by IS NULL AS no_deadline,
       released_overdue, suspended_at IS NOT NULL AS suspended, extended, reopened, transferred,
       times_corrected
FROM assignments;

-- What each unit has received and answered, by its current revision. refusal_waits: for the issuer's decision;
-- unanswered: the unit has not answered, or its refusal was declined (domain/state.py, Receipt).
CREATE VIEW current_receipts AS
SELECT *,
       refused_at IS NOT NULL AND refusal_declined_at IS NULL AND released_at IS NULL AS refusal_waits,
       acknowledged_at IS NULL AND released_at IS NULL
           AND (refused_at IS NULL OR refusal_declined_at IS NOT NULL) AS unanswered
FROM receipts
WHERE current;

-- migrate:down

DROP VIEW standings, current_receipts;
DELETE FROM receipts WHERE NOT current;
DROP INDEX receipts_unanswered, receipts_current;
ALTER TABLE receipts
    DROP CONSTRAINT receipts_pkey,
    ADD PRIMARY KEY (stream, unit),
    DROP COLUMN current,
    DROP COLUMN refusal_declined_at,
    DROP COLUMN released_at,
    DROP COLUMN recall,
    DROP COLUMN times_corrected;
CREATE INDEX receipts_unanswered ON receipts (acknowledge_by)
    WHERE acknowledged_at IS NULL AND refused_at IS NULL AND purpose = 'act';
ALTER TABLE directives DROP COLUMN recall_answer_by;
DROP TABLE handovers;
ALTER TABLE assignments
    DROP COLUMN reported_at,
    DROP COLUMN held_until,
    DROP COLUMN judged_by,
    DROP COLUMN officer,
    DROP COLUMN suspended_at,
    DROP COLUMN released_at,
    DROP COLUMN released_overdue,
    DROP COLUMN extended,
    DROP COLUMN extension_until,
    DROP COLUMN extension_requested_at,
    DROP COLUMN reopened,
    DROP COLUMN transferred,
    DROP COLUMN transfer_to,
    DROP COLUMN transfer_requested_at,
    DROP COLUMN urged,
    DROP COLUMN explanation_due,
    DROP COLUMN imported_line,
    DROP COLUMN first_unit,
    DROP COLUMN times_corrected;
