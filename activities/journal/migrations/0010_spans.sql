-- migrate:up

-- How each assignment stood, from when (inclusive) to when (exclusive): the table from which figures as of any instant
-- are told. version: of the event that began the span. unit: in whose row it counts; unit_group: the kind of unit that
-- this was on assigned_on. The meaning of the others stands in domain/spans.py (Standing).
-- Receipts stand here from their acknowledgement on, with the role "receipt" and "unit/revision" as their assignment.
-- Empty after this migration where there are streams: rebuild.
CREATE TABLE spans (
    since                       timestamptz NOT NULL,
    until                       timestamptz NOT NULL DEFAULT 'infinity',
    due                         timestamptz,
    first_due                   timestamptz,
    held_until                  timestamptz,
    judged_by                   timestamptz,
    version                     integer NOT NULL,
    worked_minutes              integer,
    day_minutes                 integer,
    assigned_on                 date NOT NULL,
    done                        boolean NOT NULL,
    released                    boolean NOT NULL,
    released_overdue            boolean NOT NULL,
    released_overdue_originally boolean NOT NULL,
    suspended                   boolean NOT NULL,
    refused                     boolean NOT NULL,
    extended                    boolean NOT NULL,
    reopened                    boolean NOT NULL,
    transferred                 boolean NOT NULL,
    registered_late             boolean NOT NULL,
    time_corrected              boolean NOT NULL,
    role                        text NOT NULL,
    status                      text NOT NULL,
    unit                        text NOT NULL,
    unit_group                  text NOT NULL,
    stream                      text NOT NULL REFERENCES streams,
    assignment                  text NOT NULL,
    PRIMARY KEY (stream, assignment, version, until)
) PARTITION BY RANGE (until);
-- What lasts lies apart from what is over: figures as of now read no more than there are assignments.
CREATE TABLE spans_lasting PARTITION OF spans FOR VALUES FROM ('infinity') TO (MAXVALUE);
CREATE TABLE spans_over PARTITION OF spans FOR VALUES FROM (MINVALUE) TO ('infinity');
CREATE INDEX spans_over_until ON spans_over (until);

-- The local day that an instant lies in; 24:00 belongs to the day that it ends (domain/deadline.py, day_of).
CREATE FUNCTION local_day(instant timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ((instant - interval '1 microsecond') AT TIME ZONE interval '07:00')::date
$$;

-- How every assignment stood at an instant: the one place where figures as of any instant take the cells from
-- (FIGURES). cell: one of the four, or the kind of its release. due: the deadline that counts; originally: the first one
-- in its place everywhere. held: until when the time was the unit's. overdue_days: of what is open and overdue alone.
-- The subsets are of what is in force, some of what is open. PostgreSQL puts a function of this form into the statement
-- that calls it: nothing is reckoned that is not asked for.
CREATE FUNCTION standings_at(instant timestamptz, originally boolean)
RETURNS TABLE (stream text, assignment text, role text, unit text, unit_group text, assigned_on date, status text,
               done boolean, released boolean, open boolean, late boolean, cell text, due timestamptz,
               held timestamptz, overdue_days integer, released_overdue boolean, no_deadline boolean,
               awaiting_issuer boolean, suspended boolean, refused_undecided boolean, extended boolean,
               reopened boolean, transferred boolean, registered_late boolean, time_corrected boolean,
               worked_minutes integer, day_minutes integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT s.stream, s.assignment, s.role, s.unit, s.unit_group, s.assigned_on, s.status,
           s.done, s.released, NOT s.done AND NOT s.released, j.late,
           CASE
               WHEN s.released THEN s.status
               WHEN s.done THEN CASE WHEN j.late THEN 'done_late' ELSE 'done_on_time' END
               WHEN j.late THEN 'open_overdue'
               ELSE 'open_in_time'
           END,
           d.due, d.held,
           CASE WHEN NOT s.done AND NOT s.released AND j.late
                THEN greatest(1, local_day(d.held) - local_day(d.due)) END,
           CASE WHEN originally THEN s.released_overdue_originally ELSE s.released_overdue END,
           NOT s.released AND d.due IS NULL,
           s.status = 'with_issuer',
           s.suspended, s.refused, s.extended, s.reopened, s.transferred, s.registered_late, s.time_corrected,
           s.worked_minutes, s.day_minutes
    FROM spans AS s
    CROSS JOIN LATERAL (
        SELECT CASE WHEN originally THEN s.first_due ELSE s.judged_by END AS due, least(s.held_until, instant) AS held
    ) AS d
    CROSS JOIN LATERAL (SELECT coalesce(d.held > d.due, false) AS late) AS j
    WHERE s.since <= instant AND s.until > instant AND s.role <> 'receipt'
$$;

-- created_at: when the document that created it was recorded. unit_group: the kind that its unit was on assigned_on.
ALTER TABLE assignments
    ADD COLUMN unit_group text NOT NULL DEFAULT '',
    ADD COLUMN created_at timestamptz;
UPDATE assignments AS a
SET created_at = coalesce((SELECT d.issued_at FROM directives AS d WHERE d.stream = a.stream), a.assigned_on);
ALTER TABLE assignments ALTER COLUMN created_at SET NOT NULL;

-- Whether it was overdue by its first deadline, too; before_group: the kind that the unit before was on assigned_on.
ALTER TABLE handovers
    ADD COLUMN overdue_originally boolean NOT NULL DEFAULT false,
    ADD COLUMN before_group text NOT NULL DEFAULT '';

-- What units were called before, and until when that was known.
ALTER TABLE directives ADD COLUMN former_units jsonb NOT NULL DEFAULT '[]';
-- What the shape of a document has come to hold since.
UPDATE directives SET document = '{"field": ""}' || document;

-- What a unit was called last.
CREATE INDEX receipts_of_unit ON receipts (unit, sent_at);

-- migrate:down

DROP INDEX receipts_of_unit;
UPDATE directives SET document = document - 'field';
ALTER TABLE directives DROP COLUMN former_units;
ALTER TABLE handovers DROP COLUMN overdue_originally, DROP COLUMN before_group;
ALTER TABLE assignments DROP COLUMN created_at, DROP COLUMN unit_group;
DROP FUNCTION standings_at(timestamptz, boolean), local_day(timestamptz);
DROP TABLE spans;
