-- The spans that a batch begins, and the end of those before them. $3: assignments of which all spans are written anew.
WITH begun AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS s (
        assignment text, version integer, since timestamptz, until timestamptz, due timestamptz,
        first_due timestamptz, held_until timestamptz, judged_by timestamptz, worked_minutes integer,
        day_minutes integer, assigned_on date, done boolean, released boolean, released_overdue boolean, released_overdue_originally boolean,
        suspended boolean, refused boolean, extended boolean, reopened boolean, transferred boolean,
        registered_late boolean, time_corrected boolean, role text, status text, unit text, unit_group text)
), first AS (
    SELECT assignment, min(since) AS since FROM begun GROUP BY assignment
), void AS (
    -- What changes again at the instant at which it began never stood.
    DELETE FROM spans USING first
    WHERE spans.stream = $1 AND spans.assignment = first.assignment
      AND (spans.assignment = ANY ($3::text[]) OR (spans.until = 'infinity' AND spans.since = first.since))
    RETURNING 1
), ended AS (
    UPDATE spans SET until = first.since
    FROM first
    WHERE spans.stream = $1 AND spans.assignment = first.assignment
      AND spans.until = 'infinity' AND spans.since < first.since AND spans.assignment <> ALL ($3::text[])
)
INSERT INTO spans (stream, assignment, version, since, until, due, first_due, held_until, judged_by, worked_minutes,
                   day_minutes, assigned_on, done, released, released_overdue, released_overdue_originally, suspended, refused,
                   extended, reopened, transferred, registered_late, time_corrected, role, status, unit, unit_group)
SELECT $1, assignment, version, since, coalesce(until, 'infinity'), due, first_due, held_until, judged_by,
       worked_minutes, day_minutes, assigned_on, done, released, released_overdue, released_overdue_originally, suspended, refused,
       extended, reopened, transferred, registered_late, time_corrected, role, status, unit, unit_group
FROM begun
-- A receipt that counts no more ends what it counted for.
WHERE role IS NOT NULL
      -- Asked for, the deletion comes first: spans told anew bear the keys of those that they replace.
      AND (SELECT count(*) FROM void) IS NOT NULL
