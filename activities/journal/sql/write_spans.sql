-- The spans that a batch begins, and the end of those before them. $3: assignments of which all spans are written anew.
WITH begun AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS s (
        assignment text, version integer, since timestamptz, until timestamptz, due timestamptz,
        first_due timestamptz, held_until timestamptz, judged_by timestamptz, worked_minutes integer,
        day_minutes integer, released_overdue boolean, suspended boolean, refused boolean, extended boolean,
        reopened boolean, transferred boolean, time_corrected boolean, status text, unit text, unit_group text)
), first AS (
    SELECT assignment, min(since) AS since FROM begun GROUP BY assignment
), void AS (
    -- What changes again at the instant at which it began never stood.
    DELETE FROM spans USING first
    WHERE spans.stream = $1 AND spans.assignment = first.assignment
      AND (spans.assignment = ANY ($3::text[]) OR (spans.until = 'infinity' AND spans.since = first.since))
), ended AS (
    UPDATE spans SET until = first.since
    FROM first
    WHERE spans.stream = $1 AND spans.assignment = first.assignment
      AND spans.until = 'infinity' AND spans.since < first.since AND spans.assignment <> ALL ($3::text[])
)
INSERT INTO spans (stream, assignment, version, since, until, due, first_due, held_until, judged_by, worked_minutes,
                   day_minutes, released_overdue, suspended, refused, extended, reopened, transferred, time_corrected,
                   status, unit, unit_group)
SELECT $1, assignment, version, since, coalesce(until, 'infinity'), due, first_due, held_until, judged_by,
       worked_minutes, day_minutes, released_overdue, suspended, refused, extended, reopened, transferred,
       time_corrected, status, unit, unit_group
FROM begun
